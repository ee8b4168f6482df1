import District
import Record
import Store

extension OutcomeTable {
    typealias Item = Promise

    /// One thing that was told of a promise.
    struct News: Sendable, Hashable {
        let event: String, item: String, kind: String, said: String
        let percent: Int?, spent: Int?
        let due: String?
        let at: Timestamp
    }

    private static let rows = """
        SELECT i.*, g.ko AS group_ko, g.en AS group_en
        FROM commons_outcomes_items i LEFT JOIN commons_outcomes_groups g ON g.id = i.group_id
        """

    /// What is going on first, then what is over; the latest change first. A district makes some tens of promises a year:
    /// the share that was kept is counted over all of them.
    static func items(in reader: any Reader) throws -> [Item] {
        try reader.query(
            """
            \(rows) ORDER BY CASE WHEN i.state = 'going' THEN 0 ELSE 1 END, i.changed DESC, i.id LIMIT 20000
            """
        ).map(item)
    }

    /// What is going on, the latest change first.
    static func going(in reader: any Reader) throws -> [Item] {
        try reader.query(
            "\(rows) WHERE i.state = 'going' ORDER BY i.changed DESC, i.id LIMIT 2000"
        ).map(item)
    }

    static func item(_ id: String, in reader: any Reader) throws -> Item? {
        try reader.first("\(rows) WHERE i.id = ?", [.text(id)]).map(item)
    }

    /// What a vote chose.
    static func items(of vote: String, in reader: any Reader) throws -> [Item] {
        try reader.query(
            "\(rows) WHERE i.vote = ? ORDER BY i.promised, i.id LIMIT 500", [.text(vote)]
        ).map(item)
    }

    /// What was promised of proposals, by proposal.
    static func items(ofProposals ids: [String], in reader: any Reader) throws -> [String: [Item]] {
        let ids = ids.filter { !$0.isEmpty }
        guard !ids.isEmpty else { return [:] }
        let marks = ids.map { _ in "?" }.joined(separator: ", ")
        let items = try reader.query(
            "\(rows) WHERE i.proposal IN (\(marks)) ORDER BY i.promised, i.id LIMIT 500",
            ids.map { .text($0) }
        ).map(item)
        return Dictionary(grouping: items, by: \.proposal)
    }

    /// A group of which a name has some words; nil where none has.
    static func group(named words: String, in reader: any Reader) throws -> String? {
        try reader.first(
            "SELECT id FROM commons_outcomes_groups WHERE ko LIKE ? ESCAPE '!' ORDER BY id LIMIT 1",
            [.pattern(containing: words)]
        )?.text("id")
    }

    /// The news of one, or of all, the latest first.
    static func news(of item: String? = nil, limit: Int = 500, in reader: any Reader) throws -> [News] {
        try reader.query(
            """
            SELECT * FROM commons_outcomes_news\(item == nil ? "" : " WHERE item = ?") ORDER BY at DESC, event DESC LIMIT ?
            """, (item.map { [.text($0)] } ?? []) + [.integer(Int64(limit))]
        ).map { row in
            News(
                event: try row.text("event"), item: try row.text("item"), kind: try row.text("kind"),
                said: try row.text("said"), percent: try row.optionalInteger("percent").map(Int.init),
                spent: try row.optionalInteger("spent").map(Int.init), due: try row.optionalText("due"),
                at: Timestamp(microseconds: try row.integer("at")))
        }
    }

    private static func item(_ row: Row) throws -> Item {
        func number(_ column: String) throws -> Int? { try row.optionalInteger(column).map(Int.init) }
        return Item(
            id: try row.text("id"), title: try row.text("title"), summary: try row.text("summary"),
            vote: try row.text("vote"), option: try row.text("choice"), proposal: try row.text("proposal"),
            planned: try number("planned"), spent: try number("spent"), percent: try number("percent"),
            due: try row.optionalText("due"), firstDue: try row.optionalText("first_due"),
            state: try row.text("state"), ended: try row.optionalText("ended"), group: try row.optionalText("group_id"),
            groupName: try row.optionalText("group_ko").map { Words($0, try row.optionalText("group_en") ?? $0) },
            milestone: try row.optionalText("milestone"),
            step: try row.optionalText("step").flatMap(Promise.Step.init), moves: Int(try row.integer("moves")),
            promised: Timestamp(microseconds: try row.integer("promised")),
            changed: Timestamp(microseconds: try row.integer("changed")), isSample: try row.flag("is_sample"))
    }
}
