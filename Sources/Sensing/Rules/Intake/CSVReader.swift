import Record

/// Reads a table line by line: a heading, then one row for each moment. Separator, time column and properties are found
/// from the heading; a row that cannot be read is rejected alone. Nothing is kept but counts, so that a file of any
/// length can stream through; after the last line it is the preview of a dry run.
struct CSVReader: Sendable {
    /// The longest line taken, in bytes.
    static let longestLine = 64 * 1024

    /// What the heading says; nil before the first line.
    private(set) var layout: CSVLayout?
    /// Rows beneath the heading, good or bad.
    private(set) var count = 0
    /// What was rejected so far.
    private(set) var parsed = Parsed()
    /// The earliest and the latest moment.
    private(set) var span: ClosedRange<Timestamp>?
    private var line = 0
    private let offsetSeconds: Int64

    /// A reader for a table.
    /// - Parameter offsetSeconds: the clock that a time without a zone is meant on, ahead of UTC (Korea: 32,400).
    init(offsetSeconds: Int64) { self.offsetSeconds = offsetSeconds }

    /// Takes in the next line, without its line break.
    /// - Returns: the row; nil for the heading, an empty line and a row that is rejected.
    /// - Throws: ``Rejection`` where there is no usable heading; nothing can be read then.
    mutating func read(_ bytes: [UInt8], _ range: Range<Int>) throws(Rejection) -> CSVRow? {
        line += 1
        guard let layout else {
            // A spreadsheet's byte order mark is no part of the first heading.
            let hasMark = bytes[range].starts(with: [0xEF, 0xBB, 0xBF])
            let body = range.lowerBound + (hasMark ? 3 : 0)..<range.upperBound
            layout = range.count <= Self.longestLine ? CSVLayout(heading: bytes, body) : nil
            guard layout != nil else { throw rejection("heading", .missing, bytes, range) }
            return nil
        }
        guard !bytes[range].allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) else { return nil }
        count += 1
        do throws(Rejection) {
            let row = try row(bytes, range, layout)
            span = min(span?.lowerBound ?? row.time, row.time)...max(span?.upperBound ?? row.time, row.time)
            return row
        } catch {
            parsed.reject(error)
            return nil
        }
    }

    private func row(_ bytes: [UInt8], _ range: Range<Int>, _ layout: CSVLayout) throws(Rejection) -> CSVRow {
        guard range.count <= Self.longestLine else { throw rejection("row", .tooLong, bytes, range) }
        let cells = CSVCells.split(bytes, range, layout.separator)
        guard cells.count == layout.headings.count else { throw rejection("row", .columns, bytes, range) }
        let cell = cells[layout.time]
        guard let time = ReadingTime.moment(CSVCells.text(bytes, cell), offsetSeconds: offsetSeconds) else {
            throw rejection(layout.headings[layout.time], .timestamp, bytes, cell)
        }
        var values: [(property: String, value: Double)] = []
        values.reserveCapacity(cells.count)
        for (index, cell) in cells.enumerated() {
            // An empty cell is a value that is not there, which is no error and no zero.
            guard let property = layout.properties[index], !cell.isEmpty else { continue }
            let rule: Rejection.Rule
            switch DecimalNumber.read(bytes, cell, decimal: layout.decimal) {
            case .number(let value):
                values.append((property, value))
                continue
            case .tooLarge: rule = .range
            case .notFinite: rule = .notFinite
            case .none: rule = .number
            }
            throw rejection(layout.headings[index], rule, bytes, cell)
        }
        guard !values.isEmpty else { throw rejection("row", .empty, bytes, range) }
        let labels = layout.labels.compactMapValues { index -> Double? in
            guard case .number(let value) = DecimalNumber.read(bytes, cells[index], decimal: layout.decimal) else {
                return nil
            }
            return value
        }
        return CSVRow(line: line, time: time, values: values, labels: labels)
    }

    private func rejection(_ field: String, _ rule: Rejection.Rule, _ bytes: [UInt8], _ range: Range<Int>) -> Rejection
    {
        Rejection(line: line, field: field, rule, String(decoding: bytes[range.prefix(400)], as: UTF8.self))
    }
}
