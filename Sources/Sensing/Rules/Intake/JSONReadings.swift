import Record
import Series

/// Readings as JSON: one object, an array of them or one a line, each either
/// `{"thing":"press-1","time":…,"unit":…,"quality":…,"values":{"vibration":1.2}}` or
/// `{"thing":"press-1","property":"vibration","value":1.2,"time":…}`. What the payload lacks a topic may supply.
struct JSONReadings {
    /// The most objects taken at once.
    static let most = 100_000

    private let thing: String?
    private let property: String?
    private let now: Timestamp
    private var parsed = Parsed()

    /// Reads a document; an object that cannot be read is rejected alone, its number standing for the line. In one
    /// that can, a value that is no reading is rejected by its name and the others are taken.
    /// - Parameters:
    ///   - thing: which thing is meant where an object does not say.
    ///   - property: which property is meant where an object does not say.
    ///   - now: when an object was observed that does not say.
    static func parse(_ bytes: [UInt8], thing: String? = nil, property: String? = nil, now: Timestamp) -> Parsed {
        var reader = JSONReadings(thing: thing, property: property, now: now)
        if let elements = JSONPieces.elements(bytes) {
            reader.read(elements, of: bytes)
        } else if let document = try? JSON(parsing: bytes) {
            reader.take(document, line: 1)
        } else {
            // No single document: then each line may be one, and says itself what is wrong with it.
            let lines = JSONPieces.lines(bytes)
            reader.read(lines.isEmpty ? [(1, 0..<0)] : lines, of: bytes)
        }
        return reader.parsed
    }

    private init(thing: String?, property: String?, now: Timestamp) {
        self.thing = thing
        self.property = property
        self.now = now
    }

    private mutating func read(_ pieces: [JSONPieces.Piece], of bytes: [UInt8]) {
        for piece in pieces.prefix(Self.most) {
            do throws(JSONError) {
                take(try JSON(parsing: bytes[piece.bytes]), line: piece.number)
            } catch {
                let shown = String(decoding: bytes[piece.bytes.prefix(400)], as: UTF8.self)
                let rule: Rejection.Rule = error.rule == .numberOutOfRange ? .range : .syntax
                parsed.reject(Rejection(line: piece.number, field: "json", rule, shown))
            }
        }
        if pieces.count > Self.most { parsed.reject(Rejection(line: Self.most + 1, field: "json", .tooLong)) }
    }

    private mutating func take(_ object: JSON, line: Int) {
        do throws(Rejection) {
            // A bare number is a reading where the topic names the series: what a small sensor publishes.
            if case .number = object { try samples(["value": object], line) } else { try samples(object, line) }
        } catch {
            parsed.reject(error)
        }
    }

    private mutating func samples(_ object: JSON, _ line: Int) throws(Rejection) {
        guard let members = object.members else { throw Rejection(line: line, field: "json", .syntax) }
        guard let thing = members["thing"]?.text ?? thing else { throw Rejection(line: line, field: "thing", .missing) }
        guard SeriesName.isSound(thing) else { throw Rejection(line: line, field: "thing", .name, thing) }
        let time = try moment(members["time"] ?? members["timestamp"], line)
        // A quality that is there but not in our words is not a good one.
        let quality = members["quality"].map { Quality(word: $0.text ?? "") } ?? .good
        let unit = members["unit"]?.text
        for (name, value) in try values(members, line).sorted(by: { $0.key < $1.key }) {
            do throws(Rejection) {
                let property = SeriesName.property(name)
                guard SeriesName.isSound(property) else { throw Rejection(line: line, field: name, .name, name) }
                let reading = Reading(time: time, value: try Self.number(value, name, line), quality: quality)
                parsed.take(Sample(SeriesKey(ThingID(thing), property), unit: unit, reading), line: line)
            } catch {
                parsed.reject(error)
            }
        }
    }

    private func values(_ members: [String: JSON], _ line: Int) throws(Rejection) -> [String: JSON] {
        if let many = members["values"]?.members, !many.isEmpty { return many }
        guard let value = members["value"] else { throw Rejection(line: line, field: "values", .empty) }
        guard let name = members["property"]?.text ?? property else {
            throw Rejection(line: line, field: "property", .missing)
        }
        return [name: value]
    }

    private static func number(_ value: JSON, _ name: String, _ line: Int) throws(Rejection) -> Double {
        switch value {
        case .number(let number) where number.isFinite: return number
        case .number: throw Rejection(line: line, field: name, .notFinite)
        case .bool(let flag): return flag ? 1 : 0
        case .string(let text): throw Rejection(line: line, field: name, .text, text)
        default: throw Rejection(line: line, field: name, .number, String(value.canonicalText.prefix(400)))
        }
    }

    private func moment(_ value: JSON?, _ line: Int) throws(Rejection) -> Timestamp {
        let moment: Timestamp? =
            switch value {
            case nil, .null: now
            case .number(let number): ReadingTime.moment(counting: number)
            case .string(let text): ReadingTime.moment(text, offsetSeconds: 0)
            default: nil
            }
        if let moment { return moment }
        throw Rejection(line: line, field: "time", .timestamp, String((value?.canonicalText ?? "").prefix(400)))
    }
}
