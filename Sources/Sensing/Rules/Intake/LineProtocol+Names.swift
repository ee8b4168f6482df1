import Record
import Series

extension LineProtocol {
    /// Reads measurement and tags up to the space that ends them.
    /// - Returns: the head's place among those known.
    mutating func head() throws(Rejection) -> Int {
        let start = at
        let hash = scan(Sign.space, Sign.space, Sign.space)
        let range = start..<at
        guard at < bytes.count, bytes[at] == Sign.space else { throw rejection("fields", .missing, range) }
        if let known = headAt[hash], same(heads[known].bytes, range) { return known }
        heads.append(try head(range))
        headAt[hash] = heads.count - 1
        return heads.count - 1
    }

    private func head(_ range: Range<Int>) throws(Rejection) -> Head {
        var parts = split(range)
        let first = parts.removeFirst()
        let measurement = text(first)
        guard SeriesName.isSound(measurement) else { throw rejection("measurement", .name, first) }
        var tags: [String: String] = [:]
        for part in parts {
            guard let equals = unprotected(Sign.equals, part), equals > part.lowerBound, equals + 1 < part.upperBound
            else { throw rejection("tags", .syntax, part) }
            tags[text(part.lowerBound..<equals)] = text(equals + 1..<part.upperBound)
        }
        let thing = tags["thing"] ?? tags["machine"] ?? tags["sensor"] ?? tags["host"] ?? measurement
        guard SeriesName.isSound(thing) else { throw Rejection(line: began, field: "thing", .name, thing) }
        return Head(
            bytes: range, measurement: measurement, thing: thing, unit: tags["unit"],
            quality: tags["quality"].map(Quality.init(word:)) ?? .good)
    }

    /// The series that a field of a head feeds.
    mutating func series(of key: Range<Int>, _ head: Int, _ hash: UInt64) throws(Rejection) -> SeriesKey {
        if let known = columnAt[hash], columns[known].head == head, same(columns[known].bytes, key) {
            return columns[known].series
        }
        let field = text(key)
        let (measurement, thing) = (heads[head].measurement, heads[head].thing)
        let name = measurement == thing ? field : field == "value" ? measurement : "\(measurement)_\(field)"
        let property = SeriesName.property(name)
        guard SeriesName.isSound(property) else { throw rejection(field, .name, key) }
        let series = SeriesKey(ThingID(thing), property)
        columns.append(Column(head: head, bytes: key, series: series))
        columnAt[hash] = columns.count - 1
        return series
    }

    private func split(_ range: Range<Int>) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var rest = range
        while let comma = unprotected(Sign.comma, rest) {
            parts.append(rest.lowerBound..<comma)
            rest = comma + 1..<range.upperBound
        }
        return parts + [rest]
    }

    private func unprotected(_ sign: UInt8, _ range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == sign { return index }
            index += bytes[index] == Sign.backslash ? 2 : 1
        }
        return nil
    }
}
