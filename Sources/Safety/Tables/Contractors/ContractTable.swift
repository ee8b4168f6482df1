import District
import Record
import Store

/// Work that one firm does at another's place, as it stands.
struct Contract: Sendable, Hashable {
    /// Its identifier: the stream `contract/…`.
    let id: String
    /// Both firms see it.
    let scope: Scope
    /// Who gives the work, and at whose place it is done.
    let client: FirmID
    /// Who does it.
    let contractor: FirmID
    /// Where.
    let thing: ThingID
    /// What.
    let work: String
    let trade: Trade
    let starts: KoreanDay, ends: KoreanDay
    /// When each duty was last done.
    let last: [ContractDuty: KoreanDay]
    /// The last score, in per cent.
    let score: Double?
    /// Whether the contractor has agreed: before, it binds nobody but its client.
    let isAccepted: Bool
    /// Its last day where it was ended early.
    let ended: KoreanDay?

    /// Whether it was ended early.
    var isEnded: Bool { ended != nil }

    /// Whether duties run on a day.
    func isRunning(on day: KoreanDay) -> Bool { !isEnded && starts <= day && day <= ends }

    /// The last day in time for the next of a kind.
    func due(_ duty: ContractDuty) -> KoreanDay { duty.due(after: last[duty], start: starts, trade: trade) }

    /// The duties whose day has passed.
    func overdue(on day: KoreanDay) -> [ContractDuty] {
        isRunning(on: day) ? ContractDuty.allCases.filter { due($0) < day } : []
    }
}

/// What was done under a contract.
struct ContractRecord: Sendable, Hashable {
    let id: String
    let contract: String
    let duty: ContractDuty
    let day: KoreanDay
    let note: String
    let file: String?
    /// Whether the contractor has signed it too.
    let isCountersigned: Bool
}

/// Contracts and what was done under them.
enum ContractTable {
    static let migration = Migration(
        "safety.contractors.001",
        [
            """
            CREATE TABLE safety_contracts (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, client TEXT NOT NULL, contractor TEXT NOT NULL,
                thing TEXT NOT NULL, work TEXT NOT NULL, trade TEXT NOT NULL, starts BIGINT NOT NULL,
                ends BIGINT NOT NULL, score DOUBLE PRECISION, is_accepted BIGINT NOT NULL, is_ended BIGINT NOT NULL,
                ended BIGINT)
            """,
            "CREATE INDEX safety_contracts_scope ON safety_contracts (scope)",
            """
            CREATE TABLE safety_contract_records (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, contract TEXT NOT NULL, duty TEXT NOT NULL, day BIGINT NOT NULL,
                note TEXT NOT NULL, file TEXT, is_countersigned BIGINT NOT NULL)
            """,
            "CREATE INDEX safety_contract_records_contract ON safety_contract_records (contract, day)",
        ])

