import District
import Record
import Store

/// Milestones, what they need, what came of them, and the log of what changed and why. All of it is public.
enum MilestoneTable {
    static let migration = Migration(
        "alliance.groups.002",
        [
            """
            CREATE TABLE alliance_groups_milestones (
                id TEXT PRIMARY KEY, group_id TEXT NOT NULL, title_ko TEXT NOT NULL, title_en TEXT NOT NULL,
                layer TEXT NOT NULL, owner TEXT NOT NULL, due BIGINT NOT NULL, first_due BIGINT NOT NULL,
                work BIGINT NOT NULL, state TEXT NOT NULL, slipped BIGINT, why TEXT, ended BIGINT, note TEXT)
            """,
            "CREATE INDEX alliance_groups_milestones_group ON alliance_groups_milestones (group_id, due)",
            "CREATE INDEX alliance_groups_milestones_due ON alliance_groups_milestones (state, due)",
            "CREATE INDEX alliance_groups_milestones_owner ON alliance_groups_milestones (owner)",
            """
            CREATE TABLE alliance_groups_needs (milestone TEXT NOT NULL, need TEXT NOT NULL, PRIMARY KEY (milestone, need))
            """,
            """
            CREATE TABLE alliance_groups_changes (
                id TEXT PRIMARY KEY, milestone TEXT NOT NULL, group_id TEXT NOT NULL, title_ko TEXT NOT NULL,
                title_en TEXT NOT NULL, kind TEXT NOT NULL, due BIGINT NOT NULL, was BIGINT, reason TEXT, at BIGINT NOT NULL)
            """,
            "CREATE INDEX alliance_groups_changes_at ON alliance_groups_changes (at)",
            "CREATE INDEX alliance_groups_changes_group ON alliance_groups_changes (group_id, at)",
            """
            CREATE TABLE alliance_groups_outcomes (
                id TEXT PRIMARY KEY, milestone TEXT NOT NULL, metric_ko TEXT NOT NULL, metric_en TEXT NOT NULL,
                unit TEXT NOT NULL, value_before DOUBLE PRECISION, value DOUBLE PRECISION NOT NULL, day TEXT NOT NULL,
                source TEXT NOT NULL, level BIGINT NOT NULL)
            """,
            "CREATE INDEX alliance_groups_outcomes_milestone ON alliance_groups_outcomes (milestone)",
        ])

    /// Which promise to citizens a milestone keeps.
    static let promises = Migration(
        "alliance.groups.005",
        [
            "ALTER TABLE alliance_groups_milestones ADD COLUMN promise TEXT",
            "CREATE INDEX alliance_groups_milestones_promise ON alliance_groups_milestones (promise)",
        ])

    /// Every milestone there is, by due day.
    static func all(in reader: any Reader) throws -> [Milestone] {
        try read("SELECT * FROM alliance_groups_milestones ORDER BY due, id LIMIT 5000", [], in: reader)
    }

    static func find(_ id: String, in reader: any Reader) throws -> Milestone? {
        try read("SELECT * FROM alliance_groups_milestones WHERE id = ?", [.text(id)], in: reader).first
    }

    /// The milestones that keep a promise to citizens, those that were given up too.
    static func keeping(_ promise: String, in reader: any Reader) throws -> [Milestone] {
        try read("SELECT * FROM alliance_groups_milestones WHERE promise = ? ORDER BY id", [.text(promise)], in: reader)
    }

    /// The open ones whose due day has passed.
    static func late(on today: KoreanDay, in reader: any Reader) throws -> [Milestone] {
        try read(
            "SELECT * FROM alliance_groups_milestones WHERE state = 'open' AND due < ? ORDER BY due, id LIMIT 1000",
            [.integer(today.number)], in: reader)
    }

    /// Those of them of which it is not on the Record yet, the longest late first; so many at a time.
    static func unrecorded(on today: KoreanDay, in reader: any Reader) throws -> [Milestone] {
        try read(
            """
            SELECT * FROM alliance_groups_milestones
            WHERE state = 'open' AND due < ? AND (slipped IS NULL OR slipped <> due) ORDER BY due, id LIMIT 200
            """, [.integer(today.number)], in: reader)
    }

    /// What changes with every change of a milestone: the log grows with each, and nothing is ever taken from it.
    static func version(in reader: any Reader) throws -> String {
        let row = try reader.first(
            "SELECT COUNT(*) AS many, COALESCE(MAX(at), 0) AS newest FROM alliance_groups_changes")
        return try row.map { "\(try $0.integer("many")) \(try $0.integer("newest"))" } ?? ""
    }

    /// Whether a member is somebody who can be told: in the group still, and able to sign in.
    private static func canBeTold(_ member: String) -> String {
        """
        EXISTS (SELECT 1 FROM alliance_groups_members t JOIN access_people p ON p.id = t.person
            WHERE t.id = \(member) AND t.is_active = 1 AND p.active = 1)
        """
    }

