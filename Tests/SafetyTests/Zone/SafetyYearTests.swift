import Access
import District
import Foundation
import Record
import Store
import TestKit
import Testing

@testable import Safety

@Suite("A synthetic year")
struct SafetyYearTests {
    /// A district whose clock the simulation moves.
    private static func with(
        firms: Int, people: Int, days: Int, _ body: (District, SyntheticClock, SafetyYear.Written) async throws -> Void
    ) async throws {
        let clock = SyntheticClock()
        clock.set(Timestamp(iso8601: "2026-01-01T09:00:00+09:00") ?? Timestamp(microseconds: 0))
        let sequencer = Sequencer(clock: clock.read)
        try await StoreUnderTest.sqlite.withStore(
            epilogue: { _ = try sequencer.sequence(in: $0, limit: 1 << 20) }
        ) { store in
            let district = try District(store: store, rooms: [try Safety()], clock: clock.read, logger: .quiet)
            try await district.open()
            let until = try #require(Timestamp(iso8601: "2026-11-21T09:00:00+09:00"))
            let written = try await SafetyYear(firms: firms, people: people, days: days, seed: 7, until: until)
                .write(into: district, clock: clock)
            clock.set(until)
            try await body(district, clock, written)
        }
    }

    @Test("the district has its firms and people to a head, from one-man shops to large works")
    func sizes() {
        let firms = SyntheticFirm.district(firms: SafetyYear.firms, people: SafetyYear.people, seed: 1)
        #expect(firms.count == 1954)
        #expect(firms.reduce(0) { $0 + $1.people } == 57_972)
        #expect(firms.allSatisfy { $0.people >= 1 })
        #expect((firms.map(\.people).max() ?? 0) > 150)
        #expect(firms.count { $0.people < 50 } > 1500)
        #expect(firms == SyntheticFirm.district(firms: SafetyYear.firms, people: SafetyYear.people, seed: 1))
    }

    @Test("it goes through the real district: everything is on the Record, marked, and the zone's rows tell of it")
    func short() async throws {
        try await Self.with(firms: 24, people: 300, days: 70) { district, clock, written in
            #expect(written.meetings > 500)
            #expect(written.actions > 10)
            let (zone, now) = (try Caller.officer.tenant, clock.read())
            let question = ZoneQueries.Question(
                limit: 100, period: HalfYear(now), today: KoreanDay(now), weights: [.severe: 10])
            let (firms, people, counted, inspected) = try await district.store.read { reader in
                (
                    try ZoneQueries.firms(question, for: zone, in: reader),
                    try Directory.people(for: zone, limit: 1, in: reader).total,
                    try reader.first("SELECT COUNT(*) AS n FROM safety_tbm_participants")?.integer("n") ?? 0,
                    try reader.first("SELECT COUNT(*) AS n FROM safety_inspections")?.integer("n") ?? 0
                )
            }
            #expect(firms.total == 24)
            #expect(people == 300)
            #expect(counted == written.attendances)
            #expect(inspected == written.inspections)
            #expect(firms.rows.contains { ($0.missing ?? 0) > 0 })
            #expect(firms.rows.contains { $0.overdue.reduce(0, +) > 0 })
            #expect(firms.rows.allSatisfy { $0.lastMeeting.map { $0 < KoreanDay(now) } ?? true })
            let unmarked = try await district.store.read { reader in
                try district.log.events(fromLeaf: 0, limit: 100_000, in: reader).filter {
                    $0.author == .system("synthetic") && $0.type.hasPrefix("safety.")
                        && $0.payload["synthetic"]?.bool != true
                }
            }
            #expect(unmarked.isEmpty, "\(Set(unmarked.map(\.type)))")
        }
    }

    @Test("who is careless is found: visits sent by the model meet more late sites than chance, and it acts on nothing")
    func planted() async throws {
        // Only what the model reads: actions and weeks, without the district around it.
        let firms = SyntheticFirm.district(firms: 160, people: 5000, seed: 5)
        let today = try #require(KoreanDay("2026-11-21"))
        let sites = firms.map { Self.past($0, until: today) }
        let plan = try #require(VisitPlan(sites, on: today, visits: 16))
        let lift = try #require(plan.lift.lift)
        #expect(lift > 1.3, "\(plan.lift)")
        #expect(plan.sites.count == 16)
        let careless = Set(firms.sorted { $0.care < $1.care }.prefix(80).map(\.id))
        #expect(plan.sites.count { careless.contains($0.firm) } >= 13)
        #expect(plan.sites.contains { !$0.reasons.isEmpty })
    }

    /// A firm's year as the zone's tables would add it up.
    private static func past(_ firm: SyntheticFirm, until today: KoreanDay) -> SitePast {
        var past = SitePast(firm: firm.id, headcount: firm.people)
        for number in (today.number - 520)..<today.number {
            let day = SyntheticDay(firm: firm, day: KoreanDay(number: number), seed: 3)
            for danger in day.found {
                past.actions.append(
                    SitePast.Action(
                        opened: number, firstDue: danger.due.number,
                        completed: danger.done.flatMap { $0 < today ? $0.number : nil },
                        ended: danger.verified.flatMap { $0 < today ? $0.number : nil }))
            }
            for draft in day.drafts([]) {
                let monday = day.day.monday.number
                switch draft.type {
                case "safety.tbm.held": past.weeks[monday, default: .init()].lastMeeting = number
                case "safety.inspection.submitted":
                    past.weeks[monday, default: .init()].inspections += 1
                    if draft.payload["day"] != draft.payload["due"] { past.weeks[monday, default: .init()].late += 1 }
                default: break
                }
            }
        }
        return past
    }

    @Test("the service proposes once a day, as the declared model; switched off it does not")
    func service() async throws {
        try await Self.with(firms: 14, people: 900, days: 280) { district, clock, _ in
            let service = VisitService(district: district, visits: 5)
            _ = try await district.perform(
                "district.ai.switch", ["use": "safety.late-sites", "on": false, "reason": "시험"], by: .officer,
                confirmed: true)
            #expect(try await !service.step())
            _ = try await district.perform(
                "district.ai.switch", ["use": "safety.late-sites", "on": true, "reason": "시험"], by: .officer,
                confirmed: true)
            #expect(try await service.step())
            #expect(try await !service.step())
            let zone = try Caller.officer.tenant
            let (plan, visits, event) = try await district.store.read { reader in
                (
                    try VisitTable.latest(for: zone, in: reader),
                    try VisitTable.visits(for: zone, limit: 10, in: reader),
                    try district.log.events(inStream: "visits/2026-11-21", in: reader).first
                )
            }
            #expect(plan?.visits == 5)
            #expect((plan?.visited ?? 0) > 0)
            #expect((1...5).contains(visits.count))
            #expect(event?.author == .model("safety.late-sites"))
            let firm = try Caller.manager("synthetic-0001").tenant
            #expect(try await district.store.read { try VisitTable.visits(for: firm, limit: 10, in: $0) }.isEmpty)
            let before = try await district.dump()
            _ = try await district.rebuild()
            #expect(try await district.dump() == before)
        }
    }
}
