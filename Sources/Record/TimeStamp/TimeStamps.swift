public import Store

/// The time-stamps of a log's checkpoints, kept beside them.
public enum TimeStamps {
    static let migration = Migration(
        "record.005.timestamps",
        [
            """
            CREATE TABLE record_timestamps (size BIGINT PRIMARY KEY, response BLOB NOT NULL, time BIGINT NOT NULL)
            """
        ])

    /// What of a checkpoint is stamped: its note with the log's own signature, so that what is added later changes
    /// nothing.
    public static func stamped(_ signed: SignedCheckpoint, by log: VerifierKey) -> [UInt8] {
        Array(signed.only(log).description.utf8)
    }

    /// Keeps a time-stamp of the checkpoint of a size.
    public static func keep(_ stamp: TimeStamp, size: Int64, in transaction: any Writer) throws {
        try transaction.execute(
            """
            INSERT INTO record_timestamps (size, response, time) VALUES (?, ?, ?) ON CONFLICT (size) DO NOTHING
            """, [.integer(size), .blob(stamp.response), .integer(stamp.time.microseconds)])
    }

    /// The time-stamp of the checkpoint of a size, where there is one.
    public static func of(size: Int64, in reader: any Reader) throws -> TimeStamp? {
        try reader.first("SELECT response FROM record_timestamps WHERE size = ?", [.integer(size)])
            .map { try TimeStamp(response: $0.blob("response")) }
    }

    /// The newest stamped checkpoint's size and time.
    public static func latest(in reader: any Reader) throws -> (size: Int64, time: Timestamp)? {
        try reader.first("SELECT size, time FROM record_timestamps ORDER BY size DESC LIMIT 1").map {
            (try $0.integer("size"), Timestamp(microseconds: try $0.integer("time")))
        }
    }
}
