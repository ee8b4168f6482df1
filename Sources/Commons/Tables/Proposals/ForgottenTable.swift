import District
import Record
import Store

/// Who asked to be forgotten: what they wrote here goes from the vault, from the tables and from the shelf in the very transaction
/// that records it. That something was written, and by which account, stays with the Record.
enum ForgottenTable {
    static let forgotten = "commons.person.forgotten"

    static let migration = Migration(
        "commons.proposals.forgotten",
        [
            "CREATE TABLE commons_forgotten (person TEXT PRIMARY KEY, times BIGINT NOT NULL)",
            "ALTER TABLE commons_proposals ADD COLUMN plain_author TEXT",
            "ALTER TABLE commons_proposal_texts ADD COLUMN author TEXT",
            "CREATE INDEX commons_proposal_texts_author ON commons_proposal_texts (author, at)",
            "ALTER TABLE commons_proposal_pictures ADD COLUMN author TEXT",
            "ALTER TABLE commons_amendments ADD COLUMN decided_by TEXT",
        ])

    /// Under whose key it is kept in the vault what somebody writes here now. What other rooms keep of them has another key; and
    /// whoever writes on after being forgotten has a new one, so that a rebuild erases nothing that was written since.
    static func key(of person: PersonID, in reader: any Reader) throws -> PersonID {
        let times = try reader.first("SELECT times FROM commons_forgotten WHERE person = ?", [.text(person.rawValue)])?
            .integer("times")
        return firstKey(of: person, times: times ?? 0)
    }

    /// The key of somebody who was forgotten so many times.
    static func firstKey(of person: PersonID, times: Int64 = 0) -> PersonID {
        PersonID("commons-person-\(person)-\(times)")
    }

    /// Runs after all others of proposals: it takes out of their rows what a rebuild would not find any more.
    static let projection = Projection(tables: ["commons_forgotten"], types: [forgotten]) { event, payload, writer in
        let person = PersonID(payload["person"]?.text ?? "")
        _ = try RecordLog(clock: { event.observed }).erase(key(of: person, in: writer), in: writer)
        let whose: [SQLValue] = [.text(person.rawValue)]
        try writer.execute(
            """
            INSERT INTO commons_forgotten (person, times) VALUES (?, 1)
            ON CONFLICT (person) DO UPDATE SET times = commons_forgotten.times + 1
            """, whose)
        let pictures = try writer.query("SELECT hash FROM commons_proposal_pictures WHERE author = ?", whose)
        for statement in blanks { try writer.execute(statement, whose) }
        for picture in pictures {
            let hash = try picture.text("hash")
            // Somebody else may have brought the same one.
            guard
                try writer.first("SELECT hash FROM commons_proposal_pictures WHERE hash = ? LIMIT 1", [.text(hash)])
                    == nil
            else { continue }
            try Attachments.forget(hash, scope: PictureShelf.scope, in: writer)
        }
    }

    /// What goes from the tables, each for one person.
    private static let blanks = [
        // A proposal's own text is that of whoever wrote its latest version.
        """
        UPDATE commons_texts SET title = '', body = NULL WHERE id IN (
            SELECT p.item FROM commons_proposals p
            JOIN commons_proposal_texts v ON v.item = p.item AND v.version = p.version WHERE v.author = ?)
        """,
        "UPDATE commons_texts SET title = '', body = NULL WHERE author = ? AND kind <> 'proposal'",
        "UPDATE commons_texts SET name = NULL WHERE author = ?",
        "UPDATE commons_proposal_texts SET title = '', body = NULL WHERE author = ?",
        "UPDATE commons_proposals SET plain = NULL WHERE plain_author = ?",
        "UPDATE commons_proposal_people SET name = NULL WHERE person = ?",
        "DELETE FROM commons_proposal_pictures WHERE author = ?",
        "UPDATE commons_amendments SET why = NULL WHERE item IN (SELECT id FROM commons_texts WHERE author = ?)",
        "UPDATE commons_amendments SET outcome_reason = NULL WHERE decided_by = ?",
        "UPDATE commons_debate_cases SET appeal = NULL WHERE item IN (SELECT id FROM commons_texts WHERE author = ?)",
        "DELETE FROM commons_debate_reports WHERE person = ?",
        "DELETE FROM commons_opinions_answers WHERE person = ?",
    ]

    /// Whether somebody ever wrote here.
    static func hasWritten(_ person: PersonID, in reader: any Reader) throws -> Bool {
        try reader.first("SELECT id FROM commons_texts WHERE author = ? LIMIT 1", [.text(person.rawValue)]) != nil
    }
}
