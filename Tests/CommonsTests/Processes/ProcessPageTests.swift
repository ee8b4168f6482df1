import Access
import District
import Foundation
import HTTPTypes
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Commons

@Suite("Pages around a process: its votes and topics, frames on other sites, feeds, calls", .serialized)
struct ProcessPageTests {
    private func sample(_ body: @escaping @Sendable (Yard, Served, String) async throws -> Void) async throws {
        let room = try Commons()
        try await Yard.with([room], on: .sqlite, isSample: true) { yard in
            try await room.foundSample(yard.spine, seed: 1)
            let budget = try #require(
                try await yard.store.read { try ProcessTable.all(in: $0).first { $0.kind == .budget }?.id })
            try await serving(yard.spine, rooms: [room]) { served in try await body(yard, served, budget) }
        }
    }

    @Test("a process leads to its vote and its topic, and both lead back by its name")
    func parts() async throws {
        try await sample { _, served, budget in
            func get(_ path: String) async throws -> String {
                let answer = try await served.client.send("GET", path)
                #expect(answer.status == 200, "\(path)")
                return answer.text
            }
            let page = try await get("/commons/processes/\(budget)")
            #expect(page.contains("/commons/votes/\(ProcessPartsSample.vote)") && page.contains("집계 방식을 정하는 중입니다"))
            #expect(page.contains("/commons/opinions/\(ProcessPartsSample.topic)") && page.contains("짧은 의견에 답하기"))
            for path in ["votes/\(ProcessPartsSample.vote)", "opinions/\(ProcessPartsSample.topic)"] {
                let part = try await get("/commons/\(path)")
                #expect(part.contains("/commons/processes/\(budget)") && part.contains("주민참여예산"))
            }
            let setUp = try await served.client.send("GET", "/commons/processes/\(budget)/vote")
            #expect(setUp.status == 303, "only officers set up a vote")
        }
    }

    @Test("frames of other sites may show the two slim pages and no other page; they carry no script and no session")
    func embeds() async throws {
        try await sample { _, served, budget in
            for path in ["processes/\(budget)", "votes/sample-robots-2026"] {
                let answer = try await served.client.send("GET", "/commons/embed/\(path)", [("Accept-Language", "ko")])
                let policy = answer.headers["content-security-policy"]?.first ?? ""
                #expect(answer.status == 200 && policy.hasSuffix("frame-ancestors *"), "\(policy)")
                #expect(!answer.text.contains("<script") && !answer.text.contains("<form"))
                #expect(answer.text.contains("target=\"_blank\" rel=\"noopener\""))
                let whole = try await served.client.send("GET", "/commons/\(path)")
                let kept = whole.headers["content-security-policy"]?.first ?? ""
                #expect(kept.hasSuffix("frame-ancestors 'none'"))
            }
            let page = try await served.client.send("GET", "/commons/processes/\(budget)").text
            #expect(page.contains("&lt;iframe src=&quot;") && page.contains("/commons/embed/processes/\(budget)"))
            #expect(try await served.client.send("GET", "/commons/embed/processes/none").status == 404)
        }
    }

    @Test(
        "whose pages may show a frame is the district's to say, by origins that a browser understands",
        arguments: [
            ("*", true), ("'self'", true), ("https://www.city.example", true), ("https://*.city.example:8443", true),
            ("http://city.example", false), ("https://", false), ("https://a.example; script-src *", false),
            ("javascript:x", false),
        ])
    func origins(text: String, isOrigin: Bool) async throws {
        #expect(EmbedRoutes.isOrigin(text) == isOrigin)
        try await withTemporaryFolder { folder in
            try ("{\"framers\": [\"\(text)\"]}").write(
                to: folder.appendingPathComponent("embeds.json"), atomically: true, encoding: .utf8)
            let book = Handbook(shipped: Commons.shippedData, corrections: folder.path)
            if isOrigin {
                #expect(try EmbedRoutes(book).framers == [text])
            } else {
                #expect(throws: HandbookError.self) { try EmbedRoutes(book) }
            }
        }
    }

    @Test("a feed tells phases, proposals and results: of one process its own, and nobody's name")
    func feeds() async throws {
        try await sample { yard, served, budget in
            let all = try await served.client.send("GET", "/commons/changes.atom").text
            let one = try await served.client.send("GET", "/commons/processes/\(budget)/feed.atom").text
            for feed in [all, one] {
                #expect(feed.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\"") && feed.hasSuffix("</feed>\n"))
                #expect(feed.contains("새 제안 – 빈 창고를 주민 체육관으로") && !feed.contains("○○"))
            }
            #expect(
                all.contains("투표 결과 – 2026년 부두 마을 주민참여예산") && all.contains("단계 날짜를 바꿈")
                    || all.contains("Days of a phase moved"))
            #expect(!one.contains("용접사") && !one.contains("sample-budget-2026"))
            #expect(one.contains("/commons/processes/\(budget)/feed.atom"))
            #expect(try await served.client.send("GET", "/commons/processes/none/feed.atom").status == 404)
            let changed = try await yard.store.read { try ProcessTable.latest(limit: 500, in: $0) }
            #expect(changed.count > 3)
        }
    }

    @Test("OpenAPI carries every call of the room: its commands for programs and its fixed calls")
    func calls() async throws {
        let room = try Commons()
        try await sample { _, served, _ in
            let answer = try await served.client.send("GET", "/api/v1/openapi.json")
            #expect(answer.status == 200)
            let paths = try #require(try JSON(parsing: answer.body)["paths"]?.members)
            let commands = room.commands.filter { $0.form.surfaces.contains(.http) }
            #expect(commands.count > 25)
            for command in commands {
                let post = paths["/api/v1/commands/\(command.form.name)"]?["post"]
                #expect(post?["requestBody"] != nil && post?["summary"]?.text?.isEmpty == false, "\(command.form.name)")
            }
            let fixed = room.routes.filter { $0.path.hasPrefix("/api/") }
            #expect(fixed.count >= 8)
            for route in fixed {
                let method = route.method.rawValue.lowercased()
                #expect(paths[route.path]?[method] != nil, "\(method) \(route.path)")
            }
        }
    }

    @Test("switched off, nothing alike is looked for while one writes, and the page says so; switched on again, it is")
    func alikeStops() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open()
            _ = try await one.propose(in: process, "학교 앞에서는 천천히", "학교 앞 길에서 로봇은 천천히 다닙시다.")
            let (person, now) = (try #require(CommonsYard.bo.person), one.yard.clock.read())
            let session = try await one.yard.store.write {
                try Sessions.open(person, address: "127.0.0.1", agent: "test", at: now, in: $0)
            }
            @Sendable func turn(_ on: Bool) async throws {
                try await one.yard.perform(
                    "district.ai.switch", ["use": .string(AlikeUse.use.id), "on": .bool(on), "reason": "시험"],
                    by: .officer)
            }
            try await serving(one.yard.spine, rooms: [one.yard.room(Commons.self)]) { served in
                let path = "/commons/processes/\(process)/propose"
                #expect(try await served.client.send("GET", path).status == 303, "only whoever is signed in proposes")
                func written() async throws -> String {
                    let fields = [
                        ("csrf", session.session.csrf), ("step", "check"), ("title", "학교 앞에서는 로봇도 천천히"),
                        ("body", "학교 앞 길에서 로봇은 천천히 다녔으면 합니다. 금일부터 합시다."),
                    ]
                    let body = fields.map { "\($0.0)=\(Table.encoded($0.1))" }.joined(separator: "&")
                    let answer = try await served.client.send(
                        "POST", path,
                        [
                            ("Cookie", "slipway_session=\(session.token)"), ("Accept-Language", "ko"),
                            ("Content-Type", "application/x-www-form-urlencoded"),
                        ], body: Array(body.utf8))
                    #expect(answer.status == 200)
                    return answer.text
                }
                let on = try await written()
                #expect(on.contains("% 비슷함") && on.contains("학교 앞에서는 천천히</strong>"))
                #expect(on.contains("‘금일’ 대신 ‘오늘’"), "hard words are pointed out beside")
                try await turn(false)
                let off = try await written()
                #expect(!off.contains("% 비슷함") && off.contains(AIStanding.off.words.ko))
                #expect(off.contains("value=\"send\""), "it stands in nobody's way")
                try await turn(true)
                #expect(try await written().contains("% 비슷함"))
            }
        }
    }
}
