import District
import Record
import Store

/// Programmes, applications, vouchers, payments, seminars and what changed after.
enum GrantTable {
    static let migration = Migration(
        "alliance.grants.001",
        [
            """
            CREATE TABLE alliance_grants_programmes (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, title_ko TEXT NOT NULL, title_en TEXT NOT NULL,
                runner TEXT NOT NULL, kind TEXT NOT NULL, budget BIGINT NOT NULL, most BIGINT NOT NULL,
                opens BIGINT NOT NULL, closes BIGINT NOT NULL, headcount BIGINT, solutions TEXT NOT NULL,
                granted BIGINT NOT NULL, paid BIGINT NOT NULL)
            """,
            "CREATE INDEX alliance_grants_programmes_closes ON alliance_grants_programmes (closes)",
            """
            CREATE TABLE alliance_grants_applications (
                id TEXT PRIMARY KEY, programme TEXT NOT NULL, firm TEXT NOT NULL, scope TEXT NOT NULL,
                amount BIGINT NOT NULL, granted BIGINT, purpose TEXT NOT NULL, assessment TEXT, filed BIGINT NOT NULL,
                state TEXT NOT NULL, reason TEXT NOT NULL, decided BIGINT, is_signed BIGINT NOT NULL,
                used BIGINT NOT NULL)
            """,
            "CREATE INDEX alliance_grants_applications_programme ON alliance_grants_applications (programme, state)",
            "CREATE INDEX alliance_grants_applications_scope ON alliance_grants_applications (scope, filed)",
            """
            CREATE TABLE alliance_grants_vouchers (
                id TEXT PRIMARY KEY, application TEXT NOT NULL, programme TEXT NOT NULL, scope TEXT NOT NULL,
                amount BIGINT NOT NULL, provider TEXT NOT NULL, until BIGINT NOT NULL, redeemed BIGINT)
            """,
            "CREATE INDEX alliance_grants_vouchers_application ON alliance_grants_vouchers (application)",
            """
            CREATE TABLE alliance_grants_payments (
                id TEXT PRIMARY KEY, application TEXT NOT NULL, scope TEXT NOT NULL, what TEXT NOT NULL,
                amount BIGINT NOT NULL, day BIGINT NOT NULL, source TEXT NOT NULL)
            """,
            "CREATE INDEX alliance_grants_payments_application ON alliance_grants_payments (application, day)",
            """
            CREATE TABLE alliance_grants_seminars (
                id TEXT PRIMARY KEY, programme TEXT NOT NULL, scope TEXT NOT NULL, title TEXT NOT NULL,
                day BIGINT NOT NULL, places BIGINT NOT NULL)
            """,
            "CREATE INDEX alliance_grants_seminars_programme ON alliance_grants_seminars (programme, day)",
            """
            CREATE TABLE alliance_grants_attendance (
                seminar TEXT NOT NULL, firm TEXT NOT NULL, scope TEXT NOT NULL, people BIGINT NOT NULL,
                PRIMARY KEY (seminar, firm))
            """,
            """
            CREATE TABLE alliance_grants_outcomes (
                id TEXT PRIMARY KEY, application TEXT NOT NULL, programme TEXT NOT NULL, scope TEXT NOT NULL,
                metric TEXT NOT NULL, before_value DOUBLE PRECISION NOT NULL, after_value DOUBLE PRECISION NOT NULL,
                before_day BIGINT NOT NULL, after_day BIGINT NOT NULL, source TEXT NOT NULL)
            """,
            "CREATE INDEX alliance_grants_outcomes_application ON alliance_grants_outcomes (application)",
            "CREATE INDEX alliance_grants_outcomes_programme ON alliance_grants_outcomes (programme)",
        ])

    /// What was changed after it was opened or filed.
    static let changesMigration = Migration(
        "alliance.grants.002",
        [
            "ALTER TABLE alliance_grants_programmes ADD COLUMN closed BIGINT",
            "ALTER TABLE alliance_grants_programmes ADD COLUMN close_reason TEXT",
            "ALTER TABLE alliance_grants_applications ADD COLUMN version BIGINT NOT NULL DEFAULT 1",
            "ALTER TABLE alliance_grants_applications ADD COLUMN revised BIGINT",
        ])

