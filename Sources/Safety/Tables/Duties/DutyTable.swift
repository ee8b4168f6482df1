import Access
import District
import Record
import Store

/// The evidence of duties, its signatures, what made a duty due, and what each firm's half-year stands at.
enum DutyTable {
    static let migration = Migration(
        "safety.duties.001",
        [
            """
            CREATE TABLE safety_duty_evidence (
                id TEXT PRIMARY KEY, firm TEXT NOT NULL, scope TEXT NOT NULL, duty TEXT NOT NULL, period TEXT NOT NULL,
                day BIGINT NOT NULL, kind TEXT NOT NULL, file TEXT, source TEXT, source_type TEXT, source_stream TEXT,
                hash TEXT NOT NULL, subject TEXT, note TEXT, author TEXT NOT NULL, at BIGINT NOT NULL,
                is_late BIGINT NOT NULL, kept_until BIGINT NOT NULL, withdrawn BIGINT, forgotten BIGINT)
            """,
            "CREATE INDEX safety_duty_evidence_firm ON safety_duty_evidence (firm, period, duty)",
            "CREATE INDEX safety_duty_evidence_file ON safety_duty_evidence (file)",
            """
            CREATE TABLE safety_duty_signatures (
                firm TEXT NOT NULL, scope TEXT NOT NULL, period TEXT NOT NULL, duty TEXT NOT NULL, role TEXT NOT NULL,
                signer TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (firm, period, duty, role))
            """,
            """
            CREATE TABLE safety_duty_triggers (
                firm TEXT NOT NULL, scope TEXT NOT NULL, duty TEXT NOT NULL, subject TEXT NOT NULL, at BIGINT NOT NULL,
                PRIMARY KEY (firm, duty, subject))
            """,
            """
            CREATE TABLE safety_duty_state (
                firm TEXT NOT NULL, scope TEXT NOT NULL, period TEXT NOT NULL, required BIGINT NOT NULL,
                evidenced BIGINT NOT NULL, complete BIGINT NOT NULL, closed BIGINT, PRIMARY KEY (firm, period))
            """,
            "CREATE INDEX safety_duty_state_period ON safety_duty_state (period, firm)",
            "CREATE TABLE safety_duty_editions (period TEXT NOT NULL, edition TEXT NOT NULL, PRIMARY KEY (period, edition))",
        ])

    static let tables = [
        "safety_duty_evidence", "safety_duty_signatures", "safety_duty_triggers", "safety_duty_state",
        "safety_duty_editions",
    ]

    /// What a firm's duties stand at, for the house itself.
    static func board(
        _ firm: FirmProfile, _ period: HalfYear, _ book: DutyBook, contracts: [ClosedRange<KoreanDay>] = [],
        at now: Timestamp, in reader: any Reader
    ) throws -> DutyBoard {
        DutyBoard(
            book, firm: firm, period: period, evidence: try evidence(of: firm.firm, through: period, in: reader),
            signatures: try signatures(of: firm.firm, in: reader), triggers: try triggers(of: firm.firm, in: reader),
            contracts: contracts, now: now)
    }

    /// What a firm's duties stand at; nil where the tenant may not see the firm, or there is none.
    static func board(
        _ firm: FirmID, _ period: HalfYear, _ book: DutyBook, at now: Timestamp, for tenant: some Tenancy,
        in reader: any Reader
    ) throws -> (firm: FirmProfile, board: DutyBoard)? {
        guard let profile = try FirmProfiles.find(firm, for: tenant, in: reader) else { return nil }
        let contracts = try contracts(of: firm, for: tenant, in: reader)
        return (profile, try board(profile, period, book, contracts: contracts, at: now, in: reader))
    }

