import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Transition

@Suite("The room Transition")
struct RoomTests {
    @Test("each phrasing names a command or a question that may be spoken, and only fields that it has")
    func phrasings() throws {
        #expect(try phrasingFaults(of: Transition()) == [])
    }

    @Test("the sample's names are of no place twice, and every industry has its sector")
    func sample() throws {
        _ = try EconomySample(Handbook(shipped: Transition.shippedData))
        #expect(throws: HandbookError.self) { try EconomySample(Handbook(shipped: "/nowhere")) }
    }
}

@Suite("Statistics that come in, and what is predicted from them", .serialized)
struct EconomyStoryTests {
    static let reader = Caller.executive("firm-a")
    static let economy = SyntheticEconomy(seed: 77, regions: 16, industries: 30)

    func with(_ kind: StoreUnderTest = .sqlite, _ body: (Yard, OpeningForecaster) async throws -> Void)
        async throws
    {
        try await Yard.with([try Transition()], on: kind) { yard in
            try await yard.register("firm-a")
            for caller in [Self.reader, .officer] { try await yard.enrol(caller) }
            try await body(yard, OpeningForecaster(spine: yard.spine, desk: EconomyDesk(), trees: 8))
        }
    }

    func text(_ years: Range<Int>) -> String {
        let all = Self.economy.file(years.upperBound, from: 2010, every: 3).split(separator: "\n")
        let wanted = Set(years.map { "\(2010 + $0 * 3)" })
        return ([all[0]] + all.dropFirst().filter { wanted.contains(String($0.suffix(4))) }).joined(separator: "\n")
    }

    func values(_ hash: String, _ more: [String: JSON] = [:]) -> [String: JSON] {
        var values: [String: JSON] = [
            "file": .string(hash), "economy": "test-jobs", "title": "시험 통계", "measure": "종사자수(명)",
            "source": "시험", "licence": "공공누리 제1유형", "published": "2026-01-31", "suppression": "3명 미만 x",
        ]
        values.merge(more) { $1 }
        return values
    }

    func keep(_ text: String, _ yard: Yard) async throws -> String {
        let now = yard.clock.read()
        return try await yard.store.write {
            try Attachments.keep(Array(text.utf8), scope: .zone, author: .system("test"), at: now, in: $0)
        }
    }

    @discardableResult
    func bring(_ years: Range<Int>, _ yard: Yard) async throws -> Outcome {
        try await yard.perform(
            ImportEconomy.name, values(try await keep(text(years), yard)), by: .officer)
    }

    func forecasts(_ yard: Yard, by caller: Caller = .officer) async throws -> [ForecastTable.Forecast] {
        let tenant = try caller.tenant
        return try await yard.store.read { try ForecastTable.forecasts(of: "test-jobs", for: tenant, in: $0) }
    }

