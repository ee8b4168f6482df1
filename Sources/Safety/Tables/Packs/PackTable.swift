import Access
import District
import Record
import Store

/// Inspector's packs and the links to them.
enum PackTable {
    static let migration = Migration(
        "safety.packs.001",
        [
            """
            CREATE TABLE safety_packs (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, firm TEXT NOT NULL, period TEXT NOT NULL,
                recipient TEXT NOT NULL, personal BIGINT NOT NULL, asked BIGINT NOT NULL, author TEXT NOT NULL,
                state TEXT NOT NULL, reason TEXT NOT NULL, made BIGINT, sha256 TEXT, size BIGINT, events BIGINT,
                streams BIGINT, documents BIGINT, checkpoint BIGINT, witnesses TEXT, stamped BIGINT)
            """,
            "CREATE INDEX safety_packs_scope ON safety_packs (scope, asked)",
            "CREATE INDEX safety_packs_state ON safety_packs (state, asked)",
            """
            CREATE TABLE safety_pack_links (
                id TEXT PRIMARY KEY, pack TEXT NOT NULL, scope TEXT NOT NULL, code TEXT NOT NULL UNIQUE,
                made BIGINT NOT NULL, until BIGINT NOT NULL, revoked BIGINT, fetched BIGINT NOT NULL, last BIGINT)
            """,
            "CREATE INDEX safety_pack_links_pack ON safety_pack_links (pack)",
            // The archives themselves: no projection, since they can be made again.
            """
            CREATE TABLE safety_pack_pieces (
                pack TEXT NOT NULL, position BIGINT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (pack, position))
            """,
            "CREATE TABLE safety_pack_work (pack TEXT PRIMARY KEY, holder TEXT NOT NULL, until BIGINT NOT NULL)",
        ])

    static let types = [
        "safety.pack.asked", "safety.pack.made", "safety.pack.failed", "safety.pack.shared", "safety.pack.revoked",
        "safety.pack.fetched",
    ]

    static let projection = Projection(
        tables: ["safety_packs", "safety_pack_links"], types: types
    ) { event, payload, transaction in
        let id = String(event.stream.dropFirst("pack/".count))
        let now = SQLValue.integer(event.recorded.microseconds)
        let link = SQLValue.text(payload["link"]?.text ?? "")
        switch event.type {
        case "safety.pack.asked":
            try transaction.execute(
                """
                INSERT INTO safety_packs (id, scope, firm, period, recipient, personal, asked, author, state, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'making', '')
                """,
                [
                    .text(id), .text(event.scope.text), .text(payload["firm"]?.text ?? ""),
                    .text(payload["period"]?.text ?? ""), .text(payload["recipient"]?.text ?? ""),
                    .flag(payload["personal"]?.bool ?? false), now, .text(event.author.text),
                ])
        case "safety.pack.made": try applyMade(id, payload, now, transaction)
        case "safety.pack.failed":
            try transaction.execute(
                "UPDATE safety_packs SET state = 'failed', reason = ? WHERE id = ?",
                [.text(payload["reason"]?.text ?? ""), .text(id)])
        case "safety.pack.shared":
            let until = payload["until"]?.text.flatMap { Timestamp(iso8601: $0) }
            try transaction.execute(
                """
                INSERT INTO safety_pack_links (id, pack, scope, code, made, until, fetched) VALUES (?, ?, ?, ?, ?, ?, 0)
                """,
                [
                    link, .text(id), .text(event.scope.text), .text(payload["key"]?.text ?? ""), now,
                    .integer(until?.microseconds ?? 0),
                ])
        case "safety.pack.revoked":
            try transaction.execute("UPDATE safety_pack_links SET revoked = ? WHERE id = ?", [now, link])
        default:
            try transaction.execute(
                "UPDATE safety_pack_links SET fetched = fetched + 1, last = ? WHERE id = ?", [now, link])
        }
    }

    private static func applyMade(
        _ id: String, _ payload: [String: JSON], _ now: SQLValue, _ transaction: any Writer
    ) throws {
        let stamped = payload["stamped"]?.text.flatMap { Timestamp(iso8601: $0) }
        let witnesses = payload["witnesses"]?.elements?.compactMap(\.text).joined(separator: " ") ?? ""
        try transaction.execute(
            """
            UPDATE safety_packs SET state = 'made', made = ?, sha256 = ?, size = ?, events = ?, streams = ?,
                documents = ?, checkpoint = ?, witnesses = ?, stamped = ? WHERE id = ?
            """,
            [now, .text(payload["sha256"]?.text ?? "")]
                + ["size", "events", "streams", "documents", "checkpoint"].map { .integer(payload[$0]?.integer ?? 0) }
                + [.text(witnesses), .optional(stamped?.microseconds), .text(id)])
    }

