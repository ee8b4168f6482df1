/// An economy at one moment: what each region has of each industry (jobs, firms, exports), in one contiguous buffer.
///
/// A cell that was suppressed, or is not in the data, is unknown: it is never counted as nothing. Only ``filled()``
/// makes zeros of such cells, for those who know that their source leaves out what is zero.
public struct EconomyMatrix: Sendable, Hashable {
    /// The regions, in the order of the rows; each once.
    public let regions: [String]
    /// The industries, in the order of the columns; each once.
    public let industries: [String]
    /// The cells row by row, in the unit of the source; `nan` where unknown, else finite and not below zero.
    public let values: [Double]
    /// Whether unknown cells were taken for zeros (``filled()``).
    public let isFilled: Bool

    /// What cannot be a cell.
    public static let unknown = Double.nan

    /// An economy at one moment.
    /// - Precondition: as many values as regions times industries.
    public init(regions: [String], industries: [String], values: [Double], isFilled: Bool = false) {
        precondition(values.count == regions.count * industries.count, "a value for each cell")
        self.regions = regions
        self.industries = industries
        self.values = values
        self.isFilled = isFilled
    }

    /// An economy out of the cells that are known; all others are unknown. Of a cell that is given twice the last
    /// stays.
    public init(regions: [String], industries: [String], cells: some Sequence<Cell>) {
        var values = [Double](repeating: Self.unknown, count: regions.count * industries.count)
        for cell in cells { values[cell.region * industries.count + cell.industry] = cell.value }
        self.init(regions: regions, industries: industries, values: values)
    }

    /// One known cell.
    public struct Cell: Sendable, Hashable {
        /// The row and the column.
        public let region: Int, industry: Int
        /// What stands there.
        public let value: Double

        /// One known cell.
        public init(region: Int, industry: Int, value: Double) {
            self.region = region
            self.industry = industry
            self.value = value
        }
    }

    /// What a region has of an industry; nil where unknown.
    public subscript(region: Int, industry: Int) -> Double? {
        let value = values[region * industries.count + industry]
        return value.isNaN ? nil : value
    }

    /// How many cells are known.
    public var knownCells: Int { values.count { !$0.isNaN } }

    /// The same economy with zeros where cells are unknown: right only where the source leaves out what is zero. It is
    /// what other libraries do without asking, and so what is held against them.
    public func filled() -> EconomyMatrix {
        EconomyMatrix(
            regions: regions, industries: industries, values: values.map { $0.isNaN ? 0 : $0 }, isFilled: true)
    }

    /// What all known cells of each region add up to.
    public var regionTotals: [Double] {
        regions.indices.map { region in
            var sum = 0.0
            for value in values[region * industries.count..<(region + 1) * industries.count] where !value.isNaN {
                sum += value
            }
            return sum
        }
    }

    /// What all known cells of each industry add up to.
    public var industryTotals: [Double] {
        var sums = [Double](repeating: 0, count: industries.count)
        for region in regions.indices {
            let row = region * industries.count
            for industry in industries.indices where !values[row + industry].isNaN {
                sums[industry] += values[row + industry]
            }
        }
        return sums
    }

    /// The same economy with other rows and columns, by name: what was not there is unknown.
    public func aligned(regions wanted: [String], industries columns: [String]) -> EconomyMatrix {
        let rows = Dictionary(zip(regions, regions.indices), uniquingKeysWith: { first, _ in first })
        let places = Dictionary(zip(industries, industries.indices), uniquingKeysWith: { first, _ in first })
        let sources = columns.map { places[$0] }
        var values = [Double](repeating: Self.unknown, count: wanted.count * columns.count)
        for (at, name) in wanted.enumerated() {
            guard let row = rows[name] else { continue }
            for (column, source) in sources.enumerated() {
                guard let source else { continue }
                values[at * columns.count + column] = self.values[row * industries.count + source]
            }
        }
        return EconomyMatrix(regions: wanted, industries: columns, values: values, isFilled: isFilled)
    }

    /// The same economy without the regions and industries of which nothing is known but zeros.
    public func withoutEmpty() -> EconomyMatrix {
        let (rows, columns) = (regionTotals, industryTotals)
        return aligned(
            regions: zip(regions, rows).filter { $0.1 > 0 }.map(\.0),
            industries: zip(industries, columns).filter { $0.1 > 0 }.map(\.0))
    }

    /// Two unknown cells are alike, as two equal ones are.
    public static func == (one: EconomyMatrix, other: EconomyMatrix) -> Bool {
        one.regions == other.regions && one.industries == other.industries && one.isFilled == other.isFilled
            && zip(one.values, other.values).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
    }

    /// By the names alone.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(regions)
        hasher.combine(industries)
    }
}