    @Test(
        "a version says where it is from; the event names the file and does not carry it", arguments: StoreUnderTest.all
    )
    func imported(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard, _ in
            try await bring(0..<2, yard)
            let event = try #require(try await yard.last(EconomyTable.imported))
            #expect(event.payload["source"] == "시험" && event.payload["suppression"] == "3명 미만 x")
            #expect(JSON.object(event.payload).canonical.count < 2000)
            let tenant = try Self.reader.tenant
            let version = try #require(
                try await yard.store.read { try EconomyTable.versions(for: tenant, in: $0).first })
            #expect(version.years == [2010, 2013] && version.regions == 16 && version.industries == 30)
            #expect(version.known < 2 * 16 * 30, "suppressed cells are not known")
            let book = try #require(try await EconomyDesk().book("test-jobs", for: tenant, in: yard.spine))
            #expect(book.years.map(\.matrix.knownCells).reduce(0, +) == Int(version.known))
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a file that cannot be read, a name, a day and a stranger are refused, each by its name")
    func refused() async throws {
        try await with { yard, _ in
            let good = try await keep(text(0..<1), yard)
            let cases: [([String: JSON], Caller, String)] = [
                (values("0".padded(to: 64)), .officer, "economy.known"),
                (values(try await keep("a,b\n1,2\n", yard)), .officer, "economy.heading"),
                (values(good, ["economy": "Ulsan Jobs"]), .officer, "economy.name"),
                (values(good, ["published": "어제"]), .officer, "economy.day"),
                (values(good), Self.reader, "access.forbidden"),
            ]
            for (values, caller, code) in cases {
                let refusal = try #require(try await yard.refusal(ImportEconomy.name, values, by: caller))
                if caller == .officer { #expect(refusal.code == code) } else { #expect(refusal.kind == .forbidden) }
            }
            #expect(try await yard.last(EconomyTable.imported) == nil)
        }
    }

    @Test(
        "predictions stand on the Record as the model's act, and are scored when the year comes",
        arguments: StoreUnderTest.all)
    func ledger(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard, service in
            try await bring(0..<4, yard)
            try await service.look()
            let event = try #require(try await yard.last(ForecastTable.predicted))
            #expect(event.author == .model(OpeningUse.use.id))
            let forecast = try #require(try await forecasts(yard, by: Self.reader).first)
            #expect(forecast.base == 2019 && forecast.target == 2022 && forecast.held == "time")
            #expect(forecast.figures.map { $0["predictor"]?.text } == Snapshot.Predictor.allCases.map(\.rawValue))
            let told = try await yard.store.read { try ForecastTable.predictions(of: forecast, in: $0) }
            #expect(!told.isEmpty && told.allSatisfy { !$0.isJudged && $0.odds > 0 && $0.odds < 1 && $0.place <= 10 })
            try await service.look()
            #expect(try await forecasts(yard).count == 1, "nothing new is predicted from the same data")
            yard.clock.advance(by: 60)
            try await bring(4..<5, yard)
            try await service.look()
            let all = try await forecasts(yard)
            #expect(all.count == 2 && all.first { $0.id == forecast.id }?.scored == 2022)
            let judged = try await yard.store.read { try ForecastTable.predictions(of: forecast, in: $0) }
            #expect(judged.allSatisfy { $0.isJudged })
            #expect(judged.contains { $0.entered != nil })
            // What became of each is what the data say, and unknown where they do not.
            let tenant = try Self.reader.tenant
            let book = try #require(try await EconomyDesk().book("test-jobs", for: tenant, in: yard.spine))
            let last = Specialisation(try #require(book.years.last).matrix)
            for one in judged {
                let region = try #require(book.regions.firstIndex(of: one.region))
                let industry = try #require(book.industries.firstIndex(of: one.industry))
                #expect(one.entered == last.advantage(region, industry).map { $0 >= 1 })
            }
            let score = try #require(try await yard.last(ForecastTable.scored))
            #expect(score.author == .system("transition.openings.score"))
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("switched off, nothing is predicted; what was said is scored all the same")
    func switchedOff() async throws {
        try await with { yard, service in
            try await bring(0..<4, yard)
            try await service.look()
            try await yard.perform(
                "district.ai.switch", ["use": .string(OpeningUse.use.id), "on": false, "reason": "시험"], by: .officer)
            yard.clock.advance(by: 60)
            try await bring(4..<5, yard)
            try await service.look()
            let all = try await forecasts(yard)
            #expect(all.count == 1 && all[0].scored == 2022)
            let room = try #require(yard.rooms.first as? Transition)
            let ask = room.answers.first { $0.form.name == "transition.openings.of" }
            #expect(ask != nil)
            let region = try #require(Self.economy.years(1, from: 2010).first?.matrix.regions.first)
            let said = try await yard.spine.answer(
                "transition.openings.of", ["region": .string(region)], by: Self.reader)
            #expect(said == AIStanding.off.words)
        }
    }

    @Test("of one year nothing is predicted, and a withdrawn version is not read")
    func withdrawn() async throws {
        try await with { yard, service in
            try await bring(0..<1, yard)
            try await service.look()
            #expect(try await forecasts(yard).isEmpty)
            let tenant = try Self.reader.tenant
            let version = try #require(
                try await yard.store.read { try EconomyTable.versions(for: tenant, in: $0).first })
            try await yard.perform(
                WithdrawEconomy.name, ["version": .string(version.id), "reason": "잘못된 표"], by: .officer)
            #expect(try await EconomyDesk().book("test-jobs", for: tenant, in: yard.spine) == nil)
            #expect(
                try await yard.refusal(
                    WithdrawEconomy.name, ["version": .string(version.id), "reason": "또"], by: .officer)?.code
                    == "economy.withdrawn")
        }
    }

    @Test("a region's questions are answered in both languages, with reasons and odds")
    func answers() async throws {
        try await with { yard, service in
            try await bring(0..<4, yard)
            try await service.look()
            let region = try #require(Self.economy.years(1, from: 2010).first?.matrix.regions[3])
            for name in ["transition.profile.of", "transition.peers.of", "transition.openings.of"] {
                let said = try await yard.spine.answer(name, ["region": .string(region)], by: Self.reader)
                #expect(!said.ko.isEmpty && !said.en.isEmpty && said.ko != said.en)
            }
            await #expect(throws: Refusal.self) {
                try await yard.spine.answer("transition.profile.of", ["region": "없는 시"], by: Self.reader)
            }
        }
    }

