import District
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Safety

/// Sense, decide, act, verify: from an alarm to a closed place, and open again.
@Suite("The loop from an alarm to an opened place")
struct LoopTests {
    /// An alarm as Sensing raises it.
    @discardableResult
    static func alarm(
        _ yard: Yard, thing: ThingID = "alfa-press", property: String = "vibration", priority: String = "critical",
        origin: String = "live"
    ) async throws -> Event {
        let id = Identifier(at: yard.clock.read()).description
        return try await yard.district.record(
            [
                Draft(
                    "sensing.alarm.raised", stream: "alarm/\(id)", scope: .firm("alfa"),
                    payload: [
                        "alarm": .string(id), "thing": .string(thing.rawValue), "property": .string(property),
                        "priority": .string(priority), "origin": .string(origin),
                        "why": ["ko": "진동 12.1 mm/s", "en": "vibration 12.1 mm/s"],
                    ])
            ], origin: Origin(author: .system("sensing")))[0]
    }

    static func hazards(
        _ yard: Yard, _ view: HazardTable.View = .all, firm: FirmID = "alfa"
    ) async throws -> [Hazard] {
        try await yard.store.read {
            try HazardTable.page(view, limit: 100, for: Tenant.firm(firm), in: $0).rows
        }
    }

    private static func closed(_ yard: Yard) async throws -> [Closure] {
        try await yard.store.read { try ClosureTable.closed(for: Tenant.firm("alfa"), in: $0) }
    }

    private static func actions(_ yard: Yard, _ hazard: String) async throws -> [SafetyAction] {
        try await yard.store.read { try ActionTable.of("hazard", hazard, for: Tenant.firm("alfa"), in: $0) }
    }

    private static func accept(
        _ yard: Yard, _ hazard: String, _ frequency: Int = 5, _ severity: Int = 4
    ) async throws {
        try await yard.perform(
            "safety.hazard.accept",
            [
                "hazard": .string(hazard), "frequency": .init(frequency), "severity": .init(severity),
                "title": "replace the bearing", "step": "engineering", "owner": "alfa-worker-1",
            ], by: .manager("alfa"))
    }

    private static func verify(_ yard: Yard, _ action: String, _ effective: Bool) async throws {
        let proof = try await yard.attach("bearing \(yard.clock.read())")
        try await yard.perform(
            "safety.action.complete", ["action": .string(action), "note": "done", "proof": .string(proof)],
            by: .worker("alfa"))
        try await yard.perform(
            "safety.action.verify", ["action": .string(action), "effective": .bool(effective), "note": "looked"],
            by: .manager("alfa"))
    }

    @Test("alarm, proposal, severe, closed, mended, verified, opened: one trace", arguments: StoreUnderTest.all)
    func story(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let alarm = try await Self.alarm(yard)
            let hazard = try #require(try await Self.hazards(yard).first)
            #expect(hazard.state == .proposed && hazard.band == nil && hazard.alarm?.property == "vibration")
            #expect(hazard.why?.en == "vibration 12.1 mm/s")
            #expect(try await Self.closed(yard).isEmpty, "a proposal closes nothing")

            try await Self.accept(yard, hazard.id)
            let closure = try #require(try await Self.closed(yard).first)
            #expect(closure.thing == "alfa-press" && closure.reason == .hazard && closure.source == hazard.id)
            let open: [String: JSON] = ["closure": .string(closure.id), "seen": true]
            #expect(
                try await yard.refusal("safety.zone.open", open, by: .manager("alfa"))?.code == "closure.not-verified")

