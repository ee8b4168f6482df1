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

    /// As many openings of a region as are told.
    static let told = 10
    /// As many predictions as one event carries.
    private static let chunk = 1000
    private static let house = Author.system("transition.openings.score")

    func run() async throws {
        await beat(every: .seconds(30)) {
            do {
                try await look()
            } catch {
                spine.district.report("openings could not be looked at", error)
            }
        }
    }

    /// One look at every economy.
    func look() async throws {
        let zone = try Caller.system("transition.openings").tenant
        let economies = try await spine.district.store.read { reader in
            Set(try EconomyTable.versions(for: zone, in: reader).filter { $0.withdrawn == nil }.map(\.economy)).sorted()
        }
        for economy in economies {
            guard let book = try await desk.book(economy, for: zone, in: spine) else { continue }
            let forecasts = try await spine.district.store.read {
                try ForecastTable.forecasts(of: economy, for: zone, in: $0)
            }
            for forecast in forecasts where forecast.scored == nil { try await score(forecast, book) }
            if !forecasts.contains(where: { $0.basis == book.basis }), !desk.isFruitless(book.basis) {
                try await predict(book)
            }
        }
    }

    /// Holds a forecast against the first year of its target or later, where there is one.
    private func score(_ forecast: ForecastTable.Forecast, _ book: EconomyBook) async throws {
        guard let outcome = book.years.first(where: { $0.year >= forecast.target }) else { return }
        let predictions = try await spine.district.store.read { try ForecastTable.predictions(of: forecast, in: $0) }
        let specialisation = Specialisation(outcome.matrix)
        let places = (
            Dictionary(uniqueKeysWithValues: book.regions.enumerated().map { ($1, $0) }),
            Dictionary(uniqueKeysWithValues: book.industries.enumerated().map { ($1, $0) })
        )
        var items: [JSON] = []
        var record = OddsRecord()
        for prediction in predictions {
            var entered: Bool?
            if let region = places.0[prediction.region], let industry = places.1[prediction.industry] {
                let cell = region * specialisation.industries + industry
                entered = EntryRule.usual.hasEntered(cell, in: specialisation)
            }
            if let entered { record.add(prediction.odds, entered) }
            items.append([
                "region": .string(prediction.region), "place": .decimal(Int64(prediction.place)),
                "entered": entered.map { .bool($0) } ?? .null,
            ])
        }
        var drafts: [Draft] = []
        for start in stride(from: 0, to: max(items.count, 1), by: Self.chunk) {
            var payload: [String: JSON] = [
                "forecast": .string(forecast.id), "economy": .string(forecast.economy),
                "year": .decimal(Int64(outcome.year)), "version": .string(outcome.version.id),
                "items": .array(Array(items[start..<min(start + Self.chunk, items.count)])),
            ]
            if start == 0 {
                payload["judged"] = .decimal(Int64(record.count))
                payload["entered"] = .decimal(Int64(record.entered))
                if let brier = record.brier { payload["brier"] = .number(brier) }
            }
            drafts.append(
                Draft(
                    ForecastTable.scored, stream: "forecast/\(forecast.id)", scope: forecast.scope, payload: payload))
        }
        try await spine.district.record(drafts, origin: Origin(author: Self.house))
    }

    /// Learns from the years there are and says what may come next; nothing where there is too little to learn from.
    private func predict(_ book: EconomyBook) async throws {
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
        for (part, start) in stride(from: 0, to: items.count, by: Self.chunk).enumerated() {
            var payload: [String: JSON] = [
                "forecast": .string(id), "economy": .string(book.economy), "part": .decimal(Int64(part)),
                "items": .array(Array(items[start..<min(start + Self.chunk, items.count)])),
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
                Draft(ForecastTable.predicted, stream: "forecast/\(id)", scope: last.version.scope, payload: payload))
        }
        // One act of the model, however many regions it speaks of.
        try await spine.district.record(drafts, origin: Origin(author: .model(OpeningUse.use.id)))
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
