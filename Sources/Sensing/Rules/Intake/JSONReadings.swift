import Record
import Series

/// Readings as JSON: one object or an array of them, either
/// `{"thing":"press-1","time":…,"unit":…,"quality":…,"values":{"vibration":1.2}}` or
/// `{"thing":"press-1","property":"vibration","value":1.2,"time":…}`. What the payload lacks a topic may supply.
enum JSONReadings {
    /// The most objects taken at once.
    static let most = 100_000

    /// Reads a document; an object that cannot be read is rejected alone, its number standing for the line.
    static func parse(_ bytes: [UInt8], thing: String? = nil, property: String? = nil, now: Timestamp) -> Parsed {
        var parsed = Parsed()
        let document: JSON
        do throws(JSONError) {
            document = try JSON(parsing: bytes)
        } catch {
            parsed.rejections.append(Rejection(line: 1, field: "json", .syntax, "\(error)"))
            return parsed
        }
        // A bare number is a reading where the topic names the series: what a small sensor publishes.
        let objects: [JSON] =
            switch document {
            case .array(let elements): elements
            case .number: [.object(["value": document])]
            default: [document]
            }
        for (index, object) in objects.enumerated() {
            do throws(Rejection) {
                guard index < most else { throw Rejection(line: index + 1, field: "array", .tooLong) }
                parsed.samples += try samples(object, line: index + 1, thing, property, now)
            } catch {
                parsed.rejections.append(error)
                if index >= most { break }
            }
        }
        return parsed
    }

    private static func samples(
        _ object: JSON, line: Int, _ topicThing: String?, _ topicProperty: String?, _ now: Timestamp
    ) throws(Rejection) -> [Sample] {
        guard let members = object.members else { throw Rejection(line: line, field: "json", .syntax) }
        guard let thing = members["thing"]?.text ?? topicThing else {
            throw Rejection(line: line, field: "thing", .missing)
        }
        guard SeriesName.isSound(thing) else { throw Rejection(line: line, field: "thing", .name, thing) }
        let time = try moment(members["time"] ?? members["timestamp"], line: line, now)
        let quality =
            members["quality"]?.text.map { ["good": Quality.good, "uncertain": .uncertain][$0] ?? .bad } ?? .good
        let unit = members["unit"]?.text
        var values: [(String, JSON)] = []
        if let many = members["values"]?.members {
            values = many.sorted { $0.key < $1.key }
        } else if let value = members["value"] {
            guard let name = members["property"]?.text ?? topicProperty else {
                throw Rejection(line: line, field: "property", .missing)
            }
            values = [(name, value)]
        }
        guard !values.isEmpty else { throw Rejection(line: line, field: "values", .empty) }
        var samples: [Sample] = []
        for (name, value) in values {
            let property = SeriesName.property(name)
            guard SeriesName.isSound(property) else { throw Rejection(line: line, field: name, .name, name) }
            let number: Double
            switch value {
            case .number(let double): number = double
            case .bool(let flag): number = flag ? 1 : 0
            case .string(let text): throw Rejection(line: line, field: name, .text, text)
            default: throw Rejection(line: line, field: name, .number)
            }
            guard number.isFinite else { throw Rejection(line: line, field: name, .notFinite) }
            samples.append(
                Sample(
                    SeriesKey(ThingID(thing), property), unit: unit,
                    Reading(time: time, value: number, quality: quality)))
        }
        return samples
    }

    private static func moment(_ value: JSON?, line: Int, _ now: Timestamp) throws(Rejection) -> Timestamp {
        switch value {
        case nil, .null: return now
        case .number(let number):
            guard let moment = ReadingTime.moment(counting: number) else { break }
            return moment
        case .string(let text):
            guard let moment = ReadingTime.moment(text, offsetSeconds: 0) else { break }
            return moment
        default: break
        }
        throw Rejection(line: line, field: "time", .timestamp, value?.text ?? "")
    }
}
