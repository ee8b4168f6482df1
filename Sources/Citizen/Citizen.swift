public import Access
public import District
import Foundation
public import Record
public import Web

// What a room answers is documented at Capability and Room.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// The capability Citizen: whoever is old or unused to apps gets a public service done by voice alone; whatever the
/// house can do can be asked for in one's own words, by telephone, page, program or agent.
public struct Citizen: PartedRoom {
    public let name = "citizen"
    public let title = Words("말로 하는 민원", "Services by voice")
    public let parts: [Part]
    public let phrasings: [Phrasing]
    /// What the room knows as data.
    let handbook: Handbook
    public var door: Permission { .anyone }

    /// The room.
    /// - Parameter corrections: the district's own folder of handbook files, which come before the shipped ones.
    /// - Throws: ``HandbookError`` where a file of the handbook cannot be used.
    public init(corrections: String? = nil) throws(HandbookError) {
        let book = Self.book(corrections)
        handbook = book
        parts = try Part.all(book)
        phrasings = try book.phrasings()
    }

    /// The room's handbook, the district's own files first.
    static func book(_ corrections: String? = nil) -> Handbook {
        Handbook(shipped: Bundle.module.resourcePath.map { "\($0)/Data" } ?? "Data", corrections: corrections)
    }

    public var templates: String? { Bundle.module.resourcePath.map { "\($0)/Templates" } }
}
