import Access
import District
import HTTPTypes
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Stewardship
@testable import Web

/// The pages as people get them, rendered.
struct Shown {
    let yard: Yard

    init(_ yard: Yard) { self.yard = yard }

    private static let shared =
        #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Sources/Web/Templates"

    /// A page about one thing, whose identifier is the only parameter of its path.
    func of(
        _ route: String, _ id: String = "", by caller: Caller = .first, query: [String: String] = [:]
    ) async throws -> String {
        let room = yard.room(Stewardship.self)
        let pages = try Pages(folders: [Self.shared, try #require(room.templates)])
        let found = try #require(room.routes.first { $0.path == route && $0.method == .get })
        try District.allow(found.permission, caller)
        var parameters: [String: String] = [:]
        if let open = route.firstIndex(of: "{"), let close = route.firstIndex(of: "}") {
            parameters[String(route[route.index(after: open)..<close])] = id
        }
        let visit = Visit(
            route: route, authority: "", method: .get, path: route, queryText: "", query: query,
            parameters: parameters, headers: [:], body: [], caller: caller, address: "", csrf: "", language: .ko,
            spine: yard.spine, pages: pages, site: "https://house.example")
        guard case .page(let template, let title, let context, _, _) = try await found.answer(visit) else { return "" }
        var members = context.members ?? [:]
        members["title"] = .string(title)
        return String(decoding: try pages.render(template, .object(members), .ko), as: UTF8.self)
    }
}
