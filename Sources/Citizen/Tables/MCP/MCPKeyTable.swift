import Access
import Record
import Store

/// The house's keys for what MCP clients carry. A new one is made each day; the one before still opens what it sealed.
/// They come from no event: a rebuild leaves them alone, and what was sealed under a lost one is simply asked again.
enum MCPKeyTable {
    static let migration = Migration(
        "citizen.mcp.002",
        ["CREATE TABLE citizen_mcp_keys (id TEXT PRIMARY KEY, secret TEXT NOT NULL, made BIGINT NOT NULL)"])

    /// How long a key seals, in seconds. It opens for twice as long.
    static let life = 86_400.0

    /// The keys that open now, the one that seals first.
    static func keys(at now: Timestamp, in reader: any Reader) throws -> [(id: String, seal: Seal, made: Timestamp)] {
        try reader.query(
            "SELECT * FROM citizen_mcp_keys WHERE made > ? ORDER BY made DESC, id",
            [.integer(now.advanced(bySeconds: -2 * life).microseconds)]
        ).map { row in
            let bytes = Array(try row.text("secret").utf8)
            return (try row.text("id"), Seal(key: bytes), Timestamp(microseconds: try row.integer("made")))
        }
    }

    /// The key that seals now; made where there is none young enough.
    static func current(at now: Timestamp, in writer: any Writer) throws -> (id: String, seal: Seal) {
        if let key = try keys(at: now, in: writer).first, now.seconds(since: key.made) < life {
            return (key.id, key.seal)
        }
        try writer.execute(
            "DELETE FROM citizen_mcp_keys WHERE made <= ?",
            [.integer(now.advanced(bySeconds: -2 * life).microseconds)])
        let id = Identifier(at: now).description
        // As text: the key of a MAC is any sequence of bytes, and this one has the generator's 256 bits in it.
        let secret = Seal.newKey().map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
        try writer.execute(
            "INSERT INTO citizen_mcp_keys (id, secret, made) VALUES (?, ?, ?)",
            [.text(id), .text(secret), .integer(now.microseconds)])
        return (id, Seal(key: Array(secret.utf8)))
    }
}
