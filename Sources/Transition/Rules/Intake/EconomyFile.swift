import District
import Foundation
import Record

/// What a statistics file says: of each year an economy, and which lines could not be taken. A line that breaks a rule
/// is left out alone; its neighbours stay.
struct EconomyFile: Sendable {
    /// Years in order, each with its economy; all have the same regions and industries.
    private(set) var years: [(year: Int, matrix: EconomyMatrix)] = []
    /// How many cells are known, and how many the file itself marks as unknown.
    private(set) var known = 0, marked = 0
    /// How many rows were totals of others, and left out.
    private(set) var totals = 0
    /// The first lines that could not be taken; all are counted.
    private(set) var faults: [Refusal.Fault] = []
    private(set) var refused = 0

    /// How the file is to be read.
    struct Reading: Sendable, Hashable {
        var columns = EconomyColumns.Named()
        /// The year of a file that says none.
        var year: Int?
        /// Of a file with several measures, the one that is meant.
        var item = ""
        /// Whether what the file does not have is zero: only where the source leaves out what is zero.
        var missingIsZero = false
        /// Whether `-` stands for nothing at all, as in Korean yearbooks, and not for what is unknown.
        var dashIsZero = false
    }

    /// As many faults as are told one by one.
    static let most = 200
    /// As many cells as an economy may have, over all its years.
    static let largest = 36_000_000
    /// As many regions, or industries, as it may have: how near each is to each is worked out.
    static let widest = 6_000

    /// Reads a file.
    /// - Throws: ``Refusal`` where no line of it can be taken.
    init(_ text: String, _ reading: Reading) throws(Refusal) {
        var rows = SeparatedRows(text).makeIterator()
        guard let heading = rows.next() else {
            throw EconomyText.refusal("empty", Words("파일에 내용이 없습니다.", "The file is empty."))
        }
        var columns = try EconomyColumns(heading.cells, reading.columns)
        var (regions, industries) = (Names(), Names())
        var cells: [Int: [Int64: Double]] = [:]
        var items: Set<String> = []
        let needed = max(
            columns.region, columns.industry, columns.year ?? 0, columns.item ?? 0,
            columns.values.map(\.column).max() ?? 0)
        while let (line, row) = rows.next() {
            // KOSIS repeats the first columns' headings on a second line and names the measure of each column there.
            if line == 2, row.count > needed, row[columns.region] == heading.cells[columns.region] {
                if !reading.item.isEmpty {
                    columns.values = columns.values.filter { row[$0.column].hasPrefix(reading.item) }
                }
                let measures = Set(columns.values.map { row[$0.column] })
                guard measures.count == 1 else { throw Self.severalItems(Set(row.dropFirst(needed > 0 ? 1 : 0))) }
                continue
            }
            guard row.count > needed else {
                fault(line, "row", "columns", Words("열이 모자랍니다.", "The line has too few columns."))
                continue
            }
            if let item = columns.item {
                if !reading.item.isEmpty, !row[item].hasPrefix(reading.item) { continue }
                items.insert(row[item])
            }
            let (region, industry) = (row[columns.region], row[columns.industry])
            guard !region.isEmpty else {
                fault(line, "region", "required", Words("지역이 비어 있습니다.", "The region is empty."))
                continue
            }
            guard !industry.isEmpty else {
                fault(line, "industry", "required", Words("산업이 비어 있습니다.", "The industry is empty."))
                continue
            }
            if Self.isTotal(region) || Self.isTotal(industry) {
                totals += 1
                continue
            }
            for (column, headed) in columns.values {
                let own = columns.year.flatMap { EconomyColumns.year(row[$0]) }
                guard let year = headed ?? own ?? (columns.year == nil ? reading.year : nil) else {
                    fault(
                        line, "year", "year",
                        Words(
                            "연도를 읽을 수 없습니다. 파일에 연도가 없으면 따로 알려 주세요.",
                            "No year can be read. Say it where the file has none."))
                    continue
                }
                switch Self.number(row[column], reading) {
                case .unknown: marked += 1
                case .wrong(let rule, let words): fault(line, "value", rule, words)
                case .value(let value):
                    let key = Int64(regions[region]) << 32 | Int64(industries[industry])
                    if cells[year, default: [:]].updateValue(value, forKey: key) != nil {
                        fault(
                            line, "value", "twice",
                            Words(
                                "같은 지역·산업·연도의 값이 이미 있습니다. 나중 값을 썼습니다.",
                                "This region, industry and year stood before; the later value was taken."))
                    }
                }
            }
        }
        if reading.item.isEmpty, items.count > 1 { throw Self.severalItems(items) }
        guard !cells.isEmpty else {
            throw Refusal(
                .invalid, "economy.nothing",
                Words("읽을 수 있는 값이 하나도 없습니다.", "No value of the file could be read."), faults: faults)
        }
        let (height, width) = (regions.all.count, industries.all.count)
        guard max(height, width) <= Self.widest, height * width * cells.count <= Self.largest else {
            throw EconomyText.refusal(
                "size", Words("지역과 산업이 너무 많습니다.", "There are too many regions and industries."))
        }
        build(cells, regions.all, industries.all, reading)
    }

