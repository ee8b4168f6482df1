import District
import Record
import Store

/// A meeting of a group, as its minutes have it.
struct GroupMeeting: Sendable, Hashable {
    let id: String
    let group: String
    let day: KoreanDay
    let title: String
    let minutes: String
    /// Who was there, as members.
    let attendees: [String]
    let decisions: [GroupDecision]
}

/// What a meeting decided.
struct GroupDecision: Sendable, Hashable {
    let id: String
    let text: String
    /// The votes, where it was voted on.
    let votesFor: Int64?, votesAgainst: Int64?
    /// The milestone that it is about.
    let milestone: String?
}

/// Meetings and decisions: for the group's members and the zone.
enum MeetingTable {
    static let migration = Migration(
        "alliance.groups.003",
        [
            """
            CREATE TABLE alliance_groups_meetings (
                id TEXT PRIMARY KEY, group_id TEXT NOT NULL, day BIGINT NOT NULL, title TEXT NOT NULL,
                minutes TEXT NOT NULL, attendees TEXT NOT NULL)
            """,
            "CREATE INDEX alliance_groups_meetings_group ON alliance_groups_meetings (group_id, day)",
            """
            CREATE TABLE alliance_groups_decisions (
                id TEXT PRIMARY KEY, meeting TEXT NOT NULL, place BIGINT NOT NULL, decision TEXT NOT NULL,
                votes_for BIGINT, votes_against BIGINT, milestone TEXT)
            """,
            "CREATE INDEX alliance_groups_decisions_meeting ON alliance_groups_decisions (meeting, place)",
        ])

    static let projection = Projection(
        tables: ["alliance_groups_meetings", "alliance_groups_decisions"],
        types: [GroupEvents.held, GroupEvents.decided]
    ) { event, payload, writer in
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        guard event.type == GroupEvents.held else {
            try writer.execute(
                """
                INSERT INTO alliance_groups_decisions
                    (id, meeting, place, decision, votes_for, votes_against, milestone)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(event.id.description), text("meeting"), .integer(payload["place"]?.integer ?? 0),
                    text("decision"), .optional(payload["for"]?.integer), .optional(payload["against"]?.integer),
                    .optional(payload["milestone"]?.text),
                ])
            return
        }
        let day = payload["day"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)
        let attendees = payload["attendees"]?.elements?.compactMap(\.text) ?? []
        try writer.execute(
            """
            INSERT INTO alliance_groups_meetings (id, group_id, day, title, minutes, attendees) VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                text("meeting"), text("group"), .integer(day.number), text("title"), text("minutes"),
                .text(attendees.joined(separator: " ")),
            ])
    }

    /// A group's meetings, the latest first, for somebody inside it; nobody else gets any.
    static func meetings(for standing: GroupStanding, in reader: any Reader) throws -> [GroupMeeting] {
        guard standing.isInside else { return [] }
        return try reader.query(
            "SELECT * FROM alliance_groups_meetings WHERE group_id = ? ORDER BY day DESC, id DESC LIMIT 50",
            [.text(standing.group)]
        ).map { row in
            let id = try row.text("id")
            let decisions = try reader.query(
                "SELECT * FROM alliance_groups_decisions WHERE meeting = ? ORDER BY place", [.text(id)]
            ).map { row in
                GroupDecision(
                    id: try row.text("id"), text: try row.text("decision"),
                    votesFor: try row.optionalInteger("votes_for"),
                    votesAgainst: try row.optionalInteger("votes_against"), milestone: try row.optionalText("milestone")
                )
            }
            return GroupMeeting(
                id: id, group: try row.text("group_id"), day: KoreanDay(number: try row.integer("day")),
                title: try row.text("title"), minutes: try row.text("minutes"),
                attendees: try row.text("attendees").split(separator: " ").map(String.init), decisions: decisions)
        }
    }
}
