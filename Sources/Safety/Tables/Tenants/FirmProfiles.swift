import Access
import District
import Record
import Store

/// The firms as Safety knows them: size and business, and whether their own people have come in.
enum FirmProfiles {
    static let migration = Migration(
        "safety.firms.001",
        [
            """
            CREATE TABLE safety_firms (
                firm TEXT PRIMARY KEY, scope TEXT NOT NULL, name TEXT NOT NULL, words TEXT NOT NULL, headcount BIGINT,
                industry TEXT, address TEXT, traits TEXT NOT NULL, contact TEXT, activated BIGINT, invited BIGINT,
                invite_ends BIGINT)
            """,
            "CREATE INDEX safety_firms_name ON safety_firms (name, firm)",
        ])

    static let projection = Projection(
        tables: ["safety_firms"],
        types: [
            AccessEvents.firmRegistered, AccessEvents.firmChanged, AccessEvents.roleGranted, "access.link.issued",
            "safety.firm.profiled", "safety.contractor.contracted",
        ]
    ) { event, payload, transaction in
        if event.type == "safety.contractor.contracted" {
            try contract(payload["client"]?.text ?? "", transaction)
            return
        }
        guard case .firm(let firm) = event.scope else { return }
        switch event.type {
        case AccessEvents.firmRegistered, AccessEvents.firmChanged:
            let (name, registration) = (payload["name"]?.text ?? "", payload["registration"]?.text ?? "")
            try transaction.execute(
                """
                INSERT INTO safety_firms (firm, scope, name, words, headcount, traits) VALUES (?, ?, ?, ?, ?, '{}')
                ON CONFLICT (firm) DO UPDATE SET name = excluded.name, words = excluded.words,
                  headcount = excluded.headcount
                """,
                [
                    .text(firm.rawValue), .text(event.scope.text), .text(name),
                    .text("\(firm) \(name) \(registration)".lowercased()), .optional(payload["headcount"]?.integer),
                ])
        case "safety.firm.profiled":
            try transaction.execute(
                """
                UPDATE safety_firms SET industry = ?, address = ?, traits = COALESCE(?, traits),
                  contact = COALESCE(?, contact)
                WHERE firm = ?
                """,
                [
                    .optional(payload["industry"]?.text), .optional(payload["address"]?.text),
                    .optional(payload["traits"]?.canonicalText),
                    .optional(payload["contact"]?["erased"] == true ? nil : payload["contact"]?.canonicalText),
                    .text(firm.rawValue),
                ])
        case "access.link.issued":
            guard payload["role"]?.text == Role.executive.rawValue else { return }
            let ends = payload["expires"]?.text.flatMap { Timestamp(iso8601: $0) }
            try transaction.execute(
                "UPDATE safety_firms SET invited = ?, invite_ends = ? WHERE firm = ?",
                [
                    .integer(event.recorded.microseconds),
                    .integer((ends ?? event.recorded.advanced(bySeconds: 86_400)).microseconds),
                    .text(firm.rawValue),
                ])
        default:
            guard payload["role"]?.text == Role.executive.rawValue else { return }
            try transaction.execute(
                "UPDATE safety_firms SET activated = COALESCE(activated, ?) WHERE firm = ?",
                [.integer(event.recorded.microseconds), .text(firm.rawValue)])
        }
    }

    /// A firm that gives work to another has contractors, whatever it said.
    private static func contract(_ firm: String, _ transaction: any Writer) throws {
        guard let row = try transaction.first("SELECT traits FROM safety_firms WHERE firm = ?", [.text(firm)]) else {
            return
        }
        var traits = try JSON(parsing: Array(try row.text("traits").utf8)).members ?? [:]
        traits[FirmTrait.contracting.rawValue] = true
        try transaction.execute(
            "UPDATE safety_firms SET traits = ? WHERE firm = ?",
            [.text(JSON.object(traits).canonicalText), .text(firm)])
    }

    /// A firm that a tenant may see; nil where there is none.
    static func find(_ firm: FirmID, for tenant: some Tenancy, in reader: any Reader) throws -> FirmProfile? {
        guard tenant.sees(.firm(firm)) else { return nil }
        return try find(firm, in: reader)
    }

    /// A firm, for a rule or a projection that acts for the house.
    static func find(_ firm: FirmID, in reader: any Reader) throws -> FirmProfile? {
        try reader.first("SELECT * FROM safety_firms WHERE firm = ?", [.text(firm.rawValue)]).map(profile)
    }

    /// Every firm that a tenant may see, by name.
    static func all(for tenant: some Tenancy, in reader: any Reader) throws -> [FirmProfile] {
        let own = tenant.condition(column: "scope")
        return try reader.query("SELECT * FROM safety_firms WHERE \(own.sql) ORDER BY name, firm", own.arguments)
            .map(profile)
    }

    /// Which firms a list shows.
    enum Filter: String, Sendable, CaseIterable { case all, active, invited, waiting }

    /// A page of the firms that a tenant may see.
    static func page(
        _ filter: Filter, containing words: String, order: String, limit: Int, offset: Int, at now: Timestamp,
        for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<FirmProfile> {
        let own = tenant.condition(column: "scope")
        var (source, arguments) = ("safety_firms WHERE \(own.sql)", own.arguments)
        switch filter {
        case .all: break
        case .active: source += " AND activated IS NOT NULL"
        case .invited:
            source += " AND activated IS NULL AND invite_ends > ?"
            arguments.append(.integer(now.microseconds))
        case .waiting:
            source += " AND activated IS NULL AND (invite_ends IS NULL OR invite_ends <= ?)"
            arguments.append(.integer(now.microseconds))
        }
        if !words.isEmpty {
            source += " AND words LIKE ? ESCAPE '!'"
            arguments.append(.pattern(containing: words))
        }
        return try reader.listing(
            "*", from: source, arguments, order: order, limit: limit, offset: offset, profile)
    }

    /// How many firms there are, and how many of them are active or hold an invitation that still works.
    static func counts(
        at now: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> (all: Int64, active: Int64, invited: Int64) {
        let own = tenant.condition(column: "scope")
        let row = try reader.first(
            """
            SELECT COUNT(*) AS total, COUNT(activated) AS active,
              COALESCE(SUM(CASE WHEN activated IS NULL AND invite_ends > ? THEN 1 ELSE 0 END), 0) AS invited
            FROM safety_firms WHERE \(own.sql)
            """, [.integer(now.microseconds)] + own.arguments)
        return (
            try row?.integer("total") ?? 0, try row?.integer("active") ?? 0, try row?.integer("invited") ?? 0
        )
    }

    private static func profile(_ row: Row) throws -> FirmProfile {
        let traits = try JSON(parsing: Array(try row.text("traits").utf8))
        return FirmProfile(
            firm: FirmID(try row.text("firm")), name: try row.text("name"),
            headcount: try row.optionalInteger("headcount").map { Int($0) },
            industry: try row.optionalText("industry").flatMap { IndustryCode($0) },
            address: try row.optionalText("address"),
            traits: Dictionary(
                uniqueKeysWithValues: FirmTrait.allCases.compactMap { trait in
                    traits[trait.rawValue]?.bool.map { (trait, $0) }
                }),
            activated: try row.optionalInteger("activated").map { Timestamp(microseconds: $0) },
            invited: try row.optionalInteger("invited").map { Timestamp(microseconds: $0) },
            inviteEnds: try row.optionalInteger("invite_ends").map { Timestamp(microseconds: $0) })
    }
}
