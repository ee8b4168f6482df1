import Record
import Store

/// The archives of packs, in pieces, and who is making one. They follow from no event and come back from backup only;
/// each can be made again from the Record.
enum PackPieces {
    /// How large a piece is, in bytes.
    static let size = 1 << 20

    static func keep(_ pack: String, _ position: Int64, _ bytes: [UInt8], in writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO safety_pack_pieces (pack, position, bytes) VALUES (?, ?, ?)
            ON CONFLICT (pack, position) DO UPDATE SET bytes = excluded.bytes
            """, [.text(pack), .integer(position), .blob(bytes)])
    }

    static func isKept(_ pack: String, in reader: any Reader) throws -> Bool {
        try reader.first("SELECT position FROM safety_pack_pieces WHERE pack = ? LIMIT 1", [.text(pack)]) != nil
    }

    static func piece(_ pack: String, _ position: Int64, in reader: any Reader) throws -> [UInt8]? {
        try reader.first(
            "SELECT bytes FROM safety_pack_pieces WHERE pack = ? AND position = ?", [.text(pack), .integer(position)]
        )?.blob("bytes")
    }

    static func forget(_ pack: String, in writer: any Writer) throws {
        try writer.execute("DELETE FROM safety_pack_pieces WHERE pack = ?", [.text(pack)])
    }

    /// Removes archives asked for before a moment.
    static func sweep(before: Timestamp, in writer: any Writer) throws {
        try writer.execute(
            "DELETE FROM safety_pack_pieces WHERE pack IN (SELECT id FROM safety_packs WHERE asked < ?)",
            [.integer(before.microseconds)])
    }

    /// Takes a pack to make, so that of several nodes one makes it.
    static func take(
        _ pack: String, _ holder: String, at now: Timestamp, seconds: Double, in writer: any Writer
    ) throws -> Bool {
        try writer.execute(
            """
            INSERT INTO safety_pack_work (pack, holder, until) VALUES (?, ?, ?)
            ON CONFLICT (pack) DO UPDATE SET holder = excluded.holder, until = excluded.until
                WHERE safety_pack_work.until < ? OR safety_pack_work.holder = excluded.holder
            """,
            [
                .text(pack), .text(holder), .integer(now.advanced(bySeconds: seconds).microseconds),
                .integer(now.microseconds),
            ]) == 1
    }

    /// Takes back what a process left that is gone: where one process alone has the database, at its start.
    static func releaseAll(in writer: any Writer) throws { try writer.execute("DELETE FROM safety_pack_work") }

    static func release(_ pack: String, in writer: any Writer) throws {
        try writer.execute("DELETE FROM safety_pack_work WHERE pack = ?", [.text(pack)])
    }
}
