public import Access
public import District
import Foundation
public import Record
public import Web

// What a room answers is documented at Capability and Room.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// The capability Commons: citizens propose, deliberate, decide, and see what became of it.
public struct Commons: PartedRoom {
    public let name = "commons"
    public let title = Words("시민 참여", "Commons")
    public let parts: [Part]
    public var door: Permission { .anyone }
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

    public var front: Words? {
        Words("지금 진행 중인 참여 과정과 앞으로 열릴 과정을 봅니다.", "What runs now, and what comes.")
    }

    /// Its first page is everybody's, signed in or not, so it has one of its own.
    public var routes: [Route] { CommonsHome(doors: doors).routes + parts.flatMap(\.routes) }

    public var templates: String? { Bundle.module.resourcePath.map { "\($0)/Templates" } }
}
