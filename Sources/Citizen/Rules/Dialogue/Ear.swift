import Access
import District
import Record

/// What a dialogue hears with: pure functions over what was said, made of the lexicons, the book of intents and the
/// slots' parsers.
struct Ear: Sendable {
    /// What may be asked for, by name.
    let intents: [String: Intent]
    /// Hears what works in every state; it is told where values stand that answer a question.
    let always: @Sendable (Utterance, () -> [Range<Int>]) -> Always?
    /// Hears of what kind a danger is.
    let danger: @Sendable (Utterance) -> Danger?
    /// Hears yes or no.
    let assent: @Sendable (Utterance) -> Assent
    /// From this score on a single intent is taken at its word.
    let sure: Double
    /// Hears what is wanted by somebody who may do this and that.
    let understand: @Sendable (Utterance, (Permission) -> Bool) -> Understood
    /// Hears a slot.
    let hear: @Sendable (Utterance, Slot, Place) -> Heard
    /// Hears what is to be changed of what is known.
    let correct: @Sendable (Utterance, [(slot: Slot, known: Dialogue.Answer)], Place) -> [String: Heard]
    /// What is said where no service is meant.
    var advise: @Sendable (Utterance) -> Advice? = { _ in nil }
    /// What is held against values of an intent as soon as they are known: a day that is over, an hour that is closed.
    var objections: @Sendable (_ intent: String, _ values: [String: JSON], _ now: Timestamp) -> [Refusal.Fault] = {
        _, _, _ in []
    }

    /// Where and when a slot is heard.
    struct Place {
        /// When it is said.
        let now: Timestamp
        /// Where in the utterance the sentence has its slot.
        let near: Range<Int>?
        /// Whether it is what was asked for.
        let isAsked: Bool
        /// What may be named.
        let names: [Named]
    }

    /// What an utterance is taken to mean.
    enum Understood: Sendable {
        case one(Match)
        case several([Match])
        case none

        /// The one that is meant; nil where it is to be asked, or nothing is.
        var only: Match? {
            if case .one(let match) = self { match } else { nil }
        }
    }
}

/// What a dialogue knows of the world in one turn.
struct World {
    /// Now.
    let now: Timestamp
    /// Whether whoever speaks has signed in.
    let isKnown: Bool
    /// Whether whoever speaks may.
    let allows: (Permission) -> Bool
    /// Whether somebody sits at the desk.
    let isDeskOpen: Bool
    /// The desk's own number.
    let deskPhone: String
    /// Whether the use of AI that understands may run.
    let standing: AIStanding
    /// What may be named, of a kind.
    let names: (String) -> [Named]
}
