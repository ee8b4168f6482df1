import Access
import District
import Record
import Store

extension DutyTable {
    /// How the tables follow from events, by a duty table.
    static func projection(_ book: DutyBook) -> Projection {
        Projection(
            tables: tables,
            types: [
                AccessEvents.firmRegistered, AccessEvents.firmChanged, "safety.firm.profiled", "safety.duty.evidenced",
                "safety.duty.signed", "safety.duty.triggered", "safety.evidence.withdrawn", "safety.evidence.forgotten",
                "safety.half-year.begun", "safety.half-year.closed", "safety.contractor.contracted",
            ]
        ) { event, payload, transaction in
            if event.type == "safety.half-year.begun" {
                try begin(event, payload, book, transaction)
                return
            }
            if event.type == "safety.contractor.contracted", let client = payload["client"]?.text {
                try refresh(
                    FirmID(client), adding: [HalfYear(event.recorded)], book, at: event.recorded, transaction)
                return
            }
            guard case .firm(let firm) = event.scope else { return }
            switch event.type {
            case "safety.duty.evidenced": try insert(event, payload, firm, book, transaction)
            case "safety.duty.signed": try sign(event, payload, firm, transaction)
            case "safety.duty.triggered":
                try transaction.execute(
                    """
                    INSERT INTO safety_duty_triggers (firm, scope, duty, subject, at) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (firm, duty, subject) DO NOTHING
                    """,
                    [
                        .text(firm.rawValue), .text(event.scope.text), .text(payload["duty"]?.text ?? ""),
                        .text(payload["subject"]?.text ?? ""), .integer(event.observed.microseconds),
                    ])
            case "safety.duty.released":
                try transaction.execute(
                    "DELETE FROM safety_duty_triggers WHERE firm = ? AND duty = ? AND subject = ?",
                    [
                        .text(firm.rawValue), .text(payload["duty"]?.text ?? ""), .text(payload["subject"]?.text ?? ""),
                    ])
            case "safety.evidence.withdrawn": try mark("withdrawn", event, transaction)
            case "safety.evidence.forgotten": try mark("forgotten", event, transaction)
            case "safety.half-year.closed":
                try transaction.execute(
                    "UPDATE safety_duty_state SET closed = ? WHERE firm = ? AND period = ?",
                    [
                        .integer(event.recorded.microseconds), .text(firm.rawValue),
                        .text(payload["period"]?.text ?? ""),
                    ])
                return
            default: break
            }
            var periods: Set<HalfYear> = [HalfYear(event.recorded)]
            if let period = payload["period"]?.text.flatMap({ HalfYear($0) }) { periods.insert(period) }
            try refresh(firm, adding: periods, book, at: event.recorded, transaction)
        }
    }

    /// A half-year begins, or goes on under another edition: every firm's open rows are counted anew.
    private static func begin(
        _ event: Event, _ payload: [String: JSON], _ book: DutyBook, _ transaction: any Writer
    ) throws {
        guard let period = payload["period"]?.text.flatMap({ HalfYear($0) }) else { return }
        try transaction.execute(
            "INSERT INTO safety_duty_editions (period, edition) VALUES (?, ?) ON CONFLICT (period, edition) DO NOTHING",
            [.text(period.description), .text(payload["edition"]?.text ?? "")])
        for row in try transaction.query("SELECT firm FROM safety_firms ORDER BY firm") {
            try refresh(
                FirmID(try row.text("firm")), adding: [period], book, at: event.recorded, transaction)
        }
    }

    /// Counts a firm's open half-years anew; a closed one stays as it was closed.
    private static func refresh(
        _ firm: FirmID, adding: Set<HalfYear>, _ book: DutyBook, at now: Timestamp, _ transaction: any Writer
    ) throws {
        guard let profile = try FirmProfiles.find(firm, in: transaction) else { return }
        let rows = try transaction.query(
            "SELECT period, closed FROM safety_duty_state WHERE firm = ?", [.text(firm.rawValue)])
        var open = adding
        for row in rows {
            guard let period = HalfYear(try row.text("period")) else { continue }
            if try row.optionalInteger("closed") == nil { open.insert(period) } else { open.remove(period) }
        }
        for period in open.sorted() {
            let tally = try board(profile, period, book, at: now, in: transaction).tally
            try transaction.execute(
                """
                INSERT INTO safety_duty_state (firm, scope, period, required, evidenced, complete)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (firm, period) DO UPDATE SET required = excluded.required, evidenced = excluded.evidenced,
                  complete = excluded.complete
                """,
                [
                    .text(firm.rawValue), .text(Scope.firm(firm).text), .text(period.description),
                    .integer(Int64(tally.required)), .integer(Int64(tally.evidenced)), .integer(Int64(tally.complete)),
                ])
        }
    }

    private static func insert(
        _ event: Event, _ payload: [String: JSON], _ firm: FirmID, _ book: DutyBook, _ transaction: any Writer
    ) throws {
        let period = payload["period"]?.text.flatMap { HalfYear($0) } ?? HalfYear(event.observed)
        let day = payload["day"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)
        let closed = try closed(firm, period, in: transaction)
        let isLate = event.recorded >= period.end || closed != nil
        let note = payload["note"]
        try transaction.execute(
            """
            INSERT INTO safety_duty_evidence (id, firm, scope, duty, period, day, kind, file, source, source_type,
                source_stream, hash, subject, note, author, at, is_late, kept_until)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(String(event.stream.dropFirst("evidence/".count))), .text(firm.rawValue),
                .text(event.scope.text), .text(payload["duty"]?.text ?? ""), .text(period.description),
                .integer(day.number), .text(payload["kind"]?.text ?? ""), .optional(payload["file"]?.text),
                .optional(payload["source"]?["event"]?.text), .optional(payload["source"]?["type"]?.text),
                .optional(payload["source"]?["stream"]?.text), .text(payload["hash"]?.text ?? ""),
                .optional(payload["subject"]?.text),
                .optional(note?["erased"]?.bool == true ? "(삭제됨 / erased)" : note?.text), .text(event.author.text),
                .integer(event.recorded.microseconds), .flag(isLate),
                .integer(Retention.until(payload["keep"]?.integer ?? 5, period: period, day: day).number),
            ])
    }

    private static func sign(
        _ event: Event, _ payload: [String: JSON], _ firm: FirmID, _ transaction: any Writer
    ) throws {
        for duty in (payload["duties"]?.elements ?? []).compactMap(\.text) {
            try transaction.execute(
                """
                INSERT INTO safety_duty_signatures (firm, scope, period, duty, role, signer, at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (firm, period, duty, role) DO UPDATE SET signer = excluded.signer, at = excluded.at
                """,
                [
                    .text(firm.rawValue), .text(event.scope.text), .text(payload["period"]?.text ?? ""), .text(duty),
                    .text(payload["role"]?.text ?? ""), .text(payload["signer"]?.text ?? ""),
                    .integer(event.recorded.microseconds),
                ])
        }
    }

    private static func mark(_ column: String, _ event: Event, _ transaction: any Writer) throws {
        try transaction.execute(
            "UPDATE safety_duty_evidence SET \(column) = ? WHERE id = ?",
            [.integer(event.recorded.microseconds), .text(String(event.stream.dropFirst("evidence/".count)))])
    }
}
