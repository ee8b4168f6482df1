import District
import Record

/// A conversation with one room of which nothing is kept: no turn, no transcript, no event, no line of a log. It stands in
/// the memory of this machine alone, and ends with it.
///
/// A room asks for it by a question whose form has the secret fields ``said`` and ``line``. Each thing that is said is put to
/// it in `said`, with a name for the conversation in `line`. A refusal of the kind `.invalid` with a fault in `said` is what
/// the room says next; anything else is its last word.
struct PrivateLine: Sendable {
    /// The room's question.
    let intent: String
    /// What was known of it before, by field: which vote.
    let values: [String: JSON]
    /// Who speaks, as far as that is known.
    let caller: String
    /// What the room calls the conversation by.
    let name: String
    /// How many turns there were.
    var turn: Int64 = 1
    /// When something was said last.
    var last: Timestamp
    /// What was said last, to be said again.
    var said: Said
    /// How slow the voice speaks.
    var slowness: Int
    /// The last turn's answer, for whoever sends the turn again.
    var answer: JSON = .null

    /// The field of what somebody says.
    static let said = "said"
    /// The field of what the conversation is called by.
    static let line = "line"

    /// Whether a question is one that is held in private.
    static func isAsked(by form: Form) -> Bool {
        [said, line].allSatisfy { name in form.fields.contains { $0.name == name && $0.isSecret } }
    }
}
