import District
import Record

/// What a kind of permit asks before and during the work, as the handbook has it.
struct PermitKind: Sendable, Hashable {
    /// A thing to be checked at the place.
    struct Check: Sendable, Hashable {
        let id: String
        let words: Words
        let citation: Words
        let isAdvice: Bool
    }

    /// `hot`, `confined` …
    let id: String
    let title: Words
    let citation: Words
    let isAdvice: Bool
    /// How long one may run, in hours.
    let hours: Double
    /// Whether someone stands outside and watches.
    let needsWatcher: Bool
    /// Courses that everyone who works needs.
    let training: [String]
    /// Courses that the watcher needs.
    let watcherTraining: [String]
    /// Gases that must have been measured.
    let gases: Set<Gas>
    /// Gases that are judged where they are measured.
    let watched: Set<Gas>
    /// Whether isolation points must be locked.
    let needsLocks: Bool
    /// Whether the six facts of Safety Rules 619 are posted.
    let postsFacts: Bool
    /// Whether people are counted in and out because the space itself is the danger.
    let countsHeads: Bool
    let checklist: [Check]

    /// Whether air is judged at all.
    var asksGas: Bool { !gases.isEmpty }
}

/// The handbook of permits, with the edition that events name.
struct PermitRules: Sendable {
    let kinds: [PermitKind]
    let clashes: [ClashRule]
    let gate: GasGate
    /// What is posted at the entrance (Safety Rules 619).
    let facts: [(id: String, words: Words)]
    let factsCitation: Words
    /// What is called out to workers in their languages.
    let phrases: Phrases
    /// SHA-256 of the file.
    let edition: String

    /// A kind by its name; nil where there is none.
    subscript(_ id: String) -> PermitKind? { kinds.first { $0.id == id } }

    /// As a form offers them.
    var choices: [Field.Choice] { kinds.map { Field.Choice($0.id, $0.title) } }
}
