import District
import Record
import Store
import TestKit
import Testing
import Twin

@testable import Access
@testable import Safety

@Suite("Emergencies and drills")
struct EmergencyTests {
    /// A manual, a commander with a deputy, and so many workers and visitors on site.
    static func prepare(_ yard: Yard, workers: Int = 2, visitors: Int = 1) async throws {
        for (id, kind) in [("alfa-yard", "area")] {
            try await Self.declare(id, kind, yard)
        }
        try await yard.perform(
            "safety.manual.publish",
            [
                "site": "alfa-plant", "scenario": "gas", "assembly": [["thing": "alfa-yard"]],
                "contacts": [["who": "control room", "number": "000-0000"]],
            ], by: .manager("alfa"))
        try await yard.perform(
            "safety.emergency-role.assign",
            ["site": "alfa-plant", "role": "commander", "person": "alfa-manager", "deputy": "alfa-executive"],
            by: .manager("alfa"))
        try await yard.perform(
            "safety.emergency-role.assign", ["site": "alfa-plant", "role": "warden", "person": "alfa-worker-1"],
            by: .manager("alfa"))
        for number in 1...max(1, workers) {
            if number > 2 { try await yard.enrol(.worker("alfa", number)) }
            try await yard.perform(
                "safety.presence.check",
                ["site": "alfa-plant", "direction": "in", "person": .string("alfa-worker-\(number)")],
                by: .manager("alfa"))
        }
        for number in 0..<visitors {
            try await yard.perform(
                "safety.presence.check",
                ["site": "alfa-plant", "direction": "in", "name": .string("방문자 \(number)"), "company": "x"],
                by: .worker("alfa", 2))
        }
    }

    private static func declare(_ id: String, _ kind: String, _ yard: Yard) async throws {
        let zone = try Caller.system("test").tenant
        let thing = Thing(
            id: ThingID(id), kind: ThingKind(rawValue: kind) ?? .area, parent: "alfa-plant", name: Words("마당", "Yard"),
            firm: "alfa", scope: .firm("alfa"))
        let drafts = try await yard.store.read { try TwinEvents.declared([thing], for: zone, in: $0) }
        try await yard.district.record(drafts, origin: Origin(author: .system("test")))
    }

    static func begin(
        _ yard: Yard, drill: Bool, by caller: Caller = .worker("alfa", 2), offline: Ask.Offline? = nil
    ) async throws -> String {
        let done = try await yard.perform(
            "safety.emergency.declare", ["thing": "alfa-shop", "scenario": "gas", "drill": .bool(drill)], by: caller,
            offline: offline)
        return String((done.events.first { $0.stream.hasPrefix("emergency/") }?.stream ?? "").dropFirst(10))
    }

    static func roster(_ id: String, _ yard: Yard, _ firm: FirmID = "alfa") async throws -> Roster {
        try await yard.store.read { try EmergencyTable.roster(of: id, for: Tenant.firm(firm), in: $0) }
    }

    static func found(_ id: String, _ yard: Yard, _ firm: FirmID = "alfa") async throws -> Emergency? {
        try await yard.store.read { try EmergencyTable.find(id, for: Tenant.firm(firm), in: $0) }
    }

    static func mark(
        _ yard: Yard, _ entry: String, _ status: String, _ place: [String: JSON], by caller: Caller,
        offline: Ask.Offline? = nil
    ) async throws -> String? {
        do {
            try await yard.perform(
                "safety.muster.mark",
                place.merging(["entry": .string(entry), "status": .string(status)]) { $1 }, by: caller, offline: offline
            )
            return nil
        } catch let refusal as Refusal {
            return refusal.code
        }
    }

