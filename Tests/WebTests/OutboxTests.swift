import District
import Foundation
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Web

@Suite("What was filled in without a connection")
struct OutboxTests {
    private static func item(
        _ key: String, times: Int = 3, claimed: String = "2026-11-21T00:00:00Z", command: String = "toy.bell.ring"
    ) -> JSON {
        [
            "key": .string(key), "command": .string(command), "form": "bell-2", "claimed": .string(claimed),
            "values": ["times": .number(Double(times))],
        ]
    }

    private static func key(_ number: Int) -> String { "0123456789abcdef-\(number)" }

    /// Hands items in as a device does whose clock stands ahead by so many seconds.
    private static func send(
        _ items: [JSON], to house: ToyHouse, _ headers: [(String, String)], csrf: String?, ahead: Double = 0
    ) async throws -> HTTPClient.Answer {
        let sent = house.district.clock().advanced(bySeconds: ahead)
        let body: JSON = ["sent": .string(sent.description), "items": .array(items)]
        return try await house.client.send(
            "POST", "/api/v1/outbox", headers + (csrf.map { [("X-CSRF-Token", $0)] } ?? []), body: body.canonical)
    }

    private static func states(_ answer: HTTPClient.Answer) throws -> [String] {
        try JSON(parsing: answer.body)["items"]?.elements?.compactMap { $0["state"]?.text } ?? []
    }