            let action = try #require(try await Self.actions(yard, hazard.id).first)
            try await Self.verify(yard, action.id, false)
            #expect(try await Self.hazards(yard).first?.state == .accepted, "without effect it is open again")
            #expect(
                try await yard.refusal("safety.zone.open", open, by: .manager("alfa"))?.code == "closure.not-verified")
            yard.clock.advance(by: 3600)
            try await Self.verify(yard, action.id, true)
            #expect(try await Self.hazards(yard).first?.state == .closed)
            #expect(try await Self.closed(yard).count == 1, "no rule opens a place: a person does")

            #expect(try await yard.refusal("safety.zone.open", open, by: .worker("alfa"))?.kind == .forbidden)
            #expect(try await yard.refusal("safety.zone.open", open, by: .executive("alfa"))?.kind == .forbidden)
            #expect(try await yard.refusal("safety.zone.open", open, by: .manager("bravo"))?.kind == .notFound)
            let unseen: [String: JSON] = ["closure": .string(closure.id), "seen": false]
            #expect(
                try await yard.refusal("safety.zone.open", unseen, by: .manager("alfa"))?.code == "closure.not-seen")
            await #expect(throws: Refusal.self, "it is read back first") {
                try await yard.district.perform("safety.zone.open", open, by: .manager("alfa"))
            }
            try await yard.perform("safety.zone.open", open, by: .manager("alfa"))
            #expect(try await Self.closed(yard).isEmpty)
            #expect(try await yard.refusal("safety.zone.open", open, by: .manager("alfa"))?.code == "closure.open")

            let trace = try await yard.events().filter { $0.correlation == alarm.correlation }.map(\.type)
            #expect(
                trace == [
                    "sensing.alarm.raised", "safety.hazard.proposed", "safety.hazard.accepted", "safety.action.opened",
                    "safety.zone.closed", "safety.action.completed", "safety.hazard.controlled",
                    "safety.action.verified", "safety.hazard.reopened", "safety.action.completed",
                    "safety.hazard.controlled", "safety.action.verified", "safety.hazard.closed", "safety.zone.opened",
                ])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "only live alarms of high or critical priority propose",
        arguments: [
            ("critical", "live", 1), ("high", "live", 1), ("medium", "live", 0), ("low", "live", 0),
            ("critical", "replay", 0), ("high", "system", 0),
        ])
    func due(_ priority: String, _ origin: String, _ count: Int) async throws {
        try await Yard.with { yard in
            try await Self.alarm(yard, priority: priority, origin: origin)
            #expect(try await Self.hazards(yard).count == count)
        }
    }

    @Test("one open proposal for a thing and property; another property, or after it is over, again")
    func once() async throws {
        try await Yard.with { yard in
            try await Self.alarm(yard)
            try await Self.alarm(yard)
            let first = try #require(try await Self.hazards(yard).first)
            #expect(try await Self.hazards(yard).count == 1)
            try await Self.alarm(yard, property: "temperature")
            #expect(try await Self.hazards(yard).count == 2)
            try await yard.perform(
                "safety.hazard.reject", ["hazard": .string(first.id), "reason": "test run"], by: .manager("alfa"))
            try await Self.alarm(yard)
            #expect(try await Self.hazards(yard).count == 3)
            #expect(try await Self.hazards(yard, firm: "bravo").isEmpty)
        }
    }

    @Test("a use of AI that is switched off proposes nothing")
    func off() async throws {
        try await Yard.with { yard in
            #expect(yard.district.aiUses.contains { $0.id == "safety.alarm-hazard" && $0.role == .proposes })
            try await yard.perform(
                "district.ai.switch", ["use": "safety.alarm-hazard", "on": false, "reason": "trial"], by: .officer)
            try await Self.alarm(yard)
            #expect(try await Self.hazards(yard).isEmpty)
        }
    }

    @Test(
        "the numbers make the band, and only severe closes",
        arguments: [(1, 1, "low", 0), (2, 2, "medium", 0), (3, 3, "high", 0), (4, 4, "severe", 1), (5, 3, "severe", 1)])
    func bands(_ frequency: Int, _ severity: Int, _ band: String, _ closures: Int) async throws {
        try await Yard.with { yard in
            try await Self.alarm(yard)
            let hazard = try #require(try await Self.hazards(yard).first)
            try await Self.accept(yard, hazard.id, frequency, severity)
            #expect(try await Self.hazards(yard).first?.band?.rawValue == band)
            #expect(try await Self.closed(yard).count == closures)
        }
    }

    @Test(
        "unknown is never safe: what stands against opening",
        arguments: [
            (Closure.Reason.hazard, [], true, OpeningRule.Obstacle.noAction),
            (.hazard, [.open], true, .notVerified), (.hazard, [.verified, .done], true, .notVerified),
            (.hazard, [.verified], false, .causeOpen), (.hazard, [.verified], true, nil),
            (.incident, [], true, .noAction), (.stop, [], false, .causeOpen), (.stop, [.open], true, .notVerified),
            (.stop, [], true, nil), (.emergency, [], false, .causeOpen), (.emergency, [.done], true, .notVerified),
        ] as [(Closure.Reason, [SafetyAction.State], Bool, OpeningRule.Obstacle?)])
    func obstacles(
        _ reason: Closure.Reason, _ actions: [SafetyAction.State], _ isOver: Bool, _ expected: OpeningRule.Obstacle?
    ) {
        #expect(OpeningRule.obstacle(reason, actions: actions, isCauseOver: isOver) == expected)
    }

    @Test("what is closed closes what it holds, and nothing beside it")
    func within() async throws {
        try await Yard.with { yard in
            try await Self.alarm(yard, thing: "alfa-shop")
            try await Self.accept(yard, #require(try await Self.hazards(yard).first).id)
            func closing(_ thing: ThingID) async throws -> Int {
                try await yard.store.read {
                    try ClosureTable.closing(thing, for: Tenant.firm("alfa"), in: $0).count
                }
            }
            #expect(try await closing("alfa-press") == 1)
            #expect(try await closing("alfa-shop") == 1)
            #expect(try await closing("alfa-plant") == 0)
        }
    }
}
