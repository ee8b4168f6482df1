public import Record
public import Store

/// Files that people attached: photos, certificates, minutes. They stand outside the Record, which carries their
/// SHA-256; so a file can be forgotten and the proof stays, and a file that was changed no longer has its name.
public enum Attachments {
    /// The largest file taken, in bytes.
    public static let largest = 20 << 20

    static let migration = Migration(
        "district.002.attachments",
        [
            """
            CREATE TABLE district_attachments (
                hash TEXT NOT NULL, scope TEXT NOT NULL, media TEXT NOT NULL, size BIGINT NOT NULL, bytes BLOB NOT NULL,
                author TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (hash, scope))
            """
        ])

    /// Keeps a file for whoever may see the scope; the same file is kept once for each.
    /// - Returns: its SHA-256, as events and forms name it.
    /// - Throws: ``Refusal`` where it is empty, too large or of a kind that is not taken.
    public static func keep(
        _ bytes: [UInt8], scope: Scope, author: Author, at now: Timestamp, in writer: any Writer
    ) throws -> String {
        guard bytes.count <= largest else {
            throw Refusal(
                .tooLarge, "attachment.size",
                Words("파일은 \(largest >> 20)MB까지 올릴 수 있습니다.", "A file may have up to \(largest >> 20) MB."))
        }
        guard let media = MediaType(of: bytes) else {
            throw Refusal(
                .invalid, "attachment.kind",
                Words(
                    "사진(JPEG, PNG, WebP), PDF, 한글·오피스 문서, 글자 파일만 올릴 수 있습니다.",
                    "Only photos (JPEG, PNG, WebP), PDF, office documents and text are taken."))
        }
        let hash = ContentHash.sha256(bytes)
        try writer.execute(
            """
            INSERT INTO district_attachments (hash, scope, media, size, bytes, author, at) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (hash, scope) DO NOTHING
            """,
            [
                .text(hash), .text(scope.text), .text(media.rawValue), .integer(Int64(bytes.count)), .blob(bytes),
                .text(author.text), .integer(now.microseconds),
            ])
        return hash
    }

    /// A file that a tenant may see; nil where there is none.
    public static func find(_ hash: String, for tenant: some Tenancy, in reader: any Reader) throws -> Attachment? {
        let scope = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM district_attachments WHERE hash = ? AND \(scope.sql)", [.text(hash)] + scope.arguments
        ).map { row in
            Attachment(
                hash: try row.text("hash"), media: MediaType(rawValue: try row.text("media")) ?? .text,
                bytes: try row.blob("bytes"), author: Author(try row.text("author")),
                at: Timestamp(microseconds: try row.integer("at")))
        }
    }

    /// Whether a tenant may see a file of this hash, without reading it.
    public static func holds(_ hash: String, for tenant: some Tenancy, in reader: any Reader) throws -> Bool {
        let scope = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT size FROM district_attachments WHERE hash = ? AND \(scope.sql)", [.text(hash)] + scope.arguments)
            != nil
    }

    /// Forgets a file; what the Record says of it stays.
    public static func forget(_ hash: String, scope: Scope, in writer: any Writer) throws {
        try writer.execute(
            "DELETE FROM district_attachments WHERE hash = ? AND scope = ?", [.text(hash), .text(scope.text)])
    }
}

/// A file that was attached.
public struct Attachment: Sendable {
    /// Its SHA-256.
    public let hash: String
    /// What it is, by its own first bytes.
    public let media: MediaType
    /// The file.
    public let bytes: [UInt8]
    /// Who brought it.
    public let author: Author?
    /// When.
    public let at: Timestamp
}
