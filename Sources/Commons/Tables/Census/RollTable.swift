import Record
import Store

/// The roll: who has a code, and who has voted. It holds no ballot and no time, is no projection of the Record, and so comes back
/// from a backup alone, like a session: nothing on the Record leads from a person to a ballot.
enum RollTable {
    static let migration = Migration(
        "commons.census.002",
        [
            """
            CREATE TABLE commons_census_roll (
                vote TEXT NOT NULL, entry TEXT NOT NULL, code TEXT, mark BIGINT NOT NULL, PRIMARY KEY (vote, entry))
            """,
            "CREATE UNIQUE INDEX commons_census_roll_code ON commons_census_roll (vote, code)",
        ])

    /// What somebody on the roll has done.
    enum Mark: Int64, Sendable { case none = 0, online = 1, paper = 2 }

    /// Gives somebody a code in place of the one they had.
    /// - Returns: false where they have voted already.
    static func give(_ hash: String, to entry: String, vote: String, in writer: any Writer) throws -> Bool {
        try ensure(entry, vote, in: writer)
        return try writer.execute(
            "UPDATE commons_census_roll SET code = ? WHERE vote = ? AND entry = ? AND mark = 0",
            [.text(hash), .text(vote), .text(entry)]) == 1
    }

    /// Whose code it is.
    static func entry(code hash: String, vote: String, in reader: any Reader) throws -> String? {
        try reader.first(
            "SELECT entry FROM commons_census_roll WHERE vote = ? AND code = ?", [.text(vote), .text(hash)])?.text(
                "entry")
    }

    /// Marks that somebody votes; each of them can, once.
    /// - Parameter code: the hash of the code by which they do, which must still be theirs; nil where an account or an officer vouches.
    /// - Returns: false where they have voted already.
    static func mark(
        _ entry: String, _ mark: Mark, code: String? = nil, vote: String, in writer: any Writer
    ) throws -> Bool {
        try ensure(entry, vote, in: writer)
        return try writer.execute(
            """
            UPDATE commons_census_roll SET mark = ? WHERE vote = ? AND entry = ? AND mark = 0
            \(code == nil ? "" : "AND code = ?")
            """, [.integer(mark.rawValue), .text(vote), .text(entry)] + (code.map { [.text($0)] } ?? [])) == 1
    }

    static func mark(of entry: String, vote: String, in reader: any Reader) throws -> Mark {
        let row = try reader.first(
            "SELECT mark FROM commons_census_roll WHERE vote = ? AND entry = ?", [.text(vote), .text(entry)])
        return try row.flatMap { Mark(rawValue: try $0.integer("mark")) } ?? .none
    }

    /// Those on the roll who have no code yet, of those on the list.
    static func without(_ vote: String, limit: Int, in reader: any Reader) throws -> [String] {
        try reader.query(
            """
            SELECT e.entry AS entry FROM commons_census_entries e
            LEFT JOIN commons_census_roll r ON r.vote = e.vote AND r.entry = e.entry
            WHERE e.vote = ? AND r.code IS NULL AND COALESCE(r.mark, 0) = 0 ORDER BY e.entry LIMIT ?
            """, [.text(vote), .integer(Int64(limit))]
        ).map { try $0.text("entry") }
    }

    /// How many have a code, voted here, and took a sheet of paper.
    static func counts(_ vote: String, in reader: any Reader) throws -> (codes: Int, online: Int, paper: Int) {
        let row = try reader.first(
            """
            SELECT COUNT(code) AS codes, CAST(COALESCE(SUM(CASE WHEN mark = 1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS online,
                   CAST(COALESCE(SUM(CASE WHEN mark = 2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS paper
            FROM commons_census_roll WHERE vote = ?
            """, [.text(vote)])
        return (
            Int(try row?.integer("codes") ?? 0), Int(try row?.integer("online") ?? 0),
            Int(try row?.integer("paper") ?? 0)
        )
    }

    /// One hash over who has voted: SHA-256 over their hashes, sorted, a line each.
    static func digest(_ vote: String, in reader: any Reader) throws -> String {
        let entries = try reader.query(
            "SELECT entry FROM commons_census_roll WHERE vote = ? AND mark > 0 ORDER BY entry", [.text(vote)]
        ).map { try $0.text("entry") }
        return VoteCount.digest(entries)
    }

    /// Writes the roll of a vote that was closed anew, in the order of its hashes: a database may keep rows in the order in which
    /// they were last changed, and that is the order in which people voted.
    static func settle(_ vote: String, in writer: any Writer) throws {
        let rows = try writer.query(
            "SELECT entry, code, mark FROM commons_census_roll WHERE vote = ? ORDER BY entry", [.text(vote)]
        ).map { row in
            [
                SQLValue.text(vote), .text(try row.text("entry")), .optional(try row.optionalText("code")),
                .integer(try row.integer("mark")),
            ]
        }
        try writer.execute("DELETE FROM commons_census_roll WHERE vote = ?", [.text(vote)])
        try writer.insert(into: "commons_census_roll", columns: ["vote", "entry", "code", "mark"], rows: rows)
    }

    /// Everybody on the list stands on the roll before the first of them is marked, in the order of hashes: were rows made as people
    /// vote, the order of rows would be the order of votes.
    private static func ensure(_ entry: String, _ vote: String, in writer: any Writer) throws {
        let known = try writer.first(
            "SELECT mark FROM commons_census_roll WHERE vote = ? AND entry = ?", [.text(vote), .text(entry)])
        guard known == nil else { return }
        try writer.execute(
            """
            INSERT INTO commons_census_roll (vote, entry, mark)
            SELECT vote, entry, 0 FROM commons_census_entries WHERE vote = ? ORDER BY entry
            ON CONFLICT (vote, entry) DO NOTHING
            """, [.text(vote)])
    }
}
