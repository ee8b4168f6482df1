public import District
import Foundation
public import Record
public import ServiceLifecycle
public import Store
public import Web

// What a room answers is documented at Capability and Room.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// The capability Safety: a firm runs its safety and health management here, its executive sees what is missing, an
/// inspector can verify it, and the zone sees where to help first.
public struct Safety: Room {
    public let name = "safety"
    public let title = Words("안전보건", "Safety")
    private let parts: [Part]
    public let phrasings: [Phrasing]

    /// The room.
    /// - Parameter corrections: the district's own folder of handbook files, which come before the shipped ones.
    /// - Throws: ``HandbookError`` where a file of the handbook cannot be used.
    public init(corrections: String? = nil) throws(HandbookError) {
        let book = Handbook(
            shipped: Bundle.module.resourcePath.map { "\($0)/Data" } ?? "Data", corrections: corrections)
        parts = try Part.all(book)
        var phrasings: [Phrasing] = []
        for file in book.files("phrasings-") { phrasings += try Phrasing.list(book.read(file).json, file: file) }
        self.phrasings = phrasings
    }

    public var migrations: [Migration] { parts.flatMap(\.migrations) }
    public var commands: [Command] { parts.flatMap(\.commands) }
    public var projections: [Projection] { parts.flatMap(\.projections) }
    public var reactions: [Reaction] { parts.flatMap(\.reactions) }
    public var aiUses: [AIUse] { parts.flatMap(\.aiUses) }

    public var menu: [MenuEntry] { [MenuEntry("/safety", title)] }
    public var templates: String? { Bundle.module.resourcePath.map { "\($0)/Templates" } }
    public var topics: [(prefix: String, name: String)] { parts.flatMap(\.topics) }
    public var routes: [Route] { SafetyRoutes(doors: parts.flatMap(\.doors)).routes + parts.flatMap(\.routes) }

    public func home(_ visit: Visit) async throws -> JSON {
        var (home, tasks, loop): ([String: JSON], [JSON], [String: JSON]) = ([:], [], [:])
        for part in parts {
            for (key, value) in try await part.home(visit) {
                switch key {
                case "tasks": tasks += value.elements ?? []
                case "loop": loop.merge(value.members ?? [:]) { $1 }
                default: home[key] = value
                }
            }
        }
        home["tasks"] = .array(tasks)
        home["loop"] = .object(loop)
        return .object(home)
    }

    public func offlinePages(_ visit: Visit) async throws -> [OfflinePage] {
        var pages: [OfflinePage] = []
        for part in parts { pages += try await part.offline(visit) }
        return pages
    }

    public func services(in spine: Spine) -> [any Service] { parts.flatMap { $0.services(spine) } }

    public func foundSample(_ spine: Spine, seed: UInt64) async throws {
        for part in parts { try await part.sample(spine, seed) }
    }
}
