import Store

/// The tree as it is stored: how large it is, and who may extend it.
struct TreeState: Sendable {
    let size: Int64
    /// The fencing token of the last lease; 0 where there never was one.
    let token: Int64

    init(in reader: any Reader) throws {
        guard let row = try reader.first("SELECT size, token FROM record_tree WHERE id = 1") else {
            throw RecordError(.corrupt, "the tree's state is missing")
        }
        size = try row.integer("size")
        token = try row.integer("token")
    }

    /// The hashes stored for a tile, as many as there are.
    static func hashes(level: Int, index: Int64, in reader: any Reader) throws -> [UInt8] {
        try reader.first(
            "SELECT hashes FROM record_tiles WHERE level = ? AND position = ?",
            [.integer(Int64(level)), .integer(index)]
        )?.blob("hashes") ?? []
    }
}
