public import Record

/// What a city did when its industry went, and what came of it: context, trigger, measures, mechanism, outcomes, what
/// would not carry over. Every claim names its sources, and each outcome how sure it is.
public struct CityCase: Sendable, Hashable {
    /// What set it off.
    public enum Trigger: String, Sendable, CaseIterable {
        /// A yard, a base or a works that everything hung on shut.
        case closure
        /// The leading industry fell, all over the place.
        case collapse
        /// The public purse was empty.
        case bankruptcy
        /// A price that everything hung on fell.
        case price
        /// The state decided so, without a crisis.
        case policy
    }

    /// By what it is said to have worked.
    public enum Mechanism: String, Sendable, CaseIterable {
        /// Skills of the old industry went into a related one.
        case related
        /// A university or laboratory gave birth to firms.
        case university
        /// Land and buildings were made new.
        case place
        /// Firms, schools and government agreed, and kept an office for it.
        case alliance
        /// Other rules than around it, trade and investment let in.
        case opening
        /// Many industries instead of one.
        case diversity
    }

    /// What is said, and where it is from.
    public struct Claim: Sendable, Hashable {
        /// What is said.
        public let words: Words
        /// Its sources, by their names in the case.
        public let sources: [String]
    }

    /// What was done.
    public struct Measure: Sendable, Hashable {
        /// Who did it.
        public let actor: Words
        /// When, as exactly as is known: `1979`, `2000-07-01`; nil where that is unknown.
        public let date: String?
        /// What it cost; nil where that is unknown.
        public let cost: Words?
        /// What it was.
        public let claim: Claim
    }

    /// What came of it.
    public struct Outcome: Sendable, Hashable {
        /// What was measured, and in which unit.
        public let metric: Words, unit: Words
        /// How much it is; nil where only the direction is known.
        public let value: Double?
        /// The year for which it holds; nil where the source does not say.
        public let year: Int?
        /// How much it was before, and when, where that is known.
        public let before: (value: Double, year: Int)?
        /// How sure it is: 1 to 5 on the Maryland Scientific Methods Scale.
        public let level: Int
        /// What else must be known of it.
        public let note: Words?
        /// Its sources, by their names in the case.
        public let sources: [String]
    }

    /// Where something is written.
    public struct Source: Sendable, Hashable {
        /// Its name in the case.
        public let id: String
        /// What it is called, and who published it.
        public let title: String, publisher: String
        /// Where it is; nil for a note that stands on no public page.
        public let url: String?
        /// The day it was read: `2026-11-22`.
        public let read: String
    }

    /// Its name: part of its address.
    public let id: String
    /// The city, its country, and what the case is about.
    public let city: Words, country: Words, title: Words
    /// What it was like before.
    public let context: [Claim]
    /// What set it off.
    public let trigger: Trigger, triggered: Claim
    /// What was done.
    public let measures: [Measure]
    /// By what it is said to have worked, and why one thinks so.
    public let mechanisms: [Mechanism], mechanism: Claim
    /// What came of it.
    public let outcomes: [Outcome]
    /// How sure it is that the measures brought the outcomes: 1 to 5 on the Maryland Scientific Methods Scale, and why.
    public let level: Int, levelWhy: Words
    /// What would not carry over.
    public let limits: [Claim]
    /// What must hold elsewhere for it to carry over.
    public let conditions: [TransferCondition]
    /// Where it is all written.
    public let sources: [Source]
    /// What statistics call the place.
    public let regions: [String]

    /// What it is called in a list: the city and the title.
    public var name: Words { Words("\(city.ko): \(title.ko)", "\(city.en): \(title.en)") }

    /// Whether it is a city's own story: nobody held it against a place where nothing was done.
    public var isOwnStory: Bool { level == 1 }

    /// Its claims by their places in it, as a correction names them.
    public var claims: [(place: String, claim: Claim)] {
        func numbered(_ name: String, _ all: [Claim]) -> [(place: String, claim: Claim)] {
            all.enumerated().map { ("\(name).\($0.offset + 1)", $0.element) }
        }
        return numbered("context", context) + [("trigger", triggered)] + numbered("measures", measures.map(\.claim))
            + [("mechanism", mechanism)]
            + numbered("outcomes", outcomes.map { Claim(words: $0.metric, sources: $0.sources) })
            + numbered("limits", limits)
    }
}

extension CityCase.Outcome {
    /// The same figures from the same sources.
    public static func == (one: Self, other: Self) -> Bool {
        one.metric == other.metric && one.unit == other.unit && one.value == other.value && one.year == other.year
            && one.before?.value == other.before?.value && one.before?.year == other.before?.year
            && one.level == other.level && one.note == other.note && one.sources == other.sources
    }

    /// By what was measured.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(metric)
        hasher.combine(value)
        hasher.combine(year)
    }
}
