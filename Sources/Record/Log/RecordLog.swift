public import Store

/// The Record: what happened and matters, appended and never changed.
///
/// ```swift
/// let log = RecordLog(clock: Timestamp.now)
/// let events = try await store.write { transaction in
///     try log.append([draft], origin: Origin(author: .person("p1")), in: transaction)
/// }
/// ```
///
/// An event's row keeps its canonical JSON (RFC 8785) and 32 random bytes of salt. What the public tree holds is
/// SHA-256(salt ‖ canonical JSON), which tells nothing; see ``Opening``.
public struct RecordLog: Sendable {
    let clock: TimeSource

    /// The Record, whose events are dated by a clock.
    public init(clock: @escaping TimeSource) { self.clock = clock }

    /// The Record's tables.
    public static let migrations: [Migration] = [
        Migration(
            "record.001.events",
            [
                """
                CREATE TABLE record_events (
                    seq IDENTITY KEY,
                    id TEXT NOT NULL UNIQUE,
                    type TEXT NOT NULL,
                    stream TEXT NOT NULL,
                    stream_version BIGINT NOT NULL,
                    scope TEXT NOT NULL,
                    author TEXT NOT NULL,
                    correlation TEXT NOT NULL,
                    cause TEXT,
                    observed BIGINT NOT NULL,
                    recorded BIGINT NOT NULL,
                    leaf BIGINT UNIQUE,
                    salt BLOB NOT NULL,
                    body BLOB NOT NULL,
                    UNIQUE (stream, stream_version))
                """,
                "CREATE INDEX record_events_correlation ON record_events (correlation)",
            ]),
        Migration(
            "record.002.vault",
            [
                "CREATE TABLE record_vault_keys (subject TEXT PRIMARY KEY, secret BLOB NOT NULL)",
                """
                CREATE TABLE record_vault (
                    id TEXT PRIMARY KEY,
                    event TEXT NOT NULL,
                    field TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    sealed BLOB NOT NULL)
                """,
                "CREATE INDEX record_vault_event ON record_vault (event)",
                "CREATE INDEX record_vault_subject ON record_vault (subject)",
            ]),
        Migration(
            "record.003.tree",
            [
                """
                CREATE TABLE record_tree (
                    id BIGINT PRIMARY KEY CHECK (id = 1),
                    size BIGINT NOT NULL,
                    holder TEXT,
                    token BIGINT NOT NULL,
                    expires BIGINT NOT NULL)
                """,
                "INSERT INTO record_tree (id, size, token, expires) VALUES (1, 0, 0, 0)",
                """
                CREATE TABLE record_tiles (
                    level BIGINT NOT NULL,
                    position BIGINT NOT NULL,
                    hashes BLOB NOT NULL,
                    PRIMARY KEY (level, position))
                """,
                """
                CREATE TABLE record_checkpoints (
                    size BIGINT PRIMARY KEY,
                    note TEXT NOT NULL,
                    signed BIGINT NOT NULL)
                """,
            ]),
        Witnessing.migration,
        TimeStamps.migration,
        // Packs gather what concerns one firm, out of the events of a whole zone.
        Migration("record.006.scope", ["CREATE INDEX record_events_scope ON record_events (scope, recorded)"]),
    ]
}
