import Record
import Store

/// What the register lets run: filled by Stewardship's events; without that room the declarations alone decide.
enum AIPermits {
    static let migration = Migration(
        "district.003.ai-permits",
        [
            """
            CREATE TABLE district_ai_permits (
                use TEXT PRIMARY KEY, hash TEXT NOT NULL, until BIGINT NOT NULL, cap BIGINT)
            """,
            "CREATE TABLE district_ai_acts (use TEXT NOT NULL, day BIGINT NOT NULL, acts BIGINT NOT NULL, PRIMARY KEY (use, day))",
            "CREATE TABLE district_ai_register (id BIGINT PRIMARY KEY, is_kept BIGINT NOT NULL)",
        ])

    /// Calls of which nothing stands on the Record: counted where they are made, so they are no projection.
    static let callsMigration = Migration(
        "district.005.ai-calls",
        [
            """
            CREATE TABLE district_ai_calls (
                use TEXT NOT NULL, day BIGINT NOT NULL, calls BIGINT NOT NULL, PRIMARY KEY (use, day))
            """
        ])

    static let projection = Projection(
        tables: ["district_ai_permits"], types: [AIUsePermitted.type, AIUseWithdrawn.type]
    ) { event, payload, transaction in
        guard event.type == AIUsePermitted.type else {
            try transaction.execute(
                "DELETE FROM district_ai_permits WHERE use = ?", [.text(payload["use"]?.text ?? "")])
            return
        }
        guard let permit = AIUsePermitted(payload) else { return }
        try transaction.execute(
            """
            INSERT INTO district_ai_permits (use, hash, until, cap) VALUES (?, ?, ?, ?)
            ON CONFLICT (use) DO UPDATE SET hash = excluded.hash, until = excluded.until, cap = excluded.cap
            """,
            [.text(permit.use), .text(permit.hash), .integer(permit.until.microseconds), .optional(permit.cap)])
    }

    /// Counts the acts of models, day by day: what a model recorded, and what somebody did by its help, on the day it was
    /// done. How an act turned out is no act.
    static let acts = Projection(
        tables: ["district_ai_acts"], types: [Projection.every]
    ) { event, _, transaction in
        guard let use = AIUseActed.use(in: event) else { return }
        try transaction.execute(
            """
            INSERT INTO district_ai_acts (use, day, acts) VALUES (?, ?, 1)
            ON CONFLICT (use, day) DO UPDATE SET acts = district_ai_acts.acts + 1
            """,
            [.text(use), .integer(day(of: event.type == AIUseActed.type ? event.observed : event.recorded))])
    }

    /// Writes down whether the house has a register that decides.
    static func setKept(_ isKept: Bool, in writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO district_ai_register (id, is_kept) VALUES (1, ?)
            ON CONFLICT (id) DO UPDATE SET is_kept = excluded.is_kept
            """, [.flag(isKept)])
    }

    static func standing(_ use: String, hash: String, at now: Timestamp, in reader: any Reader) throws -> AIStanding {
        if try FrameTables.isSwitchedOff(use, in: reader) { return .off }
        guard
            let row = try reader.first(
                "SELECT hash, until, cap FROM district_ai_permits WHERE use = ?", [.text(use)])
        else {
            let isKept = try reader.first("SELECT is_kept FROM district_ai_register WHERE id = 1")?.flag("is_kept")
            return isKept == true ? .unregistered : .runs
        }
        if try row.text("hash") != hash { return .changed }
        if try row.integer("until") <= now.microseconds { return .expired }
        if let cap = try row.optionalInteger("cap"), try acts(of: use, on: now, in: reader) >= cap { return .capped }
        return .runs
    }

    /// Counts one call.
    static func countCall(of use: String, at now: Timestamp, in writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO district_ai_calls (use, day, calls) VALUES (?, ?, 1)
            ON CONFLICT (use, day) DO UPDATE SET calls = district_ai_calls.calls + 1
            """, [.text(use), .integer(day(of: now))])
    }

    /// Acts and calls on the Korean day of a moment.
    static func acts(of use: String, on now: Timestamp, in reader: any Reader) throws -> Int64 {
        try total(of: use, "AND day = \(day(of: now))", in: reader)
    }

    /// Acts and calls ever.
    static func acts(of use: String, in reader: any Reader) throws -> Int64 { try total(of: use, "", in: reader) }

    private static func total(of use: String, _ days: String, in reader: any Reader) throws -> Int64 {
        try ["acts", "calls"].reduce(0) { total, column in
            let row = try reader.first(
                """
                SELECT CAST(COALESCE(SUM(\(column)), 0) AS BIGINT) AS total FROM district_ai_\(column)
                WHERE use = ? \(days)
                """, [.text(use)])
            return total + (try row?.integer("total") ?? 0)
        }
    }

    /// Days since 1970 in Korean time.
    private static func day(of time: Timestamp) -> Int64 { (time.microseconds / 1_000_000 + 32_400) / 86_400 }
}
