import Access
import District
import Record
import Store

/// What Alliance told of working groups, milestones and outcomes, kept here so that an opportunity's whole chain can be
/// shown. Groups that work on no opportunity are kept too: they may be named by none.
enum ChainTable {
    static let migration = Migration(
        "transition.chain.001",
        [
            """
            CREATE TABLE transition_chain_groups (
                id TEXT PRIMARY KEY, opportunity TEXT, ko TEXT NOT NULL, en TEXT NOT NULL, event TEXT NOT NULL,
                author TEXT NOT NULL, scope TEXT NOT NULL, at BIGINT NOT NULL)
            """,
            "CREATE INDEX transition_chain_groups_opportunity ON transition_chain_groups (opportunity)",
            """
            CREATE TABLE transition_chain_changes (
                event TEXT PRIMARY KEY, milestone TEXT NOT NULL, group_id TEXT NOT NULL, ko TEXT NOT NULL,
                en TEXT NOT NULL, kind TEXT NOT NULL, due TEXT NOT NULL, reason TEXT, author TEXT NOT NULL,
                scope TEXT NOT NULL, at BIGINT NOT NULL)
            """,
            "CREATE INDEX transition_chain_changes_group ON transition_chain_changes (group_id)",
            """
            CREATE TABLE transition_chain_outcomes (
                id TEXT PRIMARY KEY, milestone TEXT NOT NULL, ko TEXT NOT NULL, en TEXT NOT NULL, unit TEXT NOT NULL,
                before DOUBLE PRECISION, value DOUBLE PRECISION NOT NULL, day TEXT NOT NULL, source TEXT NOT NULL,
                event TEXT NOT NULL, author TEXT NOT NULL, scope TEXT NOT NULL, at BIGINT NOT NULL)
            """,
            "CREATE INDEX transition_chain_outcomes_milestone ON transition_chain_outcomes (milestone)",
        ])

    /// What was measured before the level was told stays without one: unknown, and shown as such.
    static let levels = Migration(
        "transition.chain.002", ["ALTER TABLE transition_chain_outcomes ADD COLUMN level BIGINT"])

