public import District

/// Learns from what was entered in the past which industries a region may enter next, and says how good that was where
/// it had not looked.
public struct OpeningModel: Sendable {
    /// On what the figures were taken.
    public enum Held: String, Sendable {
        /// On a later time than the model learnt from, and was calibrated on.
        case outOfTime = "time"
        /// On other regions than the model learnt from: there is only one change to learn from.
        case outOfPlace = "place"
    }

    /// How good one predictor was where it had not looked.
    public struct Figures: Sendable {
        /// The predictor.
        public let predictor: Snapshot.Predictor
        /// Average precision and precision at k.
        public let score: RankScore
        /// Its average precision over that of the null model; nil for the null model.
        public let lift: (value: Double, interval: Interval)?
    }

    /// Each predictor's figures, the null model first.
    public let figures: [Figures]
    /// On what they were taken.
    public let held: Held
    /// How often odds such as these came true where the model had not looked.
    public let past: OddsRecord
    /// What was told and what came of it, for the test's cells: cell, odds, whether entered.
    public let test: [(cell: Int, odds: Double, entered: Bool)]
    private let trees: BoostedTrees
    private let calibration: Calibration

    /// Cells of which nobody knows yet, each with its odds and with what the trees say, by which those of equal odds
    /// are ranked.
    public func told(of examples: Examples) -> [(odds: Double, said: Double)] {
        trees.odds(of: examples).map { (calibration($0), $0) }
    }

    /// Learns from moments in order. With three changes or more the last judges, the one before it calibrates and the
    /// earlier ones teach; with two the first one both teaches and calibrates, by parts; with one, each of five parts of
    /// the regions is judged by what the other four taught. What is said of the future has learnt from all but the last
    /// change, by which it is calibrated anew.
    /// - Returns: nil where there is no change to learn from, or no entry in it.
    public init?(_ moments: [Snapshot], rule: EntryRule = .usual, settings: Int = 60, threads: Int = 2) {
        guard moments.count > 1 else { return nil }
        let changes = Self.changes(moments, rule, threads)
        let deal = moments[0].specialisation.matrix.regions.map { Self.part(of: $0) }
        guard let last = changes.last else { return nil }
        let test: (examples: Examples, said: [Double], odds: [Double])
        if changes.count == 1 {
            held = .outOfPlace
            guard let told = Self.byParts(last, deal, settings) else { return nil }
            // The odds of a part are calibrated on what came of the others.
            var odds = told.said
            for part in 0..<Self.parts {
                let inPart = told.examples.cells.map { deal[$0 / told.examples.industries] == part }
                let others = told.said.indices.filter { !inPart[$0] }
                guard
                    let calibration = Calibration(
                        said: others.map { told.said[$0] }, entered: others.map { told.examples.entered[$0] })
                else { return nil }
                for index in odds.indices where inPart[index] { odds[index] = calibration(told.said[index]) }
            }
            test = (told.examples, told.said, odds)
        } else {
            held = .outOfTime
            guard let told = Self.learnt(Array(changes.dropLast()), deal, settings) else { return nil }
            let said = told.trees.odds(of: last)
            test = (last, said, said.map { told.calibration($0) })
        }
        figures = Self.figures(test.examples, test.said)
        past = OddsRecord(test.odds, test.examples.entered)
        self.test = test.examples.cells.indices.map {
            (test.examples.cells[$0], test.odds[$0], test.examples.entered[$0])
        }
        guard let told = Self.learnt(changes, deal, settings) else { return nil }
        (trees, calibration) = told
    }

    /// What was entered from each moment to the next.
    static func changes(_ moments: [Snapshot], _ rule: EntryRule, _ threads: Int) -> [Examples] {
        (1..<max(moments.count, 1)).map {
            moments[$0 - 1].examples(rule, later: moments[$0].specialisation, threads: threads)
        }
    }

    /// Trees that learnt from changes, with their calibration: on the last of them where there are several, else on
    /// what was said of each part of the regions by what the others taught.
    /// - Parameter deal: the part that each region is dealt to (``part(of:)``).
    static func learnt(_ changes: [Examples], _ deal: [Int], _ settings: Int) -> (
        trees: BoostedTrees, calibration: Calibration
    )? {
        var learning = BoostedTrees.Settings()
        learning.trees = settings
        guard let last = changes.last else { return nil }
        if changes.count == 1 {
            guard let told = byParts(last, deal, settings),
                let calibration = Calibration(said: told.said, entered: told.examples.entered),
                let trees = BoostedTrees(last, learning)
            else { return nil }
            return (trees, calibration)
        }
        guard let teaching = Examples.joined(Array(changes.dropLast())), let trees = BoostedTrees(teaching, learning),
            let calibration = Calibration(said: trees.odds(of: last), entered: last.entered)
        else { return nil }
        return (trees, calibration)
    }

    /// What is said of each part of the regions by trees that the other parts taught.
    private static func byParts(_ change: Examples, _ deal: [Int], _ settings: Int) -> (
        examples: Examples, said: [Double]
    )? {
        var learning = BoostedTrees.Settings()
        learning.trees = settings
        var told: [(examples: Examples, said: [Double])] = []
        for part in 0..<parts {
            let test = change.ofRegions { deal[$0] == part }
            guard test.count > 0, let trees = BoostedTrees(change.ofRegions { deal[$0] != part }, learning) else {
                continue
            }
            told.append((test, trees.odds(of: test)))
        }
        return Examples.joined(told.map(\.examples)).map { ($0, told.flatMap(\.said)) }
    }

    private static func figures(_ test: Examples, _ said: [Double]) -> [Figures] {
        let null = Snapshot.scores(.null, of: test)
        return Snapshot.Predictor.allCases.map { predictor in
            let scores = predictor == .trees ? said : Snapshot.scores(predictor, of: test)
            return Figures(
                predictor: predictor, score: RankScore(scores, test.entered),
                lift: predictor == .null
                    ? nil
                    : RankScore.lift(
                        scores, over: null, test.entered, cells: test.cells, industries: test.industries))
        }
    }

    /// As many parts as regions are dealt to.
    static let parts = 5

    /// The part that a region is dealt to: by its name (FNV-1a), so that it stays when others come.
    static func part(of region: String) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in region.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int((hash >> 33) % UInt64(parts))
    }
}