    static let projection = Projection(
        tables: [
            "alliance_grants_programmes", "alliance_grants_applications", "alliance_grants_vouchers",
            "alliance_grants_payments", "alliance_grants_seminars", "alliance_grants_attendance",
            "alliance_grants_outcomes",
        ], types: GrantEvents.all
    ) { event, payload, transaction in
        let id = String(event.stream.drop { $0 != "/" }.dropFirst())
        let (scope, own) = (SQLValue.text(event.scope.text), SQLValue.text(id))
        func text(_ name: String) -> SQLValue { .text(payload[name]?.text ?? "") }
        func number(_ name: String) -> SQLValue { payload[name]?.integer.map { .integer($0) } ?? .null }
        func day(_ name: String) -> SQLValue {
            .integer((payload[name]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)).number)
        }
        func pay(_ what: SQLValue, _ isUse: Bool) throws {
            try transaction.execute(
                """
                INSERT INTO alliance_grants_payments (id, application, scope, what, amount, day, source)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [.text("\(event.id)"), own, scope, what, number("amount"), day("day"), text("source")])
            try transaction.execute(
                "UPDATE alliance_grants_programmes SET paid = paid + ? WHERE id = ?",
                [number("amount"), text("programme")])
            guard isUse else { return }
            try transaction.execute(
                "UPDATE alliance_grants_applications SET used = used + ? WHERE id = ?", [number("amount"), own])
        }
        switch event.type {
        case GrantEvents.opened:
            let title = Words(payload["title"]) ?? Words("", "")
            let solutions = (payload["solutions"]?.elements ?? []).compactMap(\.text).joined(separator: " ")
            try transaction.execute(
                """
                INSERT INTO alliance_grants_programmes (id, scope, title_ko, title_en, runner, kind, budget, most,
                    opens, closes, headcount, solutions, granted, paid)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)
                """,
                [
                    own, scope, .text(title.ko), .text(title.en), text("runner"), text("kind"), number("budget"),
                    number("most"), day("opens"), day("closes"), number("headcount"), .text(solutions),
                ])
        case GrantEvents.changed:
            let title = Words(payload["title"]) ?? Words("", "")
            let solutions = (payload["solutions"]?.elements ?? []).compactMap(\.text).joined(separator: " ")
            try transaction.execute(
                """
                UPDATE alliance_grants_programmes SET title_ko = ?, title_en = ?, runner = ?, kind = ?, budget = ?,
                    most = ?, opens = ?, closes = ?, headcount = ?, solutions = ? WHERE id = ?
                """,
                [
                    .text(title.ko), .text(title.en), text("runner"), text("kind"), number("budget"), number("most"),
                    day("opens"), day("closes"), number("headcount"), .text(solutions), own,
                ])
        case GrantEvents.closed:
            try transaction.execute(
                "UPDATE alliance_grants_programmes SET closed = ?, close_reason = ? WHERE id = ?",
                [day("day"), text("reason"), own])
        case GrantEvents.revised:
            try transaction.execute(
                """
                UPDATE alliance_grants_applications SET amount = ?, purpose = ?, assessment = ?, revised = ?,
                    version = version + 1 WHERE id = ?
                """,
                [number("amount"), text("purpose"), .optional(payload["assessment"]?.text), day("revised"), own])
        case GrantEvents.withdrawn:
            try transaction.execute(
                "UPDATE alliance_grants_applications SET state = 'withdrawn', reason = ?, decided = ? WHERE id = ?",
                [text("reason"), day("decided"), own])
        case GrantEvents.applied:
            guard case .firm(let firm) = event.scope else { return }
            try transaction.execute(
                """
                INSERT INTO alliance_grants_applications (id, programme, firm, scope, amount, purpose, assessment,
                    filed, state, reason, is_signed, used)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'filed', '', 0, 0)
                """,
                [
                    own, text("programme"), .text(firm.rawValue), scope, number("amount"), text("purpose"),
                    .optional(payload["assessment"]?.text), day("filed"),
                ])
        case GrantEvents.granted:
            try transaction.execute(
                """
                UPDATE alliance_grants_applications SET state = 'granted', granted = ?, reason = ?, decided = ?,
                    is_signed = ? WHERE id = ?
                """,
                [
                    number("amount"), text("reason"), day("decided"),
                    .integer(payload["signed"]?.bool == true ? 1 : 0), own,
                ])
            try transaction.execute(
                "UPDATE alliance_grants_programmes SET granted = granted + ? WHERE id = ?",
                [number("amount"), text("programme")])
        case GrantEvents.rejected:
            try transaction.execute(
                "UPDATE alliance_grants_applications SET state = 'rejected', reason = ?, decided = ? WHERE id = ?",
                [text("reason"), day("decided"), own])
        case GrantEvents.issued:
            try transaction.execute(
                """
                INSERT INTO alliance_grants_vouchers (id, application, programme, scope, amount, provider, until)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    text("voucher"), own, text("programme"), scope, number("amount"), text("provider"), day("until"),
                ])
            try transaction.execute(
                "UPDATE alliance_grants_applications SET used = used + ? WHERE id = ?", [number("amount"), own])
        case GrantEvents.redeemed:
            // What the voucher was not used for can be given again.
            try transaction.execute(
                """
                UPDATE alliance_grants_applications SET used = used + ? - COALESCE(
                    (SELECT amount FROM alliance_grants_vouchers WHERE id = ?), 0) WHERE id = ?
                """, [number("amount"), text("voucher"), own])
            try transaction.execute(
                "UPDATE alliance_grants_vouchers SET redeemed = ? WHERE id = ?", [number("amount"), text("voucher")])
            try pay(.text(""), false)
        case GrantEvents.paid: try pay(text("milestone"), true)
        case GrantEvents.seminar:
            try transaction.execute(
                """
                INSERT INTO alliance_grants_seminars (id, programme, scope, title, day, places)
                VALUES (?, ?, ?, ?, ?, ?)
                """, [own, text("programme"), scope, text("title"), day("day"), number("places")])
        case GrantEvents.attended:
            guard case .firm(let firm) = event.scope else { return }
            try transaction.execute(
                """
                INSERT INTO alliance_grants_attendance (seminar, firm, scope, people) VALUES (?, ?, ?, ?)
                ON CONFLICT (seminar, firm) DO UPDATE SET people = excluded.people
                """, [own, .text(firm.rawValue), scope, number("people")])
        default:
            try transaction.execute(
                """
                INSERT INTO alliance_grants_outcomes (id, application, programme, scope, metric, before_value,
                    after_value, before_day, after_day, source)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text("\(event.id)"), own, text("programme"), scope, text("metric"),
                    .real(payload["before"]?.double ?? 0), .real(payload["after"]?.double ?? 0), day("before_day"),
                    day("after_day"), text("source"),
                ])
        }
    }
}
