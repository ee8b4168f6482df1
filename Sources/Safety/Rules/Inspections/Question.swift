import Record

/// One question of an inspection: what is looked at, how it is answered, and how bad it is where it fails.
struct Question: Sendable, Hashable {
    /// Its name within the template: `guard`.
    let id: String
    /// What is asked; a check is asked so that yes is good.
    let words: Words
    /// How it is answered.
    let kind: Kind
    /// Whether it must be answered where it is asked.
    let isRequired: Bool
    /// Whether it may be answered with “does not apply”.
    let mayNotApply: Bool
    /// It is asked only where an earlier question has this answer.
    let condition: Condition?
    /// Whether a failure needs a photo.
    let needsPhoto: Bool
    /// How bad a failure is; `severe` means that the work must not go on before it is mended.
    let severity: RiskBand
    /// Where it comes from, and whether that is law read in the primary text or advice.
    let citation: Citation?

    /// How a question is answered.
    enum Kind: Sendable, Hashable {
        /// Yes (good) or no (a failure).
        case check
        /// A number, good within bounds.
        case number(Bounds)
        /// One of several, some of which are failures.
        case choice([Option])
        /// A few words; never a failure.
        case text

        /// Its name in data.
        var name: String {
            switch self {
            case .check: "check"
            case .number: "number"
            case .choice: "choice"
            case .text: "text"
            }
        }
    }

    /// Within which a number is good.
    struct Bounds: Sendable, Hashable {
        /// The least that is good.
        let low: Double?
        /// The most that is good.
        let high: Double?
        /// What a good number stays below: the law on air says “below 23.5 %”, and 23.5 % fails.
        let below: Double?
        /// UCUM, or as people write it.
        let unit: String

        /// Whether a number is good.
        func holds(_ number: Double) -> Bool {
            low.map { number >= $0 } ?? true && high.map { number <= $0 } ?? true && below.map { number < $0 } ?? true
        }
    }

    /// One of several answers.
    struct Option: Sendable, Hashable {
        let value: String
        let words: Words
        let fails: Bool
    }

    /// An earlier question's answer on which this one depends.
    struct Condition: Sendable, Hashable {
        let question: String
        let answer: String
    }

    /// Where a question comes from.
    struct Citation: Sendable, Hashable {
        let words: Words
        /// `law` (read in the primary text), `secondary`, or `advice`; anything but law is shown as not compared.
        let mark: String
    }
}

extension Question {
    /// As data and events carry it.
    var json: JSON {
        var members: [String: JSON] = [
            "id": .string(id), "ko": .string(words.ko), "en": .string(words.en), "kind": .string(kind.name),
            "severity": .string(severity.rawValue),
        ]
        if !isRequired { members["required"] = false }
        if !mayNotApply { members["na"] = false }
        if needsPhoto { members["photo"] = true }
        if let condition {
            members["when"] = ["question": .string(condition.question), "is": .string(condition.answer)]
        }
        if let citation {
            members["cite"] = [
                "ko": .string(citation.words.ko), "en": .string(citation.words.en), "mark": .string(citation.mark),
            ]
        }
        switch kind {
        case .number(let bounds):
            for (key, value) in [("low", bounds.low), ("high", bounds.high), ("below", bounds.below)] {
                if let value { members[key] = .number(value) }
            }
            members["unit"] = .string(bounds.unit)
        case .choice(let options):
            members["choices"] = .array(
                options.map { option in
                    var choice: [String: JSON] = [
                        "value": .string(option.value), "ko": .string(option.words.ko), "en": .string(option.words.en),
                    ]
                    if option.fails { choice["fails"] = true }
                    return .object(choice)
                })
        case .check, .text: break
        }
        return .object(members)
    }
}
