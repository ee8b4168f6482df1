import Store

/// All SQL of the module, so that a test can ask the database how it would run each query.
enum SeriesSQL {
    static let migrations = [
        Migration(
            "series.001.readings",
            [
                """
                CREATE TABLE series_names (
                    id IDENTITY KEY, thing TEXT NOT NULL, property TEXT NOT NULL, unit TEXT,
                    through BIGINT NOT NULL, count BIGINT NOT NULL, first_time BIGINT NOT NULL,
                    latest_time BIGINT, latest_bits BIGINT, latest_quality INTEGER, arrived BIGINT NOT NULL,
                    settled BIGINT NOT NULL, classes BIGINT NOT NULL, UNIQUE (thing, property))
                """,
                "CREATE TABLE series_journal (id IDENTITY KEY, arrived BIGINT NOT NULL, body BLOB NOT NULL)",
                """
                CREATE TABLE series_chunks (
                    id IDENTITY KEY, series BIGINT NOT NULL, span_class INTEGER NOT NULL,
                    from_time BIGINT NOT NULL, to_time BIGINT NOT NULL, count BIGINT NOT NULL,
                    sha256 BLOB NOT NULL, anchored TEXT, body BLOB NOT NULL)
                """,
                "CREATE TABLE series_writer (id INTEGER PRIMARY KEY, epoch BIGINT NOT NULL)",
                "INSERT INTO series_writer (id, epoch) VALUES (1, 0)",
                "CREATE INDEX series_chunks_time ON series_chunks (series, span_class, from_time)",
                "CREATE INDEX series_chunks_unanchored ON series_chunks (id) WHERE anchored IS NULL",
            ])
    ]

    // The one that may write: whoever opened last.
    static let takeOver = "UPDATE series_writer SET epoch = epoch + 1 WHERE id = 1"
    /// Waits, on PostgreSQL, until no other transaction holds the epoch.
    static let awaitWrites = "UPDATE series_writer SET epoch = epoch WHERE id = 1"
    static let epoch = "SELECT epoch FROM series_writer WHERE id = 1"
    /// On PostgreSQL whoever takes over waits for the writes that were under way: otherwise it could rebuild its memory
    /// from what was there before them. SQLite has one writer anyway.
    static func heldEpoch(_ dialect: Dialect) -> String { dialect == .postgresql ? epoch + " FOR SHARE" : epoch }

    // Names; read whole, once, at the start.
    static let names = "SELECT * FROM series_names ORDER BY id"
    static let addName = """
        INSERT INTO series_names (id, thing, property, unit, through, count, first_time, arrived, settled, classes)
        VALUES (?, ?, ?, ?, 0, 0, ?, 0, ?, 0)
        """
    static let adoptUnit = "UPDATE series_names SET unit = ? WHERE id = ?"
    static let summarise = """
        UPDATE series_names SET through = ?, count = ?, first_time = ?, latest_time = ?, latest_bits = ?,
            latest_quality = ?, arrived = ?, settled = ?, classes = ? WHERE id = ?
        """

    // Journal.
    static let addRow = "INSERT INTO series_journal (id, arrived, body) VALUES (?, ?, ?)"
    static let row = "SELECT id FROM series_journal WHERE id = ?"
    static let lastRow = "SELECT MAX(id) AS id FROM series_journal"
    static let rowsAfter = "SELECT id, arrived, body FROM series_journal WHERE id > ? ORDER BY id LIMIT ?"
    static let trim = "DELETE FROM series_journal WHERE id < ?"

    // Chunks.
    static let addChunk = """
        INSERT INTO series_chunks (id, series, span_class, from_time, to_time, count, sha256, body)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    static let chunk = "SELECT id FROM series_chunks WHERE id = ?"
    static let lastChunk = "SELECT MAX(id) AS id FROM series_chunks"
    static let overlapping = """
        SELECT id, from_time, anchored, body FROM series_chunks
        WHERE series = ? AND span_class = ? AND from_time >= ? AND from_time <= ? AND to_time >= ?
        ORDER BY from_time LIMIT ?
        """
    static let nextStart = """
        SELECT from_time FROM series_chunks
        WHERE series = ? AND span_class = ? AND from_time > ? ORDER BY from_time LIMIT 1
        """
    static let unanchored = """
        SELECT c.id, n.thing, n.property, c.from_time, c.to_time, c.count, c.sha256
        FROM series_chunks c JOIN series_names n ON n.id = c.series
        WHERE c.anchored IS NULL AND c.id > 0 ORDER BY c.id LIMIT ?
        """
    static let markAnchored = "UPDATE series_chunks SET anchored = ? WHERE id = ? AND anchored IS NULL"
    static let chunksAfter = """
        SELECT c.id, n.thing, n.property, c.from_time, c.to_time, c.count, c.sha256, c.anchored, c.body
        FROM series_chunks c LEFT JOIN series_names n ON n.id = c.series
        WHERE c.id > ? ORDER BY c.id LIMIT ?
        """
}
