import District
import Record

extension PermitRules {
    private static let file = "permits.json"

    /// Safety Rules 618 as enacted: what a district corrects may be stricter, never looser.
    static let loosest: [Gas: (from: Double?, below: Double)] = [
        .o2: (18, 23.5), .co2: (nil, 1.5), .co: (nil, 30), .h2s: (nil, 10), .lel: (nil, 10),
    ]

    /// Reads `permits.json`.
    /// - Throws: ``HandbookError`` naming the entry and what is wrong with it.
    init(_ book: Handbook, courses: TrainingCourses) throws(HandbookError) {
        let (json, edition) = try book.read(Self.file)
        self.edition = edition
        gate = try Self.gate(json["gas"])
        var kinds: [PermitKind] = []
        for entry in json["kinds"]?.elements ?? [] { kinds.append(try Self.kind(entry, courses)) }
        guard !kinds.isEmpty, Set(kinds.map(\.id)).count == kinds.count else { throw Self.fail("kinds", "each once") }
        self.kinds = kinds
        var clashes: [ClashRule] = []
        for (index, entry) in (json["clashes"]?.elements ?? []).enumerated() {
            guard let one = entry["a"]?.text, let other = entry["b"]?.text, let words = Bilingual.words(entry["words"]),
                let citation = Bilingual.words(entry["citation"]), let metres = entry["metres"]?.double, metres >= 0
            else { throw Self.fail("clashes[\(index)]", "a, b, metres, words and citation") }
            clashes.append(ClashRule(one: one, other: other, metres: metres, words: words, citation: citation))
        }
        self.clashes = clashes
        var facts: [(id: String, words: Words)] = []
        for entry in json["facts"]?.elements ?? [] {
            guard let id = entry["id"]?.text, let words = Bilingual.words(entry["words"]) else {
                throw Self.fail("facts", "id and words")
            }
            facts.append((id, words))
        }
        guard let citation = Bilingual.words(json["facts_citation"]) else { throw Self.fail("facts_citation", "words") }
        phrases = try Phrases(book)
        self.facts = facts
        factsCitation = citation
    }

    private static func fail(_ place: String, _ rule: String) -> HandbookError {
        HandbookError(file: file, place: place, rule: rule)
    }

    private static func gate(_ json: JSON?) throws(HandbookError) -> GasGate {
        func seconds(_ field: String, atMost: Double) throws(HandbookError) -> Double {
            guard let value = json?[field]?.double, value >= 0, value <= atMost else {
                throw fail("gas.\(field)", "seconds, at most \(atMost)")
            }
            return value
        }
        var limits: [Gas: GasLimit] = [:]
        for entry in json?["limits"]?.elements ?? [] {
            guard let gas = entry["gas"]?.text.flatMap(Gas.init), let title = Bilingual.words(entry["title"]),
                let citation = Bilingual.words(entry["citation"]), let below = entry["below"]?.double,
                entry["unit"]?.text == gas.unit.sign, let loosest = loosest[gas]
            else { throw fail("gas.limits", "gas, title, unit, below and citation") }
            let from = entry["from"]?.double
            guard below <= loosest.below, (from ?? -1) >= (loosest.from ?? -1) else {
                throw fail("gas.limits.\(gas.rawValue)", "is looser than Safety Rules 618")
            }
            limits[gas] = GasLimit(
                gas: gas, title: title, from: from, below: below, citation: citation,
                isAdvice: entry["mark"]?.text != "law")
        }
        guard limits.count == Gas.allCases.count else { throw fail("gas.limits", "every gas once") }
        return GasGate(
            limits: limits, live: try seconds("live_seconds", atMost: 120),
            portable: try seconds("portable_seconds", atMost: 3600), ahead: try seconds("ahead_seconds", atMost: 5))
    }

    private static func kind(_ entry: JSON, _ courses: TrainingCourses) throws(HandbookError) -> PermitKind {
        let place = entry["id"]?.text ?? "kinds"
        guard let id = entry["id"]?.text, let title = Bilingual.words(entry["title"]),
            let citation = Bilingual.words(entry["citation"]), let hours = entry["hours"]?.double, hours > 0,
            hours <= 24
        else { throw fail(place, "id, title, citation, and hours up to 24") }
        func texts(_ field: String) -> [String] { (entry[field]?.elements ?? []).compactMap(\.text) }
        for course in texts("training") + texts("watcher_training") where courses[course] == nil {
            throw fail(place, "training.json has no course \(course)")
        }
        let (gases, watched) = (texts("gases").map { Gas(rawValue: $0) }, texts("watched").map { Gas(rawValue: $0) })
        guard !(gases + watched).contains(nil) else { throw fail(place, "gases") }
        // Safety Rules 618 names four: a confined space is never judged by fewer.
        guard id != "confined" || Set(gases).isSuperset(of: [.o2, .co2, .co, .h2s]) else {
            throw fail(place, "gases o2, co2, co and h2s")
        }
        var checklist: [PermitKind.Check] = []
        for check in entry["checklist"]?.elements ?? [] {
            guard let id = check["id"]?.text, let words = Bilingual.words(check["words"]),
                let citation = Bilingual.words(check["citation"])
            else { throw fail(place, "each check with id, words and citation") }
            checklist.append(
                PermitKind.Check(id: id, words: words, citation: citation, isAdvice: check["mark"]?.text != "law"))
        }
        return PermitKind(
            id: id, title: title, citation: citation, isAdvice: entry["mark"]?.text != "law", hours: hours,
            needsWatcher: entry["needs_watcher"]?.bool ?? true, training: texts("training"),
            watcherTraining: texts("watcher_training"), gases: Set(gases.compactMap { $0 }),
            watched: Set(watched.compactMap { $0 }), needsLocks: entry["needs_locks"]?.bool ?? false,
            postsFacts: entry["posts_facts"]?.bool ?? false, countsHeads: entry["counts_heads"]?.bool ?? false,
            checklist: checklist)
    }
}
