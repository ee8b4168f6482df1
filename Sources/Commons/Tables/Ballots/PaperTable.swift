import District
import Record
import Store

/// Paper ballots on their way into the box: each is entered by two people, and by a third where those differ.
enum PaperTable {
    static let migration = Migration(
        "commons.ballots.002",
        [
            """
            CREATE TABLE commons_ballots_paper (
                vote TEXT NOT NULL, sheet TEXT NOT NULL, turn BIGINT NOT NULL, clerk TEXT NOT NULL, said TEXT NOT NULL,
                is_settled BIGINT NOT NULL, PRIMARY KEY (vote, sheet, turn))
            """
        ])

    /// Entries can be struck; they stay, so that a sheet's turns go on as its stream does.
    static let striking = Migration(
        "commons.ballots.paper-struck",
        ["ALTER TABLE commons_ballots_paper ADD COLUMN is_struck BIGINT NOT NULL DEFAULT 0"])

    static let projection = Projection(
        tables: ["commons_ballots_paper"], types: [BallotEvents.paperEntered, BallotEvents.paperStruck]
    ) { event, payload, writer in
        let (vote, sheet) = (payload["vote"]?.text ?? "", payload["sheet"]?.text ?? "")
        if event.type == BallotEvents.paperStruck {
            try writer.execute(
                """
                INSERT INTO commons_ballots_paper (vote, sheet, turn, clerk, said, is_settled) VALUES (?, ?, ?, '', 'null', 0)
                """, [.text(vote), .text(sheet), .integer(payload["turn"]?.integer ?? 0)])
            try writer.execute(
                "UPDATE commons_ballots_paper SET is_struck = 1 WHERE vote = ? AND sheet = ?",
                [.text(vote), .text(sheet)])
            return
        }
        var clerk = ""
        if case .person(let person) = event.author { clerk = person.rawValue }
        try writer.execute(
            "INSERT INTO commons_ballots_paper (vote, sheet, turn, clerk, said, is_settled) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(vote), .text(sheet), .integer(payload["turn"]?.integer ?? 1), .text(clerk),
                .text((payload["said"] ?? .null).canonicalText), .flag(payload["settled"]?.bool ?? false),
            ])
    }

    /// What somebody read off a sheet.
    struct Entry: Sendable, Hashable {
        let sheet: String
        let turn: Int
        let clerk: String
        /// Nil where the sheet is spoilt.
        let ballot: Ballot?
        let isSettled: Bool
    }

    /// What was entered of one sheet and was not struck, in order; and how far its stream has come.
    static func entries(
        _ vote: String, sheet: String, in reader: any Reader
    ) throws -> (entries: [Entry], version: Int) {
        let rows = try reader.query(
            "SELECT * FROM commons_ballots_paper WHERE vote = ? AND sheet = ? ORDER BY turn",
            [.text(vote), .text(sheet)])
        return (try rows.filter { try !$0.flag("is_struck") }.map(entry), rows.count)
    }

    /// The sheets of a vote, each with its last entry.
    static func sheets(_ vote: String, in reader: any Reader) throws -> [(last: Entry, turns: Int)] {
        let entries = try reader.query(
            "SELECT * FROM commons_ballots_paper WHERE vote = ? AND is_struck = 0 ORDER BY sheet, turn LIMIT 60000",
            [.text(vote)]
        ).map(entry)
        return Dictionary(grouping: entries, by: \.sheet).values
            .compactMap { turns in turns.last.map { ($0, turns.count) } }
            .sorted { $0.last.sheet < $1.last.sheet }
    }

    private static func entry(_ row: Row) throws -> Entry {
        Entry(
            sheet: try row.text("sheet"), turn: Int(try row.integer("turn")), clerk: try row.text("clerk"),
            ballot: Ballot(try JSON(parsing: try row.text("said"))), isSettled: try row.flag("is_settled"))
    }
}
