import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Transition

extension EconomyStoryTests {
    /// What the ledger adds up to, and how often a forecast was scored.
    private func ledger(_ yard: Yard) async throws -> (judged: Int, unknown: Int64, scored: Int) {
        let tenant = try Self.reader.tenant
        let tally = try await yard.store.read { try OddsTable.tally(of: "test-jobs", for: tenant, in: $0) }
        let scored = try await yard.events().count { $0.type == ForecastTable.scored }
        return (tally.record.count, tally.unknown, scored)
    }

    private func book(_ yard: Yard) async throws -> EconomyBook {
        let tenant = try Caller.officer.tenant
        return try #require(try await EconomyDesk().book("test-jobs", for: tenant, in: yard.spine))
    }

    @Test("two nodes that look at the same time predict once and score once", arguments: StoreUnderTest.all)
    func twoNodes(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard, service in
            try await bring(0..<4, yard)
            let before = try await book(yard)
            for _ in 1...2 { try await service.predict(before) }
            #expect(try await forecasts(yard).count == 1)
            let forecast = try #require(try await forecasts(yard).first)
            yard.clock.advance(by: 60)
            try await bring(4..<5, yard)
            let after = try await book(yard)
            try await service.score(forecast, after)
            let once = try await ledger(yard)
            try await service.score(forecast, after)
            let twice = try await ledger(yard)
            #expect(once.judged > 0 && once.scored == 1 && once == twice)
            // An event that says it again, as an earlier release may have recorded.
            let event = try #require(try await yard.last(ForecastTable.scored))
            try await yard.spine.district.record(
                [Draft(event.type, stream: event.stream, scope: event.scope, payload: event.payload)],
                origin: Origin(author: event.author))
            let again = try await ledger(yard)
            #expect(again.judged == once.judged && again.unknown == once.unknown)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a forecast is scored piece by piece, and what was begun is finished")
    func piecemeal() async throws {
        try await with { yard, service in
            var service = service
            service.chunk = 40
            try await bring(0..<4, yard)
            try await service.look()
            let forecast = try #require(try await forecasts(yard).first)
            let told = try await yard.store.read { try ForecastTable.predictions(of: forecast, in: $0) }
            #expect(told.count > 80)
            yard.clock.advance(by: 60)
            try await bring(4..<5, yard)
            // A node that ended after its first piece.
            let items = told.prefix(40).map { one -> JSON in
                ["region": .string(one.region), "place": .decimal(Int64(one.place)), "entered": false]
            }
            try await yard.spine.district.record(
                [
                    Draft(
                        ForecastTable.scored, stream: "forecast/\(forecast.id)", scope: forecast.scope,
                        payload: [
                            "forecast": .string(forecast.id), "economy": "test-jobs", "year": 2022, "version": "v",
                            "rest": .decimal(Int64(told.count - 40)), "items": .array(items),
                        ])
                ], origin: Origin(author: .system("test")))
            #expect(try await forecasts(yard).allSatisfy { $0.scored == nil })
            try await service.look()
            #expect(try await forecasts(yard).first { $0.id == forecast.id }?.scored == 2022)
            let judged = try await ledger(yard)
            #expect(judged.judged + Int(judged.unknown) == told.count)
            #expect(judged.scored == (told.count + 39) / 40)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("where nothing is to be predicted or scored no file is read")
    func idle() async throws {
        try await with { yard, service in
            try await bring(0..<4, yard)
            try await service.look()
            #expect(await service.desk.open == 1)
            let next = OpeningForecaster(spine: yard.spine, desk: EconomyDesk(), trees: 8)
            try await next.look()
            #expect(await next.desk.open == 0)
            #expect(try await forecasts(yard).count == 1)
            // What the rows say of a book is what its files make of it.
            let own = try await book(yard)
            #expect(EconomyBook.expected(of: own.versions).basis == own.basis)
        }
    }

    @Test("a name is looked for without a book, once it is known which regions there are")
    func places() async throws {
        try await with { yard, _ in
            try await bring(0..<2, yard)
            let (desk, tenant) = (EconomyDesk(), try Self.reader.tenant)
            #expect(try await desk.places([], for: tenant, in: yard.spine).isEmpty)
            #expect(await desk.open == 0)
            let region = try #require(try await book(yard).regions.first)
            let found = try await desk.places([region, "없는 시"], for: tenant, in: yard.spine)
            #expect(found == [.init(economy: "test-jobs", title: "시험 통계", region: region, year: 2013)])
        }
    }
}
