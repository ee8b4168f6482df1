public import District

/// How often what was given such odds came true: the past of odds, in classes.
public struct OddsRecord: Sendable, Hashable {
    /// One class of odds.
    public struct Row: Sendable, Hashable {
        /// Its bounds.
        public let from: Double, to: Double
        /// How many predictions fell into it, and how many came true.
        public var count = 0, entered = 0
        /// The sum of the odds that were given.
        public var sum = 0.0

        /// The mean of what was given; nil where there were none.
        public var given: Double? { count == 0 ? nil : sum / Double(count) }
        /// What came true; nil where there were none.
        public var share: Double? { count == 0 ? nil : Double(entered) / Double(count) }
        /// Its exact interval of 95 %.
        public var interval: Interval? { Interval.share(Int64(entered), of: Int64(count)) }
    }

    /// The classes' lower bounds.
    static let bounds = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5]
    /// The classes, from the lowest odds.
    public private(set) var rows: [Row]
    private var squares = 0.0

    /// No past yet.
    public init() {
        rows = Self.bounds.indices.map {
            Row(from: Self.bounds[$0], to: $0 + 1 < Self.bounds.count ? Self.bounds[$0 + 1] : 1)
        }
    }

    /// The past of some odds.
    public init(_ odds: [Double], _ entered: [Bool]) {
        self.init()
        for (odds, entered) in zip(odds, entered) { add(odds, entered) }
    }

    /// Adds what became of a prediction.
    public mutating func add(_ odds: Double, _ entered: Bool) {
        let row = Self.row(of: odds)
        rows[row].count += 1
        rows[row].sum += odds
        if entered { rows[row].entered += 1 }
        squares += (odds - (entered ? 1 : 0)) * (odds - (entered ? 1 : 0))
    }

    /// Adds many at once that fell into one class: how many, how many came true, what was said of them, and the squares
    /// of what that was off by.
    mutating func add(class row: Int, count: Int, entered: Int, sum: Double, squares: Double) {
        guard rows.indices.contains(row) else { return }
        rows[row].count += count
        rows[row].entered += entered
        rows[row].sum += sum
        self.squares += squares
    }

    /// How many predictions there were.
    public var count: Int { rows.reduce(0) { $0 + $1.count } }
    /// How many came true.
    public var entered: Int { rows.reduce(0) { $0 + $1.entered } }
    /// The Brier score, the mean square of what odds were off by: 0 is best; nil where nothing was judged.
    public var brier: Double? { count == 0 ? nil : squares / Double(count) }

    /// The class of odds.
    public func row(for odds: Double) -> Row { rows[Self.row(of: odds)] }

    /// The place of the class of some odds.
    static func row(of odds: Double) -> Int { (bounds.lastIndex { $0 <= odds }) ?? 0 }
}