    /// The times for which a firm gave work to others, as its contracts say.
    static func contracts(
        of firm: FirmID, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [ClosedRange<KoreanDay>] {
        try ContractTable.list(for: tenant, in: reader).filter { $0.client == firm }
            .map { ($0.starts, min($0.ends, $0.ended ?? $0.ends)) }.filter { $0.0 <= $0.1 }.map { $0.0...$0.1 }
    }

    /// A piece of evidence that a tenant may see.
    static func evidence(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> DutyEvidence? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_duty_evidence WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(evidence)
    }

    /// A firm's evidence of every half-year, for an archive; latest first.
    static func evidence(
        of firm: FirmID, from first: HalfYear, through last: HalfYear, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [DutyEvidence] {
        guard tenant.sees(.firm(firm)) else { return [] }
        return try evidence(of: firm, through: last, in: reader).filter { $0.period >= first }
    }

    /// When a firm's half-year was closed; nil where it is open.
    static func closed(_ firm: FirmID, _ period: HalfYear, in reader: any Reader) throws -> Timestamp? {
        try reader.first(
            "SELECT closed FROM safety_duty_state WHERE firm = ? AND period = ?",
            [.text(firm.rawValue), .text(period.description)]
        )?.optionalInteger("closed").map { Timestamp(microseconds: $0) }
    }

    /// Whether a half-year has begun under an edition of the duty table.
    static func hasBegun(_ period: HalfYear, edition: String, in reader: any Reader) throws -> Bool {
        try reader.first(
            "SELECT period FROM safety_duty_editions WHERE period = ? AND edition = ?",
            [.text(period.description), .text(edition)]) != nil
    }

    /// Whether anything else rests on the same file: other evidence, or what another subject keeps (the proof of an
    /// action, a filed form, an inspection's photo).
    static func isShared(_ file: String, firm: FirmID, in reader: any Reader) throws -> Bool {
        let evidence = try reader.first(
            "SELECT id FROM safety_duty_evidence WHERE file = ? AND firm = ? AND forgotten IS NULL LIMIT 1",
            [.text(file), .text(firm.rawValue)])
        guard evidence == nil else { return true }
        for (table, column) in [
            ("safety_photos", "hash"), ("safety_incidents", "file"), ("safety_contract_records", "file"),
            ("safety_training_sessions", "file"),
        ] {
            let row = try reader.first(
                "SELECT 1 AS one FROM \(table) WHERE \(column) = ? AND scope LIKE ? LIMIT 1",
                [.text(file), .text("%:\(firm)%")])
            if row != nil { return true }
        }
        return false
    }

    // MARK: Rows

    private static func evidence(
        of firm: FirmID, through period: HalfYear, in reader: any Reader
    ) throws -> [DutyEvidence] {
        // Half-years sort by their text.
        try reader.query(
            "SELECT * FROM safety_duty_evidence WHERE firm = ? AND period <= ? ORDER BY at DESC, id",
            [.text(firm.rawValue), .text(period.description)]
        ).map(evidence)
    }

    private static func signatures(of firm: FirmID, in reader: any Reader) throws -> [DutySignature] {
        try reader.query(
            "SELECT * FROM safety_duty_signatures WHERE firm = ?", [.text(firm.rawValue)]
        ).compactMap { row in
            guard let period = HalfYear(try row.text("period")), let role = Duty.Signer(rawValue: try row.text("role"))
            else { return nil }
            return DutySignature(
                duty: try row.text("duty"), period: period, signer: PersonID(try row.text("signer")), role: role,
                at: Timestamp(microseconds: try row.integer("at")))
        }
    }

    private static func triggers(of firm: FirmID, in reader: any Reader) throws -> [DutyTrigger] {
        try reader.query(
            "SELECT * FROM safety_duty_triggers WHERE firm = ? ORDER BY at, subject", [.text(firm.rawValue)]
        ).map { row in
            DutyTrigger(
                duty: try row.text("duty"), subject: try row.text("subject"),
                at: Timestamp(microseconds: try row.integer("at")))
        }
    }

    private static func period(_ row: Row) throws -> HalfYear {
        if let period = HalfYear(try row.text("period")) { return period }
        return HalfYear(Timestamp(microseconds: try row.integer("at")))
    }

    private static func evidence(_ row: Row) throws -> DutyEvidence {
        func moment(_ name: String) throws -> Timestamp? {
            try row.optionalInteger(name).map { Timestamp(microseconds: $0) }
        }
        let source = try row.optionalText("source")
        return DutyEvidence(
            id: try row.text("id"), firm: FirmID(try row.text("firm")), duty: try row.text("duty"),
            period: try period(row),
            day: KoreanDay(number: try row.integer("day")), kind: try row.text("kind"),
            file: try row.optionalText("file"),
            source: try source.map {
                .init(
                    event: $0, type: try row.optionalText("source_type") ?? "",
                    stream: try row.optionalText("source_stream") ?? "")
            }, hash: try row.text("hash"), subject: try row.optionalText("subject"),
            note: try row.optionalText("note"), author: Author(try row.text("author")),
            at: Timestamp(microseconds: try row.integer("at")), isLate: try row.flag("is_late"),
            keptUntil: KoreanDay(number: try row.integer("kept_until")), withdrawn: try moment("withdrawn"),
            forgotten: try moment("forgotten"))
    }
}
