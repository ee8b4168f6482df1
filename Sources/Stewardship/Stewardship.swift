public import District
import Foundation
public import Record
public import Store
public import Web

// What a room answers is documented at Capability and Room.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// The capability Stewardship: every use of AI in the administration is registered, approved, watched, and can be
/// switched off; the register decides what runs.
public struct Stewardship: PartedRoom {
    public let name = "stewardship"
    public let title = Words("인공지능 관리", "AI stewardship")
    public let parts: [Part]
    public let phrasings: [Phrasing]
    private let gate: ApprovalGate

    /// The room.
    /// - Parameter corrections: the district's own folder of handbook files, which come before the shipped ones.
    /// - Throws: ``HandbookError`` where a file of the handbook cannot be used.
    public init(corrections: String? = nil) throws(HandbookError) {
        let book = Handbook(
            shipped: Bundle.module.resourcePath.map { "\($0)/Data" } ?? "Data", corrections: corrections)
        parts = try Part.all(book)
        phrasings = try book.phrasings()
        gate = try .certificates(book)
    }

    public var keepsRegister: Bool { true }

    public func checkSwitchingOn(_ use: String, _ ask: Ask, in tables: any Reader) throws {
        try gate.check(ask, .operate, in: tables)
    }

    public func usesElsewhere(in reader: any Reader, at now: Timestamp) throws -> [AIUseElsewhere] {
        try RegisterTable.all(in: reader).filter { !$0.isDeclared && $0.retired == nil && $0.isPublic }.map { entry in
            func words(_ key: String) -> Words { Words(entry.text(key, .ko), entry.text(key, .en)) }
            return AIUseElsewhere(
                entry.id, title: words("name"), purpose: words("purpose"), model: words("model"),
                evidence: words("evidence"), override: words("override"), place: words("department"),
                standing: entry.standing(at: now), isSwitchable: entry.permit != nil)
        }
    }

    public func switchElsewhere(_ use: String, _ ask: Ask, in tables: any Reader) throws -> [Draft] {
        try SwitchUse(gate: gate).drafts(ask, in: tables)
    }

    public var templates: String? { Bundle.module.resourcePath.map { "\($0)/Templates" } }
}
