public import District
import Foundation
public import Record
import ServiceLifecycle
import Store
public import Web

// What a room answers is documented at Capability and Room.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// The capability Safety: a firm runs its safety and health management here, its executive sees what is missing, an
/// inspector can verify it, and the zone sees where to help first.
public struct Safety: PartedRoom {
    public let name = "safety"
    public let title = Words("안전보건", "Safety")
    public let parts: [Part]
    public let phrasings: [Phrasing]

    /// The room.
    /// - Parameter corrections: the district's own folder of handbook files, which come before the shipped ones.
    /// - Throws: ``HandbookError`` where a file of the handbook cannot be used.
    public init(corrections: String? = nil) throws(HandbookError) {
        let book = Handbook(
            shipped: Bundle.module.resourcePath.map { "\($0)/Data" } ?? "Data", corrections: corrections)
        parts = try Part.all(book)
        phrasings = try book.phrasings()
    }

    public var templates: String? { Bundle.module.resourcePath.map { "\($0)/Templates" } }
}
