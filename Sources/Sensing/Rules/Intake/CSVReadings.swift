import Record
import Series

/// A table of readings: a heading, then one row for each moment. The separator, the time column and the properties are
/// found from the heading and the first row; a row that cannot be read is rejected alone.
struct CSVReadings: Sendable {
    /// What the heading turned out to say.
    struct Layout: Sendable, Hashable {
        /// `,`, `;` or tab.
        let separator: Character
        /// Whether decimals are written with a comma.
        let hasDecimalComma: Bool
        /// The column that holds the time.
        let time: Int
        /// The column headings.
        let headings: [String]
        /// The property each column holds; nil for time, labels and what is no reading.
        let properties: [String?]
        /// Columns that label the data (`anomaly`, `changepoint`): kept out of the readings.
        let labels: [String: Int]
    }

    /// One row: its moment, its readings, its labels.
    struct Row: Sendable, Hashable {
        let line: Int
        let time: Timestamp
        let values: [(property: String, value: Double)]
        let labels: [String: Double]

        static func == (left: Row, right: Row) -> Bool {
            left.line == right.line && left.time == right.time && left.labels == right.labels
                && left.values.elementsEqual(right.values) { $0 == $1 }
        }

        func hash(into hasher: inout Hasher) { hasher.combine(line) }
    }

    private static let timeNames: Set<String> = [
        "time", "timestamp", "datetime", "date", "일시", "시각", "시간", "측정시각", "측정일시", "date_time", "ts",
    ]
    private static let labelNames: Set<String> = ["anomaly", "changepoint", "label"]

    let layout: Layout
    private(set) var rows: [Row] = []
    private(set) var rejections: [Rejection] = []
    /// Rows beneath the heading, good or bad.
    private(set) var count = 0

    /// Reads a whole table.
    /// - Parameter offsetSeconds: the clock that a time without a zone is meant on, ahead of UTC (Korea: 32,400).
    /// - Throws: ``Rejection`` where there is no usable heading; nothing can be read then.
    init(_ bytes: [UInt8], offsetSeconds: Int64) throws(Rejection) {
        // A spreadsheet's byte order mark is no part of the first heading.
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        var lines = body.split(separator: 10, omittingEmptySubsequences: false)[...]
        guard let heading = lines.popFirst(),
            let layout = Self.layout(Self.text(heading), sample: lines.first.map(Self.text))
        else { throw Rejection(line: 1, field: "heading", .missing, Self.text(body.prefix(80))) }
        self.layout = layout
        var line = 1
        for raw in lines {
            line += 1
            let text = Self.text(raw)
            guard !text.allSatisfy(\.isWhitespace) else { continue }
            count += 1
            do throws(Rejection) {
                rows.append(try Self.row(text, line, layout, offsetSeconds))
            } catch {
                rejections.append(error)
            }
        }
    }

    private static func text(_ raw: ArraySlice<UInt8>) -> String {
        String(decoding: raw.last == 13 ? raw.dropLast() : raw, as: UTF8.self)
    }

    private static func layout(_ heading: String, sample: String?) -> Layout? {
        guard let separator = [";", "\t", ","].first(where: { heading.contains($0) }).map(Character.init) else {
            return nil
        }
        let headings = cells(heading, separator).map { String($0) }
        guard headings.count >= 2 else { return nil }
        let names = headings.map { $0.lowercased().filter { !$0.isWhitespace } }
        let time = names.firstIndex { timeNames.contains($0) } ?? 0
        var labels: [String: Int] = [:]
        var properties: [String?] = []
        for (index, name) in names.enumerated() {
            let property = SeriesName.property(headings[index])
            if labelNames.contains(name) { labels[name] = index }
            let isReading = index != time && !labelNames.contains(name) && SeriesName.isSound(property)
            properties.append(isReading ? property : nil)
        }
        let hasDecimalComma =
            separator != ","
            && sample.map { row in cells(row, separator).enumerated().contains { $0 != time && $1.contains(",") } }
                ?? false
        return Layout(
            separator: separator, hasDecimalComma: hasDecimalComma, time: time, headings: headings,
            properties: properties, labels: labels)
    }

    /// The cells of a row; quotes protect separators and, doubled, themselves (RFC 4180).
    private static func cells(_ row: String, _ separator: Character) -> [String] {
        guard row.contains("\"") else {
            return row.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
        }
        var cells = [""]
        var isQuoted = false
        var previous: Character = " "
        for character in row {
            if character == "\"" {
                if !isQuoted, previous == "\"" { cells[cells.count - 1].append("\"") }
                isQuoted.toggle()
            } else if character == separator, !isQuoted {
                cells.append("")
            } else {
                cells[cells.count - 1].append(character)
            }
            previous = character
        }
        return cells
    }

    private static func row(
        _ text: String, _ line: Int, _ layout: Layout, _ offsetSeconds: Int64
    ) throws(Rejection) -> Row {
        guard text.utf8.count <= 64 * 1024 else { throw Rejection(line: line, field: "row", .tooLong) }
        let cells = cells(text, layout.separator)
        guard cells.count == layout.headings.count else { throw Rejection(line: line, field: "row", .columns, text) }
        guard let time = ReadingTime.moment(cells[layout.time], offsetSeconds: offsetSeconds) else {
            throw Rejection(line: line, field: layout.headings[layout.time], .timestamp, cells[layout.time])
        }
        var values: [(property: String, value: Double)] = []
        for (index, property) in layout.properties.enumerated() {
            guard let property else { continue }
            // An empty cell is a value that is not there, which is no error and no zero.
            let cell = cells[index]
            if cell.allSatisfy(\.isWhitespace) { continue }
            let number = layout.hasDecimalComma ? cell.replacing(",", with: ".") : cell
            guard let value = Double(number) else {
                throw Rejection(line: line, field: layout.headings[index], .number, cell)
            }
            guard value.isFinite else { throw Rejection(line: line, field: layout.headings[index], .notFinite, cell) }
            values.append((property, value))
        }
        guard !values.isEmpty else { throw Rejection(line: line, field: "row", .empty, text) }
        let labels = layout.labels.compactMapValues { Double(cells[$0]) }
        return Row(line: line, time: time, values: values, labels: labels)
    }
}
