import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Robots

/// Any hour again, and where time was lost, however busy the Record is and however often somebody looks.
@Suite struct HistoryTests {
    private func past(_ yard: Yard, _ from: Timestamp, _ seconds: Double = 3600) async throws -> [String] {
        let tenant = try MissionYard.operators.tenant
        let log = yard.district.log
        _ = try await yard.events()
        return try await yard.store.read { reader in
            let things = Set((try SiteTable.plan("onyu-main", in: reader)?.things ?? []) + ["onyu-main"])
            let history = SiteHistory(log: log, tenant: tenant, site: "onyu-main", things: things)
            return try history.events(from: from, to: from.advanced(bySeconds: seconds), in: reader).map(\.type)
        }
    }

    @Test("an hour that lies behind many others has its missions, holds and vehicles, and nothing of other firms")
    func hour() async throws {
        try await MissionYard.with { yard in
            yard.clock.advance(by: 7200)
            let from = yard.clock.read()
            yard.clock.advance(by: 10)
            let id = try await MissionYard.ask(yard)
            try await MissionYard.ask(
                yard, ["from": "solmaru/depot", "to": "solmaru/community"], by: MissionYard.barista)
            try await yard.perform("robots.hold.place", ["what": "fleet"], by: MissionYard.operators)
            let rival = Caller.person("rival", [.operator], firm: "firm-solmaru")
            try await yard.perform("robots.hold.place", ["what": "fleet"], by: rival)
            yard.clock.advance(by: 3600)
            try await yard.perform("robots.mission.cancel", ["mission": .string(id)], by: MissionYard.operators)
            for round in 0..<12 {
                let drafts = (0..<1000).map {
                    Draft("test.noise", stream: "noise/\(round)-\($0)", scope: .firm("firm-onyu"))
                }
                yard.clock.advance(by: 600)
                try await yard.district.record(drafts, origin: Origin(author: .system("test")))
            }
            #expect(try await past(yard, from) == [MissionEvents.asked, PlaceHold.event])
            #expect(try await past(yard, from.advanced(bySeconds: 3600)) == [MissionEvents.cancelled])
            #expect(try await past(yard, from.advanced(bySeconds: 10_800)).isEmpty)
        }
    }

    @Test("an hour that is over is read once, the running one each minute; a look reads no more than six")
    func heat() async throws {
        let book = HeatBook()
        let key = HeatBook.Key(site: "s", edition: "e", tenant: "")
        let counter = Counter()
        // The Korean evening of 15 November 2023, 20:00 on the minute.
        let start = Timestamp(microseconds: 1_700_046_000_000_000)
        let day = HeatBook.day(of: start)
        #expect(day.civil(offsetSeconds: 32_400).text.hasPrefix("2023-11-15T00:00"))
        #expect(HeatBook.day(of: day) == day && HeatBook.day(of: day.advanced(bySeconds: -1)) < day)
        func look(_ seconds: Double) async throws -> (many: Int, isWhole: Bool) {
            let now = start.advanced(bySeconds: seconds)
            let before = await counter.spans.count
            let found = try await book.look(key, day: day, at: now) { span in
                await counter.add(span)
                return HeatBook.Page(
                    heat: Heat(), heard: [ThingID("thing-\(span.from.microseconds)")], first: span.from)
            }
            if found.isWhole { #expect(found.page.first == day) }
            return (await counter.spans.count - before, found.isWhole)
        }
        var (reads, whole): ([Int], [Bool]) = ([], [])
        for _ in 0..<5 {
            let (many, isWhole) = try await look(0)
            reads.append(many)
            whole.append(isWhole)
        }
        // Twenty hours of the day have been; whoever looks later sees the same day, and the running hour anew.
        #expect(reads == [6, 6, 6, 2, 0])
        #expect(whole == [false, false, false, true, true])
        #expect(try await look(20).many == 0)
        #expect(try await look(60).many == 1)
        #expect(try await look(86_400).many == 4)
        // Whoever looks at the same time reads nothing twice.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try await look(90_000) } }
            try await group.waitForAll()
        }
        #expect(await counter.most == 1)
    }

    @Test("holds, closures and stops of missions are left out of a site's figures, of others' sites not")
    func calm() async throws {
        try await MissionYard.with { yard in
            try await MissionYard.enrol(yard)
            let id = try await MissionYard.ask(yard)
            let from = yard.clock.read()
            try await MissionYard.drive(yard, id)
            let rival = Caller.person("rival", [.operator], firm: "firm-solmaru")
            try await yard.perform("robots.hold.place", ["what": "fleet"], by: rival)
            func calm() async throws -> Heat.Calm {
                let tenant = try MissionYard.operators.tenant
                let now = yard.clock.read()
                return try await yard.store.read { reader in
                    let site = try #require(try SiteTable.find("onyu-main", for: tenant, in: reader))
                    return try CalmTimes.read(
                        site, for: tenant, from: from, to: now.advanced(bySeconds: 60), in: reader
                    )
                    .of(MissionYard.vehicle)
                }
            }
            let before = try await calm()
            #expect(before.driven?.count == 1)
            // It stands at the pharmacy for thirty seconds, and at the ward since.
            #expect(before.held.count == 2)
            #expect(before.held.first.map { $0.to?.seconds(since: $0.from) } == 30)
            #expect(before.held.last?.to == nil)
            try await yard.perform("robots.hold.place", ["what": "fleet"], by: MissionYard.operators)
            #expect(try await calm().held.count == 3)
        }
    }

    @Test("a time to come is said to be one, a day is chosen by its date, and the way to the simulation stands there")
    func pages() async throws {
        try await MissionYard.with { yard in
            func page(_ route: String, _ query: [String: String], _ caller: Caller = MissionYard.operators) async throws
                -> String
            {
                try await PageKit.page(yard, route, caller, ["site": "onyu-main"], query: query)
            }
            let replay = "/robots/sites/{site}/replay"
            let later = try await page(replay, ["from": "2999-01-01T00:00"])
            #expect(later.contains("아직 오지 않은 시각입니다") && !later.contains("data-floor-mode"))
            #expect(try await !page(replay, [:]).contains("아직 오지 않은 시각입니다"))
            let heat = try await page("/robots/sites/{site}/heat", ["day": "2024-02-01"])
            #expect(heat.contains("value=\"2024-02-01\"") && heat.contains("day=2024-01-31"))
            #expect(heat.contains("이 날은 로봇 위치 기록이 없습니다."))
            #expect(heat.contains("/robots/what-if?site=onyu-main"))
            #expect(try await !page("/robots/sites/{site}/heat", [:], MissionYard.nurse).contains("/robots/what-if"))
        }
    }

    private actor Counter {
        var spans: [HeatBook.Span] = []
        var most: Int { Dictionary(grouping: spans) { $0 }.values.map(\.count).max() ?? 0 }
        func add(_ span: HeatBook.Span) { spans.append(span) }
    }
}
