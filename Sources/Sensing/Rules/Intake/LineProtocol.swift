import Record
import Series

/// InfluxDB's line protocol (version 2): `measurement,tag=value field=1.5,other=2i 1700000000000000000`.
///
/// A tag `thing`, `machine`, `sensor` or `host` (the first there is) names the thing, else the measurement does. Each
/// field is a property: its key, after the measurement's name where that is not the thing; a field `value` is named
/// by the measurement alone. Tags `unit` (UCUM) and `quality` are understood; other tags are let pass.
struct LineProtocol {
    /// What a timestamp counts.
    enum Precision: String, Sendable {
        case nanoseconds = "ns", microseconds = "us", milliseconds = "ms", seconds = "s"
    }

    /// The longest line taken, in bytes.
    static let longestLine = 64 * 1024

    private let bytes: [UInt8]
    private let precision: Precision
    private let now: Timestamp
    private var at = 0
    private var end = 0
    private var line = 0
    private var parsed = Parsed()
    /// Names seen so far, so that a stream of the same few series makes no strings.
    private var keys: [ArraySlice<UInt8>: Head] = [:]

    /// What stands before the fields.
    private struct Head {
        let measurement: String
        let thing: String
        let unit: String?
        let quality: Quality
        var series: [ArraySlice<UInt8>: SeriesKey] = [:]
    }

    private init(_ bytes: [UInt8], _ precision: Precision, _ now: Timestamp) {
        self.bytes = bytes
        self.precision = precision
        self.now = now
    }

    /// Reads lines; one that cannot be read is rejected alone.
    static func parse(_ bytes: [UInt8], precision: Precision = .nanoseconds, now: Timestamp) -> Parsed {
        var parser = LineProtocol(bytes, precision, now)
        parser.run()
        return parser.parsed
    }

    private mutating func run() {
        while at < bytes.count {
            line += 1
            end = at
            var isQuoted = false
            // A quoted text field may hold a line break.
            while end < bytes.count, bytes[end] != 10 || isQuoted {
                if bytes[end] == 92 { end += 1 } else if bytes[end] == 34 { isQuoted.toggle() }
                end += 1
            }
            end = min(end, bytes.count)
            let next = end + 1
            if end > at, bytes[end - 1] == 13 { end -= 1 }
            while at < end, bytes[at] == 32 { at += 1 }
            if at < end, bytes[at] != 35 {
                let kept = parsed.samples.count
                do throws(Rejection) {
                    try one()
                } catch {
                    // A line is taken whole or not at all.
                    parsed.samples.removeLast(parsed.samples.count - kept)
                    parsed.rejections.append(error)
                }
            }
            at = next
        }
    }

    private mutating func one() throws(Rejection) {
        guard end - at <= Self.longestLine else { throw rejection("line", .tooLong) }
        let headStart = at
        skip(to: [32])
        let raw = bytes[headStart..<at]
        guard at < end else { throw rejection("fields", .missing, raw) }
        var head: Head
        if let known = keys[raw] { head = known } else { head = try self.head(raw) }
        at += 1
        let first = parsed.samples.count
        repeat {
            let keyStart = at
            skip(to: [61, 44, 32])
            let key = bytes[keyStart..<at]
            guard at < end, bytes[at] == 61, !key.isEmpty else { throw rejection("fields", .syntax, key) }
            at += 1
            let series: SeriesKey
            if let known = head.series[key] {
                series = known
            } else {
                series = try self.series(key, head)
                head.series[key] = series
            }
            let value = try value(of: series.property)
            parsed.samples.append(
                Sample(series, unit: head.unit, Reading(time: now, value: value, quality: head.quality)))
            guard at < end, bytes[at] == 44 else { break }
            at += 1
        } while true
        keys[raw] = head
        let moment = try timestamp()
        for index in first..<parsed.samples.count { parsed.samples[index].reading.time = moment }
    }

    /// Moves to the next unescaped byte among some, or the line's end.
    private mutating func skip(to stops: [UInt8]) {
        while at < end, !stops.contains(bytes[at]) { at += bytes[at] == 92 ? 2 : 1 }
        at = min(at, end)
    }

