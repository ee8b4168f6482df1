import Access
import District
import Record
import ServiceLifecycle
import Store

/// Scores what was predicted once the outcome is there, and predicts anew once statistics came in. Where its use of AI
/// does not stand it only scores: what was said is held to account all the same.
struct OpeningForecaster: Service {
    let spine: Spine
    let desk: EconomyDesk
    /// Trees of the model.
    var trees = 60
    /// As many predictions as one event carries.
    var chunk = 1000

    /// As many openings of a region as are told.
    static let told = 10
    private static let house = Author.system("transition.openings.score")

    func run() async throws {
        await beat(every: .seconds(30), in: spine.district, failing: "openings could not be looked at") {
            try await look()
        }
    }

    /// One look at every economy.
    func look() async throws {
        let zone = try Caller.system("transition.openings").tenant
        let versions = try await spine.district.store.read { reader in
            try EconomyTable.versions(for: zone, in: reader).filter { $0.withdrawn == nil }
        }
        for (economy, own) in Dictionary(grouping: versions, by: \.economy).sorted(by: { $0.key < $1.key }) {
            let forecasts = try await spine.district.store.read {
                try ForecastTable.forecasts(of: economy, for: zone, in: $0)
            }
            // Whether there is anything to do is known without the files, which take seconds to read.
            let (basis, years) = EconomyBook.expected(of: own)
            let open = forecasts.filter { one in one.scored == nil && years.contains { $0 >= one.target } }
            var isNew = years.count > 1 && !forecasts.contains { $0.basis == basis } && !desk.isFruitless(basis)
            if isNew { isNew = try await spine.district.standing(of: OpeningUse.use) == .runs }
            guard isNew || !open.isEmpty, let book = try await desk.book(economy, for: zone, in: spine) else {
                continue
            }
            for forecast in open { try await score(forecast, book) }
            guard isNew else { continue }
            if !forecasts.contains(where: { $0.basis == book.basis }), !desk.isFruitless(book.basis) {
                try await predict(book)
            }
            // A file was forgotten: what is left has been looked at, and is not opened at every beat.
            if book.basis != basis { desk.note(fruitless: basis) }
        }
    }

    /// Holds a forecast against the first year of its target or later, where there is one.
    func score(_ forecast: ForecastTable.Forecast, _ book: EconomyBook) async throws {
        guard let outcome = book.years.first(where: { $0.year >= forecast.target }) else { return }
        let predictions = try await spine.district.store.read { try ForecastTable.predictions(of: forecast, in: $0) }
        let specialisation = Specialisation(outcome.matrix)
        let places = (
            Dictionary(uniqueKeysWithValues: book.regions.enumerated().map { ($1, $0) }),
            Dictionary(uniqueKeysWithValues: book.industries.enumerated().map { ($1, $0) })
        )
        var results: [(region: String, place: Int64, entered: Bool?)] = []
        var record = OddsRecord()
        for prediction in predictions {
            var entered: Bool?
            if let region = places.0[prediction.region], let industry = places.1[prediction.industry] {
                let cell = region * specialisation.industries + industry
                entered = EntryRule.usual.hasEntered(cell, in: specialisation)
            }
            if let entered { record.add(prediction.odds, entered) }
            results.append((prediction.region, Int64(prediction.place), entered))
        }
        let whole = record
        // What became of it rests on what was predicted and on what came since: closed where either is.
        let scope = EconomyTable.scope(isOpen: forecast.scope == .everyone && book.isOpen)
        // One transaction each, so that whatever else is to be recorded waits for one at most.
        for start in stride(from: 0, to: max(results.count, 1), by: chunk) {
            let end = min(start + chunk, results.count)
            let (part, rest) = (Array(results[start..<end]), results.count - end)
            try await spine.district.transact { transaction in
                guard try !ForecastTable.isScored(forecast.id, in: transaction.writer) else { return }
                let open = try ForecastTable.unjudged(of: forecast.id, in: part.map(\.region), transaction.writer)
                let items = part.filter { open[.init(region: $0.region, place: $0.place)] != nil }
                guard !items.isEmpty || rest == 0 else { return }
                var payload: [String: JSON] = [
                    "forecast": .string(forecast.id), "economy": .string(forecast.economy),
                    "year": .decimal(Int64(outcome.year)), "version": .string(outcome.version.id),
                    "rest": .decimal(Int64(rest)),
                    "items": .array(
                        items.map {
                            [
                                "region": .string($0.region), "place": .decimal($0.place),
                                "entered": $0.entered.map { .bool($0) } ?? .null,
                            ]
                        }),
                ]
                if rest == 0 {
                    payload["judged"] = .decimal(Int64(whole.count))
                    payload["entered"] = .decimal(Int64(whole.entered))
                    if let brier = whole.brier { payload["brier"] = .number(brier) }
                }
                _ = try transaction.record(
                    [
                        Draft(
                            ForecastTable.scored, stream: "forecast/\(forecast.id)", scope: scope, payload: payload)
                    ], origin: Origin(author: Self.house))
            }
        }
    }