    /// Names in order, whatever the order of the file: the same data give the same bytes.
    private mutating func build(
        _ cells: [Int: [Int64: Double]], _ regions: [String], _ industries: [String], _ reading: Reading
    ) {
        func order(_ names: [String]) -> (names: [String], place: [Int]) {
            let sorted = names.indices.sorted { names[$0] < names[$1] }
            var place = [Int](repeating: 0, count: names.count)
            for (to, from) in sorted.enumerated() { place[from] = to }
            return (sorted.map { names[$0] }, place)
        }
        let (rows, columns) = (order(regions), order(industries))
        for (year, entries) in cells.sorted(by: { $0.key < $1.key }) {
            let matrix = EconomyMatrix(
                regions: rows.names, industries: columns.names,
                cells: entries.lazy.map { key, value in
                    .init(
                        region: rows.place[Int(key >> 32)], industry: columns.place[Int(key & 0xFFFF_FFFF)],
                        value: value)
                })
            known += entries.count
            years.append((year, reading.missingIsZero ? matrix.filled() : matrix))
        }
    }

    private mutating func fault(_ line: Int, _ field: String, _ rule: String, _ words: Words) {
        refused += 1
        if faults.count < Self.most { faults.append(.init(field: field, line: line, rule: rule, words: words)) }
    }

    private static func severalItems(_ items: Set<String>) -> Refusal {
        let list = items.filter { !$0.isEmpty }.sorted().prefix(8).joined(separator: ", ")
        return EconomyText.refusal(
            "item",
            Words("여러 항목이 들어 있습니다. 어느 것을 쓸지 골라 주세요: \(list)", "The file has several measures. Choose one: \(list)"))
    }

    /// Whether a name stands for all of its kind: such rows would count everything twice.
    static func isTotal(_ name: String) -> Bool {
        let plain = name.filter { !$0.isWhitespace }.lowercased()
        return ["전국", "계", "합계", "총계", "소계", "전체", "전산업", "전산업(전체)", "total", "all", "alltotal"].contains(plain)
    }

    private enum Number {
        case value(Double), unknown
        case wrong(String, Words)
    }

    /// Signs that say a number is not told: not there, not known, kept secret.
    private static let signs: Set<String> = [
        "", "...", "…", "x", "*", "na", "n/a", "nan", "null", "(d)", "d", "s", ":", "..", "−", "–",
    ]

    private static func number(_ text: String, _ reading: Reading) -> Number {
        if text == "-" { return reading.dashIsZero ? .value(0) : .unknown }
        if signs.contains(text.lowercased()) { return .unknown }
        let plain = text.replacing(",", with: "")
        guard let value = Double(plain), plain.first.map({ "0123456789.-+".contains($0) }) == true else {
            return .wrong("number", Words("숫자가 아닙니다.", "This is no number."))
        }
        guard value.isFinite, value <= 1e15 else {
            return .wrong("maximum", Words("값이 너무 큽니다.", "The value is too large."))
        }
        guard value >= 0 else { return .wrong("minimum", Words("0보다 작을 수 없습니다.", "A value is not below 0.")) }
        return .value(value)
    }

    /// Names with their numbers, in the order in which they came.
    private struct Names {
        private(set) var all: [String] = []
        private var index: [String: Int] = [:]

        subscript(name: String) -> Int {
            mutating get {
                if let known = index[name] { return known }
                index[name] = all.count
                all.append(name)
                return all.count - 1
            }
        }
    }
}
