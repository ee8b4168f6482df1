import District
import Record
import Store

/// What was done because the machine understood it so: the acts by conversation, for whoever judges one later.
enum ActTable {
    static let migration = Migration(
        "citizen.talk.002",
        [
            "CREATE TABLE citizen_dialogue_acts (id TEXT PRIMARY KEY, dialogue TEXT NOT NULL, at BIGINT NOT NULL)",
            "CREATE INDEX citizen_dialogue_acts_of ON citizen_dialogue_acts (dialogue, at)",
        ])

    static let projection = Projection(
        tables: ["citizen_dialogue_acts"], types: [AIUseActed.type]
    ) { event, payload, transaction in
        // What is done by the machine's help belongs to its conversation.
        guard payload["use"]?.text == Conversations.useID, let act = payload["act"]?.text else { return }
        try transaction.insert(
            into: "citizen_dialogue_acts", columns: ["id", "dialogue", "at"],
            rows: [[.text(act), .text(event.correlation.description), .integer(event.recorded.microseconds)]])
    }

    /// The latest act of a conversation; nil where it did nothing.
    static func last(of dialogue: String, in reader: any Reader) throws -> Identifier? {
        try reader.first(
            "SELECT id FROM citizen_dialogue_acts WHERE dialogue = ? ORDER BY at DESC, id DESC LIMIT 1",
            [.text(dialogue)]
        ).flatMap { Identifier(try $0.text("id")) }
    }
}
