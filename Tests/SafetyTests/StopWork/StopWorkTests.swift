import District
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Safety

@Suite("The right to stop work")
struct StopWorkTests {
    /// A QR code on the press of alfa; its code.
    static func code(_ yard: Yard, _ thing: String = "alfa-press") async throws -> String {
        try await yard.perform("safety.place.code", ["thing": .string(thing)], by: .manager("alfa"))
        let codes = try await yard.store.read { try PlaceCodes.list(for: Tenant.firm("alfa"), in: $0) }
        return try #require(codes.last { $0.thing == ThingID(thing) }?.code)
    }

    /// A worker of alfa stops work at the press in Vietnamese, by its QR code; the stop.
    @discardableResult
    static func stop(_ yard: Yard, worker: String? = "alfa-worker-1") async throws -> WorkStop {
        var values: [String: JSON] = [
            "code": .string(try await code(yard)), "language": "vi", "accident": "caught", "text": "máy bị kẹt",
        ]
        if let worker { values["worker"] = .string(worker) }
        try await yard.perform("safety.work.stop-by-code", values, by: .anonymous())
        return try #require(try await stops(yard).first)
    }

    static func stops(_ yard: Yard, _ firm: FirmID = "alfa") async throws -> [WorkStop] {
        try await yard.store.read { try StopTable.page(limit: 100, for: Tenant.firm(firm), in: $0).rows }
    }

    private static func closed(_ yard: Yard) async throws -> Int {
        try await yard.store.read { try ClosureTable.closed(for: Tenant.firm("alfa"), in: $0).count }
    }

    private static func measure(
        _ yard: Yard, _ person: String = "alfa-worker-1", on date: String? = nil
    ) async throws {
        try await yard.perform(
            "safety.personnel.measure",
            [
                "person": .string(person), "kind": "penalty", "reason": "absence",
                "date": .string(date ?? yard.clock.read().description),
            ], by: .manager("alfa"))
    }

    private static func flagged(_ yard: Yard, _ tenant: Tenant = .firm("alfa")) async throws
        -> [RetaliationTable.Measure]
    {
        try await yard.store.read { try RetaliationTable.flagged(for: tenant, in: $0) }
    }

