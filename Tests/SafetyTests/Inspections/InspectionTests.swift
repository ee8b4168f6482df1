import District
import Foundation
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Safety

@Suite("Inspections: templates, rounds, what is handed in")
struct InspectionTests {
    static let press: [JSON] = [
        ["id": "guard", "text": "방호장치가 있습니까?", "kind": "check", "severity": "severe", "photo": true],
        ["id": "oil", "text": "유압", "kind": "number", "severity": "medium", "unit": "MPa", "low": 1, "high": 2],
        [
            "id": "why", "text": "왜 없습니까?", "kind": "text", "severity": "low", "when_question": "guard",
            "when_is": "no",
        ],
    ]

    /// A firm's template and its round every day, due on the yard's first day.
    static func round(_ yard: Yard, firm: String = "alfa", every: Int64 = 1) async throws -> String {
        try await yard.perform(
            "safety.template.publish",
            ["template": "press-own", "title": "우리 프레스 점검", "industry": "press", "questions": .array(press)],
            by: .manager(firm))
        return try await schedule(yard, "press-own", firm: firm, every: every)
    }

    static func schedule(_ yard: Yard, _ template: String, firm: String = "alfa", every: Int64 = 1) async throws
        -> String
    {
        let outcome = try await yard.perform(
            "safety.inspection.schedule",
            [
                "template": .string(template), "place": .string("\(firm)-press"), "unit": "days",
                "responsible": .string("\(firm)-worker-1"), "every": .number(Double(every)),
            ], by: .manager(firm))
        let stream = try #require(outcome.events.last?.stream)
        return String(stream.dropFirst("inspection-schedule/".count))
    }

    static func values(_ schedule: String, guarded: String = "yes", photos: [String] = [], version: Int64 = 1)
        -> [String: JSON]
    {
        var answers: [JSON] = [
            [
                "question": "guard", "value": .string(guarded),
                "photos": .array(photos.map { ["file": .string($0)] }),
            ],
            ["question": "oil", "value": "1.5", "note": "새는 곳 없음"],
        ]
        if guarded == "no" { answers.append(["question": "why", "words": "정비하느라 뗐음"]) }
        return [
            "schedule": .string(schedule), "template": "press-own", "version": .number(Double(version)),
            "answers": .array(answers), "signed": true,
        ]
    }

    static func offline(_ yard: Yard, hoursAgo: Double, skew: Double = 0, form: String = "press-own/1") -> Ask.Offline {
        Ask.Offline(
            claimed: yard.clock.read().advanced(bySeconds: -hoursAgo * 3600 + skew), skew: skew, form: form)
    }

