import District
import Record

/// When a use of AI is flagged: `Data/watch-rules.json`, where each threshold stands with its reason.
struct WatchRules: Sendable {
    /// A share that must not be exceeded.
    struct Limit: Sendable, Hashable {
        /// The share.
        let share: Double
        /// How many judgements must have been seen.
        let least: Int64
        /// The confidence of the exact interval whose lower end must lie above the share.
        let confidence: Double
    }

    /// Days over which shares are counted.
    let days: Int64
    /// Of what a person decided otherwise, and of what was handed to a person.
    let limits: [WatchRule: Limit]
    /// How many first turns are the reference, and the test against it.
    let reference: Int64
    let drift: DropTest
    /// The test of a group against the others.
    let gap: DropTest
    /// How many turns of the others, and of the group, before they count at all.
    let leastRest: Int64, leastGroup: Int64
    /// From how many turns on it may be said that no gap was seen.
    let enough: Int64
    /// By how much the threshold is higher for groups that nothing made likely to be served worse.
    let handicap: Double
    /// The groups, by dimension, that are known to be served worse by such systems.
    let expected: [String: Set<String>]
    /// Names that begin so serve citizens directly: a wrong act suspends their pilots.
    let citizenPrefixes: [String]
    /// Tiers of risk in which a flag comes with the proposal to switch the use off.
    let proposingTiers: Set<RiskTier>
    /// What people call dimensions and groups.
    let names: [String: [String: Words]], dimensions: [String: Words]
    /// SHA-256 of the file.
    let edition: String
    /// The file, as the Record keeps it.
    let document: JSON

    static let file = "watch-rules.json"
    /// From here on these rules count: what was judged before keeps the scores that the rules of its time gave it.
    static let adopted = "stewardship.watch.rules-adopted"

    init(_ book: Handbook) throws(HandbookError) {
        let (json, edition) = try book.read(Self.file)
        try self.init(json, edition: edition)
    }

    init(_ json: JSON, edition: String) throws(HandbookError) {
        func wrong(_ place: String) -> HandbookError {
            HandbookError(file: Self.file, place: place, rule: "is missing or out of bounds")
        }
        func number(_ place: String, _ bounds: ClosedRange<Double>) throws(HandbookError) -> Double {
            var found: JSON? = json
            for key in place.split(separator: ".") { found = found?[String(key)] }
            guard let value = found?.double, bounds.contains(value) else { throw wrong(place) }
            return value
        }
        func count(_ place: String) throws(HandbookError) -> Int64 { Int64(try number(place, 1...1_000_000)) }
        func test(_ place: String) throws(HandbookError) -> DropTest {
            DropTest(
                drop: try number("\(place).drop", 0.01...0.5), threshold: try number("\(place).threshold", 1...50),
                margin: try number("\(place).margin", 0...3))
        }
        func limit(_ place: String) throws(HandbookError) -> Limit {
            Limit(
                share: try number("\(place).share", 0...1), least: try count("\(place).least"),
                confidence: try number("\(place).confidence", 0.5...0.9999))
        }
        days = try count("days")
        limits = [.overrides: try limit("overrides"), .escalations: try limit("escalations")]
        reference = try count("drift.reference")
        drift = try test("drift")
        gap = try test("gap")
        leastRest = try count("gap.rest")
        leastGroup = try count("gap.group")
        enough = try count("gap.enough")
        handicap = try number("gap.handicap", 0...10)
        citizenPrefixes = (json["citizen"]?["prefixes"]?.elements ?? []).compactMap(\.text)
        proposingTiers = Set(
            (json["switch_off"]?["tiers"]?.elements ?? []).compactMap { $0.text.flatMap { RiskTier(rawValue: $0) } })
        func words(_ json: JSON?) -> Words? {
            guard let ko = json?["ko"]?.text, let en = json?["en"]?.text else { return nil }
            return Words(ko, en)
        }
        let members = json["groups"]?.members ?? [:]
        dimensions = members.compactMapValues { words($0["name"]) }
        names = members.mapValues { ($0["groups"]?.members ?? [:]).compactMapValues { words($0) } }
        expected = members.mapValues { Set(($0["expected"]?.elements ?? []).compactMap(\.text)) }
        self.edition = edition
        document = json
    }

    /// The event that makes them count.
    var draft: Draft {
        Draft(
            Self.adopted, stream: "watch-rules/zone", scope: .zone,
            payload: ["edition": .string(edition), "rules": document])
    }

    /// Whether a group is known to be served worse by such systems.
    func isExpected(_ group: String, in dimension: String) -> Bool { expected[dimension]?.contains(group) == true }

    /// What people call a group: `70+` of `age`; its own text where the data has no name.
    func name(_ group: String, in dimension: String) -> Words {
        names[dimension]?[group] ?? Words(group, group)
    }

    /// What people call a dimension.
    func name(ofDimension dimension: String) -> Words { dimensions[dimension] ?? Words(dimension, dimension) }

    /// Whether a use serves citizens directly.
    func servesCitizens(_ use: String) -> Bool { citizenPrefixes.contains { use.hasPrefix($0) } }
}