    static let projection = Projection(
        tables: ["safety_contracts", "safety_contract_records"],
        types: [
            "safety.contractor.contracted", "safety.contractor.recorded", "safety.contractor.scored",
            "safety.contractor.countersigned", "safety.contractor.accepted", "safety.contractor.ended",
        ]
    ) { event, payload, transaction in
        let id = String(event.stream.dropFirst("contract/".count))
        func day(_ key: String) -> Int64 {
            (payload[key]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)).number
        }
        func text(_ key: String) -> String { payload[key]?.text ?? "" }
        switch event.type {
        case "safety.contractor.contracted":
            try transaction.execute(
                """
                INSERT INTO safety_contracts
                    (id, scope, client, contractor, thing, work, trade, starts, ends, score, is_accepted, is_ended)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 0, 0)
                """,
                [
                    .text(id), .text(event.scope.text), .text(text("client")), .text(text("contractor")),
                    .text(text("thing")), .text(text("work")), .text(text("trade")), .integer(day("starts")),
                    .integer(day("ends")),
                ])
        case "safety.contractor.countersigned":
            try transaction.execute(
                "UPDATE safety_contract_records SET is_countersigned = 1 WHERE id = ?", [.text(text("record"))])
        case "safety.contractor.ended":
            try transaction.execute(
                "UPDATE safety_contracts SET is_ended = 1, ended = ? WHERE id = ?",
                [.integer(KoreanDay(event.observed).number), .text(id)])
        case "safety.contractor.accepted":
            try transaction.execute("UPDATE safety_contracts SET is_accepted = 1 WHERE id = ?", [.text(id)])
        default:
            let duty = event.type == "safety.contractor.scored" ? ContractDuty.score.rawValue : text("duty")
            try transaction.execute(
                """
                INSERT INTO safety_contract_records (id, scope, contract, duty, day, note, file, is_countersigned)
                VALUES (?, ?, ?, ?, ?, ?, ?, 0)
                """,
                [
                    .text(event.id.description), .text(event.scope.text), .text(id), .text(duty), .integer(day("day")),
                    .text(text("note")), .optional(payload["file"]?.text),
                ])
            if let score = payload["score"]?.double {
                try transaction.execute(
                    "UPDATE safety_contracts SET score = ? WHERE id = ?", [.real(score), .text(id)])
            }
        }
    }

    /// The contracts that a tenant is a party of, those running first.
    static func list(for tenant: some Tenancy, in reader: any Reader) throws -> [Contract] {
        let own = tenant.condition(column: "scope")
        let rows = try reader.query(
            "SELECT * FROM safety_contracts WHERE \(own.sql) ORDER BY is_ended, ends DESC, id LIMIT 500", own.arguments)
        return try rows.map { try contract($0, last: last(of: $0.text("id"), in: reader)) }
    }

    /// One that a tenant is a party of.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Contract? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_contracts WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map { try contract($0, last: last(of: id, in: reader)) }
    }

    /// What was done under a contract, latest first.
    static func records(of id: String, for tenant: some Tenancy, in reader: any Reader) throws -> [ContractRecord] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_contract_records WHERE contract = ? AND \(own.sql) ORDER BY day DESC, id DESC LIMIT 200
            """, [.text(id)] + own.arguments
        ).map(record)
    }

    /// One record that a tenant may see.
    static func record(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> ContractRecord? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_contract_records WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(record)
    }

    /// The firm with a business registration number, whoever asks: it stands on its invoices. Nil where it is no tenant.
    static func firm(registered number: String, in reader: any Reader) throws -> FirmID? {
        try reader.first("SELECT id FROM access_firms WHERE registration = ?", [.text(number)])
            .map { FirmID(try $0.text("id")) }
    }

    /// What a party of one's contracts is called.
    static func name(of firm: FirmID, in reader: any Reader) throws -> String {
        try reader.first("SELECT name FROM access_firms WHERE id = ?", [.text(firm.rawValue)])?.text("name")
            ?? firm.rawValue
    }

    private static func last(of id: String, in reader: any Reader) throws -> [ContractDuty: KoreanDay] {
        var last: [ContractDuty: KoreanDay] = [:]
        for row in try reader.query(
            "SELECT duty, MAX(day) AS day FROM safety_contract_records WHERE contract = ? GROUP BY duty", [.text(id)])
        {
            guard let duty = ContractDuty(rawValue: try row.text("duty")) else { continue }
            last[duty] = KoreanDay(number: try row.integer("day"))
        }
        return last
    }

    private static func contract(_ row: Row, last: [ContractDuty: KoreanDay]) throws -> Contract {
        Contract(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone,
            client: FirmID(try row.text("client")), contractor: FirmID(try row.text("contractor")),
            thing: ThingID(try row.text("thing")), work: try row.text("work"),
            trade: Trade(rawValue: try row.text("trade")) ?? .other,
            starts: KoreanDay(number: try row.integer("starts")),
            ends: KoreanDay(number: try row.integer("ends")), last: last, score: try row.optionalReal("score"),
            isAccepted: try row.flag("is_accepted"),
            ended: try row.optionalInteger("ended").map { KoreanDay(number: $0) })
    }

    private static func record(_ row: Row) throws -> ContractRecord {
        ContractRecord(
            id: try row.text("id"), contract: try row.text("contract"),
            duty: ContractDuty(rawValue: try row.text("duty")) ?? .council,
            day: KoreanDay(number: try row.integer("day")), note: try row.text("note"),
            file: try row.optionalText("file"), isCountersigned: try row.flag("is_countersigned"))
    }
}