    static func find(_ yard: Yard, _ schedule: String) async throws -> (InspectionSchedule, [InspectionRow]) {
        let tenant = try Caller.manager("alfa").tenant
        let (found, rows) = try await yard.store.read { reader in
            let found = try InspectionTables.schedule(schedule, for: tenant, in: reader)
            let rows = try InspectionTables.inspections(
                sort: "day", descending: false, schedule: schedule, for: tenant, limit: 500, in: reader
            ).rows
            return (found, rows)
        }
        return (try #require(found), rows)
    }

    @Test(
        "an inspection handed in offline keeps its claimed time, its skew and its form, and moves the round on",
        arguments: StoreUnderTest.all)
    func handedIn(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let round = try await Self.round(yard)
            yard.clock.advance(by: 86_400)
            let photo = try await yard.attach("a photo")
            let offline = Self.offline(yard, hoursAgo: 20, skew: 540)
            let outcome = try await yard.perform(
                "safety.inspection.submit", Self.values(round, guarded: "no", photos: [photo]), by: .worker("alfa"),
                key: "k-1", offline: offline)
            let (schedule, rows) = try await Self.find(yard, round)
            let row = try #require(rows.first)
            #expect(rows.count == 1)
            // Taken on the 21st at 13:00 by the house's clock, whatever the phone's said, and arrived a day later.
            #expect(row.day.description == "2026-11-21")
            #expect(row.skew == 540)
            #expect(row.arrival.showsSkew)
            #expect(row.arrival.isLate)
            #expect(abs(row.arrival.delay - 72_000) < 0.001)
            #expect((row.failed, row.worst) == (1, .severe))
            #expect(schedule.due.description == "2026-11-22")
            let id = try #require(outcome.events.first?.id)
            let found = try await yard.store.read { [log = yard.district.log] in
                try log.event(id, in: $0)
            }
            let event = try #require(found)
            #expect(event.payload["offline"] == offline.json)
            #expect(event.payload["failures"]?.elements?.first?["photos"] == .array([.string(photo)]))
            // What people wrote is not on the Record itself.
            #expect(!event.payload.description.contains("새는 곳"))
            #expect(!event.payload.description.contains("정비하느라"))
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("forty inspections, every one sent twice and out of order: none lost, none doubled")
    func forty() async throws {
        try await Yard.with { yard in
            let round = try await Self.round(yard)
            yard.clock.advance(by: 45 * 86_400)
            for number in Array(0..<40).shuffled() + Array(0..<40).shuffled() {
                let offline = Self.offline(yard, hoursAgo: Double(24 * (44 - number)), skew: -7200)
                try await yard.perform(
                    "safety.inspection.submit", Self.values(round), by: .worker("alfa"), key: "phone-\(number)",
                    offline: offline)
            }
            let (schedule, rows) = try await Self.find(yard, round)
            #expect(rows.count == 40)
            #expect(Set(rows.map(\.day)).count == 40)
            #expect(rows.allSatisfy { $0.skew == -7200 })
            // The last was taken on 31 December, five days before it arrived.
            #expect(schedule.due.description == "2027-01-01")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a clock that was set while the phone was away cannot cover a day to come")
    func ahead() async throws {
        try await Yard.with { yard in
            let round = try await Self.round(yard)
            let offline = Self.offline(yard, hoursAgo: -72)
            try await yard.perform(
                "safety.inspection.submit", Self.values(round), by: .worker("alfa"), offline: offline)
            let (schedule, rows) = try await Self.find(yard, round)
            #expect(rows.first?.day.description == "2026-11-21")
            #expect(rows.first?.arrival.isImpossible == true)
            #expect(schedule.due.description == "2026-11-22")
        }
    }

    @Test("versions never change: an inspection begun on the old one is held against the old one")
    func versions() async throws {
        try await Yard.with { yard in
            let round = try await Self.round(yard)
            let shorter = Array(Self.press.prefix(1))
            let values: [String: JSON] = [
                "template": "press-own", "title": "우리 프레스 점검", "industry": "press", "questions": .array(shorter),
            ]
            try await yard.perform("safety.template.publish", values, by: .manager("alfa"))
            #expect(
                try await yard.refusal("safety.template.publish", values, by: .manager("alfa"))?.code
                    == "template.unchanged")
            try await yard.perform(
                "safety.inspection.submit", Self.values(round), by: .worker("alfa"),
                offline: Self.offline(yard, hoursAgo: 1))
            // By the new one the same answers hold something that was not asked.
            let refusal = try await yard.refusal(
                "safety.inspection.submit", Self.values(round, version: 2), by: .worker("alfa"))
            #expect(refusal?.code == "inspection.answers")
            #expect(refusal?.faults.map(\.field) == ["answers.oil"])
            #expect(refusal?.faults.map(\.rule) == ["unknown"])
            let gone = try await yard.refusal(
                "safety.inspection.submit", Self.values(round, version: 7), by: .worker("alfa"))
            #expect(gone?.code == "inspection.form-unknown")
            #expect(gone?.words.ko.contains("press-own/7") == true)
            let (_, rows) = try await Self.find(yard, round)
            #expect(rows.map(\.version) == [1])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a library template is frozen for the firm when it is first used")
    func frozen() async throws {
        try await Yard.with { yard in
            _ = try await Self.schedule(yard, "press-daily")
            _ = try await Self.schedule(yard, "press-daily")
            let tenant = try Caller.manager("alfa").tenant
            let templates = try await yard.store.read { try InspectionTables.templates(for: tenant, in: $0) }
            #expect(templates.map(\.template.form) == ["press-daily/1"])
            #expect(templates.first?.base == templates.first?.template.edition)
            let strangers = try Caller.manager("bravo").tenant
            #expect(try await yard.store.read { try InspectionTables.templates(for: strangers, in: $0) }.isEmpty)
        }
    }

    @Test("each refusal by its name")
    func refusals() async throws {
        try await Yard.with { yard in
            let round = try await Self.round(yard)
            func code(_ command: String, _ values: [String: JSON], by caller: Caller = .worker("alfa")) async throws
                -> String?
            {
                try await yard.refusal(command, values, by: caller)?.code
            }
            func submit(_ change: [String: JSON], by caller: Caller = .worker("alfa")) async throws -> String? {
                try await code(
                    "safety.inspection.submit", Self.values(round).merging(change) { $1 }, by: caller)
            }
            #expect(try await submit([:], by: .worker("bravo")) == "inspection.no-schedule")
            #expect(try await submit([:], by: .officer) == "access.forbidden")
            #expect(try await submit(["schedule": "ghost"]) == "inspection.no-schedule")
            #expect(try await submit(["template": "press-daily"]) == "inspection.form-unknown")
            #expect(try await submit(["signed": false]) == "inspection.unsigned")
            #expect(try await submit(["answers": []]) == "inspection.answers")
            let missing = String(repeating: "a", count: 64)
            let unseen = try await yard.refusal(
                "safety.inspection.submit", Self.values(round, guarded: "no", photos: [missing]), by: .worker("alfa"))
            #expect(unseen?.code == "inspection.photo")
            #expect(unseen?.faults.map(\.field) == ["answers.guard"])
            // A photo of another firm is no photo here.
            let theirs = try await yard.attach("theirs", firm: "bravo")
            #expect(
                try await code(
                    "safety.inspection.submit", Self.values(round, guarded: "no", photos: [theirs]))
                    == "inspection.photo")
            #expect(try await submit(["version": 1, "template": "press-own"]) == nil)

            let schedule: [String: JSON] = [
                "template": "press-own", "place": "alfa-press", "responsible": "alfa-worker-1", "every": 1,
                "unit": "days",
            ]
            func plan(_ change: [String: JSON], by caller: Caller = .manager("alfa")) async throws -> String? {
                try await code("safety.inspection.schedule", schedule.merging(change) { $1 }, by: caller)
            }
            #expect(try await plan(["template": "ghost"]) == "template.unknown")
            #expect(try await plan(["place": "bravo-press"]) == "thing.unknown")
            #expect(try await plan(["responsible": "bravo-worker-1"]) == "inspection.responsible")
            #expect(try await plan(["first": "2026-02-31"]) == "inspection.first")
            #expect(try await plan(["first": "2026-11-20"]) == "inspection.first")
            #expect(try await plan(["every": 0]) == "form.invalid")
            #expect(try await plan([:], by: .worker("alfa")) == "access.forbidden")
            #expect(try await plan(["first": "2026-11-30"]) == nil)

            let broken = try await yard.refusal(
                "safety.template.publish",
                [
                    "template": "press-own", "title": "x", "industry": "press",
                    "questions": [
                        ["id": "a", "text": "가", "kind": "check", "severity": "low"],
                        [
                            "id": "b", "text": "나", "kind": "check", "severity": "low", "when_question": "c",
                            "when_is": "yes",
                        ],
                    ],
                ], by: .manager("alfa"))
            #expect(broken?.faults.map(\.field) == ["questions[1].when_question"])
        }
    }

    @Test("what fails is to be done, due by how bad it is; found again while it is open, it is not opened again")
    func actions() async throws {
        try await Yard.with { yard in
            let round = try await Self.round(yard)
            let photo = try await yard.attach("a photo")
            let tenant = try Caller.manager("alfa").tenant
            func open() async throws -> [SafetyAction] {
                try await yard.store.read { try ActionTable.of("inspection", "\(round)/guard", for: tenant, in: $0) }
            }
            try await yard.perform("safety.inspection.submit", Self.values(round), by: .worker("alfa"))
            #expect(try await open().isEmpty)
            let failed = Self.values(round, guarded: "no", photos: [photo])
            let outcome = try await yard.perform("safety.inspection.submit", failed, by: .worker("alfa"))
            #expect(outcome.events.map(\.type) == ["safety.inspection.submitted", "safety.action.opened"])
            yard.clock.advance(by: 2 * 86_400)
            try await yard.perform("safety.inspection.submit", failed, by: .worker("alfa"))
            let actions = try await open()
            let action = try #require(actions.first)
            #expect(actions.count == 1)
            #expect(action.band == .severe)
            #expect(action.thing == "alfa-press")
            #expect(action.opened.description == "2026-11-21")
            #expect(action.scope == .firm("alfa"))
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("somebody else reviews, once; what is returned is due again")
    func review() async throws {
        try await Yard.with { yard in
            let round = try await Self.round(yard)
            try await yard.perform("safety.inspection.submit", Self.values(round), by: .manager("alfa"))
            let (_, rows) = try await Self.find(yard, round)
            let id = try #require(rows.first?.id)
            func review(_ verdict: String, by caller: Caller) async throws -> String? {
                try await yard.refusal(
                    "safety.inspection.review",
                    ["inspection": .string(id), "verdict": .string(verdict), "note": "사진이 흐림"], by: caller)?.code
            }
            #expect(try await review("accepted", by: .manager("alfa")) == "inspection.own-review")
            #expect(try await review("accepted", by: .manager("bravo")) == "inspection.unknown")
            #expect(try await review("accepted", by: .worker("alfa")) == "access.forbidden")
            #expect(try await Self.find(yard, round).0.due.description == "2026-11-22")
            #expect(try await review("returned", by: .executive("alfa")) == nil)
            #expect(try await Self.find(yard, round).0.due.description == "2026-11-21")
            #expect(try await review("accepted", by: .executive("alfa")) == "inspection.reviewed")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a round that has ended takes only what a phone brings from before")
    func ended() async throws {
        try await Yard.with { yard in
            let round = try await Self.round(yard)
            let end: [String: JSON] = ["schedule": .string(round), "reason": "설비 철거"]
            #expect(try await yard.refusal("safety.inspection.unschedule", end, by: .manager("alfa")) == nil)
            #expect(
                try await yard.refusal("safety.inspection.unschedule", end, by: .manager("alfa"))?.code
                    == "inspection.ended")
            #expect(
                try await yard.refusal("safety.inspection.submit", Self.values(round), by: .worker("alfa"))?.code
                    == "inspection.ended")
            try await yard.perform(
                "safety.inspection.submit", Self.values(round), by: .worker("alfa"),
                offline: Self.offline(yard, hoursAgo: 3))
            #expect(try await Self.find(yard, round).1.count == 1)
            #expect(try await yard.rebuildsAlike())
        }
    }
}
