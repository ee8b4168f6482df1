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
        let start = Timestamp(microseconds: 1_700_000_000_000_000)
        func look(_ seconds: Double) async throws -> (many: Int, hours: Double) {
            let now = start.advanced(bySeconds: seconds)
            let before = await counter.spans.count
            let (page, from) = try await book.look(key, at: now) { span in
                await counter.add(span)
                return HeatBook.Page(heat: Heat(), heard: [ThingID("thing-\(span.from.microseconds)")])
            }
            #expect(page.heard.count == HeatBook.spans(at: now).filter { $0.from >= from }.count)
            return (await counter.spans.count - before, (now.seconds(since: from) / 3600).rounded(.down))
        }
        var (reads, hours): ([Int], [Double]) = ([], [])
        for _ in 0..<6 {
            let (many, back) = try await look(0)
            reads.append(many)
            hours.append(back)
        }
        #expect(reads == [6, 6, 6, 6, 1, 0])
        #expect(hours.last == 24 && hours.first ?? 0 <= 6)
        #expect(try await look(20).many == 0)
        #expect(try await look(60).many == 1)
        // Whoever looks at the same time reads nothing twice.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try await look(3600) } }
            try await group.waitForAll()
        }
        #expect(await counter.most == 1)
    }

    private actor Counter {
        var spans: [HeatBook.Span] = []
        var most: Int { Dictionary(grouping: spans) { $0 }.values.map(\.count).max() ?? 0 }
        func add(_ span: HeatBook.Span) { spans.append(span) }
    }
}
