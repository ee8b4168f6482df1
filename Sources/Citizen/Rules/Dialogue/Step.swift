import District
import Record

/// What happens to a dialogue.
enum Input: Sendable, Hashable {
    /// Somebody came: the house speaks first.
    case start
    /// Somebody said something.
    case said(Utterance)
    /// Nobody said anything for a while.
    case silence
    /// There was a sound that was no words.
    case noise
    /// What became of an effect.
    case came(Result)

    /// What became of an effect.
    enum Result: Sendable, Hashable {
        /// The service's receipt.
        case receipt(Receipt)
        /// The request waits for a second person.
        case waits
        /// The request was refused.
        case refused(Refusal)
        /// Nothing was done under this key: it may be sent again.
        case notTaken
        /// A look-up's answer.
        case answered(Lookup.Answer)
        /// Where an app is opened.
        case link(Launch.Link)
    }
}

/// What a dialogue wants done; whoever runs it does so and hands the result to the next step.
enum Effect: Sendable, Hashable {
    /// Send the request, once, under the read-back's number.
    case commit(intent: String, values: [String: JSON], number: Int)
    /// Look up what became of a request that was sent under a number; send nothing.
    case check(intent: String, values: [String: JSON], number: Int)
    /// Ask a service.
    case ask(intent: String, values: [String: JSON])
    /// Open an app.
    case launch(intent: String, values: [String: JSON])
    /// Go on in private: what is said from here on is for a room alone.
    case confide(intent: String, values: [String: JSON])
    /// Call a person.
    case handOver(HandoverRequested.Reason)
    /// Somebody is in danger.
    case emergency
    /// The conversation is over.
    case end
}

/// What a turn came to.
struct Step: Sendable, Hashable {
    /// The dialogue afterwards.
    var dialogue: Dialogue
    /// What is said.
    var said: Said
    /// What is to be done.
    var effects: [Effect]
    /// How it came to that.
    var trace: Trace
}

/// How a turn came about: what was heard, matched, filled and said.
struct Trace: Codable, Sendable, Hashable {
    /// What was heard of what works everywhere, or of an answer: `always:person`, `assent:yes`, `slot:day`, `topic`.
    var heard: [String] = []
    /// The intents matched, with their scores.
    var matched: [Matched] = []
    /// What was filled in, with its evidence.
    var filled: [Entry] = []

    struct Matched: Codable, Sendable, Hashable {
        let intent: String
        let score: Double
    }

    struct Entry: Codable, Sendable, Hashable {
        let slot: String
        let evidence: String
        let from: Int, to: Int
    }
}
