import District
import Record
import Store

/// Who brought which picture within the last day: only these may be named, and what nothing names by then is forgotten. It comes
/// of no event: a file that was never shown leaves nothing on the Record.
enum PictureTable {
    static let migration = Migration(
        "commons.proposals.pictures",
        [
            """
            CREATE TABLE commons_pictures_brought (
                hash TEXT NOT NULL, person TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (hash, person))
            """,
            "CREATE INDEX commons_pictures_brought_person ON commons_pictures_brought (person, at)",
            "CREATE INDEX commons_pictures_brought_at ON commons_pictures_brought (at)",
        ])

    static func add(_ hash: String, by person: PersonID, at now: Timestamp, in writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO commons_pictures_brought (hash, person, at) VALUES (?, ?, ?)
            ON CONFLICT (hash, person) DO UPDATE SET at = excluded.at
            """, [.text(hash), .text(person.rawValue), .integer(now.microseconds)])
    }

    /// How many pictures somebody brought since a moment.
    static func many(by person: PersonID, since: Timestamp, in reader: any Reader) throws -> Int64 {
        try reader.first(
            "SELECT COUNT(*) AS many FROM commons_pictures_brought WHERE person = ? AND at > ?",
            [.text(person.rawValue), .integer(since.microseconds)])?.integer("many") ?? 0
    }

    static func isBrought(_ hash: String, by person: PersonID, in reader: any Reader) throws -> Bool {
        try reader.first(
            "SELECT 1 AS one FROM commons_pictures_brought WHERE hash = ? AND person = ?",
            [.text(hash), .text(person.rawValue)]) != nil
    }

    /// Forgets who brought what before a moment, and says which of these pictures nothing names.
    static func settle(before: Timestamp, in writer: any Writer) throws -> [String] {
        let moment = SQLValue.integer(before.microseconds)
        let unnamed = try writer.query(
            """
            SELECT DISTINCT hash FROM commons_pictures_brought WHERE at <= ?
            AND hash NOT IN (SELECT hash FROM commons_pictures_brought WHERE at > ?)
            AND hash NOT IN (SELECT hash FROM commons_proposal_pictures) ORDER BY hash
            """, [moment, moment]
        ).map { try $0.text("hash") }
        try writer.execute("DELETE FROM commons_pictures_brought WHERE at <= ?", [moment])
        return unnamed
    }
}
