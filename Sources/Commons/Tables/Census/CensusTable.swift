import District
import Record
import Store

/// Who may vote: the list of a vote, and what people say is missing from it.
enum CensusTable {
    static let imported = "commons.census.imported"
    static let asked = "commons.census.asked"
    static let decided = "commons.census.decided"
    static let codesIssued = "commons.census.codes-issued"
    static let codeReplaced = "commons.census.code-replaced"
    static let paperMarked = "commons.census.paper-marked"

    static let migration = Migration(
        "commons.census.001",
        [
            """
            CREATE TABLE commons_census_entries (
                vote TEXT NOT NULL, entry TEXT NOT NULL, name TEXT NOT NULL, address TEXT NOT NULL, account TEXT,
                PRIMARY KEY (vote, entry))
            """,
            "CREATE UNIQUE INDEX commons_census_entries_account ON commons_census_entries (vote, account)",
            "CREATE TABLE commons_census_salts (vote TEXT PRIMARY KEY, salt TEXT NOT NULL)",
            """
            CREATE TABLE commons_census_gaps (
                id TEXT PRIMARY KEY, vote TEXT NOT NULL, asker TEXT NOT NULL, entry TEXT NOT NULL, name TEXT NOT NULL,
                address TEXT NOT NULL, account TEXT NOT NULL, why TEXT NOT NULL, state TEXT NOT NULL,
                reason TEXT NOT NULL, at BIGINT NOT NULL)
            """,
            "CREATE INDEX commons_census_gaps_vote ON commons_census_gaps (vote, state, at)",
        ])

    static let projection = Projection(
        tables: ["commons_census_entries", "commons_census_salts", "commons_census_gaps"],
        types: [imported, asked, decided]
    ) { event, payload, writer in
        let vote = payload["vote"]?.text ?? ""
        func text(_ json: JSON?, _ key: String) -> SQLValue { .text(json?[key]?.text ?? "") }
        switch event.type {
        case imported:
            // Erased content has no salt and no rows: the list is gone, the event stays.
            guard let list = payload["list"], let salt = list["salt"]?.text else { return }
            try writer.execute(
                "INSERT INTO commons_census_salts (vote, salt) VALUES (?, ?) ON CONFLICT (vote) DO NOTHING",
                [.text(vote), .text(salt)])
            try writer.insert(
                into: "commons_census_entries", columns: ["vote", "entry", "name", "address", "account"],
                rows: (list["rows"]?.elements ?? []).map { row in
                    [
                        .text(vote), text(row, "entry"), text(row, "name"), text(row, "address"),
                        .optional(row["account"]?.text),
                    ]
                })
        case asked:
            let said = payload["said"]
            var asker = ""
            if case .person(let person) = event.author { asker = person.rawValue }
            try writer.execute(
                """
                INSERT INTO commons_census_gaps (id, vote, asker, entry, name, address, account, why, state, reason, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', '', ?)
                """,
                [
                    .text(String(event.stream.dropFirst("census-gap/".count))), .text(vote), .text(asker),
                    text(said, "entry"), text(said, "name"), text(said, "address"), text(said, "account"),
                    text(said, "why"), .integer(event.observed.microseconds),
                ])
        default:
            let id = String(event.stream.dropFirst("census-gap/".count))
            let isAdded = payload["accepted"]?.bool ?? false
            try writer.execute(
                "UPDATE commons_census_gaps SET state = ?, reason = ? WHERE id = ?",
                [.text(isAdded ? "accepted" : "refused"), text(.object(payload), "reason"), .text(id)])
            guard isAdded, let gap = try gap(id, in: writer), !gap.entry.isEmpty else { return }
            let account: SQLValue = gap.account.isEmpty ? .null : .text(gap.account)
            try writer.execute(
                """
                INSERT INTO commons_census_entries (vote, entry, name, address, account) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (vote, entry) DO UPDATE SET account = COALESCE(excluded.account, commons_census_entries.account)
                """,
                [.text(gap.vote), .text(gap.entry), .text(gap.name), .text(gap.address), account])
        }
    }

    /// Somebody who may vote.
    struct Entry: Sendable, Hashable {
        /// The salted hash of what tells them apart.
        let entry: String
        let name: String
        let address: String
        let account: String?
    }

    /// What somebody says is missing from the list.
    struct Gap: Sendable, Hashable {
        let id: String, vote: String, asker: String, entry: String, name: String, address: String, account: String
        let why: String, state: String, reason: String
        let at: Timestamp
    }

    /// The salt of a vote's list; nil where there is none yet.
    static func salt(_ vote: String, in reader: any Reader) throws -> String? {
        try reader.first("SELECT salt FROM commons_census_salts WHERE vote = ?", [.text(vote)])?.text("salt")
    }

    static func count(_ vote: String, in reader: any Reader) throws -> Int {
        Int(
            try reader.first("SELECT COUNT(*) AS people FROM commons_census_entries WHERE vote = ?", [.text(vote)])?
                .integer("people") ?? 0)
    }

    static func entry(_ vote: String, _ entry: String, in reader: any Reader) throws -> Entry? {
        try reader.first(
            "SELECT * FROM commons_census_entries WHERE vote = ? AND entry = ?", [.text(vote), .text(entry)]
        ).map(entryOf)
    }

    static func entry(_ vote: String, account: String, in reader: any Reader) throws -> Entry? {
        try reader.first(
            "SELECT * FROM commons_census_entries WHERE vote = ? AND account = ?", [.text(vote), .text(account)]
        ).map(entryOf)
    }

    /// The list in the order of hashes; a page of it, or those whose name begins so.
    static func entries(_ vote: String, name: String = "", limit: Int, in reader: any Reader) throws -> [Entry] {
        try reader.query(
            "SELECT * FROM commons_census_entries WHERE vote = ? AND substr(name, 1, CAST(? AS INTEGER)) = ? ORDER BY entry LIMIT ?",
            [.text(vote), .integer(Int64(name.unicodeScalars.count)), .text(name), .integer(Int64(limit))]
        ).map(entryOf)
    }

    private static func entryOf(_ row: Row) throws -> Entry {
        Entry(
            entry: try row.text("entry"), name: try row.text("name"), address: try row.text("address"),
            account: try row.optionalText("account"))
    }

    static func gap(_ id: String, in reader: any Reader) throws -> Gap? {
        try reader.first("SELECT * FROM commons_census_gaps WHERE id = ?", [.text(id)]).map(gapOf)
    }

    /// What was asked for, the oldest first.
    static func gaps(_ vote: String, state: String? = nil, limit: Int = 500, in reader: any Reader) throws -> [Gap] {
        try reader.query(
            """
            SELECT * FROM commons_census_gaps WHERE vote = ?\(state == nil ? "" : " AND state = ?") ORDER BY at, id LIMIT ?
            """, [.text(vote)] + (state.map { [.text($0)] } ?? []) + [.integer(Int64(limit))]
        ).map(gapOf)
    }

    private static func gapOf(_ row: Row) throws -> Gap {
        Gap(
            id: try row.text("id"), vote: try row.text("vote"), asker: try row.text("asker"),
            entry: try row.text("entry"), name: try row.text("name"), address: try row.text("address"),
            account: try row.text("account"), why: try row.text("why"), state: try row.text("state"),
            reason: try row.text("reason"), at: Timestamp(microseconds: try row.integer("at")))
    }
}