    @Test("what was read before is not read again, and a large file that nobody looked at is refused")
    func looks() async throws {
        try await with { yard, _ in
            let intake = EconomyIntake(lane: Lane())
            let (reading, now) = (EconomyFile.Reading(), yard.clock.read())
            let small = Array(text(0..<2).utf8)
            let read = try await intake.look(small, reading, by: .officer, at: now, in: yard.spine)
            // Until it is brought in it is no attachment.
            #expect(
                try await yard.refusal(ImportEconomy.name, values(read.hash), by: .officer)?.code == "economy.known")
            let outcome = try await intake.take(values(read.hash), by: .officer, key: nil, at: now, in: yard.spine)
            #expect(outcome.events.map(\.type) == [EconomyTable.imported])
            let event = try #require(try await yard.last(EconomyTable.imported))
            #expect(event.payload["known"] == .decimal(Int64(read.file.known)))
            let zone = try Caller.officer.tenant
            #expect(try await yard.store.read { try LookTable.bytes(of: read.hash, for: zone, in: $0) } == nil)
            // A file over the bound, attached by whatever way.
            let large = text(0..<2) + String(repeating: "\n\n", count: ImportEconomy.smallest)
            let refusal = try await yard.refusal(ImportEconomy.name, values(try await keep(large, yard)), by: .officer)
            #expect(refusal?.code == "economy.unread" && refusal?.faults.first?.field == "file")
            let looked = try await intake.look(Array(large.utf8), reading, by: .officer, at: now, in: yard.spine)
            #expect(try await yard.refusal(ImportEconomy.name, values(looked.hash), by: .officer) == nil)
            // By another reading it was not looked at.
            let other = try await yard.refusal(ImportEconomy.name, values(looked.hash, ["dash": "zero"]), by: .officer)
            #expect(other?.code == "economy.unread")
        }
    }

    @Test("looks end after a day, and no more than three files are kept")
    func looksEnd() async throws {
        try await with { yard, _ in
            let intake = EconomyIntake(lane: Lane())
            let zone = try Caller.officer.tenant
            func look(_ jobs: Int) async throws -> String {
                let text = "지역,산업,종사자수,연도\n울산,조선,\(jobs),2020\n"
                let now = yard.clock.read()
                return try await intake.look(Array(text.utf8), .init(), by: .officer, at: now, in: yard.spine).hash
            }
            func isKept(_ hash: String) async throws -> Bool {
                try await yard.store.read { try LookTable.bytes(of: hash, for: zone, in: $0) } != nil
            }
            let first = try await look(0)
            #expect(try await isKept(first))
            var last = first
            for jobs in 1...LookTable.mostFiles {
                yard.clock.advance(by: 1)
                last = try await look(jobs)
            }
            #expect(try await !isKept(first))
            #expect(try await isKept(last))
            // One file, read in many ways, stands once.
            let bytes = Array("지역,산업,종사자수,연도\n울산,조선,7,2020\n".utf8)
            for dash in [true, false] {
                var reading = EconomyFile.Reading()
                reading.dashIsZero = dash
                _ = try await intake.look(bytes, reading, by: .officer, at: yard.clock.read(), in: yard.spine)
            }
            let rows = try await yard.store.read { reader in
                try ["transition_looks", "transition_look_files"].map {
                    try reader.first("SELECT COUNT(*) AS many FROM \($0)")?.integer("many")
                }
            }
            #expect(rows == [Int64(LookTable.mostFiles) + 1, Int64(LookTable.mostFiles)])
            yard.clock.advance(by: LookTable.seconds + 1)
            let now = yard.clock.read()
            try await yard.store.write { try LookTable.sweep(at: now, in: $0) }
            #expect(try await !isKept(last))
        }
    }

    @Test(
        "the ledger's sums are what its predictions add up to, also where the table came later",
        arguments: StoreUnderTest.all)
    func sums(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard, service in
            try await bring(0..<4, yard)
            try await service.look()
            yard.clock.advance(by: 60)
            try await bring(4..<5, yard)
            try await service.look()
            let tenant = try Self.reader.tenant
            let all = try await forecasts(yard)
            var whole = OddsRecord()
            var told = 0
            for forecast in all {
                let predictions = try await yard.store.read { try ForecastTable.predictions(of: forecast, in: $0) }
                told += predictions.count
                for one in predictions { if let entered = one.entered { whole.add(one.odds, entered) } }
            }
            func tally() async throws -> OddsTable.Tally {
                try await yard.store.read { try OddsTable.tally(of: "test-jobs", for: tenant, in: $0) }
            }
            let kept = try await tally()
            #expect(whole.count > 0 && kept.record.count == whole.count && kept.record.entered == whole.entered)
            #expect(abs((kept.record.brier ?? 0) - (whole.brier ?? 1)) < 1e-12 && kept.told == Int64(told))
            let judged = try await yard.store.read { reader in
                try all.filter { $0.scored != nil }.reduce(0) {
                    $0 + (try ForecastTable.predictions(of: $1, in: reader).count)
                }
            }
            #expect(kept.record.count + Int(kept.unknown) == judged)
            // A house that predicted before there was the table.
            try await yard.store.write { writer in
                try writer.execute("DELETE FROM transition_forecast_odds")
                try writer.execute(OddsTable.backfill)
            }
            let filled = try await tally()
            #expect(
                filled.record.count == kept.record.count && filled.told == kept.told && filled.unknown == kept.unknown)
            #expect(
                zip(filled.record.rows, kept.record.rows).allSatisfy {
                    abs($0.sum - $1.sum) < 1e-9 && $0.count == $1.count
                })
        }
    }

    @Test("the newest version of a year is the one that is read")
    func versions() async throws {
        try await with { yard, _ in
            let heading = "지역,산업,종사자수,연도\n"
            for jobs in [5, 9] {
                let hash = try await keep("\(heading)울산,조선,\(jobs),2020\n울산,기계,1,2020\n", yard)
                try await yard.perform(ImportEconomy.name, values(hash), by: .officer)
                yard.clock.advance(by: 60)
            }
            let tenant = try Self.reader.tenant
            let book = try #require(try await EconomyDesk().book("test-jobs", for: tenant, in: yard.spine))
            #expect(book.years.count == 1 && book.years[0].matrix[0, 1] == 9 && book.versions.count == 2)
        }
    }
}

extension String {
    fileprivate func padded(to count: Int) -> String { String(repeating: self, count: count) }
}