    @Test(
        "gas leak, 300 people, 12 visitors, dead network: CAP validates, the unaccounted are listed",
        arguments: StoreUnderTest.all)
    func gasLeak(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            try await Self.prepare(yard, workers: 300, visitors: 12)
            let id = try await Self.begin(yard, drill: false)
            let first = try await Self.roster(id, yard)
            #expect(first.entries.count == 312 && first.unaccounted.count == 312, "unknown is never safe")
            #expect(first.entries.count { $0.kind == .visitor } == 12)
            let composer = try Self.composer()
            let emergency = try #require(try await Self.found(id, yard))
            let alert = try #require(
                try await yard.store.read { try composer.message(of: emergency, for: Tenant.firm("alfa"), in: $0) })
            let read = try CAPDocument(alert.document)
            #expect(read.status == .actual && read.reach != .public && read.infos.count == 10)
            #expect(read.infos[0].instruction?.contains("마당") == true)
            // The network is dead: a warden's phone keeps its marks for two hours, its clock four minutes ahead.
            let began = yard.clock.read()
            let seen = first.entries.map(\.id).filter { $0 != "p-alfa-worker-7" && $0 != "p-alfa-worker-8" }
            yard.clock.advance(by: 7200)
            for (index, entry) in seen.enumerated() {
                let claimed = began.advanced(bySeconds: 60 + Double(index) + 240)
                #expect(
                    try await Self.mark(
                        yard, entry, "safe", ["site": "alfa-plant"], by: .manager("alfa"),
                        offline: .init(claimed: claimed, skew: 240, form: "muster-1")) == nil)
            }
            let merged = try await Self.roster(id, yard)
            #expect(merged.unaccounted.map(\.id).sorted() == ["p-alfa-worker-7", "p-alfa-worker-8"])
            #expect(merged.secondsToAccount(from: began) == nil)
            // Another phone saw one of them, and missed one whom the first saw.
            let other = Ask.Offline(claimed: began.advanced(bySeconds: 500), skew: 0, form: "muster-1")
            _ = try await Self.mark(
                yard, "p-alfa-worker-7", "safe", ["site": "alfa-plant"], by: .executive("alfa"), offline: other)
            _ = try await Self.mark(
                yard, "p-alfa-worker-9", "missing", ["site": "alfa-plant"], by: .executive("alfa"), offline: other)
            let after = try await Self.roster(id, yard)
            #expect(after.entries.first { $0.id == "p-alfa-worker-9" }?.standing == .conflict([.safe, .missing]))
            #expect(after.unaccounted.map(\.id).sorted() == ["p-alfa-worker-8", "p-alfa-worker-9"])
            #expect(
                after.entries.first { $0.id == "p-alfa-worker-7" }?.since == began.advanced(bySeconds: 500),
                "by when it was seen, not by when it arrived")
            let closure = try await yard.store.read { try ClosureTable.closed(for: Tenant.firm("alfa"), in: $0).first }
            #expect(
                try await yard.refusal(
                    "safety.zone.open", ["closure": .string(closure?.id ?? ""), "seen": true], by: .manager("alfa"))?
                    .code == "closure.cause-open", "while it runs nobody opens the place")
            let refused = try await yard.refusal(
                "safety.emergency.clear", ["emergency": .string(id)], by: .manager("alfa"))
            #expect(refused?.code == "emergency.unaccounted" && refused?.faults.count == 2)
            try await yard.perform(
                "safety.muster.resolve",
                [
                    "emergency": .string(id), "entry": "p-alfa-worker-9", "status": "safe",
                    "reason": "stood behind the van",
                ],
                by: .manager("alfa"))
            try await yard.perform(
                "safety.emergency.clear",
                [
                    "emergency": .string(id),
                    "reasons": [["entry": "p-alfa-worker-8", "reason": "at home: his family answered"]],
                ], by: .manager("alfa"))
            #expect(try await Self.found(id, yard)?.isRunning == false)
            // All clear for people opens no place: somebody must look on the spot.
            let closed = try await yard.store.read { try ClosureTable.closed(for: Tenant.firm("alfa"), in: $0) }
            #expect(closed.map(\.source) == [id] && closed.map(\.reason) == [.emergency])
            try await yard.perform(
                "safety.zone.open", ["closure": .string(closed.first?.id ?? ""), "seen": true], by: .manager("alfa"))
            #expect(try await yard.rebuildsAlike())
        }
    }

    static func composer() throws -> CAPComposer {
        CAPComposer(
            scenarios: try Scenarios(CAPTests.book), desk: try CAPDesk(CAPTests.book),
            phrases: try Phrases(CAPTests.book))
    }

    @Test("a drill: an exercise in every message, no zone closed, gaps become actions, the report is evidence")
    func drill() async throws {
        try await Yard.with { yard in
            try await Self.prepare(yard)
            try await yard.perform(
                "safety.drill.schedule",
                ["site": "alfa-plant", "scenario": "gas", "due": "2026-11-21T00:00:00+09:00"], by: .manager("alfa"))
            let id = try await Self.begin(yard, drill: true)
            try await yard.perform(
                "safety.emergency.update", ["emergency": .string(id), "ko": "밸브를 잠갔습니다"], by: .manager("alfa"))
            for entry in try await Self.roster(id, yard).entries {
                yard.clock.advance(by: 30)
                #expect(
                    try await Self.mark(yard, entry.id, "safe", ["emergency": .string(id)], by: .manager("alfa")) == nil
                )
            }
            #expect(
                try await yard.refusal(
                    "safety.drill.complete", ["emergency": .string(id), "no_gaps": true], by: .manager("alfa"))?.code
                    == "drill.state", "not while it runs")
            try await yard.perform("safety.emergency.clear", ["emergency": .string(id)], by: .manager("alfa"))
            let composer = try Self.composer()
            let emergency = try #require(try await Self.found(id, yard))
            for number in 1...3 {
                let alert = try #require(
                    try await yard.store.read {
                        try composer.message(number, of: emergency, for: Tenant.firm("alfa"), in: $0)
                    })
                #expect(try CAPDocument(alert.document).status == .exercise)
            }
            let handed = try await yard.perform(
                "safety.cap.hand-over", ["emergency": .string(id), "to": "119"], by: .manager("alfa"))
            let event = try await yard.store.read { [district = yard.district] in
                try district.log.events(inStream: "cap/\(id)", in: $0).first
            }
            #expect(handed.events.count == 1 && event?.payload["status"] == "Exercise")
            let gap: [String: JSON] = [
                "emergency": .string(id),
                "gaps": [["title": "the siren was not heard in the paint shop", "due": "2026-12-01T00:00:00+09:00"]],
            ]
            #expect(
                try await yard.refusal("safety.drill.complete", ["emergency": .string(id)], by: .manager("alfa"))?.code
                    == "drill.gaps")
            try await yard.perform("safety.drill.complete", gap, by: .manager("alfa"))
            #expect(try await yard.refusal("safety.drill.complete", gap, by: .manager("alfa"))?.code == "drill.state")
            let actions = try await yard.store.read {
                try ActionTable.of("drill", id, for: Tenant.firm("alfa"), in: $0)
            }
            #expect(actions.map(\.title) == ["the siren was not heard in the paint shop"])
            let drills = try await yard.store.read { try ManualTable.drills(for: Tenant.firm("alfa"), in: $0) }
            #expect(
                drills.count == 1 && drills[0].held?.description == "2026-11-21", "the plan is fulfilled, not doubled")
            let types = try await yard.types()
            #expect(!types.contains("safety.zone.closed") && types.contains("safety.duty.evidenced"))
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a real emergency breaks a drill off, and no drill begins while a real one runs")
    func realBreaksDrill() async throws {
        try await Yard.with { yard in
            try await Self.prepare(yard)
            let drill = try await Self.begin(yard, drill: true)
            _ = try await Self.mark(
                yard, "p-alfa-worker-1", "safe", ["emergency": .string(drill)], by: .manager("alfa"))
            yard.clock.advance(by: 60)
            let done = try await yard.perform(
                "safety.emergency.declare", ["thing": "alfa-press", "scenario": "fire", "drill": false],
                by: .worker("alfa", 2))
            let id = String(
                try #require(done.events.first { $0.type == "safety.emergency.declared" }).stream.dropFirst(10))
            #expect(try await Self.found(drill, yard)?.isRunning == false)
            #expect(
                try await Self.roster(id, yard).unaccounted.count == 3, "a mark in the drill counts for nothing here")
            #expect(
                try await yard.refusal(
                    "safety.emergency.declare", ["thing": "alfa-shop", "scenario": "gas", "drill": true],
                    by: .manager("alfa"))?.code == "emergency.real-running")
            let again = try await yard.perform(
                "safety.emergency.declare", ["thing": "alfa-shop", "scenario": "gas", "drill": false],
                by: .manager("alfa"))
            #expect(
                again.events.map(\.type) == ["safety.emergency.seconded", "safety.zone.closed"],
                "two who call make one emergency, and another place is closed too")
            let third = try await yard.perform(
                "safety.emergency.declare", ["thing": "alfa-shop", "scenario": "gas", "drill": false],
                by: .worker("alfa"))
            #expect(third.events.map(\.type) == ["safety.emergency.seconded"], "once")
        }
    }

    @Test("who may: wardens and managers see for others, everyone for themself, the commander alone clears")
    func authority() async throws {
        try await Yard.with { yard in
            try await Self.prepare(yard)
            let id = try await Self.begin(yard, drill: true)
            let here: [String: JSON] = ["emergency": .string(id)]
            #expect(
                try await Self.mark(yard, "p-alfa-worker-1", "safe", here, by: .worker("alfa", 2))
                    == "muster.not-warden")
            #expect(try await Self.mark(yard, "p-alfa-worker-2", "safe", here, by: .worker("alfa", 2)) == nil)
            let own = try await Self.roster(id, yard).entries.first { $0.id == "p-alfa-worker-2" }
            #expect(own?.standing == .selfReported)
            #expect(try await Self.mark(yard, "p-alfa-worker-2", "safe", here, by: .worker("alfa")) == nil)
            #expect(try await Self.mark(yard, "p-nobody", "safe", here, by: .worker("alfa")) == "muster.unknown")
            #expect(try await Self.mark(yard, "p-alfa-manager", "safe", here, by: .worker("alfa")) == nil)
            #expect(try await Self.roster(id, yard).entries.count == 4, "who was on no roster is put on it")
            #expect(
                try await Self.mark(yard, "p-alfa-worker-1", "safe", here, by: .worker("bravo")) == "emergency.unknown")
            #expect(try await Self.roster(id, yard, "bravo").entries.isEmpty)
            #expect(try await Self.found(id, yard, "bravo") == nil)
            let clear: [String: JSON] = ["emergency": .string(id)]
            #expect(
                try await yard.refusal("safety.emergency.clear", clear, by: .executive("alfa"))?.code
                    == "emergency.commander-only")
            #expect(
                try await yard.refusal("safety.emergency.command", clear, by: .worker("alfa", 2))?.code
                    == "emergency.not-commander")
            try await yard.perform("safety.emergency.command", clear, by: .executive("alfa"))
            #expect(
                try await yard.refusal("safety.emergency.clear", clear, by: .manager("alfa"))?.code
                    == "emergency.commander-only")
            #expect(
                try await yard.refusal("safety.emergency.clear", clear, by: .executive("alfa"))?.code
                    == "emergency.unaccounted")
            try await yard.perform(
                "safety.muster.add",
                ["emergency": .string(id), "name": "택배 기사", "kind": "visitor", "status": "safe"], by: .worker("alfa"))
            #expect(try await Self.roster(id, yard).entries.count == 5)
            #expect(
                try await yard.refusal(
                    "safety.muster.resolve",
                    ["emergency": .string(id), "entry": "p-alfa-worker-2", "status": "safe", "reason": "x"],
                    by: .manager("alfa"))?.code == "muster.no-conflict")
        }
    }

    @Test("what was seen offline before anyone declared waits; what was seen while it ran arrives after its end too")
    func offline() async throws {
        try await Yard.with { yard in
            try await Self.prepare(yard)
            let began = yard.clock.read()
            func at(_ minute: Double) -> Ask.Offline {
                .init(claimed: began.advanced(bySeconds: minute * 60), skew: 0, form: "muster-1")
            }
            let site: [String: JSON] = ["site": "alfa-plant"]
            #expect(
                try await Self.mark(yard, "p-alfa-worker-1", "safe", site, by: .manager("alfa"), offline: at(0))
                    == "muster.no-emergency")
            yard.clock.advance(by: 600)
            // Declared on a phone five minutes ago, and arriving only now.
            let id = try await Self.begin(yard, drill: true, offline: at(5))
            #expect(try await Self.found(id, yard)?.declared == began.advanced(bySeconds: 300))
            #expect(
                try await Self.mark(yard, "p-alfa-worker-1", "safe", site, by: .manager("alfa"), offline: at(0)) == nil,
                "sent again once it was declared")
            for entry in try await Self.roster(id, yard).entries {
                _ = try await Self.mark(yard, entry.id, "safe", site, by: .manager("alfa"))
            }
            try await yard.perform("safety.emergency.clear", ["emergency": .string(id)], by: .manager("alfa"))
            yard.clock.advance(by: 600)
            #expect(
                try await Self.mark(yard, "p-alfa-worker-2", "missing", site, by: .executive("alfa"), offline: at(9))
                    == nil)
            #expect(
                try await Self.roster(id, yard).entries.first { $0.id == "p-alfa-worker-2" }?.standing
                    == .conflict([.safe, .missing]), "a late mark shows that somebody was missed, even after the end")
            #expect(
                try await Self.mark(
                    yard, "p-alfa-worker-2", "missing", ["emergency": .string(id)], by: .executive("alfa"))
                    == "emergency.over")
        }
    }

    @Test("presence: in and out, one site at a time, visitors by reception, nothing of another firm")
    func presence() async throws {
        try await Yard.with { yard in
            func check(_ values: [String: JSON], by caller: Caller) async throws -> String? {
                try await yard.refusal(
                    "safety.presence.check", values.merging(["site": "alfa-plant"]) { old, _ in old }, by: caller)?.code
            }
            func present() async throws -> [String] {
                try await yard.store.read {
                    try PresenceTable.list(at: "alfa-plant", for: Tenant.firm("alfa"), in: $0).map(\.entry)
                }
            }
            #expect(try await check(["direction": "out"], by: .worker("alfa")) == "presence.not-in")
            #expect(try await check(["direction": "in"], by: .worker("alfa")) == nil)
            #expect(
                try await check(["direction": "in", "person": "bravo-worker-1"], by: .worker("alfa"))
                    == "presence.person")
            #expect(try await check(["direction": "in"], by: .worker("bravo")) == "thing.unknown")
            // Nobody takes another firm's people off their roster by the name of a row, in or out, now or later.
            for direction in ["in", "out"] {
                let values: [String: JSON] = [
                    "site": "bravo-plant", "direction": .string(direction), "entry": "p-alfa-worker-1",
                ]
                #expect(try await check(values, by: .manager("bravo")) == "presence.visit")
                let late = Ask.Offline(claimed: yard.clock.read(), skew: 0, form: "1")
                await #expect(throws: Refusal.self) {
                    try await yard.perform("safety.presence.check", values, by: .manager("bravo"), offline: late)
                }
            }
            #expect(try await present() == ["p-alfa-worker-1"])
            #expect(try await check(["direction": "in", "name": "손님"], by: .worker("alfa")) == nil)
            #expect(try await check(["direction": "out", "name": "손님"], by: .worker("alfa")) == "presence.visit")
            let entries = try await present()
            #expect(entries.count == 2)
            let visit = try #require(entries.first { $0.hasPrefix("v-") })
            #expect(try await check(["direction": "out", "entry": .string(visit)], by: .worker("alfa", 2)) == nil)
            #expect(try await present() == ["p-alfa-worker-1"])
            #expect(try await check(["direction": "out"], by: .worker("alfa")) == nil)
            #expect(try await present().isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a manual needs every phase, an assembly point and a contact; each publishing is a new version")
    func manual() async throws {
        try await Yard.with { yard in
            func code(_ more: [String: JSON]) async throws -> String? {
                var values: [String: JSON] = [
                    "site": "alfa-plant", "scenario": "gas", "assembly": [["thing": "alfa-shop"]],
                    "contacts": [["who": "x", "number": "1"]],
                ]
                values.merge(more) { $1 }
                return try await yard.refusal("safety.manual.publish", values, by: .manager("alfa"))?.code
            }
            #expect(try await code(["steps": [["phase": "stop", "ko": "x"]]]) == "manual.phases")
            #expect(try await code(["assembly": []]) == "manual.assembly")
            #expect(try await code(["assembly": [["thing": "bravo-shop"]]]) == "thing.unknown")
            #expect(try await code(["contacts": []]) == "manual.contacts")
            #expect(try await code(["site": "alfa-press"]) == "manual.site")
            #expect(try await code([:]) == nil)
            #expect(try await code([:]) == nil)
            let manuals = try await yard.store.read { try ManualTable.manuals(for: Tenant.firm("alfa"), in: $0) }
            #expect(manuals.map(\.version) == [2] && manuals[0].steps.count >= 5)
            #expect(try await yard.store.read { try ManualTable.manuals(for: Tenant.firm("bravo"), in: $0) }.isEmpty)
            #expect(
                try await yard.refusal(
                    "safety.emergency-role.assign",
                    ["site": "alfa-plant", "role": "warden", "person": "alfa-worker-1", "deputy": "alfa-worker-1"],
                    by: .manager("alfa"))?.code == "emergency-role.same")
        }
    }
}
