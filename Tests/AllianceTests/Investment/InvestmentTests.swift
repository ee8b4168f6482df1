import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Alliance

@Suite("A firm comes in", .serialized)
struct InvestmentStoryTests {
    private func with(_ kind: StoreUnderTest = .sqlite, _ body: (Yard) async throws -> Void) async throws {
        try await Yard.with([try Alliance()], on: kind) { yard in
            for firm in ["alfa", "bravo"] { try await yard.register(firm) }
            try await body(yard)
        }
    }

    private func open(_ yard: Yard, _ more: [String: JSON] = [:]) async throws -> JSON {
        let values: [String: JSON] = [
            "name": "한결정밀", "kind": "relocation", "size": "small", "headcount": 30, "sector": "기계", "jobs": 25,
            "tasks": [["task": "hiring"], ["task": "permit"]],
        ]
        let done = try await yard.perform("alliance.investment.open", values.merging(more) { $1 }, by: .officer)
        return .string(String(try #require(done.events.first).stream.dropFirst("investment/".count)))
    }

    private func refused(_ yard: Yard, _ name: String, _ values: [String: JSON]) async throws -> String? {
        try await yard.refusal("alliance.investment.\(name)", values, by: .officer)?.code
    }

    @Test("from a lead to jobs that were kept; a rebuild gives the same", arguments: StoreUnderTest.all)
    func life(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard in
            let found = try await open(yard, ["firm": "alfa"])
            for stage in ["visit", "permit", "operating"] {
                try await yard.perform(
                    "alliance.investment.move", ["case": found, "stage": .string(stage), "reason": "확인"], by: .officer)
            }
            try await yard.perform(
                "alliance.investment.promise",
                [
                    "case": found, "what": "보조금", "amount": 1000, "due": "2026-12-31", "jobs": 20,
                    "jobs_by": "2027-06-30",
                ], by: .officer)
            let zone = try Caller.officer.tenant
            func incentive() async throws -> Incentive {
                try #require(try await yard.store.read { try InvestmentTable.incentives(for: zone, in: $0) }.first)
            }
            let promised = try await incentive().id
            func pay(_ amount: Double) async throws -> String? {
                try await refused(
                    yard, "pay", ["incentive": .string(promised), "amount": .number(amount), "source": "이체"])
            }
            func count(_ day: String, created: Double, kept: Double) async throws {
                try await yard.perform(
                    "alliance.investment.count",
                    [
                        "case": found, "programme": "whole", "day": .string(day), "created": .number(created),
                        "kept": .number(kept), "youth": 8, "youth_rule": "15-34", "source": "고용보험",
                    ], by: .officer)
            }
            func standing() async throws -> Incentive.Standing {
                let counts = try await yard.store.read { try InvestmentTable.counts(for: zone, in: $0) }
                return try await incentive().standing(on: KoreanDay(yard.clock.read()), counts: counts)
            }
            #expect(try await pay(1001) == "investment.exceeded")
            #expect(try await pay(600) == nil)
            yard.clock.set("2027-07-15T09:00:00+09:00")
            #expect(try await standing() == .unknown)
            #expect(try await pay(100) == "investment.uncounted", "unknown is not kept")
            try await count("2027-07-01", created: 22, kept: 17)
            #expect(try await standing() == .broken(short: 3))
            #expect(try await pay(100) == "investment.broken")
            try await count("2027-07-10", created: 27, kept: 21)
            #expect(try await standing() == .kept)
            #expect(try await pay(300) == nil)
            let event = try #require(try await yard.last("alliance.investment.paid"))
            #expect(event.payload["amount"] == .string("300"), "money is no JSON number")
            try await yard.perform(
                "alliance.investment.move", ["case": found, "stage": "lost", "reason": "철수"], by: .officer)
            #expect(try await pay(100) == "investment.lost")
            let totals = JobTotal(try await yard.store.read { try InvestmentTable.totals(in: $0) }.counts)
            #expect(totals.created == 27 && totals.kept == 0, "no job of a firm that is gone is there")
            let (alfa, bravo) = (try Caller.executive("alfa").tenant, try Caller.executive("bravo").tenant)
            let id = found.text ?? ""
            #expect(try await yard.store.read { try InvestmentTable.list(for: alfa, in: $0) }.count == 1)
            #expect(try await yard.store.read { try InvestmentTable.moves(of: id, for: alfa, in: $0) }.count == 5)
            #expect(try await yard.store.read { try InvestmentTable.list(for: bravo, in: $0) }.isEmpty)
            #expect(try await yard.store.read { try InvestmentTable.counts(for: bravo, in: $0) }.isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("an obstacle waits for whoever decides, is overdue after its day, and is decided once")
    func obstacle() async throws {
        try await with { yard in
            let found = try await open(yard)
            let raise: [String: JSON] = [
                "case": found, "what": "높이 제한", "rule": "조례", "decider": "건축과", "due": "2026-12-01",
            ]
            #expect(try await refused(yard, "raise", raise.merging(["due": "2026-11-01"]) { $1 }) == "investment.due")
            #expect(try await refused(yard, "raise", raise.merging(["case": "x"]) { $1 }) == "investment.case")
            #expect(try await refused(yard, "raise", raise) == nil)
            let zone = try Caller.officer.tenant
            func obstacle() async throws -> Obstacle {
                try #require(try await yard.store.read { try InvestmentTable.obstacles(for: zone, in: $0) }.first)
            }
            func overdue() async throws -> String {
                try await yard.spine.answer("alliance.investment.overdue", [:], by: .officer).ko
            }
            let first = try await obstacle()
            #expect(
                try await refused(
                    yard, "correct",
                    ["obstacle": .string(first.id), "decision": "denied", "reason": "x", "why": "x"])
                    == "investment.undecided")
            yard.clock.set("2026-12-02T09:00:00+09:00")
            #expect(first.isOverdue(on: KoreanDay(yard.clock.read())))
            #expect(try await overdue().contains("높이 제한, 건축과"))
            func decide(_ decision: String, _ more: [String: JSON] = [:]) async throws -> String? {
                let values: [String: JSON] = [
                    "obstacle": .string(first.id), "decision": .string(decision), "reason": "검토",
                ]
                return try await refused(yard, "decide", values.merging(more) { $1 })
            }
            #expect(try await decide("deferred") == "investment.due")
            #expect(try await decide("deferred", ["due": "2026-12-20"]) == nil)
            let later = try await obstacle()
            #expect(later.isOpen && !later.isOverdue(on: KoreanDay(yard.clock.read())))
            #expect(try await decide("granted", ["day": "2026-12-03"]) == "alliance.future")
            #expect(try await decide("granted", ["obstacle": "x"]) == "investment.obstacle")
            #expect(try await decide("granted") == nil)
            #expect(try await decide("denied") == "investment.decided")
            // What was recorded wrongly is put right, with why; nobody else may.
            func correct(_ more: [String: JSON] = [:], by caller: Caller = .officer) async throws -> Refusal? {
                let values: [String: JSON] = [
                    "obstacle": .string(first.id), "decision": "denied", "reason": "검토", "why": "잘못 누름",
                ]
                return try await yard.refusal(
                    "alliance.investment.correct", values.merging(more) { $1 }, by: caller)
            }
            #expect(try await correct(by: .executive("alfa"))?.kind == .forbidden)
            #expect(try await correct(["obstacle": "x"])?.code == "investment.obstacle")
            #expect(try await correct(["day": "2027-12-03"])?.code == "alliance.future")
            #expect(try await correct(["decision": "deferred"])?.code == "investment.due")
            #expect(try await correct(["why": ""])?.faults.first?.field == "why")
            #expect(try await correct() == nil)
            let corrected = try await obstacle()
            #expect(corrected.decision == .denied && corrected.corrected == "잘못 누름" && !corrected.isOpen)
            #expect(try await yard.rebuildsAlike())
            #expect(try await overdue().contains("없습니다"))
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what is refused, each by its name")
    func refusals() async throws {
        try await with { yard in
            let found = try await open(yard)
            let move: [String: JSON] = ["case": found, "stage": "lead", "reason": "x"]
            let count: [String: JSON] = ["case": found, "programme": "whole", "created": 10, "kept": 8, "source": "x"]
            let promise: [String: JSON] = ["case": found, "what": "x", "amount": 10, "due": "2026-12-31"]
            let cases: [(String, [String: JSON], [String: JSON], String)] = [
                ("move", move, [:], "investment.stage"),
                ("move", move, ["stage": "visit", "day": "2026-11-20"], "investment.day"),
                ("move", move, ["stage": "visit", "day": "2026-11-22"], "alliance.future"),
                ("move", move, ["case": "x", "stage": "visit"], "investment.case"),
                ("count", count, ["kept": 11], "investment.kept"),
                ("count", count, ["youth": 9, "youth_rule": "15-34"], "investment.part"),
                ("count", count, ["skilled": 9], "investment.part"),
                ("count", count, ["youth": 3], "investment.youth"),
                ("promise", promise, ["jobs": 3], "investment.condition"),
                ("promise", promise, ["jobs_by": "2027-01-01"], "investment.condition"),
                ("pay", ["incentive": "x", "amount": 1, "source": "x"], [:], "investment.incentive"),
            ]
            for (name, values, change, code) in cases {
                let refused = try await refused(yard, name, values.merging(change) { $1 })
                #expect(refused == code, "\(name) \(change)")
            }
            let other = try await yard.refusal("alliance.investment.move", move, by: .executive("alfa"))
            #expect(other?.kind == .forbidden)
            let unknown: [String: JSON] = [
                "name": "x", "firm": "nobody", "kind": "foreign", "size": "mid", "sector": "x",
                "tasks": [["task": "site"]],
            ]
            #expect(try await refused(yard, "open", unknown) == "investment.firm")
        }
    }

    @Test("the newest is found and can be decided, however many came before")
    func many() async throws {
        try await with { yard in
            let found = try await open(yard)
            let scope = Scope.zone
            let stream = "investment/\(found.text ?? "")"
            let drafts = (1...Named.most + 1).flatMap { number -> [Draft] in
                let (id, due): (JSON, JSON) = (
                    .string("i-\(number)"), number > Named.most ? "2026-12-31" : "2026-11-01"
                )
                let obstacle: [String: JSON] = [
                    "obstacle": id, "what": "x", "rule": "x", "decider": "x", "day": "2026-10-01", "due": due,
                ]
                let decision: [String: JSON] = [
                    "obstacle": id, "decision": "granted", "day": "2026-10-02", "due": due, "reason": "x",
                ]
                let raised = Draft(InvestmentEvents.raised, stream: stream, scope: scope, payload: obstacle)
                return number > Named.most
                    ? [raised]
                    : [raised, Draft(InvestmentEvents.decided, stream: stream, scope: scope, payload: decision)]
            }
            try await yard.district.record(drafts, origin: Origin(author: .system("test")))
            let zone = try Caller.officer.tenant
            let last = "i-\(Named.most + 1)"
            #expect(
                try await yard.store.read { try InvestmentTable.openObstacles(for: zone, in: $0) }.map(\.id) == [last])
            #expect(
                try await refused(yard, "decide", ["obstacle": .string(last), "decision": "granted", "reason": "x"])
                    == nil)
        }
    }

    @Test("the sample has a case at most stages, one condition that was not kept, and is founded once")
    func sample() async throws {
        try await Yard.with([try Alliance()], on: .sqlite, isSample: true) { yard in
            try await yard.register("firm-gaon")
            for _ in 0..<2 { try await InvestmentSample.found(yard.spine) }
            let (zone, today) = (try Caller.officer.tenant, KoreanDay(yard.clock.read()))
            let cases = try await yard.store.read { try InvestmentTable.list(for: zone, in: $0) }
            let incentives = try await yard.store.read { try InvestmentTable.incentives(for: zone, in: $0) }
            let counts = Dictionary(
                grouping: try await yard.store.read { try InvestmentTable.counts(for: zone, in: $0) }, by: \.caseID)
            #expect(cases.count == 10 && Set(cases.map(\.stage)).count >= 5)
            let broken = incentives.filter {
                if case .broken = $0.standing(on: today, counts: counts[$0.caseID] ?? []) { true } else { false }
            }
            #expect(broken.count == 1)
            let totals = try await yard.store.read { try InvestmentTable.totals(in: $0) }
            #expect(JobTotal(totals.counts.filter { $0.programme == JobCount.whole }).firms == 6)
        }
    }
}
