import District
import Record
import Store

/// Which photos stood for what, so that one used twice is seen. The photo itself may be gone; its hashes stay.
enum PhotoTable {
    static let migration = Migration(
        "safety.photos.001",
        [
            """
            CREATE TABLE safety_photos (
                event TEXT PRIMARY KEY, scope TEXT NOT NULL, hash TEXT NOT NULL, image TEXT NOT NULL,
                stream TEXT NOT NULL, at BIGINT NOT NULL)
            """,
            "CREATE INDEX safety_photos_hash ON safety_photos (scope, hash)",
            "CREATE INDEX safety_photos_image ON safety_photos (scope, image)",
        ])

    /// The types of event whose payload names a photo: `proof` or `photo`, with `image` for what it shows.
    static let types = ["safety.action.completed", "safety.hazard.raised"]

    static let projection = Projection(tables: ["safety_photos"], types: types) { event, payload, transaction in
        guard let hash = payload["proof"]?.text ?? payload["photo"]?.text, let image = payload["image"]?.text else {
            return
        }
        try transaction.execute(
            "INSERT INTO safety_photos (event, scope, hash, image, stream, at) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(event.id.description), .text(event.scope.text), .text(hash), .text(image), .text(event.stream),
                .integer(event.observed.microseconds),
            ])
    }

    /// A photo that comes with a request: what it shows, and for what it stood before.
    struct Use: Sendable {
        /// Fingerprint of what it shows.
        let image: String
        /// The streams it stood for before.
        let earlier: [String]

        /// As an event carries it beside the hash.
        var payload: [String: JSON] {
            var payload: [String: JSON] = ["image": .string(image)]
            if !earlier.isEmpty { payload["reused"] = .array(earlier.map { .string($0) }) }
            return payload
        }
    }

    /// What a kept file shows, and for what it stood before in its firm.
    /// - Throws: ``Refusal`` naming the field where there is no such file.
    static func use(
        _ hash: String, field: String, scope: Scope, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Use {
        guard let file = try Attachments.find(hash, for: tenant, in: reader) else {
            throw Refusal(
                .invalid, "attachment.unknown", Words("사진을 다시 올려 주세요.", "Please send the photo again."),
                faults: [
                    .init(field: field, rule: "attachment", words: Words("올린 파일이 없습니다.", "No such file was sent."))
                ])
        }
        let image = ImageFingerprint.of(file.bytes)
        let earlier = try reader.query(
            "SELECT DISTINCT stream FROM safety_photos WHERE scope = ? AND (hash = ? OR image = ?) ORDER BY stream LIMIT 20",
            [.text(scope.text), .text(hash), .text(image)]
        ).map { try $0.text("stream") }
        return Use(image: image, earlier: earlier)
    }
}
