import District
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Safety

@Suite("Actions against risks")
struct ActionTests {
    private static func open(_ yard: Yard, band: String = "high", due: String = "2026-11-25") async throws -> String {
        let done = try await yard.perform(
            "safety.action.open",
            [
                "thing": "alfa-press", "title": "guard the die", "band": .string(band), "step": "engineering",
                "owner": "alfa-worker-1", "due": .string("\(due)T00:00:00+09:00"),
            ], by: .manager("alfa"))
        return String(done.events[0].stream.dropFirst("action/".count))
    }

    private static func found(_ id: String, _ yard: Yard, _ firm: FirmID = "alfa") async throws -> SafetyAction? {
        try await yard.store.read { try ActionTable.find(id, for: Tenant.firm(firm), in: $0) }
    }

    private static func complete(_ id: String, _ proof: String, _ yard: Yard, by caller: Caller) async throws {
        try await yard.perform(
            "safety.action.complete", ["action": .string(id), "note": "done", "proof": .string(proof)], by: caller)
    }

    @Test("opened, done by its owner, checked by another; a rebuild gives the same", arguments: StoreUnderTest.all)
    func life(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let id = try await Self.open(yard)
            #expect(try await Self.found(id, yard)?.state == .open)
            #expect(try await Self.found(id, yard, "bravo") == nil)
            let proof = try await yard.attach("photo of the guard")
            #expect(
                try await yard.refusal(
                    "safety.action.complete", ["action": .string(id), "note": "x", "proof": .string(proof)],
                    by: .worker("alfa", 2))?.code == "action.owner", "another worker is not its owner")
            try await Self.complete(id, proof, yard, by: .worker("alfa"))
            #expect(try await Self.found(id, yard)?.state == .done)
            try await yard.perform(
                "safety.action.verify", ["action": .string(id), "effective": true, "note": "holds"],
                by: .manager("alfa"))
            let verified = try #require(try await Self.found(id, yard))
            #expect(verified.state == .verified && verified.wasInTime == true && verified.flags.isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("who did it does not check it, and what does not help is opened again with its first due day")
    func verify() async throws {
        try await Yard.with { yard in
            let id = try await Self.open(yard)
            try await Self.complete(id, yard.attach("a"), yard, by: .manager("alfa"))
            let values: [String: JSON] = ["action": .string(id), "effective": false, "note": "it slips"]
            #expect(
                try await yard.refusal("safety.action.verify", values, by: .manager("alfa"))?.code
                    == "action.same-person")
            try await yard.perform("safety.action.verify", values, by: .executive("alfa"))
            let again = try #require(try await Self.found(id, yard))
            #expect(again.state == .open && again.flags == [.notEffective])
            #expect(again.firstDue.description == "2026-11-25")
        }
    }

    @Test("extended three times it is flagged, and its age counts from the first due day")
    func extended() async throws {
        try await Yard.with { yard in
            let id = try await Self.open(yard)
            for (count, due) in ["2026-11-28", "2026-12-05", "2026-12-20"].enumerated() {
                #expect(try await Self.found(id, yard)?.flags.isEmpty == true, "\(count) extensions")
                try await yard.perform(
                    "safety.action.extend",
                    ["action": .string(id), "due": .string("\(due)T00:00:00+09:00"), "reason": "parts"],
                    by: .manager("alfa"))
            }
            let action = try #require(try await Self.found(id, yard))
            #expect(action.flags == [.extendedOften] && action.extensions == 3)
            #expect(action.due.description == "2026-12-20")
            #expect(action.overdueDays(on: KoreanDay("2026-12-01") ?? action.due) == 6)
            #expect(
                try await yard.refusal(
                    "safety.action.extend",
                    ["action": .string(id), "due": "2026-12-20T00:00:00+09:00", "reason": "parts"], by: .manager("alfa")
                )?
                .faults.first?.field == "due", "an extension lies after the present due day")
        }
    }

    @Test("a photo used before is flagged, also with other metadata, and only in the same firm")
    func photo() async throws {
        try await Yard.with { yard in
            func jpeg(_ comment: String, shows: UInt8) -> [UInt8] {
                let text = Array(comment.utf8)
                return [0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(text.count + 2)] + text
                    + [0xFF, 0xDB, 0, 4, 1, 2, 0xFF, 0xDA, 0, 2, shows, 9, 9, 0xFF, 0xD9]
            }
            func keep(_ bytes: [UInt8]) async throws -> String {
                let now = yard.clock.read()
                return try await yard.store.write {
                    try Attachments.keep(bytes, scope: .firm("alfa"), author: .system("test"), at: now, in: $0)
                }
            }
            let first = try await keep(jpeg("10:00", shows: 1))
            let retouched = try await keep(jpeg("later, elsewhere", shows: 1))
            let other = try await keep(jpeg("10:00", shows: 2))
            #expect(first != retouched)
            var flags: [Set<SafetyAction.Flag>] = []
            for proof in [first, first, retouched, other] {
                let id = try await Self.open(yard)
                try await Self.complete(id, proof, yard, by: .manager("alfa"))
                flags.append(try #require(try await Self.found(id, yard)).flags)
            }
            #expect(flags == [[], [.photoReused], [.photoReused], []])
        }
    }

    @Test("what is late goes up level by level, once each, by the days of its band", arguments: StoreUnderTest.all)
    func escalation(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let policy = try ActionPolicy(Handbook(shipped: Self.data))
            let service = EscalationService(district: yard.district, policy: policy)
            let id = try await Self.open(yard, band: "high", due: "2026-11-25")
            var heard: [String] = []
            for day in [
                "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-29", "2026-12-03", "2026-12-10", "2027-01-10",
            ] {
                yard.clock.set("\(day)T09:00:00+09:00")
                _ = try await service.escalate()
                #expect(try await service.escalate() == 0, "once for each level")
                heard.append(try await Self.found(id, yard)?.escalated?.rawValue ?? "-")
            }
            #expect(
                heard == ["-", "supervisor", "supervisor", "manager", "executive", "zoneOfficer", "zoneOfficer"])
            #expect(try await yard.types().filter { $0 == "safety.action.escalated" }.count == 4)
            #expect(
                try await yard.store.read {
                    try ActionTable.overdue(
                        on: KoreanDay("2026-12-10") ?? KoreanDay(number: 0), for: Tenant.firm("alfa"), in: $0)
                } == [.high: 1])
        }
    }

    @Test("a due day before today, an owner of another firm and a step out of order are refused by name")
    func refusals() async throws {
        try await Yard.with { yard in
            func refusal(_ field: String, _ value: String) async throws -> [String]? {
                var values: [String: JSON] = [
                    "thing": "alfa-press", "title": "x", "band": "low", "step": "ppe",
                ]
                values[field] = .string(value)
                return try await yard.refusal("safety.action.open", values, by: .manager("alfa"))?.faults.map(\.field)
            }
            #expect(try await refusal("due", "2026-11-20T00:00:00+09:00") == ["due"])
            #expect(try await refusal("owner", "bravo-worker-1") == ["owner"])
            #expect(try await refusal("thing", "bravo-press") == ["thing"])
            let id = try await Self.open(yard)
            let early = try await yard.refusal(
                "safety.action.verify", ["action": .string(id), "effective": true, "note": "x"], by: .executive("alfa"))
            #expect(early?.code == "action.state")
            let foreign = try await yard.refusal(
                "safety.action.cancel", ["action": .string(id), "reason": "x"], by: .manager("bravo"))
            #expect(foreign?.kind == .notFound)
        }
    }

    private static let data = "Sources/Safety/Data"
}
