import Access
import District
import HTTPTypes
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Robots
@testable import Web

/// What-if in a house: asked on a page, simulated beside everything else, seen by those whose site it is.
@Suite("What if, in a house") struct WhatIfHouseTests {
    private static let path = "/robots/what-if"

    /// Sends the form, as the browser does.
    private func post(
        _ yard: Yard, _ fields: [String: String], by caller: Caller, _ settings: WhatIfSettings,
        route path: String = path, _ parameters: [String: String] = [:]
    ) async throws -> Reply {
        let route = try #require(
            WhatIfRoutes(settings: settings).routes.first { $0.path == path && $0.method == HTTPRequest.Method.post })
        try District.allow(route.permission, caller)
        let pages = try Pages(folders: [try #require(yard.room(Robots.self).templates)])
        let body = fields.map { "\($0.key)=\(Table.encoded($0.value))" }.joined(separator: "&")
        var headers: HTTPFields = [:]
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await route.answer(
            Visit(
                route: path, authority: "", method: .post, path: path, queryText: "", query: [:],
                parameters: parameters, headers: headers, body: Array(body.utf8), caller: caller, address: "",
                csrf: "", language: .ko, spine: yard.spine, pages: pages, site: "https://house.example"))
    }

    private func enrol(_ yard: Yard) async throws {
        for serial in ["nr-01", "nr-02"] {
            try await MissionYard.enrol(yard, VehicleID(manufacturer: "narae", serial: serial))
        }
    }

    private func row(_ yard: Yard, by caller: Caller) async throws -> WhatIfTable.Entry? {
        let tenant = try caller.tenant
        return try await yard.store.read { try WhatIfTable.list(site: "onyu-main", for: tenant, in: $0).first }
    }

    private static let fields = ["site": "onyu-main", "more": "+1", "rate": "12", "demand": "100", "seed": "4"]

    @Test(
        "it is asked on the page, simulated by the service, and shown to whose site it is, in both languages")
    func whole() async throws {
        try await MissionYard.with { yard in
            try await enrol(yard)
            try await MissionYard.ask(yard)
            let settings = try WhatIfTests.settings(seeds: 3)
            let form = try await PageKit.page(yard, Self.path, MissionYard.operators, query: ["site": "onyu-main"])
            #expect(form.contains("로봇 2대") && form.contains("미션 1건") && form.contains("name=\"more\""))
            let reply = try await post(yard, Self.fields, by: MissionYard.operators, settings)
            let waiting = try #require(try await row(yard, by: MissionYard.operators))
            guard case .redirect(let place, _, _) = reply else {
                Issue.record("no redirect")
                return
            }
            #expect(place == "\(Self.path)/\(waiting.id)" && waiting.state == .waiting)
            let parameters = ["id": waiting.id]
            let page = try await PageKit.page(yard, "\(Self.path)/{id}", MissionYard.operators, parameters)
            #expect(page.contains("계산 멈추기") && page.contains("로봇 1대 더"))
            try await WhatIfRunner(spine: yard.spine, settings: settings).next()
            let done = try #require(try await row(yard, by: MissionYard.operators))
            #expect(done.state == .done && done.done == 6 && done.answer?.today.count == 3)
            for (language, words) in [(Language.ko, "지킨 약속"), (.en, "Promises kept")] {
                let text = try await PageKit.page(
                    yard, "\(Self.path)/{id}", MissionYard.operators, parameters, language: language)
                #expect(text.contains(words) && text.contains("<circle") && !text.contains("whatif_"))
                #expect(text.split(separator: "<table").count == 2 + WhatIfMeasure.allCases.count)
            }
            // Neither another firm nor those who do not steer see it; the zone's officer asks in the zone's name.
            for caller in [Caller.person("other", [.operator], firm: "firm-solmaru"), MissionYard.nurse] {
                await #expect(throws: Refusal.self) {
                    _ = try await PageKit.page(yard, "\(Self.path)/{id}", caller, parameters)
                }
            }
            // A firm's robots and missions stand on no fact of a simulation, and a rebuild leaves its answers alone.
            #expect(try await !yard.types().contains { $0.contains("what") })
            #expect(try await yard.rebuildsAlike())
            #expect(try await row(yard, by: MissionYard.operators) == done)
        }
    }

    @Test(
        "what cannot be is said at its field and nothing is simulated; an unknown site and another firm's are not there"
    )
    func refused() async throws {
        try await MissionYard.with { yard in
            try await enrol(yard)
            let settings = try WhatIfTests.settings()
            for (field, value) in [
                ("more", "-2"), ("more", "900"), ("more", "1.5"), ("rate", ""), ("rate", "many"), ("speed", "99"),
                ("closed", "nowhere"), ("seed", "-1"), ("demand", "0"),
            ] {
                let reply = try await post(
                    yard, Self.fields.merging([field: value]) { $1 }, by: MissionYard.operators, settings)
                guard case .page(_, _, let context, let status, _) = reply else {
                    Issue.record("\(field)=\(value) was taken")
                    continue
                }
                #expect(status == .unprocessableContent && context["ask"]?["fault"]?.text?.isEmpty == false)
            }
            let others = Caller.person("other", [.operator], firm: "firm-solmaru")
            for (site, caller) in [("atlantis", MissionYard.operators), ("onyu-main", others)] {
                let refusal = await #expect(throws: Refusal.self) {
                    _ = try await post(yard, Self.fields.merging(["site": site]) { $1 }, by: caller, settings)
                }
                #expect(refusal?.kind == .notFound)
            }
            for caller in [MissionYard.nurse, .anonymous(), .person("resident", [.citizen])] {
                await #expect(throws: Refusal.self) {
                    _ = try await post(yard, Self.fields, by: caller, settings)
                }
            }
            #expect(try await row(yard, by: MissionYard.operators) == nil)
        }
    }

    @Test("it can be stopped, is given up when it takes too long, and only a few wait at once")
    func bounds() async throws {
        try await MissionYard.with { yard in
            try await enrol(yard)
            let settings = try WhatIfTests.settings(hours: 8, limit: 5)
            for _ in 0..<WhatIfTable.mostWaiting {
                _ = try await post(yard, Self.fields, by: MissionYard.operators, settings)
            }
            let fourth = try await post(yard, Self.fields, by: MissionYard.operators, settings)
            guard case .page(_, _, let context, _, _) = fourth else {
                Issue.record("a fourth was taken")
                return
            }
            #expect(context["ask"]?["fault"]?.text?.contains("3건") == true)
            let first = try #require(try await row(yard, by: MissionYard.operators))
            _ = try await post(
                yard, [:], by: MissionYard.operators, settings, route: "\(Self.path)/{id}/stop", ["id": first.id])
            let tenant = try MissionYard.operators.tenant
            let stopped = try await yard.store.read { try WhatIfTable.find(first.id, for: tenant, in: $0) }
            #expect(stopped?.state == .stopped)
            // Eight simulated hours, 8 times, are more than five seconds: it is given up, and nothing of it stays.
            try await WhatIfRunner(spine: yard.spine, settings: settings).next()
            let late = try await yard.store.read {
                try WhatIfTable.list(site: "onyu-main", for: tenant, in: $0).first { $0.state == .late }
            }
            #expect(late != nil && late?.answer == nil)
        }
    }
}
