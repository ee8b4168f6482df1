import District
import Record
import Store

/// Whose e-mail addresses and salts are to be erased and are not yet.
enum ErasureTable {
    static let migration = Migration(
        "alliance.training.004",
        [
            """
            CREATE TABLE alliance_training_erasures (
                person TEXT PRIMARY KEY, scope TEXT NOT NULL, asked BIGINT NOT NULL)
            """,
            "CREATE INDEX alliance_training_badges_enrolment ON alliance_training_badges (enrolment)",
        ])

    static let projection = Projection(
        tables: ["alliance_training_erasures"], types: [TrainingEvents.asked, TrainingEvents.forgotten]
    ) { event, payload, writer in
        let person = SQLValue.text(payload["person"]?.text ?? "")
        guard event.type == TrainingEvents.asked else {
            try writer.execute("DELETE FROM alliance_training_erasures WHERE person = ?", [person])
            return
        }
        try writer.execute(
            """
            INSERT INTO alliance_training_erasures (person, scope, asked) VALUES (?, ?, ?)
            ON CONFLICT (person) DO NOTHING
            """, [person, .text(event.scope.text), .integer(event.recorded.microseconds)])
    }

    /// Who waits to be forgotten, and where the event that says it was done stands.
    static func waiting(in reader: any Reader) throws -> [(person: PersonID, scope: Scope)] {
        try reader.query("SELECT * FROM alliance_training_erasures ORDER BY asked, person LIMIT 50").map { row in
            (PersonID(try row.text("person")), Scope(try row.text("scope")) ?? .zone)
        }
    }

    static func isAsked(_ person: PersonID, in reader: any Reader) throws -> Bool {
        try reader.first("SELECT person FROM alliance_training_erasures WHERE person = ?", [.text(person.rawValue)])
            != nil
    }

    /// Whether there is anything of somebody's to erase.
    static func holds(_ person: PersonID, in reader: any Reader) throws -> Bool {
        try reader.first(
            """
            SELECT person FROM alliance_training_enrolments WHERE person = ? AND email IS NOT NULL
            UNION SELECT person FROM alliance_training_badges WHERE person = ? AND salt IS NOT NULL
            """, [.text(person.rawValue), .text(person.rawValue)]) != nil
    }
}
