import District
import HTTPTypes
import HouseKit
import Record
import TestKit
import Testing

@testable import Access
@testable import Robots
@testable import Web

/// Pages as people get them: rendered, in both languages, with nothing that is not theirs.
enum PageKit {
    private static let shared =
        #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" } + "/Sources/Web/Templates"

    /// A page of the room, as text.
    static func page(
        _ yard: Yard, _ route: String, _ caller: Caller, _ parameters: [String: String] = [:],
        language: Language = .ko, query: [String: String] = [:]
    ) async throws -> String {
        let room = yard.room(Robots.self)
        let found = try #require(room.routes.first { $0.path == route && $0.method == HTTPRequest.Method.get })
        try District.allow(found.permission, caller)
        let visit = try visit(yard, found, caller, parameters, language, query)
        guard case .page(let template, let title, let context, _, _) = try await found.answer(visit) else { return "" }
        var members = context.members ?? [:]
        members["title"] = .string(title)
        return String(decoding: try visit.pages.render(template, .object(members), language), as: UTF8.self)
    }

    /// What the room says somebody has to do, on the first page.
    static func tasks(_ yard: Yard, _ caller: Caller) async throws -> [JSON] {
        let room = yard.room(Robots.self)
        let route = try #require(room.routes.first { $0.path == "/robots/holds" })
        return try await room.home(try visit(yard, route, caller, [:], .ko, [:]))["tasks"]?.elements ?? []
    }

    private static func visit(
        _ yard: Yard, _ route: Web.Route, _ caller: Caller, _ parameters: [String: String], _ language: Language,
        _ query: [String: String]
    ) throws -> Visit {
        let pages = try Pages(folders: [shared, try #require(yard.room(Robots.self).templates)])
        return Visit(
            route: route.path, authority: "", method: .get, path: route.path, queryText: "", query: query,
            parameters: parameters, headers: [:], body: [], caller: caller, address: "", csrf: "", language: language,
            spine: yard.spine, pages: pages, site: "https://house.example")
    }
}