    /// A group's open ones whose owner cannot be told.
    static func ownerless(in group: String, in reader: any Reader) throws -> [Milestone] {
        try read(
            """
            SELECT m.* FROM alliance_groups_milestones m WHERE m.group_id = ? AND m.state = 'open'
                AND NOT \(canBeTold("m.owner")) ORDER BY m.due, m.id LIMIT 500
            """, [.text(group)], in: reader)
    }

    /// The late ones of which neither the owner nor the chair can be told.
    static func unheard(on today: KoreanDay, in reader: any Reader) throws -> [Milestone] {
        try read(
            """
            SELECT m.* FROM alliance_groups_milestones m JOIN alliance_groups_formed g ON g.id = m.group_id
            WHERE m.state = 'open' AND m.due < ? AND NOT \(canBeTold("m.owner")) AND NOT \(canBeTold("g.chair"))
            ORDER BY m.due, m.id LIMIT 500
            """, [.integer(today.number)], in: reader)
    }

    /// The open ones of an owner.
    static func open(of owner: String, in reader: any Reader) throws -> [Milestone] {
        try read(
            "SELECT * FROM alliance_groups_milestones WHERE owner = ? AND state = 'open' ORDER BY due, id LIMIT 500",
            [.text(owner)], in: reader)
    }

    /// The log of changes, the newest first; of one group, or of all.
    static func changes(of group: String? = nil, limit: Int, in reader: any Reader) throws -> [MilestoneEntry] {
        let own = group.map { [SQLValue.text($0)] } ?? []
        return try reader.query(
            """
            SELECT * FROM alliance_groups_changes\(group == nil ? "" : " WHERE group_id = ?")
            ORDER BY at DESC, id DESC LIMIT ?
            """, own + [.integer(Int64(limit))]
        ).map { row in
            MilestoneEntry(
                id: try row.text("id"), milestone: try row.text("milestone"), group: try row.text("group_id"),
                title: Words(try row.text("title_ko"), try row.text("title_en")), kind: try row.text("kind"),
                due: KoreanDay(number: try row.integer("due")),
                was: try row.optionalInteger("was").map { KoreanDay(number: $0) },
                reason: try row.optionalText("reason"), at: Timestamp(microseconds: try row.integer("at")))
        }
    }

    /// What came of milestones, by milestone, the newest first.
    static func outcomes(in reader: any Reader) throws -> [String: [GroupOutcome]] {
        let outcomes = try reader.query("SELECT * FROM alliance_groups_outcomes ORDER BY day DESC, id DESC LIMIT 2000")
            .map {
                row in
                GroupOutcome(
                    id: try row.text("id"), milestone: try row.text("milestone"),
                    metric: Words(try row.text("metric_ko"), try row.text("metric_en")), unit: try row.text("unit"),
                    before: try row.optionalReal("value_before"), value: try row.real("value"),
                    day: try row.text("day"),
                    source: try row.text("source"), level: try row.integer("level"))
            }
        return Dictionary(grouping: outcomes, by: \.milestone)
    }

    private static func read(_ sql: String, _ arguments: [SQLValue], in reader: any Reader) throws -> [Milestone] {
        let rows = try reader.query(sql, arguments)
        guard !rows.isEmpty else { return [] }
        var needs: [String: [String]] = [:]
        // Of one its own; of many all at once, since a district has few links.
        let links =
            rows.count == 1
            ? try reader.query(
                "SELECT * FROM alliance_groups_needs WHERE milestone = ? ORDER BY need", [.text(try rows[0].text("id"))]
            )
            : try reader.query("SELECT * FROM alliance_groups_needs ORDER BY milestone, need")
        for row in links { needs[try row.text("milestone"), default: []].append(try row.text("need")) }
        return try rows.compactMap { row in
            let id = try row.text("id")
            guard let layer = RoadmapLayer(rawValue: try row.text("layer")),
                let state = Milestone.State(rawValue: try row.text("state"))
            else { return nil }
            func day(_ column: String) throws -> KoreanDay? {
                try row.optionalInteger(column).map { KoreanDay(number: $0) }
            }
            return Milestone(
                id: id, group: try row.text("group_id"),
                title: Words(try row.text("title_ko"), try row.text("title_en")),
                layer: layer, owner: try row.text("owner"), due: KoreanDay(number: try row.integer("due")),
                firstDue: KoreanDay(number: try row.integer("first_due")), work: try row.integer("work"),
                needs: needs[id] ?? [], state: state, slipped: try day("slipped"), why: try row.optionalText("why"),
                ended: try day("ended"), note: try row.optionalText("note"), promise: try row.optionalText("promise"))
        }
    }
}
