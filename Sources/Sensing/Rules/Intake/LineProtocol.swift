import Record
import Series

/// InfluxDB's line protocol, version 2, as `/api/v2/write` takes it:
/// `measurement,tag=… field=1.2,other=3i 1700000000000000000`.
///
/// A tag `thing`, `machine`, `sensor` or `host` (the first there is) names the thing, else the measurement does. Each
/// field is a property: its key, after the measurement's name where that is not the thing; a field `value` is named
/// by the measurement alone. Tags `unit` (UCUM) and `quality` are understood; other tags are let pass.
///
/// A line that is not well formed is rejected whole. In one that is, a field that can be no reading (a text, NaN, a
/// number too large) is rejected by its name and the others are taken: Telegraf sends such lines all day.
struct LineProtocol {
    /// What a timestamp counts.
    enum Precision: String, Sendable {
        case nanoseconds = "ns", microseconds = "us", milliseconds = "ms", seconds = "s"
    }

    /// The longest line taken, in bytes.
    static let longestLine = 64 * 1024

    let bytes: [UInt8]
    let precision: Precision
    let now: Timestamp
    /// The cursor, the line it is on, and the line on which what is being read began.
    var at = 0
    var line = 1
    var began = 1
    var parsed = Parsed()
    /// What was seen before, so that a stream of the same few series makes no strings: by the hash of their bytes.
    var heads: [Head] = []
    var headAt: [UInt64: Int] = [:]
    var columns: [Column] = []
    var columnAt: [UInt64: Int] = [:]

    /// What stands before the fields.
    struct Head {
        let bytes: Range<Int>
        let measurement: String
        let thing: String
        let unit: String?
        let quality: Quality
    }

    /// A field of a head: the series it feeds.
    struct Column {
        let head: Int
        let bytes: Range<Int>
        let series: SeriesKey
    }

    private init(_ bytes: [UInt8], _ precision: Precision, _ now: Timestamp) {
        self.bytes = bytes
        self.precision = precision
        self.now = now
    }

    /// Reads lines; one that cannot be read is rejected alone. A line without a timestamp was observed now.
    static func parse(_ bytes: [UInt8], precision: Precision = .nanoseconds, now: Timestamp) -> Parsed {
        var parser = LineProtocol(bytes, precision, now)
        parser.run()
        return parser.parsed
    }

    private mutating func run() {
        while at < bytes.count {
            skipBlanks()
            guard at < bytes.count else { return }
            if bytes[at] != Sign.hash, bytes[at] != Sign.newline { one() }
            while at < bytes.count, bytes[at] != Sign.newline { at += 1 }
            at += 1
            line += 1
        }
    }

    /// Takes the line in, whole or, where its form is broken, not at all.
    private mutating func one() {
        let (start, mark, first) = (at, parsed.mark, parsed.samples.count)
        began = line
        do throws(Rejection) {
            try fields(of: try head())
            let moment = try timestamp()
            guard at - start <= Self.longestLine else { throw rejection("line", .tooLong) }
            parsed.date(from: first, moment)
        } catch {
            parsed.goBack(to: mark)
            parsed.reject(error)
            // A quotation mark that is never closed must not swallow the lines that follow.
            if line > began { (at, line) = (start, began) }
        }
    }

    private mutating func fields(of head: Int) throws(Rejection) {
        at += 1
        skipBlanks()
        while true {
            let start = at
            let hash = scan(Sign.equals, Sign.comma, Sign.space) &+ UInt64(head) &* 0x9E37_79B9_7F4A_7C15
            let key = start..<at
            guard at < bytes.count, bytes[at] == Sign.equals, !key.isEmpty else {
                throw rejection("fields", .syntax, key)
            }
            at += 1
            let series = try series(of: key, head, hash)
            if let value = try value(for: series.property) {
                let reading = Reading(time: now, value: value, quality: heads[head].quality)
                parsed.take(Sample(series, unit: heads[head].unit, reading), line: began)
            }
            guard at < bytes.count, bytes[at] == Sign.comma else { return }
            at += 1
        }
    }

    private mutating func timestamp() throws(Rejection) -> Timestamp {
        skipBlanks()
        let start = at
        var isNegative = false
        if at < bytes.count, bytes[at] == Sign.minus {
            isNegative = true
            at += 1
        }
        var count: Int64 = 0
        var isWhole = true
        while at < bytes.count, bytes[at] >= 48, bytes[at] <= 57 {
            let (tens, isTooLarge) = count.multipliedReportingOverflow(by: 10)
            let (sum, isTooLargeStill) = tens.addingReportingOverflow(Int64(bytes[at] - 48))
            isWhole = isWhole && !isTooLarge && !isTooLargeStill
            count = sum
            at += 1
        }
        let digits = start..<at
        skipBlanks()
        guard at == bytes.count || bytes[at] == Sign.newline, isWhole,
            digits.count > (isNegative ? 1 : 0) || digits.isEmpty
        else {
            scan(Sign.newline, Sign.newline, Sign.newline)
            throw rejection("timestamp", .timestamp, start..<at)
        }
        if digits.isEmpty { return now }
        if isNegative { count = -count }
        let (micro, isTooLarge): (Int64, Bool) =
            switch precision {
            case .nanoseconds: (count / 1000 - (count % 1000 < 0 ? 1 : 0), false)
            case .microseconds: (count, false)
            case .milliseconds: count.multipliedReportingOverflow(by: 1000)
            case .seconds: count.multipliedReportingOverflow(by: 1_000_000)
            }
        guard !isTooLarge, micro.magnitude < 1 << 60 else { throw rejection("timestamp", .timestamp, digits) }
        return Timestamp(microseconds: micro)
    }
}
