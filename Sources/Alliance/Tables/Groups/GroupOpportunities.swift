import District
import Record
import Store

/// An opportunity of Transition as groups know it, with the cases that it rests on.
struct GroupOpportunity: Sendable, Hashable {
    let id: String
    let title: Words
    /// The cases by their titles, each with how sure its outcomes are (1 to 5).
    let cases: [Case]

    struct Case: Sendable, Hashable {
        let title: Words
        let level: Int64
    }
}

/// The opportunities that Transition told of: this room's own picture of them.
enum GroupOpportunities {
    static let migration = Migration(
        "alliance.groups.004",
        [
            """
            CREATE TABLE alliance_groups_opportunities (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, title_ko TEXT NOT NULL, title_en TEXT NOT NULL)
            """,
            """
            CREATE TABLE alliance_groups_cases (
                opportunity TEXT NOT NULL, case_id TEXT NOT NULL, title_ko TEXT NOT NULL, title_en TEXT NOT NULL,
                level BIGINT NOT NULL, PRIMARY KEY (opportunity, case_id))
            """,
        ])

    static let projection = Projection(
        tables: ["alliance_groups_opportunities", "alliance_groups_cases"],
        types: [OpportunityOpened.type, CaseLinked.type]
    ) { event, _, writer in
        if let opened = OpportunityOpened(event) {
            try writer.execute(
                """
                INSERT INTO alliance_groups_opportunities (id, scope, title_ko, title_en) VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET title_ko = excluded.title_ko, title_en = excluded.title_en
                """,
                [
                    .text(opened.opportunity), .text(event.scope.text), .text(opened.title.ko), .text(opened.title.en),
                ])
        } else if let linked = CaseLinked(event) {
            try writer.execute(
                """
                INSERT INTO alliance_groups_cases (opportunity, case_id, title_ko, title_en, level) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (opportunity, case_id) DO UPDATE SET
                    title_ko = excluded.title_ko, title_en = excluded.title_en, level = excluded.level
                """,
                [
                    .text(linked.opportunity), .text(linked.caseID), .text(linked.title.ko), .text(linked.title.en),
                    .integer(linked.level),
                ])
        }
    }

    /// The opportunities that a tenant may see, by title.
    static func all(for tenant: some Tenancy, in reader: any Reader) throws -> [GroupOpportunity] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM alliance_groups_opportunities WHERE \(own.sql) ORDER BY title_ko, id LIMIT 500",
            own.arguments
        ).map { try opportunity($0, in: reader) }
    }

    /// One that a tenant may see; for nobody known one that is public.
    static func find(_ id: String, for tenant: (some Tenancy)?, in reader: any Reader) throws -> GroupOpportunity? {
        let own = tenant?.condition(column: "scope") ?? (sql: "scope = 'public'", arguments: [])
        return try reader.first(
            "SELECT * FROM alliance_groups_opportunities WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map { try opportunity($0, in: reader) }
    }

    private static func opportunity(_ row: Row, in reader: any Reader) throws -> GroupOpportunity {
        let id = try row.text("id")
        let cases = try reader.query(
            "SELECT * FROM alliance_groups_cases WHERE opportunity = ? ORDER BY level DESC, case_id", [.text(id)])
        return GroupOpportunity(
            id: id, title: Words(try row.text("title_ko"), try row.text("title_en")),
            cases: try cases.map {
                .init(
                    title: Words(try $0.text("title_ko"), try $0.text("title_en")), level: try $0.integer("level"))
            })
    }
}