    @Test("stopped, closed, answered, mended, resumed, opened: in time that is measured", arguments: StoreUnderTest.all)
    func story(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let stop = try await Self.stop(yard)
            #expect(stop.state == .stopped && stop.language == .vi && stop.text == "máy bị kẹt")
            #expect(try await Self.closed(yard) == 1, "nobody works where work was stopped")
            #expect(try await Self.stops(yard, "bravo").isEmpty)
            let resume: [String: JSON] = ["stop": .string(stop.id), "basis": "verified", "note": "looked"]
            #expect(
                try await yard.refusal("safety.work.resume", resume, by: .manager("alfa"))?.code == "stop.unanswered")
            yard.clock.advance(by: 600)
            try await yard.perform(
                "safety.work.respond",
                [
                    "stop": .string(stop.id), "answer": "we free the die", "title": "free the die",
                    "owner": "alfa-worker-2",
                ], by: .manager("alfa"))
            let answered = try #require(try await Self.stops(yard).first)
            #expect(answered.state == .answered && answered.seconds(at: yard.clock.read()) == 600)
            #expect(answered.answer == "we free the die")
            #expect(
                try await yard.refusal("safety.work.resume", resume, by: .manager("alfa"))?.code == "stop.not-verified")
            var ruledOut = resume
            ruledOut["basis"] = "ruled-out"
            #expect(
                try await yard.refusal("safety.work.resume", ruledOut, by: .manager("alfa"))?.code
                    == "stop.not-verified", "what is begun against it is finished first")
            let action = try #require(
                try await yard.store.read { try ActionTable.of("stop", stop.id, for: Tenant.firm("alfa"), in: $0) }
                    .first)
            #expect(action.band == .severe)
            let proof = try await yard.attach("die")
            try await yard.perform(
                "safety.action.complete", ["action": .string(action.id), "note": "freed", "proof": .string(proof)],
                by: .worker("alfa", 2))
            try await yard.perform(
                "safety.action.verify", ["action": .string(action.id), "effective": true, "note": "runs"],
                by: .manager("alfa"))
            let closure = try await yard.store.read {
                try ClosureTable.closed(for: Tenant.firm("alfa"), in: $0)[0].id
            }
            #expect(
                try await yard.refusal(
                    "safety.zone.open", ["closure": .string(closure), "seen": true], by: .manager("alfa"))?.code
                    == "closure.cause-open", "a stop ends by its own command")
            #expect(try await yard.refusal("safety.work.resume", resume, by: .worker("alfa"))?.kind == .forbidden)
            #expect(try await yard.refusal("safety.work.resume", resume, by: .manager("bravo"))?.kind == .notFound)
            try await yard.perform("safety.work.resume", resume, by: .manager("alfa"))
            #expect(try await Self.stops(yard).first?.state == .resumed)
            #expect(try await Self.closed(yard) == 0)
            #expect(
                try await yard.refusal("safety.work.resume", resume, by: .manager("alfa"))?.code == "stop.resumed")
            let measured = try await yard.store.read {
                try StopTable.responses(
                    from: Timestamp(microseconds: 0), to: Timestamp(microseconds: .max), for: Tenant.firm("alfa"),
                    in: $0)
            }
            #expect(measured.seconds == [600] && measured.unanswered == 0)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("who stopped work stands in the vault alone: neither as author nor in any payload")
    func confidential() async throws {
        try await Yard.with { yard in
            try await Self.stop(yard)
            let once = try await yard.perform(
                "safety.work.stop", ["thing": "alfa-press"], by: .worker("alfa"), key: "a-key-of-the-phone")
            let twice = try await yard.perform(
                "safety.work.stop", ["thing": "alfa-press"], by: .worker("alfa"), key: "a-key-of-the-phone")
            #expect(twice.repeated && twice.events == once.events, "pressed twice, it counts once")
            let events = try await yard.events().filter { $0.type.hasPrefix("safety.work.") }
            #expect(events.count == 2)
            for event in events {
                #expect(event.author == .system("confidential"))
                #expect(!JSON.object(event.payload).canonicalText.contains("alfa-worker-1"))
            }
            let own = try await yard.store.read {
                try StopTable.own("alfa-worker-1", for: Tenant.firm("alfa"), in: $0).count
            }
            #expect(own == 2)
        }
    }

    @Test("only whoever stopped work says that they read the answer")
    func read() async throws {
        try await Yard.with { yard in
            let stop = try await Self.stop(yard)
            try await yard.perform(
                "safety.work.respond", ["stop": .string(stop.id), "answer": "ok"], by: .manager("alfa"))
            let values: [String: JSON] = ["stop": .string(stop.id)]
            #expect(
                try await yard.refusal("safety.work.read", values, by: .worker("alfa", 2))?.code == "stop.not-yours")
            try await yard.perform("safety.work.read", values, by: .worker("alfa"))
            #expect(try await Self.stops(yard).first?.read != nil)
        }
    }

    @Test("a danger that is ruled out needs an answer and no action; a revoked code stops nothing")
    func ruledOut() async throws {
        try await Yard.with { yard in
            let stop = try await Self.stop(yard, worker: nil)
            try await yard.perform(
                "safety.work.respond", ["stop": .string(stop.id), "answer": "it was steam"], by: .manager("alfa"))
            #expect(
                try await yard.refusal(
                    "safety.work.resume", ["stop": .string(stop.id), "basis": "verified", "note": "x"],
                    by: .manager("alfa"))?.code == "stop.no-action")
            try await yard.perform(
                "safety.work.resume", ["stop": .string(stop.id), "basis": "ruled-out", "note": "steam only"],
                by: .manager("alfa"))
            #expect(try await Self.closed(yard) == 0)
            let place = try #require(
                try await yard.store.read { try PlaceCodes.list(for: Tenant.firm("alfa"), in: $0) }.first)
            try await yard.perform(
                "safety.place.revoke", ["place": .string(place.id), "reason": "lost"], by: .manager("alfa"))
            #expect(
                try await yard.refusal(
                    "safety.work.stop-by-code", ["code": .string(place.code), "language": "ko"], by: .anonymous())?.code
                    == "place.unknown")
        }
    }

    @Test("a penalty after a Vietnamese worker's stop is marked and shown to those who must see it")
    func retaliation() async throws {
        try await Yard.with { yard in
            try await Self.stop(yard)
            yard.clock.advance(by: 30 * 86_400)
            try await Self.measure(yard)
            let found = try await Self.flagged(yard)
            #expect(found.map(\.voice) == [.stop] && found.map(\.days) == [30])
            #expect(found.first?.person == "alfa-worker-1")
            #expect(try await Self.flagged(yard, .firm("bravo")).isEmpty)
            #expect(try await Self.flagged(yard, Caller.officer.tenant).count == 1)
            let flag = try await yard.events().first { $0.type == "safety.retaliation.flagged" }
            #expect(flag?.author == .rule("safety.flag-retaliation"))
            #expect(flag.map { JSON.object($0.payload).canonicalText.contains("worker") } == false)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("others' measures, those long after and those before are not marked; a date set back hides nothing")
    func windows() async throws {
        try await Yard.with { yard in
            try await Self.measure(yard)
            try await Self.stop(yard)
            try await Self.measure(yard, "alfa-worker-2")
            #expect(try await Self.flagged(yard).isEmpty)
            yard.clock.advance(by: 181 * 86_400)
            try await Self.measure(yard)
            #expect(try await Self.flagged(yard).isEmpty, "181 days later")
            try await Self.stop(yard)
            yard.clock.advance(by: 86_400)
            try await Self.measure(yard, on: "2026-11-01T09:00:00+09:00")
            #expect(try await Self.flagged(yard).count == 1, "its date lies before the stop, its record after")
        }
    }

    @Test(
        "the window counts its last day",
        arguments: [(0, 0), (1, 1), (180, 180), (181, nil), (-1, nil)] as [(Int, Int64?)])
    func window(_ day: Int, _ expected: Int64?) {
        let spoke = Timestamp(microseconds: 1_800_000_000_000_000)
        let flag = RetaliationRule.flag(
            spoke.advanced(bySeconds: Double(day) * 86_400), after: [Voice(kind: .hazard, at: spoke)], within: 180)
        #expect(flag?.days == expected)
    }

    @Test("a report of danger by name is speaking up too")
    func voices() async throws {
        try await Yard.with { yard in
            try await yard.perform(
                "safety.hazard.report", ["thing": "alfa-press", "text": "guard is loose"], by: .worker("alfa"))
            try await Self.measure(yard)
            #expect(try await Self.flagged(yard).map(\.voice) == [.hazard])
        }
    }

    @Test("who sees it: zone, executive, representative; everybody else their own; a report as its writer wants")
    func sight() async throws {
        try await Yard.with { yard in
            try await yard.perform(
                "safety.retaliation.report", ["kind": "exclusion", "text": "no shifts since"], by: .worker("alfa"))
            try await yard.perform(
                "safety.retaliation.report", ["kind": "warning", "text": "shouted at", "to_executive": true],
                by: .worker("alfa"))
            func reports(_ executive: Bool, _ firm: FirmID = "alfa") async throws -> Int {
                try await yard.store.read {
                    try RetaliationTable.reports(executive: executive, for: Tenant.firm(firm), in: $0).count
                }
            }
            #expect(try await reports(false) == 2)
            #expect(try await reports(true) == 1)
            #expect(try await reports(false, "bravo") == 0)
            func sight(_ caller: Caller) async throws -> RetaliationSight {
                try await yard.store.read { try RetaliationSight.of(caller, in: $0) }
            }
            #expect(try await sight(.officer) == .zone)
            #expect(try await sight(.executive("alfa")) == .executive)
            #expect(try await sight(.manager("alfa")) == .own("alfa-manager"))
            #expect(try await sight(.worker("alfa")) == .own("alfa-worker-1"))
            try await yard.perform(
                "safety.role.appoint", ["person": "alfa-worker-2", "role": "workersRepresentative"],
                by: .executive("alfa"))
            #expect(try await sight(.worker("alfa", 2)) == .representative)
        }
    }
}