    /// Learns from the years there are and says what may come next; nothing where there is too little to learn from.
    func predict(_ book: EconomyBook) async throws {
        guard book.years.count > 1, let last = book.years.last, let before = book.before(last),
            try await spine.district.standing(of: OpeningUse.use) == .runs
        else { return }
        var moments: [Snapshot] = []
        for year in book.years { moments.append(try await desk.snapshot(book, year)) }
        let (learnFrom, trees) = (moments, trees)
        let learnt = await desk.learning.run { () -> (model: OpeningModel, items: [JSON])? in
            guard let model = OpeningModel(learnFrom, settings: trees, threads: 1), let now = learnFrom.last else {
                return nil
            }
            return (model, Self.items(model, now, book))
        }
        guard let (model, items) = learnt, !items.isEmpty else {
            desk.note(fruitless: book.basis)
            return
        }
        let id = "\(Identifier(at: spine.district.clock()))"
        var drafts: [Draft] = []
        for (part, start) in stride(from: 0, to: items.count, by: chunk).enumerated() {
            var payload: [String: JSON] = [
                "forecast": .string(id), "economy": .string(book.economy), "part": .decimal(Int64(part)),
                "items": .array(Array(items[start..<min(start + chunk, items.count)])),
            ]
            if part == 0 {
                payload["basis"] = .string(book.basis)
                payload["versions"] = .array(Set(book.years.map(\.version.id)).sorted().map { .string($0) })
                payload["base"] = .decimal(Int64(last.year))
                payload["target"] = .decimal(Int64(last.year * 2 - before.year))
                payload["held"] = .string(model.held.rawValue)
                payload["below"] = .number(EntryRule.usual.below)
                payload["reaches"] = .number(EntryRule.usual.reaches)
                payload["figures"] = .array(model.figures.map(\.json))
                payload["past"] = .array(model.past.rows.map(\.json))
            }
            drafts.append(
                Draft(
                    ForecastTable.predicted, stream: "forecast/\(id)", scope: EconomyTable.scope(isOpen: book.isOpen),
                    payload: payload))
        }
        // One act of the model, however many regions it speaks of.
        let all = drafts
        try await spine.district.transact { transaction in
            // Another node may have learnt from the same years meanwhile.
            guard try !ForecastTable.isTold(book.economy, basis: book.basis, in: transaction.writer) else { return }
            _ = try transaction.record(all, origin: Origin(author: .model(OpeningUse.use.id)))
        }
    }

    /// The likeliest openings of each region.
    private static func items(_ model: OpeningModel, _ now: Snapshot, _ book: EconomyBook) -> [JSON] {
        let examples = now.examples(.usual, threads: 1)
        let told = model.told(of: examples)
        var byRegion = [[Int]](repeating: [], count: book.regions.count)
        for index in examples.cells.indices { byRegion[examples.cells[index] / examples.industries].append(index) }
        return byRegion.enumerated().flatMap { region, candidates in
            candidates.sorted { one, other in
                (-told[one].odds, -told[one].said, one) < (-told[other].odds, -told[other].said, other)
            }.prefix(Self.told).enumerated().map { place, index in
                [
                    "region": .string(book.regions[region]), "place": .decimal(Int64(place + 1)),
                    "industry": .string(book.industries[examples.cells[index] % examples.industries]),
                    "odds": .number((told[index].odds * 10_000).rounded() / 10_000),
                ]
            }
        }
    }
}

extension OpeningModel.Figures {
    /// As an event carries it.
    var json: JSON {
        var members: [String: JSON] = [
            "predictor": .string(predictor.rawValue), "precision": .number(score.averagePrecision),
            "count": .decimal(Int64(score.count)), "entered": .decimal(Int64(score.entered)),
            "first": .array(
                score.first.map { ["count": .decimal(Int64($0.count)), "entered": .decimal(Int64($0.entered))] }),
        ]
        if let lift {
            members["lift"] = .number(lift.value)
            members["low"] = .number(lift.interval.low)
            members["high"] = .number(lift.interval.high)
        }
        return .object(members)
    }
}

extension OddsRecord.Row {
    /// As an event carries it.
    var json: JSON {
        [
            "from": .number(from), "to": .number(to), "count": .decimal(Int64(count)),
            "entered": .decimal(Int64(entered)), "sum": .number(sum),
        ]
    }
}
