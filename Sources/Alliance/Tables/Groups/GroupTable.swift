import District
import Record
import Store

/// Working groups and who is in them. The groups are everybody's to see; members' names only for whom ``NameReading`` says,
/// which pages see to.
enum GroupTable {
    static let migration = Migration(
        "alliance.groups.001",
        [
            """
            CREATE TABLE alliance_groups_formed (
                id TEXT PRIMARY KEY, title_ko TEXT NOT NULL, title_en TEXT NOT NULL, field TEXT NOT NULL,
                purpose_ko TEXT NOT NULL, purpose_en TEXT NOT NULL, opportunity TEXT, chair TEXT, formed BIGINT NOT NULL,
                ended BIGINT, end_reason TEXT)
            """,
            """
            CREATE TABLE alliance_groups_members (
                id TEXT PRIMARY KEY, group_id TEXT NOT NULL, sector TEXT NOT NULL, organisation TEXT NOT NULL,
                person TEXT, name TEXT, is_active BIGINT NOT NULL)
            """,
            "CREATE INDEX alliance_groups_members_group ON alliance_groups_members (group_id)",
            "CREATE INDEX alliance_groups_members_person ON alliance_groups_members (person)",
        ])

    static let projection = Projection(
        tables: ["alliance_groups_formed", "alliance_groups_members"],
        types: [
            GroupEvents.formed, GroupEvents.joined, GroupEvents.left, GroupEvents.erased, GroupEvents.chaired,
            GroupEvents.ended,
        ]
    ) { event, payload, writer in
        let group = payload["group"]?.text ?? ""
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        switch event.type {
        case GroupEvents.formed:
            let (title, purpose) = (Words(payload["title"]), Words(payload["purpose"]))
            let day = payload["formed"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)
            try writer.execute(
                """
                INSERT INTO alliance_groups_formed
                    (id, title_ko, title_en, field, purpose_ko, purpose_en, opportunity, formed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(group), .text(title?.ko ?? group), .text(title?.en ?? group), text("field"),
                    .text(purpose?.ko ?? ""), .text(purpose?.en ?? ""), .optional(payload["opportunity"]?.text),
                    .integer(day.number),
                ])
        case GroupEvents.joined:
            try writer.execute(
                """
                INSERT INTO alliance_groups_members (id, group_id, sector, organisation, person, name, is_active)
                VALUES (?, ?, ?, ?, ?, ?, 1)
                """,
                [
                    text("member"), .text(group), text("sector"), text("organisation"),
                    .optional(payload["person"]?.text), .optional(payload["name"]?.text),
                ])
        case GroupEvents.left, GroupEvents.erased:
            if event.type == GroupEvents.left {
                try writer.execute("UPDATE alliance_groups_members SET is_active = 0 WHERE id = ?", [text("member")])
            }
            // The name of one from outside goes in the very transaction that says so, from here and from the vault; where
            // it is gone already, as when tables are made anew, nothing happens.
            try writer.execute("UPDATE alliance_groups_members SET name = NULL WHERE id = ?", [text("member")])
            let subject = GroupEvents.subject(payload["member"]?.text ?? "")
            _ = try RecordLog(clock: { event.observed }).erase(subject, in: writer)
        case GroupEvents.chaired:
            try writer.execute(
                "UPDATE alliance_groups_formed SET chair = ? WHERE id = ?", [text("member"), .text(group)])
        default:
            try writer.execute(
                "UPDATE alliance_groups_formed SET ended = ?, end_reason = ? WHERE id = ?",
                [.integer(KoreanDay(event.observed).number), text("reason"), .text(group)])
        }
    }

    /// Every group, those at work first.
    static func all(in reader: any Reader) throws -> [WorkingGroup] {
        try reader.query(
            "SELECT * FROM alliance_groups_formed ORDER BY CASE WHEN ended IS NULL THEN 0 ELSE 1 END, formed, id LIMIT 500"
        ).map(group)
    }

    static func find(_ id: String, in reader: any Reader) throws -> WorkingGroup? {
        try reader.first("SELECT * FROM alliance_groups_formed WHERE id = ?", [.text(id)]).map(group)
    }

    /// How many there are.
    static func count(in reader: any Reader) throws -> Int64 {
        try reader.first("SELECT COUNT(*) AS many FROM alliance_groups_formed")?.integer("many") ?? 0
    }

    /// A group's members, those who left too, by sector and organisation. A person of the house is called what the house
    /// calls them.
    static func members(of group: String, in reader: any Reader) throws -> [GroupMember] {
        try reader.query(
            "\(memberColumns) WHERE m.group_id = ? ORDER BY m.sector, m.organisation, m.id", [.text(group)]
        ).compactMap(member)
    }

    static func member(_ id: String, in reader: any Reader) throws -> GroupMember? {
        try reader.first("\(memberColumns) WHERE m.id = ?", [.text(id)]).flatMap(member)
    }

    /// The owners of milestones.
    static func owners(in reader: any Reader) throws -> [GroupMember] {
        try reader.query(
            "\(memberColumns) WHERE m.id IN (SELECT owner FROM alliance_groups_milestones) ORDER BY m.id"
        ).compactMap(member)
    }

    /// What somebody is in the groups they are in now.
    static func memberships(of person: PersonID, in reader: any Reader) throws -> [GroupMember] {
        try reader.query(
            "\(memberColumns) WHERE m.person = ? AND m.is_active = 1 ORDER BY m.id", [.text(person.rawValue)]
        ).compactMap(member)
    }

    /// How many of each group come from where, without a name.
    static func balances(in reader: any Reader) throws -> [String: SectorBalance] {
        var counts: [String: [GroupSector: Int]] = [:]
        for row in try reader.query(
            """
            SELECT group_id, sector, COUNT(*) AS many FROM alliance_groups_members WHERE is_active = 1
            GROUP BY group_id, sector
            """)
        {
            guard let sector = GroupSector(rawValue: try row.text("sector")) else { continue }
            counts[try row.text("group_id"), default: [:]][sector] = Int(try row.integer("many"))
        }
        return counts.mapValues { SectorBalance(counts: $0) }
    }

    private static let memberColumns = """
        SELECT m.id, m.group_id, m.sector, m.organisation, m.person, m.is_active, COALESCE(p.name, m.name) AS name
        FROM alliance_groups_members m LEFT JOIN access_people p ON p.id = m.person
        """

    private static func group(_ row: Row) throws -> WorkingGroup {
        WorkingGroup(
            id: try row.text("id"), title: Words(try row.text("title_ko"), try row.text("title_en")),
            field: try row.text("field"), purpose: Words(try row.text("purpose_ko"), try row.text("purpose_en")),
            opportunity: try row.optionalText("opportunity"), chair: try row.optionalText("chair"),
            formed: KoreanDay(number: try row.integer("formed")),
            ended: try row.optionalInteger("ended").map { KoreanDay(number: $0) },
            endReason: try row.optionalText("end_reason"))
    }

    private static func member(_ row: Row) throws -> GroupMember? {
        guard let sector = GroupSector(rawValue: try row.text("sector")) else { return nil }
        return GroupMember(
            id: try row.text("id"), group: try row.text("group_id"), sector: sector,
            organisation: try row.text("organisation"), person: try row.optionalText("person").map { PersonID($0) },
            name: try row.optionalText("name"), isActive: try row.flag("is_active"))
    }
}