    /// A pack that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> InspectorPack? {
        let own = tenant.condition(column: "scope")
        return try reader.first("SELECT * FROM safety_packs WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments)
            .map(pack)
    }

    /// A tenant's packs, newest first.
    static func list(
        for tenant: some Tenancy, limit: Int, offset: Int = 0, in reader: any Reader
    ) throws -> Listing<InspectorPack> {
        let own = tenant.condition(column: "scope")
        return try reader.listing(
            "*", from: "safety_packs WHERE \(own.sql)", own.arguments, order: "asked DESC, id DESC", limit: limit,
            offset: offset, pack)
    }

    /// The packs that are still to be made, oldest first, whosever they are: the house makes them.
    static func making(in reader: any Reader) throws -> [String] {
        try reader.query("SELECT id FROM safety_packs WHERE state = 'making' ORDER BY asked, id LIMIT 20")
            .map { try $0.text("id") }
    }

    /// Whether a pack of a firm has been asked for since a moment and is not there yet.
    static func isMaking(_ firm: FirmID, since: Timestamp, in reader: any Reader) throws -> Bool {
        try reader.first(
            "SELECT id FROM safety_packs WHERE scope = ? AND state = 'making' AND asked >= ?",
            [.text(Scope.firm(firm).text), .integer(since.microseconds)]) != nil
    }

    /// Links to a pack, newest first.
    static func links(to pack: String, for tenant: some Tenancy, in reader: any Reader) throws -> [PackLink] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_pack_links WHERE pack = ? AND \(own.sql) ORDER BY made DESC, id DESC LIMIT 50",
            [.text(pack)] + own.arguments
        ).map(link)
    }

    /// A link that a tenant may see.
    static func link(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> PackLink? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_pack_links WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(link)
    }

    /// The link whose code has this hash: whoever holds the code may fetch, whoever they are.
    static func link(ofKey key: String, in reader: any Reader) throws -> PackLink? {
        try reader.first("SELECT * FROM safety_pack_links WHERE code = ?", [.text(key)]).map(link)
    }

    /// The pack that a link leads to. The link is the right to see it: no tenant asks.
    static func opened(by link: PackLink, in reader: any Reader) throws -> InspectorPack? {
        try reader.first("SELECT * FROM safety_packs WHERE id = ?", [.text(link.pack)]).map(pack)
    }

    private static func link(_ row: Row) throws -> PackLink {
        PackLink(
            id: try row.text("id"), pack: try row.text("pack"),
            made: Timestamp(microseconds: try row.integer("made")),
            until: Timestamp(microseconds: try row.integer("until")),
            revoked: try row.optionalInteger("revoked").map { Timestamp(microseconds: $0) },
            fetched: try row.integer("fetched"),
            last: try row.optionalInteger("last").map { Timestamp(microseconds: $0) })
    }

    private static func pack(_ row: Row) throws -> InspectorPack {
        let state: InspectorPack.State =
            switch try row.text("state") {
            case "made":
                .made(
                    InspectorPack.Made(
                        sha256: try row.text("sha256"), size: try row.integer("size"),
                        events: try row.integer("events"), streams: try row.integer("streams"),
                        documents: try row.integer("documents"), checkpoint: try row.integer("checkpoint"),
                        witnesses: try row.text("witnesses").split(separator: " ").map(String.init),
                        stamped: try row.optionalInteger("stamped").map { Timestamp(microseconds: $0) },
                        at: Timestamp(microseconds: try row.integer("made"))))
            case "failed": .failed(InspectorPack.Failure(rawValue: try row.text("reason")) ?? .other)
            default: .making
            }
        let asked = Timestamp(microseconds: try row.integer("asked"))
        return InspectorPack(
            id: try row.text("id"), firm: FirmID(try row.text("firm")),
            period: HalfYear(try row.text("period")) ?? HalfYear(asked),
            recipient: InspectorPack.Recipient(rawValue: try row.text("recipient")) ?? .own,
            opensPersonal: try row.flag("personal"), asked: asked,
            author: Author(try row.text("author")) ?? .system("unknown"), state: state)
    }
}
