import District

/// What would have been said at the end of a year, and what came of it: trained on nothing after that year, held
/// against a later one.
///
/// Regions and industries of which nothing was known by then are left out before anything is worked out, so that not
/// even their number tells of what came later. What is read of the earlier years is the data version in use today:
/// later corrections by the source are in it.
struct Backtest: Sendable {
    /// Why it cannot be done.
    enum Lack: String, Error, Sendable {
        /// The years are not both there, or not in this order.
        case years
        /// There is no change before the year from which trees could learn.
        case noChange = "no-change"
        /// There was no entry to learn from, or no cell to judge.
        case noEntry = "no-entry"
        /// It has more cells than are looked at for a page.
        case tooLarge = "too-large"
    }

    /// A cell, its place in the ranking, its odds where they can be told, and what came: nil where nobody knows.
    struct Cell: Sendable, Hashable {
        let region: String, industry: String
        let place: Int
        let odds: Double?
        let entered: Bool?
    }

    /// As many of the likeliest are told one by one, and as many entries that stood further down.
    static let told = 100
    /// As many cells as are looked at, over all years that it learns from.
    static let largest = 12_000_000
    /// From so many cells it takes a while, and only officers start it.
    static let heavy = 400_000

    let trainedTo: Int, target: Int
    let predictor: Snapshot.Predictor
    /// Of the cells whose outcome is known: how good the ranking was, and the null model beside it.
    let score: RankScore, null: RankScore
    /// Its average precision over that of the null model; nil for the null model itself.
    let lift: (value: Double, interval: Interval)?
    /// The likeliest, in the order of their places.
    let first: [Cell]
    /// Entries that stood further down, the highest first.
    let overlooked: [Cell]
    /// How often such odds came true; nil where there was no change to calibrate on.
    let record: OddsRecord?
    /// How many cells were ranked, and of how many of them nobody knows what came.
    let ranked: Int, unknown: Int

    /// - Parameters:
    ///   - years: all years there are, with the same regions and industries.
    ///   - trees: how many trees are grown.
    init(
        _ years: [(year: Int, matrix: EconomyMatrix)], trainedTo: Int, target: Int, by predictor: Snapshot.Predictor,
        trees: Int = 60, threads: Int = 1
    ) throws(Lack) {
        let past = years.filter { $0.year <= trainedTo }
        guard past.last?.year == trainedTo, target > trainedTo,
            let outcome = years.first(where: { $0.year == target })?.matrix
        else { throw .years }
        guard Self.cells(years, trainedTo) <= Self.largest else { throw .tooLarge }
        let moments = Self.asKnown(past.map(\.matrix)).map { Snapshot($0, threads: threads) }
        let said = try Said(moments, predictor, trees, threads)
        let (names, later) = (moments[moments.count - 1].specialisation.matrix, Specialisation(outcome))
        let entered = Self.outcomes(of: said.examples, named: names, in: later)
        let order = said.scores.indices.sorted { (-said.scores[$0], $0) < (-said.scores[$1], $1) }
        var cells = order.enumerated().map { place, index in
            let cell = said.examples.cells[index]
            return Cell(
                region: names.regions[cell / names.industries.count],
                industry: names.industries[cell % names.industries.count], place: place + 1,
                odds: said.odds?[index], entered: entered[index])
        }
        let judged = entered.indices.filter { entered[$0] != nil }
        guard !judged.isEmpty else { throw .noEntry }
        let (scores, outcomes) = (judged.map { said.scores[$0] }, judged.map { entered[$0] == true })
        let plain = Snapshot.scores(.null, of: said.examples)
        let nulls = judged.map { plain[$0] }
        (self.trainedTo, self.target, self.predictor) = (trainedTo, target, predictor)
        score = RankScore(scores, outcomes)
        null = RankScore(nulls, outcomes)
        lift =
            predictor == .null
            ? nil
            : RankScore.lift(
                scores, over: nulls, outcomes, cells: judged.map { said.examples.cells[$0] },
                industries: said.examples.industries)
        record = said.odds.map { odds in OddsRecord(judged.map { odds[$0] }, outcomes) }
        (ranked, unknown) = (cells.count, cells.count - judged.count)
        first = Array(cells.prefix(Self.told))
        cells.removeFirst(first.count)
        overlooked = Array(cells.lazy.filter { $0.entered == true }.prefix(Self.told))
    }

