public import District
import Foundation
public import Record
public import Web

// What a room answers is documented at Capability and Room.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// The capability Robots: vehicles of several makers get missions and drive without deadlock.
public struct Robots: PartedRoom {
    public let name = "robots"
    public let title = Words("로봇", "Robots")
    public let parts: [Part]
    public let phrasings: [Phrasing]
    /// The vehicles, as this process deals with them.
    let fleet: Fleet

    /// The room.
    /// - Parameter corrections: the district's own folder of handbook files, which come before the shipped ones.
    /// - Throws: ``HandbookError`` where a file of the handbook cannot be used.
    public init(corrections: String? = nil) throws(HandbookError) {
        let book = Handbook(shipped: Self.shippedData, corrections: corrections)
        fleet = Fleet(desk: try VDADesk(from: book))
        parts = try Part.all(book, fleet)
        phrasings = try book.phrasings()
    }

    /// The handbook that ships with the release.
    static var shippedData: String { Bundle.module.resourcePath.map { "\($0)/Data" } ?? "Data" }

    public var templates: String? { Bundle.module.resourcePath.map { "\($0)/Templates" } }
}