    private func head(_ raw: ArraySlice<UInt8>) throws(Rejection) -> Head {
        let parts = split(raw)
        let measurement = text(parts[0])
        guard SeriesName.isSound(measurement) else { throw rejection("measurement", .name, parts[0]) }
        var tags: [String: String] = [:]
        for part in parts.dropFirst() {
            var equals = part.startIndex
            while equals < part.endIndex, part[equals] != 61 { equals += part[equals] == 92 ? 2 : 1 }
            guard equals < part.endIndex, equals > part.startIndex, equals + 1 < part.endIndex else {
                throw rejection("tags", .syntax, part)
            }
            tags[text(part[..<equals])] = text(part[(equals + 1)...])
        }
        let thing = tags["thing"] ?? tags["machine"] ?? tags["sensor"] ?? tags["host"] ?? measurement
        guard SeriesName.isSound(thing) else { throw rejection("thing", .name, thing.utf8) }
        let quality: Quality =
            switch tags["quality"] {
            case nil, "good": .good
            case "uncertain": .uncertain
            default: .bad
            }
        return Head(measurement: measurement, thing: thing, unit: tags["unit"], quality: quality)
    }

    private func series(_ key: ArraySlice<UInt8>, _ head: Head) throws(Rejection) -> SeriesKey {
        let field = text(key)
        let name =
            head.measurement == head.thing
            ? field : field == "value" ? head.measurement : "\(head.measurement)_\(field)"
        let property = SeriesName.property(name)
        guard SeriesName.isSound(property) else { throw rejection(field, .name, key) }
        return SeriesKey(ThingID(head.thing), property)
    }

    private mutating func value(of field: String) throws(Rejection) -> Double {
        let start = at
        if at < end, bytes[at] == 34 {
            at += 1
            while at < end, bytes[at] != 34 { at += bytes[at] == 92 ? 2 : 1 }
            at = min(at + 1, end)
            throw rejection(field, .text, bytes[start..<at])
        }
        while at < end, bytes[at] != 44, bytes[at] != 32 { at += 1 }
        var raw = bytes[start..<at]
        switch String(decoding: raw, as: UTF8.self) {
        case "t", "T", "true", "True", "TRUE": return 1
        case "f", "F", "false", "False", "FALSE": return 0
        default: break
        }
        if raw.last == 105 || raw.last == 117 { raw = raw.dropLast() }
        guard let value = DecimalNumber.double(raw) else { throw rejection(field, .number, raw) }
        guard value.isFinite else { throw rejection(field, .notFinite, raw) }
        return value
    }

    private mutating func timestamp() throws(Rejection) -> Timestamp {
        while at < end, bytes[at] == 32 { at += 1 }
        guard at < end else { return now }
        let raw = bytes[at..<end]
        guard let count = Int64(String(decoding: raw, as: UTF8.self)) else {
            throw rejection("timestamp", .timestamp, raw)
        }
        let (micro, overflow): (Int64, Bool) =
            switch precision {
            case .nanoseconds: (count / 1000 - (count % 1000 < 0 ? 1 : 0), false)
            case .microseconds: (count, false)
            case .milliseconds: count.multipliedReportingOverflow(by: 1000)
            case .seconds: count.multipliedReportingOverflow(by: 1_000_000)
            }
        guard !overflow, abs(micro) < 1 << 60 else { throw rejection("timestamp", .timestamp, raw) }
        return Timestamp(microseconds: micro)
    }

    private func split(_ raw: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = raw.startIndex
        var index = start
        while index < raw.endIndex {
            if raw[index] == 44 {
                parts.append(raw[start..<index])
                start = index + 1
            }
            index += raw[index] == 92 ? 2 : 1
        }
        parts.append(raw[start..<raw.endIndex])
        return parts
    }

    /// Without the backslashes that protect commas, spaces and equals signs.
    private func text(_ raw: ArraySlice<UInt8>) -> String {
        guard raw.contains(92) else { return String(decoding: raw, as: UTF8.self) }
        var out: [UInt8] = []
        var index = raw.startIndex
        while index < raw.endIndex {
            if raw[index] == 92, index + 1 < raw.endIndex, [44, 32, 61].contains(raw[index + 1]) { index += 1 }
            out.append(raw[index])
            index += 1
        }
        return String(decoding: out, as: UTF8.self)
    }

    private func rejection(_ field: String, _ rule: Rejection.Rule, _ text: some Sequence<UInt8> = []) -> Rejection {
        Rejection(line: line, field: field, rule, String(decoding: Array(text), as: UTF8.self))
    }
}