    /// How many cells it looks at.
    static func cells(_ years: [(year: Int, matrix: EconomyMatrix)], _ trainedTo: Int) -> Int {
        years.reduce(0) { $0 + ($1.year <= trainedTo ? $1.matrix.values.count : 0) }
    }

    /// The same years with the regions and industries alone of which any of them knows something.
    static func asKnown(_ matrices: [EconomyMatrix]) -> [EconomyMatrix] {
        guard let one = matrices.first else { return [] }
        let width = one.industries.count
        var (rows, columns) = (
            [Bool](repeating: false, count: one.regions.count), [Bool](repeating: false, count: width)
        )
        for matrix in matrices {
            for (cell, value) in matrix.values.enumerated() where !value.isNaN {
                rows[cell / width] = true
                columns[cell % width] = true
            }
        }
        guard rows.contains(false) || columns.contains(false) else { return matrices }
        let regions = zip(one.regions, rows).filter(\.1).map(\.0)
        let industries = zip(one.industries, columns).filter(\.1).map(\.0)
        return matrices.map { $0.aligned(regions: regions, industries: industries) }
    }

    /// What came of each cell, by its names; nil where nobody knows.
    private static func outcomes(
        of examples: Examples, named names: EconomyMatrix, in later: Specialisation
    ) -> [Bool?] {
        let rows = Dictionary(uniqueKeysWithValues: later.matrix.regions.enumerated().map { ($1, $0) })
        let columns = Dictionary(uniqueKeysWithValues: later.matrix.industries.enumerated().map { ($1, $0) })
        let (row, column) = (names.regions.map { rows[$0] }, names.industries.map { columns[$0] })
        return examples.cells.map { cell in
            guard let region = row[cell / names.industries.count], let industry = column[cell % names.industries.count]
            else { return nil }
            return EntryRule.usual.hasEntered(region * later.industries + industry, in: later)
        }
    }
}

/// What a predictor says at the last of some moments, of which it knows nothing later.
private struct Said {
    let examples: Examples
    /// A higher one is likelier.
    let scores: [Double]
    /// The odds of each; nil where there is no change to calibrate on.
    let odds: [Double]?

    init(_ moments: [Snapshot], _ predictor: Snapshot.Predictor, _ trees: Int, _ threads: Int) throws(Backtest.Lack) {
        guard let now = moments.last else { throw .years }
        // Only trees learn from all that went before; others need the last change alone, for their odds.
        let taken = predictor == .trees ? moments : moments.suffix(2)
        let changes = OpeningModel.changes(Array(taken), .usual, threads)
        examples = now.examples(.usual, threads: threads)
        guard examples.count > 0 else { throw .noEntry }
        guard predictor == .trees else {
            let scores = Snapshot.scores(predictor, of: examples)
            self.scores = scores
            let calibration = changes.last.flatMap {
                Calibration(said: Snapshot.scores(predictor, of: $0), entered: $0.entered)
            }
            odds = calibration.map { calibration in scores.map { calibration($0) } }
            return
        }
        guard !changes.isEmpty else { throw .noChange }
        let deal = now.specialisation.matrix.regions.map { OpeningModel.part(of: $0) }
        guard let model = OpeningModel.learnt(changes, deal, trees) else { throw .noEntry }
        let scores = model.trees.odds(of: examples)
        self.scores = scores
        odds = scores.map { model.calibration($0) }
    }
}
