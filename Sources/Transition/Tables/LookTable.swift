import District
import Record
import Store

/// What was read out of a file before it is brought in: the reading takes seconds, and no transaction waits for it.
///
/// Rows follow from no event. They are written by ``EconomyIntake`` alone, never out of what a caller says, and end: at
/// the import, or after a day.
enum LookTable {
    static let migration = Migration(
        "transition.looks.001",
        [
            """
            CREATE TABLE transition_looks (
                hash TEXT NOT NULL, scope TEXT NOT NULL, reading TEXT NOT NULL, summary TEXT NOT NULL,
                bytes BLOB NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (hash, scope, reading))
            """,
            "CREATE INDEX transition_looks_at ON transition_looks (at)",
        ])

    /// A file stands once, however often it is read in another way.
    static let files = Migration(
        "transition.looks.002",
        [
            // Looks end within a day; those from before are looked at anew.
            "DROP TABLE transition_looks",
            """
            CREATE TABLE transition_looks (
                hash TEXT NOT NULL, scope TEXT NOT NULL, reading TEXT NOT NULL, summary TEXT NOT NULL,
                at BIGINT NOT NULL, PRIMARY KEY (hash, scope, reading))
            """,
            "CREATE INDEX transition_looks_since ON transition_looks (at)",
            """
            CREATE TABLE transition_look_files (
                hash TEXT NOT NULL, scope TEXT NOT NULL, bytes BLOB NOT NULL, at BIGINT NOT NULL,
                PRIMARY KEY (hash, scope))
            """,
        ])

    /// How long a look is kept, in seconds; how many of them, and how many files of one scope.
    static let seconds = 86_400.0
    static let most = 20
    static let mostFiles = 3

    /// Keeps what a file says, and the file itself until it is brought in; what is too old or too many goes.
    static func keep(
        _ summary: EconomyFile.Summary, of bytes: [UInt8], hash: String, _ reading: EconomyFile.Reading, scope: Scope,
        at now: Timestamp, in writer: any Writer
    ) throws {
        try sweep(at: now, in: writer)
        let (file, time): ([SQLValue], SQLValue) = (
            [.text(hash), .text(scope.text)], .integer(now.microseconds)
        )
        try writer.execute(
            """
            INSERT INTO transition_looks (hash, scope, reading, summary, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (hash, scope, reading) DO UPDATE SET summary = excluded.summary, at = excluded.at
            """, file + [.text(reading.json.canonicalText), .text(summary.json.canonicalText), time])
        if try writer.execute(
            "UPDATE transition_look_files SET at = ? WHERE hash = ? AND scope = ?", [time] + file) == 0
        {
            try writer.execute(
                "INSERT INTO transition_look_files (hash, scope, bytes, at) VALUES (?, ?, ?, ?)",
                file + [.blob(bytes), time])
        }
        let files = try writer.query(
            "SELECT hash FROM transition_look_files WHERE scope = ? ORDER BY at DESC, hash", [.text(scope.text)])
        for row in files.dropFirst(mostFiles) { try forget(try row.text("hash"), scope: scope, in: writer) }
        let looks = try writer.query("SELECT hash, scope, reading FROM transition_looks ORDER BY at DESC, hash")
        for row in looks.dropFirst(most) {
            try writer.execute(
                "DELETE FROM transition_looks WHERE hash = ? AND scope = ? AND reading = ?",
                [.text(try row.text("hash")), .text(try row.text("scope")), .text(try row.text("reading"))])
        }
    }

    /// What a file says by a reading, where somebody who sees the same looked at it.
    static func summary(
        of hash: String, _ reading: EconomyFile.Reading, for tenant: some Tenancy, in reader: any Reader
    ) throws -> EconomyFile.Summary? {
        let scope = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT summary FROM transition_looks WHERE hash = ? AND reading = ? AND \(scope.sql)",
            [.text(hash), .text(reading.json.canonicalText)] + scope.arguments
        ).flatMap { EconomyFile.Summary(try JSON(parsing: try $0.text("summary"))) }
    }

    /// The file that was looked at.
    static func bytes(of hash: String, for tenant: some Tenancy, in reader: any Reader) throws -> [UInt8]? {
        let scope = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT bytes FROM transition_look_files WHERE hash = ? AND \(scope.sql)", [.text(hash)] + scope.arguments
        )?.blob("bytes")
    }

    /// Forgets all looks at a file, and the file, once it is brought in.
    static func forget(_ hash: String, scope: Scope, in writer: any Writer) throws {
        for table in tables {
            try writer.execute(
                "DELETE FROM \(table) WHERE hash = ? AND scope = ?", [.text(hash), .text(scope.text)])
        }
    }

    /// Forgets what nobody brought in within a day.
    static func sweep(at now: Timestamp, in writer: any Writer) throws {
        for table in tables {
            try writer.execute(
                "DELETE FROM \(table) WHERE at < ?", [.integer(now.advanced(bySeconds: -seconds).microseconds)])
        }
    }

    private static let tables = ["transition_looks", "transition_look_files"]
}
