import District
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Safety

@Suite("Incidents, from the report to the end")
struct IncidentTests {
    static let occurred = "2026-11-21T08:30:00+09:00"

    static func report(_ yard: Yard, _ people: JSON, _ more: [String: JSON] = [:], by caller: Caller? = nil)
        async throws -> String
    {
        var values: [String: JSON] = [
            "thing": "alfa-press", "occurred": .string(occurred), "what": "a hand was caught", "type": "caught",
            "people": people,
        ]
        values.merge(more) { $1 }
        let done = try await yard.perform("safety.incident.report", values, by: caller ?? .worker("alfa"))
        return String(
            (done.events.first { $0.type == "safety.incident.reported" }?.stream ?? "").dropFirst("incident/".count))
    }

    static func found(_ id: String, _ yard: Yard, _ firm: FirmID = "alfa") async throws -> Incident? {
        try await yard.store.read { try IncidentTable.find(id, for: Tenant.firm(firm), in: $0) }
    }

    @Test(
        "reported, filed, investigated, planned, helped, closed; a rebuild gives the same",
        arguments: StoreUnderTest.all)
    func life(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let id = try await Self.report(
                yard, [["name": "김 아무개", "care": "hospital", "nature": "crush", "expected_days": 20, "care_months": 1]])
            let first = try #require(try await Self.found(id, yard))
            #expect(first.osh == .notSerious && first.sapa == .notSerious && first.form30 == .needed)
            #expect(first.form30Due.description == "2026-12-21")
            #expect(try await Self.found(id, yard, "bravo") == nil)
            #expect(try await yard.types().contains("safety.hold.placed"), "the records are held")
            let close: [String: JSON] = ["incident": .string(id)]
            let refused = try await yard.refusal("safety.incident.close", close, by: .manager("alfa"))
            #expect(refused?.faults.map(\.rule) == ["form30", "investigation", "plan", "effect"])
            // The call to 119 is good advice: whoever did not need it must not invent it.
            try await yard.perform(
                "safety.call.log", ["incident": .string(id), "to": "fire119", "at": "2026-11-21T08:33:00+09:00"],
                by: .worker("alfa"))
            try await Self.file(id, yard)
            try await Self.investigate(id, yard)
            try await Self.plan(id, yard)
            #expect(try await yard.refusal("safety.incident.close", close, by: .manager("alfa")) == nil)
            #expect(try await Self.found(id, yard)?.closed != nil)
            #expect(try await yard.rebuildsAlike())
        }
    }

    static func file(_ id: String, _ yard: Yard) async throws {
        let one = JSON.string(id)
        let file = try await yard.attach("form 30")
        let values: [String: JSON] = ["incident": one, "file": .string(file), "receipt": "2026-1"]
        #expect(
            try await yard.refusal("safety.form30.file", values, by: .manager("alfa"))?.code == "form30.unsigned")
        try await yard.perform(
            "safety.form30.prepare",
            ["incident": one, "cause": "the guard was off", "people": [["number": 1, "job": "press operator"]]],
            by: .manager("alfa"))
        try await yard.perform("safety.form30.sign", ["incident": one, "as": "employer"], by: .manager("alfa"))
        #expect(
            try await yard.refusal(
                "safety.form30.sign", ["incident": one, "as": "representative"], by: .manager("alfa"))?.code
                == "form30.same-person")
        #expect(
            try await yard.refusal("safety.form30.sign", ["incident": one, "as": "employer"], by: .worker("alfa"))?.code
                == "form30.employer")
        try await yard.perform(
            "safety.form30.sign",
            ["incident": one, "as": "representative", "opinion": "the guard was broken for weeks"],
            by: .worker("alfa", 2))
        var wrong = values
        wrong["file"] = .string(String(repeating: "0", count: 64))
        #expect(try await yard.refusal("safety.form30.file", wrong, by: .manager("alfa"))?.code == "form30.file")
        try await yard.perform("safety.form30.file", values, by: .manager("alfa"))
        let filed = try #require(try await found(id, yard))
        #expect(filed.form30Filed?.description == "2026-11-21" && filed.form30File == file && filed.receipt == "2026-1")
    }

    static func investigate(_ id: String, _ yard: Yard) async throws {
        var values: [String: JSON] = [
            "incident": .string(id), "causes": [["kind": "machine", "cause": "no guard"]],
            "whys": [["why": "a"], ["why": "b"], ["why": "c"]],
        ]
        #expect(
            try await yard.refusal("safety.incident.investigate", values, by: .manager("alfa"))?.code
                == "incident.no-management-cause")
        values["causes"] = [["kind": "management", "cause": "nobody checked"]]
        values["whys"] = [["why": "a"]]
        #expect(
            try await yard.refusal("safety.incident.investigate", values, by: .manager("alfa"))?.code
                == "incident.few-whys")
        values["whys"] = [["why": "a"], ["why": "b"], ["why": "c"]]
        try await yard.perform("safety.incident.investigate", values, by: .manager("alfa"))
    }

    static func plan(_ id: String, _ yard: Yard) async throws {
        func plan(_ step: String, _ due: String = "2026-11-28T00:00:00+09:00") -> [String: JSON] {
            [
                "incident": .string(id),
                "measures": [
                    [
                        "title": "interlocked guard", "step": .string(step), "owner": "alfa-worker-1",
                        "due": .string(due),
                    ]
                ],
            ]
        }
        func code(_ values: [String: JSON]) async throws -> String? {
            try await yard.refusal("safety.recurrence.plan", values, by: .manager("alfa"))?.code
        }
        #expect(try await code(plan("ppe")) == "recurrence.ppe-only")
        #expect(try await code(plan("engineering", "2026-11-20T00:00:00+09:00")) == "recurrence.due")
        try await yard.perform("safety.recurrence.plan", plan("engineering"), by: .manager("alfa"))
        let verify: [String: JSON] = ["incident": .string(id), "effective": true, "note": "holds"]
        #expect(
            try await yard.refusal("safety.recurrence.verify", verify, by: .manager("alfa"))?.code
                == "recurrence.unreported")
        try await yard.perform(
            "safety.recurrence.report", ["incident": .string(id), "decision": "a second fitter"], by: .executive("alfa")
        )
        #expect(
            try await yard.refusal("safety.recurrence.verify", verify, by: .manager("alfa"))?.code == "recurrence.open")
        let action = try #require(
            try await yard.store.read { try ActionTable.of("incident", id, for: Tenant.firm("alfa"), in: $0) }.first)
        #expect(action.band == .high && action.thing == "alfa-press")
        try await yard.perform(
            "safety.action.complete",
            ["action": .string(action.id), "note": "built", "proof": .string(yard.attach("guard photo"))],
            by: .worker("alfa"))
        try await yard.perform(
            "safety.action.verify", ["action": .string(action.id), "effective": true, "note": "holds"],
            by: .manager("alfa"))
        try await yard.perform("safety.recurrence.verify", verify, by: .manager("alfa"))
    }

    @Test("severity that is not known stays “to be decided”, and the incident open, until somebody says")
    func undecided() async throws {
        try await Yard.with { yard in
            let id = try await Self.report(yard, [["care": "unknown"]])
            #expect(try await Self.found(id, yard)?.osh == .undecided([.death]))
            #expect(try await yard.types().contains("safety.form30.due"))
            let refused = try await yard.refusal(
                "safety.incident.close", ["incident": .string(id)], by: .manager("alfa"))
            #expect(refused?.faults.first?.rule == "severity")
            try await yard.perform(
                "safety.incident.update",
                ["incident": .string(id), "number": 1, "care": "first-aid", "expected_days": 0], by: .manager("alfa"))
            let settled = try #require(try await Self.found(id, yard))
            #expect(settled.osh == .notSerious && settled.form30 == .notNeeded && settled.isFirstAidOnly)
            try await yard.perform(
                "safety.incident.update", ["incident": .string(id), "number": 1, "care": "death"], by: .manager("alfa"))
            let dead = try #require(try await Self.found(id, yard))
            #expect(dead.osh == .serious([.death]) && dead.sapa == .serious([.death]) && dead.form30 == .needed)
            #expect(dead.casualties.total == 1, "who died is no longer counted as injured too")
        }
    }

    @Test("a serious accident stops work there at once; one that is not, or long past, closes nothing")
    func closes() async throws {
        try await Yard.with { yard in
            func closed() async throws -> [ThingID] {
                try await yard.store.read { try ClosureTable.closed(for: Tenant.firm("alfa"), in: $0).map(\.thing) }
            }
            _ = try await Self.report(yard, [["care": "first-aid"]])
            _ = try await Self.report(yard, [["care": "death"]], ["occurred": "2026-11-19T08:00:00+09:00"])
            #expect(try await closed().isEmpty)
            _ = try await Self.report(yard, [["care": "death"]])
            #expect(try await closed() == ["alfa-press"])
        }
    }

    @Test(
        "a second report of one accident is folded into the first, and counts for nothing; more harm is never folded away"
    )
    func fold() async throws {
        try await Yard.with { yard in
            let first = try await Self.report(yard, [["care": "medical", "expected_days": 5]])
            let second = try await Self.report(yard, [["care": "unknown"]], by: .worker("alfa", 2))
            let worse = try await Self.report(yard, [["care": "death"]], by: .worker("alfa", 2))
            let old = try await Self.report(
                yard, [["care": "medical", "expected_days": 5]], ["occurred": "2026-11-19T08:00:00+09:00"])
            func fold(_ one: String, _ other: String, by caller: Caller = .manager("alfa")) async throws -> String? {
                try await yard.refusal(
                    "safety.incident.fold", ["incident": .string(one), "into": .string(other), "reason": "same"],
                    by: caller)?.code
            }
            #expect(try await fold(worse, first) == "incident.fold-harm")
            #expect(try await fold(second, second) == "incident.fold")
            #expect(try await fold(second, old) == "incident.fold")
            #expect(try await fold(second, first, by: .manager("bravo")) == "incident.unknown")
            #expect(try await fold(second, first) == nil)
            #expect(try await Self.found(second, yard)?.foldedInto == first)
            let months = try await yard.store.read {
                try IncidentTable.counts(from: "2026-11", through: "2026-11", for: Tenant.firm("alfa"), in: $0)["alfa"]
            }
            #expect(months?.first?.injuries.recordable == 3, "the first, the worse and the old one")
            #expect(
                try await yard.store.read { try IncidentTable.unfiled(for: Tenant.firm("alfa"), in: $0) }
                    .contains { $0.id == second } == false)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("lost days only grow, and who was counted only can be described later")
    func days() async throws {
        try await Yard.with { yard in
            let id = try await Self.report(yard, [["care": "medical", "care_months": 1]], ["injured": 2])
            func update(_ values: [String: JSON]) async throws -> String? {
                try await yard.refusal(
                    "safety.incident.update", values.merging(["incident": .string(id)]) { $1 }, by: .manager("alfa"))?
                    .code
            }
            #expect(try await update(["number": 1, "lost_days": 5]) == nil)
            #expect(try await update(["number": 1, "lost_days": 4]) == "incident.days-fewer")
            #expect(try await update(["number": 3, "lost_days": 4]) == "incident.number")
            #expect(try await update(["number": 2, "care": "first-aid"]) == nil)
            #expect(try await Self.found(id, yard)?.casualties.undescribed == 0)
            #expect(try await update(["number": 3, "care": "first-aid"]) == "incident.number")
            #expect(try await update(["number": 1, "lost_days": 9, "back": true]) == nil)
            #expect(try await Self.found(id, yard)?.form30 == .needed)
        }
    }

    @Test("figures count each for their employer, with hours and insured as reported; what was not, is missing")
    func counts() async throws {
        try await Yard.with { yard in
            _ = try await Self.report(
                yard,
                [
                    ["care": "hospital", "expected_days": 4, "care_months": 1], ["care": "first-aid"],
                    ["care": "medical", "expected_days": 0, "care_months": 0.5],
                ])
            try await yard.perform(
                "safety.hours.report", ["month": "2026-11", "hours": 8000, "insured": 42], by: .manager("alfa"))
            let counts = try await yard.store.read {
                try IncidentTable.counts(from: "2026-10", through: "2026-11", for: Tenant.firm("alfa"), in: $0)
            }
            let months = try #require(counts["alfa"])
            #expect(months.map(\.hours) == [nil, 8000] && months.map(\.insured) == [nil, 42])
            #expect(months[1].injuries == Injuries(lostTime: 1, recordable: 2, injured: 1, deaths: 0, lostDays: 0))
            #expect(
                try await yard.store.read {
                    try IncidentTable.counts(from: "2026-10", through: "2026-11", for: Tenant.firm("bravo"), in: $0)
                }.isEmpty)
            #expect(
                try await yard.refusal(
                    "safety.hours.report", ["month": "2026-12", "hours": 1, "insured": 1], by: .manager("alfa"))?.code
                    == "hours.month")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("names and words are in the vault, never on the Record or in a table")
    func vault() async throws {
        try await Yard.with { yard in
            let id = try await Self.report(yard, [["name": "김 아무개", "care": "first-aid"]])
            let events = try await yard.store.read { [district = yard.district] in
                try district.log.events(inStream: "incident/\(id)", in: $0)
            }
            let text = events.map { JSON.object($0.payload).canonicalText }.joined()
            #expect(!text.contains("김 아무개") && !text.contains("a hand was"), "\(text)")
            let told = try await yard.store.read { [district = yard.district] in
                try district.log.disclosed(try #require(events.first), in: $0)
            }
            #expect(told["name_1"]?.text == "김 아무개" && told["what"]?.text == "a hand was caught")
        }
    }

    @Test("refused: the future, another's place, a contractor without a contract, a caller before the accident")
    func refusals() async throws {
        try await Yard.with { yard in
            func code(_ more: [String: JSON]) async throws -> String? {
                var values: [String: JSON] = [
                    "thing": "alfa-press", "occurred": .string(Self.occurred), "what": "x", "type": "fall",
                ]
                values.merge(more) { $1 }
                return try await yard.refusal("safety.incident.report", values, by: .worker("alfa"))?.code
            }
            #expect(try await code(["occurred": "2026-11-21T09:00:01+09:00"]) == "incident.future")
            #expect(try await code(["thing": "bravo-press"]) == "thing.unknown")
            #expect(try await code(["contractor": "bravo"]) == "incident.contractor")
            let id = try await Self.report(yard, [["care": "first-aid"]])
            #expect(
                try await yard.refusal(
                    "safety.call.log", ["incident": .string(id), "to": "labour", "at": "2026-11-21T08:29:59+09:00"],
                    by: .worker("alfa"))?.code == "call.time")
            #expect(
                try await yard.refusal(
                    "safety.call.log", ["incident": .string(id), "to": "labour"], by: .worker("bravo"))?
                    .code == "incident.unknown")
        }
    }

    @Test("an order of an authority keeps the incident open until it is fulfilled with proof")
    func orders() async throws {
        try await Yard.with { yard in
            let id = try await Self.report(yard, [["care": "first-aid"]])
            let done = try await yard.perform(
                "safety.order.receive",
                [
                    "incident": .string(id), "authority": "labour office", "demand": "guards",
                    "due": "2026-12-01T00:00:00+09:00",
                ],
                by: .manager("alfa"))
            let order = String(done.events[0].stream.dropFirst("order/".count))
            let refused = try await yard.refusal(
                "safety.incident.close", ["incident": .string(id)], by: .manager("alfa"))
            #expect(refused?.faults.contains { $0.rule == "orders" } == true)
            let values: [String: JSON] = [
                "order": .string(order), "note": "done", "file": .string(try await yard.attach("proof")),
            ]
            #expect(
                try await yard.refusal("safety.order.fulfil", values, by: .manager("bravo"))?.code == "order.unknown")
            try await yard.perform("safety.order.fulfil", values, by: .manager("alfa"))
            #expect(try await yard.store.read { try OrderTable.open(for: Tenant.firm("alfa"), in: $0) }.isEmpty)
            #expect(
                try await yard.refusal("safety.order.fulfil", values, by: .manager("alfa"))?.code == "order.fulfilled")
        }
    }
}
