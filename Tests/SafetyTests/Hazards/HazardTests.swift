import District
import Foundation
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Safety

@Suite("Dangers, reported by anyone")
struct HazardTests {
    private static func file(
        _ yard: Yard, _ code: String, _ more: [String: JSON] = ["accident": "slip"], key: String? = nil
    ) async throws -> String {
        let done = try await yard.perform(
            "safety.hazard.file", more.merging(["code": .string(code), "language": "my"]) { $1 }, by: .anonymous(),
            key: key)
        return String(done.events[0].stream.dropFirst("hazard/".count))
    }

    private static func found(_ id: String, _ yard: Yard, _ firm: FirmID = "alfa") async throws -> Hazard? {
        try await yard.store.read { try HazardTable.find(id, for: Tenant.firm(firm), in: $0) }
    }

    private static func keep(_ bytes: [UInt8], _ yard: Yard) async throws -> String {
        let now = yard.clock.read()
        return try await yard.store.write {
            try Attachments.keep(bytes, scope: .firm("alfa"), author: .system("test"), at: now, in: $0)
        }
    }

    private static func jpeg(_ comment: String, shows: UInt8) -> [UInt8] {
        let text = Array(comment.utf8)
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(text.count + 2)] + text
            + [0xFF, 0xDB, 0, 4, 1, 2, 0xFF, 0xDA, 0, 2, shows, 9, 9, 0xFF, 0xD9]
    }

    @Test("without an account, without a name: filed once, found by code and number", arguments: StoreUnderTest.all)
    func anonymous(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let code = try await StopWorkTests.code(yard)
            #expect(code.count == 22, "128 random bits in base64url")
            let id = try await Self.file(
                yard, code, ["accident": "slip", "text": "oil", "name": "Aung"], key: "a-key-of-the-phone")
            let again = try await Self.file(
                yard, code, ["accident": "slip", "text": "oil", "name": "Aung"], key: "a-key-of-the-phone")
            #expect(id == again)
            let hazard = try #require(try await Self.found(id, yard))
            #expect(hazard.state == .raised && hazard.thing == "alfa-press" && hazard.text == "oil")
            #expect(hazard.origin == .code && hazard.accident == .slip)
            #expect(try await Self.found(id, yard, "bravo") == nil)
            let event = try #require(try await yard.last("safety.hazard.raised"))
            #expect(event.author == .system("anonymous"))
            #expect(!JSON.object(event.payload).canonicalText.contains("Aung"))
            #expect(!JSON.object(event.payload).canonicalText.contains("oil"))
            #expect(try await yard.types().filter { $0 == "safety.hazard.raised" }.count == 1)
            func filed(_ code: String) async throws -> Hazard? {
                try await yard.store.read { try HazardTable.filed(id, code: code, in: $0) }
            }
            #expect(try await filed(code) != nil)
            #expect(try await filed("another") == nil)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a kind of danger, a sentence or a photo is enough; nothing at all is not")
    func enough() async throws {
        try await Yard.with { yard in
            let code = try await StopWorkTests.code(yard)
            let photo = try await Self.keep(Self.jpeg("now", shows: 1), yard)
            for more: [String: JSON] in [["accident": "fall"], ["text": "loose rail"], ["photo": .string(photo)]] {
                #expect(try await Self.found(try await Self.file(yard, code, more), yard) != nil)
            }
            let empty: [String: JSON] = ["code": .string(code), "language": "ko"]
            #expect(
                try await yard.refusal("safety.hazard.file", empty, by: .anonymous())?.code == "hazard.empty")
            #expect(
                try await yard.refusal("safety.hazard.report", ["thing": "alfa-press"], by: .worker("alfa"))?
                    .faults.map(\.field) == ["text"])
            #expect(
                try await yard.refusal(
                    "safety.hazard.report", ["thing": "bravo-press", "text": "x"], by: .worker("alfa"))?.kind
                    == .notFound)
            #expect(
                try await yard.refusal(
                    "safety.hazard.report", ["thing": "alfa-press", "text": "x"], by: .anonymous())?.kind
                    == .unauthenticated)
        }
    }

    @Test("a photo that is not what the phone measured is shown as such, and one used before in any file")
    func photos() async throws {
        try await Yard.with { yard in
            let code = try await StopWorkTests.code(yard)
            let first = try await Self.keep(Self.jpeg("10:00", shows: 1), yard)
            let retouched = try await Self.keep(Self.jpeg("at noon, elsewhere", shows: 1), yard)
            let other = try await Self.keep(Self.jpeg("10:00", shows: 2), yard)
            func filed(_ photo: String, taken: String?) async throws -> Hazard.Photo {
                var more: [String: JSON] = ["photo": .string(photo)]
                if let taken { more["taken"] = .string(taken) }
                return try #require(try await Self.found(try await Self.file(yard, code, more), yard)?.photo)
            }
            let good = try await filed(first, taken: first)
            #expect(good.isAsTaken == true && !good.isReused)
            let again = try await filed(retouched, taken: first)
            #expect(again.isAsTaken == false && again.isReused)
            let unmeasured = try await filed(other, taken: nil)
            #expect(unmeasured.isAsTaken == nil && !unmeasured.isReused)
        }
    }

    @Test("a code is revoked, never guessed, and shown to its firm alone")
    func codes() async throws {
        try await Yard.with { yard in
            let code = try await StopWorkTests.code(yard)
            let place = try #require(try await yard.store.read { try PlaceCodes.find(code, in: $0) })
            #expect(try await yard.store.read { try PlaceCodes.list(for: Tenant.firm("bravo"), in: $0) }.isEmpty)
            let revoke: [String: JSON] = ["place": .string(place.id), "reason": "lost"]
            #expect(try await yard.refusal("safety.place.revoke", revoke, by: .manager("bravo"))?.kind == .notFound)
            #expect(try await yard.refusal("safety.place.revoke", revoke, by: .worker("alfa"))?.kind == .forbidden)
            try await yard.perform("safety.place.revoke", revoke, by: .manager("alfa"))
            let values: [String: JSON] = ["code": .string(code), "language": "ko", "accident": "slip"]
            #expect(try await yard.refusal("safety.hazard.file", values, by: .anonymous())?.code == "place.unknown")
            let next = try await StopWorkTests.code(yard)
            #expect(next != code)
        }
    }

    @Test("duplicates are joined within a firm, and a danger not with itself")
    func joined() async throws {
        try await Yard.with { yard in
            let code = try await StopWorkTests.code(yard)
            let one = try await Self.file(yard, code)
            let two = try await Self.file(yard, code)
            func join(_ into: String) -> [String: JSON] { ["hazard": .string(two), "into": .string(into)] }
            #expect(
                try await yard.refusal("safety.hazard.join", join(two), by: .manager("alfa"))?.code == "hazard.join")
            try await yard.perform("safety.hazard.join", join(one), by: .manager("alfa"))
            #expect(try await Self.found(two, yard)?.state == .joined)
            #expect(try await Self.found(two, yard)?.joined == one)
            #expect(
                try await yard.refusal("safety.hazard.join", join(one), by: .manager("alfa"))?.code == "hazard.state")
        }
    }

    @Test("only an acceptable risk is closed without a measure, and only with none left open")
    func closed() async throws {
        try await Yard.with { yard in
            let code = try await StopWorkTests.code(yard)
            func accept(_ frequency: Int, _ severity: Int, title: String? = nil) async throws -> String {
                let id = try await Self.file(yard, code)
                var values: [String: JSON] = [
                    "hazard": .string(id), "frequency": .init(frequency), "severity": .init(severity),
                ]
                if let title { values["title"] = .string(title) }
                try await yard.perform("safety.hazard.accept", values, by: .manager("alfa"))
                return id
            }
            func close(_ id: String) async throws -> String? {
                try await yard.refusal(
                    "safety.hazard.close", ["hazard": .string(id), "reason": "dried"], by: .manager("alfa"))?.code
            }
            #expect(try await close(try await accept(3, 3)) == "hazard.not-acceptable")
            #expect(try await close(try await accept(1, 1, title: "wipe")) == "hazard.actions-left")
            let low = try await accept(1, 1)
            #expect(try await close(low) == nil)
            #expect(try await Self.found(low, yard)?.state == .closed)
            #expect(try await Self.found(low, yard)?.reason == "dried")
            #expect(try await close(low) == "hazard.state")
        }
    }

    @Test("rejected with its reason, which whoever reported it reads; what was decided is not decided again")
    func rejected() async throws {
        try await Yard.with { yard in
            let code = try await StopWorkTests.code(yard)
            let id = try await Self.file(yard, code)
            let reject: [String: JSON] = ["hazard": .string(id), "reason": "it is a shadow"]
            #expect(try await yard.refusal("safety.hazard.reject", reject, by: .worker("alfa"))?.kind == .forbidden)
            #expect(try await yard.refusal("safety.hazard.reject", reject, by: .manager("bravo"))?.kind == .notFound)
            try await yard.perform("safety.hazard.reject", reject, by: .manager("alfa"))
            let phrases = try Phrases(Handbook(shipped: "Sources/Safety/Data"))
            let hazard = try #require(try await yard.store.read { try HazardTable.filed(id, code: code, in: $0) })
            let shown = WorkerStatus(phrases: phrases, language: .en).context(hazard)
            #expect(shown["state"]?.text?.contains("it is a shadow") == true)
            #expect(
                try await yard.refusal(
                    "safety.hazard.accept", ["hazard": .string(id), "frequency": 1, "severity": 1],
                    by: .manager("alfa"))?.code == "hazard.state")
        }
    }

    @Test("an action that is given up leaves its hazard open; with the rest verified it is closed")
    func cancelled() async throws {
        try await Yard.with { yard in
            let id = try await Self.file(yard, try await StopWorkTests.code(yard))
            try await yard.perform(
                "safety.hazard.accept",
                ["hazard": .string(id), "frequency": 3, "severity": 3, "title": "mat"], by: .manager("alfa"))
            try await yard.perform(
                "safety.hazard.act", ["hazard": .string(id), "title": "drain", "step": "engineering"],
                by: .manager("alfa"))
            let actions = try await yard.store.read {
                try ActionTable.of("hazard", id, for: Tenant.firm("alfa"), in: $0)
            }
            #expect(actions.count == 2)
            let proof = try await yard.attach("drain")
            try await yard.perform(
                "safety.action.complete",
                ["action": .string(actions[1].id), "note": "done", "proof": .string(proof)], by: .manager("alfa"))
            #expect(try await Self.found(id, yard)?.state == .accepted)
            try await yard.perform(
                "safety.action.verify", ["action": .string(actions[1].id), "effective": true, "note": "dry"],
                by: .executive("alfa"))
            #expect(try await Self.found(id, yard)?.state == .accepted)
            try await yard.perform(
                "safety.action.cancel", ["action": .string(actions[0].id), "reason": "not needed"],
                by: .manager("alfa"))
            #expect(try await Self.found(id, yard)?.state == .closed)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("so many reports in a while and no more, by each key; later again")
    func throttle() {
        let throttle = ReportThrottle()
        let now = Timestamp(microseconds: 1_800_000_000_000_000)
        for _ in 0..<3 { #expect(throttle.admit([("code", 5), ("address", 3)], at: now)) }
        #expect(!throttle.admit([("code", 5), ("address", 3)], at: now))
        #expect(throttle.admit([("code", 5), ("elsewhere", 3)], at: now))
        #expect(throttle.admit([("code", 5), ("elsewhere", 3)], at: now), "a refused one did not count")
        #expect(!throttle.admit([("code", 5), ("elsewhere", 3)], at: now))
        #expect(throttle.admit([("code", 5), ("address", 3)], at: now.advanced(bySeconds: 601)))
    }

    @Test("what a page says of its state, in every language and without an empty word")
    func worker() throws {
        let phrases = try Phrases(Handbook(shipped: "Sources/Safety/Data"))
        for language in WorkerLanguage.allCases {
            #expect(!WorkerView.own(language).isEmpty)
            #expect(WorkerView(phrases: phrases).types(language, chosen: "fall").elements?.count == 12)
            for state in Hazard.State.allCases {
                let hazard = Hazard(
                    id: "0123456789", scope: .firm("alfa"), thing: "alfa-press", state: state, origin: .code,
                    accident: nil, band: nil, risk: nil, text: nil, why: nil, reason: nil, joined: nil, photo: nil,
                    alarm: nil, raised: Timestamp(microseconds: 0), event: nil)
                let said = WorkerStatus(phrases: phrases, language: language).context(hazard)["state"]?.text ?? ""
                #expect(!said.isEmpty && !said.hasPrefix("status_"), "\(language) \(state)")
            }
        }
    }
}
