import District
import Record
import Store

extension IncidentTable {
    /// What lagging figures rest on: each firm's months with hours, insured workers, and who came to harm.
    ///
    /// Somebody counts for the firm that employs them, in the month of the accident, whenever days are lost later.
    /// People counted but not described yet count as recordable, never as nothing.
    ///
    /// - Parameters:
    ///   - firm: only this one; nil for all that the tenant may see.
    ///   - first, last: months such as `2026-11`, both included.
    static func counts(
        from first: String, through last: String, firm: FirmID? = nil, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [FirmID: [MonthOfWork]] {
        guard let start = KoreanDay("\(first)-01"), let end = KoreanDay("\(last)-01")?.adding(months: 1), start < end
        else { return [:] }
        var months: [String] = []
        var day = start
        while day < end {
            months.append(day.month)
            day = day.adding(months: 1)
        }
        var table: [FirmID: [String: MonthOfWork]] = [:]
        func change(_ firm: FirmID, _ month: String, _ body: (inout MonthOfWork) -> Void) {
            body(&table[firm, default: [:]][month, default: MonthOfWork(month: month)])
        }
        let own = tenant.condition(column: "scope")
        let only = firm.map { [SQLValue.text($0.rawValue)] } ?? []
        for row in try reader.query(
            """
            SELECT firm, month, hours, insured FROM safety_hours
            WHERE month BETWEEN ? AND ? AND \(own.sql)\(firm == nil ? "" : " AND firm = ?")
            """, [.text(first), .text(last)] + own.arguments + only)
        {
            let (hours, insured) = (try row.real("hours"), try row.integer("insured"))
            change(FirmID(try row.text("firm")), try row.text("month")) {
                $0.hours = hours
                $0.insured = Double(insured)
            }
        }
        for row in try reader.query(
            """
            SELECT employer, occurred, people, deaths, injured, ill, is_disease FROM safety_incidents
            WHERE occurred >= ? AND occurred < ? AND folded IS NULL AND \(own.sql)\(firm == nil ? "" : " AND employer = ?")
            """,
            [.integer(start.start.microseconds), .integer(end.start.microseconds)] + own.arguments + only)
        {
            let month = KoreanDay(Timestamp(microseconds: try row.integer("occurred"))).month
            let casualties = Casualties(
                people: try people(row), deaths: try row.integer("deaths"), injured: try row.integer("injured"),
                ill: try row.integer("ill"))
            let injuries = casualties.injuries(isDisease: try row.flag("is_disease"))
            change(FirmID(try row.text("employer")), month) { $0.injuries = $0.injuries + injuries }
        }
        return table.mapValues { found in months.map { found[$0] ?? MonthOfWork(month: $0) } }
    }
}

extension Casualties {
    /// What of one accident goes into the figures.
    func injuries(isDisease: Bool) -> Injuries {
        let lost = living.filter { $0.lostDays >= 1 || ($0.daysOff ?? 0) >= 1 }
        let recordable = living.filter { $0.care != .firstAid || $0.lostDays >= 1 }
        let hurt = living.filter { max($0.daysOff ?? 0, $0.lostDays) >= 3 }
        return Injuries(
            lostTime: Int64(lost.count), recordable: Int64(recordable.count) + deaths + max(0, undescribedLiving),
            injured: Int64(hurt.count) + deaths, deaths: isDisease ? 0 : deaths,
            lostDays: living.reduce(0) { $0 + $1.lostDays })
    }

    /// Hurt or ill, counted but described by nobody yet.
    var undescribedLiving: Int64 { max(0, injured + ill - Int64(living.count)) }
}

/// Hours worked and workers insured, by firm and month.
enum HoursTable {
    static let migration = Migration(
        "safety.incidents.002",
        [
            """
            CREATE TABLE safety_hours (
                firm TEXT NOT NULL, month TEXT NOT NULL, scope TEXT NOT NULL, hours DOUBLE PRECISION NOT NULL,
                insured BIGINT NOT NULL, PRIMARY KEY (firm, month))
            """,
            "CREATE INDEX safety_hours_scope ON safety_hours (scope, month)",
        ])

    static let projection = Projection(
        tables: ["safety_hours"], types: ["safety.hours.reported"]
    ) { event, payload, transaction in
        try transaction.execute(
            """
            INSERT INTO safety_hours (firm, month, scope, hours, insured) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (firm, month) DO UPDATE SET hours = excluded.hours, insured = excluded.insured
            """,
            [
                .text(payload["firm"]?.text ?? ""), .text(payload["month"]?.text ?? ""), .text(event.scope.text),
                .real(payload["hours"]?.double ?? 0), .integer(payload["insured"]?.integer ?? 0),
            ])
    }
}
