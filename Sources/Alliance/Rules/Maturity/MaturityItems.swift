import District
import Record

/// The items of the self-assessment and what each level is called elsewhere, read from `maturity-items.json`.
struct MaturityItems: Sendable {
    /// One of the five levels, with its names in Korea's scheme and acatech's.
    struct Level: Sendable {
        let number: Int
        let words: Words
        let korea: Words
        let acatech: [Words]
    }

    /// What to do next in a dimension, up to a level.
    struct Step: Sendable {
        let to: Int
        let words: Words
    }

    /// A field of the factory's work.
    struct Dimension: Sendable {
        let id: String
        let words: Words
        /// Kinds of solution that help here, as suppliers name them and courses are about them.
        let kinds: [String]
        let steps: [Step]

        /// The next step from a level; the first one where the level is unknown.
        func step(from level: Int?) -> Step? { steps.first { $0.to > (level ?? 0) } }
    }

    /// One question with its five described levels.
    struct Item: Sendable {
        let id: String
        let dimension: String
        let words: Words
        let levels: [Words]
        /// The SIRI dimensions that it speaks to, by name.
        let siri: [String]
    }

    /// What firms that took such steps report, with how much that proves.
    struct Effect: Sendable {
        let firms: Int64
        let period: String
        let productivity: Double, defects: Double, cost: Double
        /// On the Maryland scale, 1 to 5: the upper end of what it may be.
        let scale: Int64
        let source: Words, caution: Words
        let address: String
    }

    let dimensions: [Dimension]
    let items: [Item]
    let levels: [Level]
    let about: Words, crosswalk: Words
    let effect: Effect
    /// SHA-256 of the file it was read from.
    let edition: String

    /// The items of one dimension, in order.
    func items(of dimension: String) -> [Item] { items.filter { $0.dimension == dimension } }

    /// From `maturity-items.json`.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "maturity-items.json"
        let (json, edition) = try book.read(file)
        func fault(_ place: String, _ rule: String) -> HandbookError {
            HandbookError(file: file, place: place, rule: rule)
        }
        func texts(_ json: JSON?) -> [String] { json?.elements?.compactMap(\.text) ?? [] }
        dimensions = (json["dimensions"]?.elements ?? []).compactMap { entry in
            guard let id = entry["id"]?.text, let words = Words(entry) else { return nil }
            let steps = (entry["steps"]?.elements ?? []).compactMap { step -> Step? in
                guard let to = step["to"]?.integer, let words = Words(step) else { return nil }
                return Step(to: Int(to), words: words)
            }
            return Dimension(
                id: id, words: words, kinds: texts(entry["kinds"]), steps: steps)
        }
        items = (json["items"]?.elements ?? []).compactMap { entry in
            guard let id = entry["id"]?.text, let words = Words(entry) else { return nil }
            return Item(
                id: id, dimension: entry["dimension"]?.text ?? "", words: words,
                levels: (entry["levels"]?.elements ?? []).compactMap { Words($0) }, siri: texts(entry["siri"]))
        }
        levels = (json["levels"]?.elements ?? []).compactMap { entry in
            guard let number = entry["level"]?.integer, let words = Words(entry), let korea = Words(entry["korea"])
            else { return nil }
            return Level(
                number: Int(number), words: words, korea: korea,
                acatech: (entry["acatech"]?.elements ?? []).compactMap { Words($0) })
        }
        for item in items {
            guard item.levels.count == 5 else { throw fault(item.id, "five levels") }
            guard dimensions.contains(where: { $0.id == item.dimension }) else { throw fault(item.id, "dimension") }
        }
        guard Set(items.map(\.id)).count == items.count else { throw fault("items", "each id once") }
        guard levels.map(\.number) == [1, 2, 3, 4, 5] else { throw fault("levels", "1 to 5, in order") }
        for dimension in dimensions {
            guard items.contains(where: { $0.dimension == dimension.id }) else { throw fault(dimension.id, "items") }
            guard dimension.steps.last?.to == 5 else { throw fault(dimension.id, "a step to level 5") }
        }
        guard !dimensions.isEmpty, let about = Words(json["about"]), let crosswalk = Words(json["crosswalk"]),
            let effect = json["effect"], let firms = effect["firms"]?.integer, let scale = effect["sms"]?.integer,
            let productivity = effect["productivity"]?.double, let defects = effect["defects"]?.double,
            let cost = effect["cost"]?.double, let source = Words(effect["source"]),
            let caution = Words(effect["caution"])
        else { throw fault("", "dimensions, about, crosswalk and effect") }
        self.about = about
        self.crosswalk = crosswalk
        self.effect = Effect(
            firms: firms, period: effect["period"]?.text ?? "", productivity: productivity, defects: defects,
            cost: cost, scale: scale, source: source, caution: caution, address: effect["url"]?.text ?? "")
        self.edition = edition
    }
}
