/// What the heading of a table turned out to say.
struct CSVLayout: Sendable, Hashable {
    /// `,`, `;` or tab.
    let separator: UInt8
    /// The column that holds the time.
    let time: Int
    /// The column headings.
    let headings: [String]
    /// The property each column holds; nil for time, labels and what is no reading.
    let properties: [String?]
    /// Columns that label the data (`anomaly`, `changepoint`): kept out of the readings.
    let labels: [String: Int]

    private static let timeNames: Set<String> = [
        "time", "timestamp", "datetime", "date", "일시", "날짜", "시각", "시간", "측정시각", "측정일시", "date_time", "ts",
    ]
    private static let labelNames: Set<String> = ["anomaly", "changepoint", "label"]

    /// Where decimals are written with a comma, the comma separates no columns.
    var decimal: UInt8 { separator == UInt8(ascii: ",") ? UInt8(ascii: ".") : UInt8(ascii: ",") }

    /// Reads a heading; nil where it is none: fewer than two columns, or already a row of values.
    init?(heading bytes: [UInt8], _ range: Range<Int>) {
        let separators = [UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: ",")]
        let counts = separators.map { CSVCells.split(bytes, range, $0).count }
        guard let most = counts.max(), most >= 2, let best = counts.firstIndex(of: most) else { return nil }
        separator = separators[best]
        headings = CSVCells.split(bytes, range, separator).map { CSVCells.text(bytes, $0) }
        let names = headings.map { $0.lowercased().filter { !$0.isWhitespace } }
        time = names.firstIndex { Self.timeNames.contains($0) } ?? 0
        // A file without headings would give its first row's numbers as names, and lose that row.
        guard ReadingTime.moment(headings[time], offsetSeconds: 0) == nil else { return nil }
        var labels: [String: Int] = [:]
        var taken: Set<String> = []
        var properties: [String?] = []
        for (index, name) in names.enumerated() {
            if Self.labelNames.contains(name) { labels[name] = index }
            guard index != time, labels[name] == nil else {
                properties.append(nil)
                continue
            }
            let property = Self.unused(SeriesName.property(headings[index]), taken)
            taken.insert(property)
            properties.append(SeriesName.isSound(property) ? property : nil)
        }
        self.labels = labels
        self.properties = properties
    }

    /// The name, or where a column before has it the name with the next number: no column is mixed into another.
    private static func unused(_ name: String, _ taken: Set<String>) -> String {
        guard taken.contains(name) else { return name }
        var number = 2
        while taken.contains("\(name)_\(number)") { number += 1 }
        return "\(name)_\(number)"
    }
}
