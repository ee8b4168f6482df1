public import Access
public import District
import Foundation
public import Record
public import Web

// What a room answers is documented at Capability and Room.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// The capability Transition: what an industry, and a region, can become.
public struct Transition: PartedRoom {
    public let name = "transition"
    public let title = Words("산업 전환", "Transition")
    /// What is public of it anybody may see; each card says who may see more.
    public var door: Permission { .anyone }
    public let parts: [Part]
    public let phrasings: [Phrasing]

    /// The room.
    /// - Parameter corrections: the district's own folder of handbook files, which come before the shipped ones.
    /// - Throws: ``HandbookError`` where a file of the handbook cannot be used.
    public init(corrections: String? = nil) throws(HandbookError) {
        let book = Handbook(shipped: Self.shippedData, corrections: corrections)
        parts = try Part.all(book)
        phrasings = try book.phrasings()
    }

    /// The handbook that ships with the release.
    static var shippedData: String { Bundle.module.resourcePath.map { "\($0)/Data" } ?? "Data" }

    public var templates: String? { Bundle.module.resourcePath.map { "\($0)/Templates" } }
}