    static let projection = Projection(
        tables: ["transition_chain_groups", "transition_chain_changes", "transition_chain_outcomes"],
        types: [WorkingGroupFormed.type, OutcomeMeasured.type] + MilestoneChanged.Change.allCases.map(\.type)
    ) { event, _, writer in
        let (id, author): (SQLValue, SQLValue) = (.text(event.id.description), .text(event.author.text))
        let (scope, at): (SQLValue, SQLValue) = (.text(event.scope.text), .integer(event.observed.microseconds))
        if let group = WorkingGroupFormed(event) {
            try writer.execute(
                """
                INSERT INTO transition_chain_groups (id, opportunity, ko, en, event, author, scope, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(group.group), .optional(group.opportunity), .text(group.title.ko), .text(group.title.en), id,
                    author, scope, at,
                ])
        } else if let milestone = MilestoneChanged(event) {
            try writer.execute(
                """
                INSERT INTO transition_chain_changes
                    (event, milestone, group_id, ko, en, kind, due, reason, author, scope, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    id, .text(milestone.milestone), .text(milestone.group), .text(milestone.title.ko),
                    .text(milestone.title.en), .text(milestone.change.rawValue), .text(milestone.due),
                    .optional(milestone.reason), author, scope, at,
                ])
        } else if let outcome = OutcomeMeasured(event) {
            try writer.execute(
                """
                INSERT INTO transition_chain_outcomes
                    (id, milestone, ko, en, unit, before, value, day, source, event, author, scope, at, level)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(outcome.outcome), .text(outcome.milestone), .text(outcome.metric.ko),
                    .text(outcome.metric.en),
                    .text(outcome.unit), .optional(outcome.before), .real(outcome.value), .text(outcome.day),
                    .text(outcome.source), id, author, scope, at, .optional(outcome.level),
                ])
        }
    }

    /// How far opportunities have come, and how often their milestones slipped: three questions, however many they are.
    static func marks(
        of ids: [String], for tenant: Tenant?, in reader: any Reader
    ) throws -> [String: OpportunityChain.Mark] {
        guard !ids.isEmpty else { return [:] }
        let among = "IN (\(ids.map { _ in "?" }.joined(separator: ", ")))"
        let (group, change) = (
            tenant.condition(column: "g.scope"), tenant.condition(column: "c.scope")
        )
        let outcome = tenant.condition(column: "o.scope")
        let names = ids.map { SQLValue.text($0) }
        var marks: [String: OpportunityChain.Mark] = [:]
        for row in try reader.query(
            "SELECT DISTINCT opportunity FROM transition_opportunity_cases WHERE opportunity \(among)", names)
        {
            marks[try row.text("opportunity"), default: .init()].reach = "case"
        }
        for row in try reader.query(
            """
            SELECT g.opportunity AS opportunity, COUNT(c.event) AS changes,
                CAST(SUM(CASE WHEN c.kind = 'slipped' THEN 1 ELSE 0 END) AS BIGINT) AS slips
            FROM transition_chain_groups g
            LEFT JOIN transition_chain_changes c ON c.group_id = g.id AND \(change.sql)
            WHERE g.opportunity \(among) AND \(group.sql) GROUP BY g.opportunity
            """, change.arguments + names + group.arguments)
        {
            marks[try row.text("opportunity"), default: .init()] = .init(
                reach: try row.integer("changes") == 0 ? "group" : "milestone", slips: try row.integer("slips"))
        }
        for row in try reader.query(
            """
            SELECT DISTINCT g.opportunity AS opportunity FROM transition_chain_groups g
            JOIN transition_chain_changes c ON c.group_id = g.id AND \(change.sql)
            JOIN transition_chain_outcomes o ON o.milestone = c.milestone AND \(outcome.sql)
            WHERE g.opportunity \(among) AND \(group.sql)
            """, change.arguments + outcome.arguments + names + group.arguments)
        {
            marks[try row.text("opportunity"), default: .init()].reach = "outcome"
        }
        return marks
    }

    /// All that followed an opportunity, as far as someone may see it.
    static func chain(of opportunity: String, for tenant: Tenant?, in reader: any Reader) throws -> OpportunityChain {
        let scope = tenant.condition(column: "scope")
        var chain = OpportunityChain()
        chain.cases = try OpportunityTable.cases(of: opportunity, in: reader)
        chain.groups = try reader.query(
            "SELECT * FROM transition_chain_groups WHERE opportunity = ? AND \(scope.sql) ORDER BY at, id",
            [.text(opportunity)] + scope.arguments
        ).map {
            OpportunityChain.Group(id: try $0.text("id"), title: try title($0), act: try OpportunityTable.act($0))
        }
        for group in chain.groups {
            var own: [OpportunityChain.Milestone] = []
            for row in try reader.query(
                "SELECT * FROM transition_chain_changes WHERE group_id = ? AND \(scope.sql) ORDER BY at, event",
                [.text(group.id)] + scope.arguments)
            {
                let id = try row.text("milestone")
                let change = OpportunityChain.Change(
                    kind: try row.text("kind"), due: try row.text("due"), reason: try row.optionalText("reason"),
                    act: try OpportunityTable.act(row))
                if let at = own.firstIndex(where: { $0.id == id }) {
                    own[at].changes.append(change)
                } else {
                    own.append(.init(id: id, group: group.id, title: try title(row), changes: [change]))
                }
            }
            chain.milestones += own
        }
        for milestone in chain.milestones {
            chain.outcomes += try reader.query(
                "SELECT * FROM transition_chain_outcomes WHERE milestone = ? AND \(scope.sql) ORDER BY at, id",
                [.text(milestone.id)] + scope.arguments
            ).map { row in
                OpportunityChain.Outcome(
                    id: try row.text("id"), milestone: milestone.id, metric: try title(row), unit: try row.text("unit"),
                    before: try row.optionalReal("before"), value: try row.real("value"), day: try row.text("day"),
                    source: try row.text("source"), level: try row.optionalInteger("level"),
                    act: try OpportunityTable.act(row))
            }
        }
        return chain
    }

    private static func title(_ row: Row) throws -> Words { Words(try row.text("ko"), try row.text("en")) }
}
