import Access
import District
import Foundation
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Alliance

@Suite("A credential's file, checked by whoever holds it", .serialized)
struct BadgeCheckTests {
    private typealias House = TrainingYard

    @Test("what is no credential is refused, each by its fault", arguments: PresentedBadge.Fault.allCases)
    func faults(fault: PresentedBadge.Fault) {
        let texts: [PresentedBadge.Fault: [String]] = [
            .empty: ["", " \n "], .large: [String(repeating: "a", count: PresentedBadge.largest + 1)],
            .unreadable: ["a.b", "a.b.c", "{", "{\"type\":", "!!!.###.$$$", "수료증"],
            .other: ["{}", "{\"type\":[\"VerifiableCredential\"]}", "[1]".replacing("[1]", with: "{\"type\":3}")],
        ]
        for text in texts[fault] ?? [] {
            #expect(throws: fault, "\(text.prefix(20))") { try PresentedBadge(text) }
        }
        #expect(texts[fault]?.isEmpty == false)
    }

    @Test("each verdict has its words in both languages, and only what is genuine is believed")
    func words() throws {
        let wording = try JSON(
            parsing: Array(
                try Data(
                    contentsOf: URL(fileURLWithPath: "\(try #require(Alliance().templates))/wording-training.json"))))
        for verdict in BadgeVerdict.allCases {
            let words = wording["training_check_is_\(verdict.rawValue)"]
            #expect(words?["ko"]?.text?.isEmpty == false && words?["en"]?.text?.isEmpty == false)
            #expect(verdict.isGenuine == ["valid", "ending", "expired", "revoked", "early"].contains(verdict.rawValue))
        }
        for fault in PresentedBadge.Fault.allCases {
            #expect(wording["training_check_fault_\(fault.rawValue)"]?["ko"]?.text?.isEmpty == false)
        }
    }

    private static func signIn(_ caller: Caller, _ yard: Yard) async throws -> [(String, String)] {
        let (person, now) = (try #require(caller.person), yard.clock.read())
        let opened = try await yard.store.write {
            try Sessions.open(person, address: "127.0.0.1", agent: "test", at: now, in: $0)
        }
        return [("Cookie", "slipway_session=\(opened.token)")]
    }

    /// Sends a text as a stranger would paste it; what the page says.
    private static func check(_ text: String, _ served: Served) async throws -> (status: Int, says: String) {
        let body = "text=\(Table.encoded(text))"
        let answer = try await served.client.send(
            "POST", BadgeCheckRoutes.path,
            [("Content-Type", "application/x-www-form-urlencoded"), ("Accept-Language", "en")], body: Array(body.utf8))
        let says = answer.text.firstMatch(of: /<strong>([^<]+)<\/strong><\/p>\s*<dl class="facts">/)?.1
        return (answer.status, says.map(String.init) ?? "")
    }

    @Test("genuine, altered, unsigned, expired, revoked and erased: a stranger is told which, and never the name")
    func verdicts() async throws {
        try await House.with { house in
            let (passed, _) = try await house.settled(
                try await house.plan(try await house.open()), email: "k@example.org")
            let badge = try #require(try await house.badges(House.workers[0]).first)
            let (yard, holder) = (house.yard, try await Self.signIn(House.workers[0], house.yard))
            try await serving(yard.spine, rooms: [try Alliance()]) { served in
                let path = "/alliance/training/badge/\(badge.id)"
                let jwt = try await served.client.send("GET", "\(path)/jwt", holder).text
                let json = try await served.client.send("GET", "\(path)/json", holder).text
                let genuine = "It is genuine and valid today."
                #expect(try await Self.check(jwt, served) == (200, genuine))
                #expect(try await Self.check("\n\(jwt)\n", served).says == genuine, "pasted with an end of line")
                #expect(try await Self.check(json, served).says == genuine, "held against what was issued")

                let parts = jwt.split(separator: ".").map(String.init)
                let altered = "\(parts[0]).\(parts[1]).\(parts[2].first == "A" ? "B" : "A")\(parts[2].dropFirst())"
                #expect(try await Self.check(altered, served).says.hasPrefix("Do not trust this file: it was altered"))
                // Another algorithm is none of ours, whatever it signs.
                let none = CompactJWS.base64url(Array("{\"alg\":\"none\"}".utf8))
                #expect(try await Self.check("\(none).\(parts[1]).", served).says.hasPrefix("Do not trust"))
                let better = json.replacing("\"87\"", with: "\"97\"")
                #expect(better != json)
                #expect(try await Self.check(better, served).says.hasPrefix("Do not trust this file: it differs"))
                let foreign = """
                    {"type":["VerifiableCredential","OpenBadgeCredential"],"id":"https://other.example/badge/1",
                     "issuer":{"id":"https://other.example","name":"Other"}}
                    """
                #expect(
                    try await Self.check(foreign, served).says.hasPrefix("Another issuer"))
                #expect(try await Self.check("not one", served).status == 422)
                let page = try await served.client.send("GET", BadgeCheckRoutes.path)
                #expect(page.status == 200 && !page.text.contains("firm-a-worker-1"))
                let shown = try await served.client.send("GET", "/alliance/badges/c/\(badge.id)").text
                #expect(
                    shown.contains("<svg") && shown.contains("/alliance/badges/c/\(badge.id)"), "a code that leads here"
                )

                yard.clock.set("2028-01-01T09:00:00+09:00")
                #expect(try await Self.check(jwt, served).says == "It is genuine, but has expired.")
                yard.clock.set("2026-11-24T09:00:00+09:00")
                try await yard.perform(
                    "alliance.training.badge.revoke", ["badge": .string(badge.id), "reason": "mistake", "note": "시험"],
                    by: House.officer)
                #expect(
                    try await Self.check(jwt, served).says.hasPrefix("This zone issued it and has since revoked it"))
                #expect(try await house.state(passed) == .completed)
            }
        }
    }

    @Test("a firm's head sees what its people are enrolled in, whoever asked; another firm's head none of it")
    func staff() async throws {
        try await House.with { house in
            let session = try await house.plan(try await house.open(), places: 1)
            try await house.enrol(session, House.workers[0], by: House.head)
            let waiting = try await house.enrol(session, House.workers[1])
            let yard = house.yard
            let (head, other, learner) = (
                try await Self.signIn(House.head, yard), try await Self.signIn(.executive("firm-b"), yard),
                try await Self.signIn(House.workers[0], yard)
            )
            try await serving(yard.spine, rooms: [try Alliance()]) { served in
                func staff(_ who: [(String, String)]) async throws -> String? {
                    let page = try await served.client.send("GET", "/alliance/training", who)
                    return page.text.firstMatch(of: /aria-labelledby="training-staff"[\s\S]*?<\/section>/).map {
                        String($0.0)
                    }
                }
                let own = try #require(try await staff(head))
                #expect(own.matches(of: /<li>/).count == 2 && own.contains(waiting), "each with a way to withdraw")
                #expect(try await staff(other)?.contains("<li>") == false)
                #expect(try await staff(learner) == nil)
                let mine = try await served.client.send("GET", "/alliance/training", learner).text
                #expect(mine.contains("id=\"training-mine\""))
            }
        }
    }
}
