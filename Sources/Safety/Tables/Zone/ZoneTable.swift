import District
import Record
import Store

/// What the zone sees of each firm, added up as things happen, so that a page over two thousand firms reads a row for
/// each and not a year of events.
enum ZoneTable {
    static let migration = Migration(
        "safety.zone.001",
        [
            """
            CREATE TABLE safety_zone_actions (
                action TEXT PRIMARY KEY, firm TEXT NOT NULL, scope TEXT NOT NULL, band BIGINT NOT NULL,
                opened BIGINT NOT NULL, first_due BIGINT NOT NULL, completed BIGINT, ended BIGINT)
            """,
            "CREATE INDEX safety_zone_actions_due ON safety_zone_actions (ended, completed, first_due, firm, band)",
            "CREATE INDEX safety_zone_actions_firm ON safety_zone_actions (firm, first_due)",
            """
            CREATE TABLE safety_zone_hazards (
                hazard TEXT PRIMARY KEY, firm TEXT NOT NULL, scope TEXT NOT NULL, band BIGINT NOT NULL,
                is_open BIGINT NOT NULL)
            """,
            "CREATE INDEX safety_zone_hazards_open ON safety_zone_hazards (is_open, band, firm)",
            """
            CREATE TABLE safety_zone_weeks (
                firm TEXT NOT NULL, monday BIGINT NOT NULL, scope TEXT NOT NULL, extensions BIGINT NOT NULL,
                inspections BIGINT NOT NULL, late BIGINT NOT NULL, meetings BIGINT NOT NULL, last_meeting BIGINT,
                PRIMARY KEY (firm, monday))
            """,
            """
            CREATE TABLE safety_zone_firms (
                firm TEXT PRIMARY KEY, scope TEXT NOT NULL, last_meeting BIGINT, last_inspection BIGINT)
            """,
        ])

    static let tables = [
        "safety_zone_actions", "safety_zone_hazards", "safety_zone_weeks", "safety_zone_firms",
    ]

    static let projection = Projection(
        tables: tables,
        types: [
            "safety.action.opened", "safety.action.extended", "safety.action.completed", "safety.action.verified",
            "safety.action.cancelled", HazardAccepted.type, "safety.hazard.rejected", "safety.hazard.joined",
            "safety.hazard.controlled", "safety.hazard.reopened", "safety.hazard.closed",
            "safety.inspection.submitted", "safety.tbm.held",
        ]
    ) { event, payload, writer in
        // What two firms share is each one's own to answer for; the zone's table counts what is one firm's.
        guard case .firm(let firm) = event.scope else { return }
        let entry = ZoneEntry(event: event, payload: payload, firm: firm, writer: writer)
        switch event.type {
        case "safety.inspection.submitted": try entry.inspected()
        case "safety.tbm.held": try entry.met()
        default:
            if event.type.hasPrefix("safety.action.") { try entry.acted() } else { try entry.hazarded() }
        }
    }
}

/// One event on its way into the zone's tables.
struct ZoneEntry {
    let event: Event
    let payload: [String: JSON]
    let firm: FirmID
    let writer: any Writer

    private var scope: SQLValue { .text(event.scope.text) }
    private var day: KoreanDay { KoreanDay(event.observed) }

    func acted() throws {
        let id = SQLValue.text(String(event.stream.dropFirst("action/".count)))
        switch event.type {
        case "safety.action.opened":
            let due = payload["due"]?.text.flatMap { KoreanDay($0) } ?? day
            let band = payload["band"]?.text.flatMap { RiskBand(rawValue: $0) } ?? .severe
            try writer.execute(
                """
                INSERT INTO safety_zone_actions (action, firm, scope, band, opened, first_due)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                [
                    id, .text(firm.rawValue), scope, .integer(Int64(band.rank)), .integer(day.number),
                    .integer(due.number),
                ])
        case "safety.action.extended": try add("extensions")
        case "safety.action.completed":
            try writer.execute(
                "UPDATE safety_zone_actions SET completed = ? WHERE action = ?", [.integer(day.number), id])
        case "safety.action.verified" where payload["effective"]?.bool != true:
            try writer.execute("UPDATE safety_zone_actions SET completed = NULL WHERE action = ?", [id])
        default:
            try writer.execute(
                "UPDATE safety_zone_actions SET ended = ? WHERE action = ?", [.integer(day.number), id])
        }
    }

    func hazarded() throws {
        let id = SQLValue.text(String(event.stream.dropFirst("hazard/".count)))
        switch event.type {
        case HazardAccepted.type:
            let band = payload["band"]?.text.flatMap { RiskBand(rawValue: $0) } ?? .severe
            try writer.execute(
                """
                INSERT INTO safety_zone_hazards (hazard, firm, scope, band, is_open) VALUES (?, ?, ?, ?, 1)
                ON CONFLICT (hazard) DO UPDATE SET band = excluded.band, is_open = 1
                """, [id, .text(firm.rawValue), scope, .integer(Int64(band.rank))])
        case "safety.hazard.reopened":
            try writer.execute("UPDATE safety_zone_hazards SET is_open = 1 WHERE hazard = ?", [id])
        default:
            try writer.execute("UPDATE safety_zone_hazards SET is_open = 0 WHERE hazard = ?", [id])
        }
    }

    func inspected() throws {
        let due = payload["due"]?.text.flatMap { KoreanDay($0) }
        let done = payload["day"]?.text.flatMap { KoreanDay($0) } ?? day
        try add("inspections", on: done)
        if let due, done > due { try add("late", on: done) }
        try seen("last_inspection", done)
    }

    func met() throws {
        let held = payload["day"]?.text.flatMap { KoreanDay($0) } ?? day
        try add("meetings", on: held)
        try writer.execute(
            """
            UPDATE safety_zone_weeks SET last_meeting = ?
            WHERE firm = ? AND monday = ? AND (last_meeting IS NULL OR last_meeting < ?)
            """, [.integer(held.number), .text(firm.rawValue), .integer(held.monday.number), .integer(held.number)])
        try seen("last_meeting", held)
    }

    /// One more of something in a week.
    private func add(_ column: String, on day: KoreanDay? = nil) throws {
        let values = ["extensions", "inspections", "late", "meetings"].map {
            SQLValue.integer($0 == column ? 1 : 0)
        }
        try writer.execute(
            """
            INSERT INTO safety_zone_weeks (firm, monday, scope, extensions, inspections, late, meetings)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (firm, monday) DO UPDATE SET \(column) = safety_zone_weeks.\(column) + 1
            """, [.text(firm.rawValue), .integer((day ?? self.day).monday.number), scope] + values)
    }

    /// The latest day of something.
    private func seen(_ column: String, _ day: KoreanDay) throws {
        try writer.execute(
            """
            INSERT INTO safety_zone_firms (firm, scope, \(column)) VALUES (?, ?, ?)
            ON CONFLICT (firm) DO UPDATE SET \(column) =
                CASE WHEN safety_zone_firms.\(column) IS NULL OR safety_zone_firms.\(column) < excluded.\(column)
                THEN excluded.\(column) ELSE safety_zone_firms.\(column) END
            """, [.text(firm.rawValue), scope, .integer(day.number)])
    }
}
