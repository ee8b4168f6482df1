import District
import Record

/// One thing that must be known before an intent can be done: a field of its form, as something that is asked and said.
struct Slot: Sendable {
    /// The field's name.
    let name: String
    /// What it is called: `연락처`.
    let label: Words
    /// How it is asked for, one question in a turn.
    let question: Words
    /// What may be said.
    let kind: Kind
    /// Whether it must be known.
    let required: Bool
    /// Asked only where another slot has this value.
    let condition: Field.Condition?
    /// Whether it is content about a person: masked wherever it is logged.
    let isPersonal: Bool

    /// What may be said.
    indirect enum Kind: Sendable {
        /// Free words of at most so many characters.
        case text(maximum: Int)
        /// A whole number.
        case integer(ClosedRange<Int64>, unit: String?)
        /// A number.
        case number(ClosedRange<Double>, unit: String?)
        /// One of several, with all that people say for each.
        case choice([Option])
        /// Something that has a name in the district: `thing`, `person`, `firm`, `stop` …
        case reference(String)
        /// A moment: a day with a time of day.
        case moment
        /// A day.
        case day
        /// A time of day.
        case time
        /// A length of time, in minutes.
        case duration
        /// Yes or no.
        case flag
        /// A telephone number.
        case phone
        /// A road-name address, or a place described in words.
        case address
        /// The number of a bus line.
        case bus
        /// Money, in won.
        case amount
        /// Somebody's name.
        case name
        /// A day of the past: somebody's birth.
        case birth
        /// The number of a receipt, as it was told.
        case receipt
    }

    /// One of several.
    struct Option: Sendable, Hashable {
        /// What the form takes.
        let value: String
        /// What people read and hear.
        let label: Words
        /// What people also say.
        let synonyms: [String]
    }
}

/// What was heard for a slot. Without evidence in what was said there is no value.
struct Filled: Sendable, Hashable {
    /// What the form takes.
    let value: JSON
    /// How it is read back: a date with its weekday, a phone number digit by digit in groups.
    let spoken: Words
    /// Where in the utterance it was said, in characters.
    let span: Range<Int>
    /// The words it was said in.
    let evidence: String
}

/// What a parser makes of an utterance for one slot.
enum Heard: Sendable, Hashable {
    /// A value with its evidence.
    case value(Filled)
    /// It could be one of these, most likely first: to be asked (`오후 두 시 맞으세요?`).
    case unclear([Filled])
    /// Something of this kind was said, but no such thing can be: the thirty-first of February, a bus that is none.
    case impossible(Words)
    /// Nothing of this kind was said.
    case nothing
}

extension Slot {
    /// Whether another slot names things of the same kind.
    func names(like other: Slot) -> Bool {
        guard name != other.name, case .reference(let mine) = kind, case .reference(let theirs) = other.kind else {
            return false
        }
        return mine == theirs
    }
}
