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
    /// earlier ones teach; with two the first one's regions are shared between teaching and calibrating; with one,
    /// regions are dealt to five parts, and each part is judged by what the others taught. What is said of the future
    /// has learnt from all but the last change, by which it is calibrated anew.
    /// - Returns: nil where there is no change to learn from, or no entry in it.
    public init?(_ moments: [Snapshot], rule: EntryRule = .usual, settings: Int = 60) {
        guard moments.count > 1 else { return nil }
        let changes = (1..<moments.count).map {
            moments[$0 - 1].examples(rule, later: moments[$0].specialisation)
        }
        var learning = BoostedTrees.Settings()
        learning.trees = settings
        let names = moments[0].specialisation.matrix.regions
        let deal = names.map { Self.part(of: $0) }
        guard let last = changes.last else { return nil }
        var tests: [(examples: Examples, said: [Double], odds: [Double])] = []
        if changes.count == 1 {
            held = .outOfPlace
            for part in 0..<5 {
                let (test, other) = (last.ofRegions { deal[$0] == part }, (part + 1) % 5)
                guard
                    let told = Self.fit(
                        last.ofRegions { deal[$0] != part && deal[$0] != other }, last.ofRegions { deal[$0] == other },
                        learning), test.count > 0
                else { continue }
                let said = told.trees.odds(of: test)
                tests.append((test, said, said.map { told.calibration($0) }))
            }
        } else {
            held = .outOfTime
            let (teaching, judging): (Examples?, Examples)
            if changes.count == 2 {
                (teaching, judging) = (changes[0].ofRegions { deal[$0] < 3 }, changes[0].ofRegions { deal[$0] >= 3 })
            } else {
                (teaching, judging) = (Examples.joined(Array(changes.dropLast(2))), changes[changes.count - 2])
            }
            if let teaching, let told = Self.fit(teaching, judging, learning) {
                let said = told.trees.odds(of: last)
                tests.append((last, said, said.map { told.calibration($0) }))
            }
        }
        guard let test = Examples.joined(tests.map(\.examples)) else { return nil }
        let odds = tests.flatMap(\.odds)
        figures = Self.figures(test, tests.flatMap(\.said))
        past = OddsRecord(odds, test.entered)
        self.test = test.cells.indices.map { (test.cells[$0], odds[$0], test.entered[$0]) }
        let (teaching, judging): (Examples?, Examples) =
            changes.count == 1
            ? (last.ofRegions { deal[$0] < 4 }, last.ofRegions { deal[$0] == 4 })
            : (Examples.joined(Array(changes.dropLast())), last)
        guard let teaching, let told = Self.fit(teaching, judging, learning) else { return nil }
        (trees, calibration) = (told.trees, told.calibration)
    }

    private static func fit(_ teaching: Examples, _ judging: Examples, _ settings: BoostedTrees.Settings) -> (
        trees: BoostedTrees, calibration: Calibration
    )? {
        guard let trees = BoostedTrees(teaching, settings),
            let calibration = Calibration(said: trees.odds(of: judging), entered: judging.entered)
        else { return nil }
        return (trees, calibration)
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

    /// The part, of five, that a region is dealt to: by its name (FNV-1a), so that it stays when others come.
    static func part(of region: String) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in region.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int((hash >> 33) % 5)
    }
}