    @Test("items are done once each, in the order of their claimed times, and carry clock, skew and form")
    func once() async throws {
        try await withToyHouse { house in
            let (headers, csrf) = try await house.signIn()
            let items = [
                Self.item(Self.key(2), times: 2, claimed: "2026-11-21T02:00:00Z"),
                Self.item(Self.key(1), times: 1, claimed: "2026-11-21T01:00:00Z"),
                Self.item(Self.key(2), times: 2, claimed: "2026-11-21T02:00:00Z"),
            ]
            let first = try await Self.send(items, to: house, headers, csrf: csrf, ahead: 600)
            #expect(first.status == 200)
            #expect(try Self.states(first) == ["done", "done", "repeated"])
            #expect(
                try Self.states(try await Self.send(items, to: house, headers, csrf: csrf))
                    == Array(repeating: "repeated", count: 3))
            let events = try await house.district.store.read { [log = house.district.log] in
                try log.events(inStream: "bell/alfa", in: $0)
            }
            #expect(events.map { $0.payload["times"]?.double } == [1, 2])
            let offline = events.first?.payload["offline"]
            #expect(offline?["form"] == "bell-2")
            #expect(
                offline?["claimed"]?.text.flatMap { Timestamp(iso8601: $0) }
                    == Timestamp(iso8601: "2026-11-21T01:00:00Z"))
            let skew = try #require(offline?["skew"]?.double)
            #expect(abs(skew - 600) < 30)
        }
    }

    @Test("one bad item never blocks its neighbours, and each is refused for its own reason")
    func neighbours() async throws {
        try await withToyHouse { house in
            let (headers, csrf) = try await house.signIn()
            let items: [JSON] = [
                Self.item(Self.key(1), times: 11), Self.item(Self.key(2)),
                Self.item(Self.key(3), command: "district.ai.switch"), Self.item(Self.key(4), command: "no.such.thing"),
                Self.item("short"), .string("nothing"), Self.item(Self.key(5)),
                Self.item(Self.key(6), claimed: "yesterday"), Self.item(Self.key(2), times: 4),
            ]
            let answer = try await Self.send(items, to: house, headers, csrf: csrf)
            let told = try #require(try JSON(parsing: answer.body)["items"]?.elements)
            #expect(
                try Self.states(answer) == [
                    "refused", "done", "refused", "refused", "refused", "refused", "done", "refused", "conflict",
                ])
            #expect(
                told.map { $0["problem"]?["code"]?.text } == [
                    "form.invalid", nil, "command.not-offline", "command.unknown", "outbox.item", "outbox.item", nil,
                    "outbox.item", "key.reused",
                ])
            #expect(told[0]["problem"]?["errors"]?.elements?.first?["field"] == "times")
            #expect(told[4]["problem"]?["errors"]?.elements?.first?["field"] == "key")
            #expect(try await house.rung() == 2)
        }
    }

    @Test(
        "what somebody may is asked when it arrives: one who lost the role is refused, and no surface but this takes it"
    )
    func authority() async throws {
        try await withToyHouse { house in
            let item: JSON = [
                "key": .string(Self.key(1)), "command": "toy.bell.mend", "values": [:], "form": "",
                "claimed": "2026-11-21T00:00:00Z",
            ]
            let manager = try await house.signIn("manager")
            let refused = try await Self.send([item], to: house, manager.headers, csrf: manager.csrf)
            #expect(try Self.states(refused) == ["refused"])
            #expect(
                try JSON(parsing: refused.body)["items"]?.elements?.first?["problem"]?["code"] == "access.forbidden")
            let officer = try await house.signIn("officer", firm: nil, roles: [.zoneOfficer])
            #expect(
                try Self.states(try await Self.send([item], to: house, officer.headers, csrf: officer.csrf)) == ["done"]
            )
            let direct = try await house.client.send(
                "POST", "/api/v1/commands/toy.bell.mend", officer.headers + [("X-CSRF-Token", officer.csrf)],
                body: Array("{}".utf8))
            #expect(direct.status == 404)
        }
    }

    @Test("keys are each person's own, and nobody's are taken without a session and its secret")
    func keys() async throws {
        try await withToyHouse { house in
            let one = try await house.signIn("one")
            let other = try await house.signIn("other")
            let items = [Self.item(Self.key(1))]
            #expect(try Self.states(try await Self.send(items, to: house, one.headers, csrf: one.csrf)) == ["done"])
            #expect(try Self.states(try await Self.send(items, to: house, other.headers, csrf: other.csrf)) == ["done"])
            #expect(try await Self.send(items, to: house, [], csrf: nil).status == 401)
            #expect(try await Self.send(items, to: house, one.headers, csrf: nil).status == 403)
            #expect(try await Self.send(items, to: house, one.headers, csrf: other.csrf).status == 403)
            let token = try await house.token(["command", "read"])
            #expect(try await Self.send(items, to: house, token, csrf: nil).status == 403)
            #expect(try await house.rung() == 2)
        }
    }

    @Test("a body that is none, or too much at once, is refused as a whole")
    func bounds() async throws {
        try await withToyHouse { house in
            let (headers, csrf) = try await house.signIn()
            let many = (0...OutboxRoutes.most).map { Self.item(Self.key($0)) }
            let answer = try await Self.send(many, to: house, headers, csrf: csrf)
            #expect(answer.status == 413)
            #expect(try JSON(parsing: answer.body)["code"] == "outbox.many")
            for (body, field) in [("{\"items\":[]}", "sent"), ("{\"sent\":\"2026-11-21T00:00:00Z\"}", "items")] {
                let answer = try await house.client.send(
                    "POST", "/api/v1/outbox", headers + [("X-CSRF-Token", csrf)], body: Array(body.utf8))
                #expect(answer.status == 422)
                #expect(try JSON(parsing: answer.body)["errors"]?.elements?.first?["field"] == .string(field))
            }
            #expect(try await house.rung() == 0)
        }
    }

    @Test("a device learns who is signed in, and which pages to keep; nobody else does")
    func desk() async throws {
        try await withToyHouse { house in
            let (headers, csrf) = try await house.signIn()
            let desk = try JSON(parsing: try await house.client.send("GET", "/api/v1/outbox", headers).body)
            #expect(desk["person"] == "p")
            #expect(desk["csrf"] == .string(csrf))
            let pages = try JSON(parsing: try await house.client.send("GET", "/api/v1/offline/pages", headers).body)
            #expect(pages["pages"]?.elements?.compactMap { $0["path"]?.text } == ["/outbox", "/toy/kept"])
            #expect(try await house.client.send("GET", "/api/v1/outbox").status == 401)
            #expect(try await house.client.send("GET", "/api/v1/offline/pages").status == 401)
            let page = try await house.client.send("GET", "/outbox", headers)
            #expect(page.text.contains("data-person=\"p\""))
            let anyone = try await house.client.send("GET", "/offline")
            #expect(anyone.status == 200)
            #expect(!anyone.text.contains("data-person"))
        }
    }

    @Test("the app: a manifest in both languages whose pictures are there, and a worker that names the shell's files")
    func app() async throws {
        try await withToyHouse { house in
            for (language, name) in [("ko", "슬립웨이"), ("en", "Slipway")] {
                let answer = try await house.client.send("GET", "/manifest.webmanifest?lang=\(language)")
                #expect(answer["content-type"] == "application/manifest+json")
                let manifest = try JSON(parsing: answer.body)
                #expect(manifest["short_name"] == .string(name))
                #expect(manifest["id"] == "/")
                for icon in manifest["icons"]?.elements ?? [] {
                    let picture = try await house.client.send("GET", try #require(icon["src"]?.text))
                    #expect(picture.status == 200)
                    #expect(picture["content-type"] == icon["type"]?.text)
                }
            }
            let worker = try await house.client.send("GET", "/sw.js")
            #expect(worker["content-type"] == "text/javascript; charset=utf-8")
            #expect(worker["cache-control"] == "no-store")
            #expect(worker.text.contains("\"/assets/offline.js\""))
            #expect(!worker.text.contains("__"))
            #expect(!worker.text.contains("\"/assets/sw.js\""))
        }
    }
}
