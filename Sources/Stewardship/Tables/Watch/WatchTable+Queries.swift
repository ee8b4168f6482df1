import District
import Record
import Store

extension WatchTable {
    typealias Counts = [AIUseJudged.Verdict: Int64]

    /// How the acts of a use turned out from a day on.
    static func counts(of use: String, since day: KoreanDay, in reader: any Reader) throws -> Counts {
        try reader.query(
            """
            SELECT verdict, SUM(times) AS many FROM stewardship_watch_counts
            WHERE use = ? AND day >= ? AND dimension = '' GROUP BY verdict
            """, [.text(use), .integer(day.number)]
        ).reduce(into: [:]) { counts, row in
            guard let verdict = AIUseJudged.Verdict(rawValue: try row.text("verdict")) else { return }
            counts[verdict] = try row.integer("many")
        }
    }

    /// The same of every use that was judged at all.
    static func counts(since day: KoreanDay, in reader: any Reader) throws -> [String: Counts] {
        try reader.query(
            """
            SELECT use, verdict, SUM(times) AS many FROM stewardship_watch_counts
            WHERE day >= ? AND dimension = '' GROUP BY use, verdict
            """, [.integer(day.number)]
        ).reduce(into: [:]) { counts, row in
            guard let verdict = AIUseJudged.Verdict(rawValue: try row.text("verdict")) else { return }
            counts[try row.text("use"), default: [:]][verdict] = try row.integer("many")
        }
    }

    /// The same of a use's groups, by dimension and group.
    static func groups(
        of use: String, since day: KoreanDay, in reader: any Reader
    ) throws -> [String: [String: Counts]] {
        try reader.query(
            """
            SELECT dimension, member, verdict, SUM(times) AS many FROM stewardship_watch_counts
            WHERE use = ? AND day >= ? AND dimension <> '' GROUP BY dimension, member, verdict
            """, [.text(use), .integer(day.number)]
        ).reduce(into: [:]) { counts, row in
            guard let verdict = AIUseJudged.Verdict(rawValue: try row.text("verdict")) else { return }
            counts[try row.text("dimension"), default: [:]][try row.text("member"), default: [:]][verdict] =
                try row.integer("many")
        }
    }

    /// The same of a use, day by day.
    static func days(of use: String, since day: KoreanDay, in reader: any Reader) throws -> [KoreanDay: Counts] {
        try reader.query(
            """
            SELECT day, verdict, times FROM stewardship_watch_counts WHERE use = ? AND day >= ? AND dimension = ''
            """, [.text(use), .integer(day.number)]
        ).reduce(into: [:]) { counts, row in
            guard let verdict = AIUseJudged.Verdict(rawValue: try row.text("verdict")) else { return }
            counts[KoreanDay(number: try row.integer("day")), default: [:]][verdict] = try row.integer("times")
        }
    }

    static func find(_ flag: String, in reader: any Reader) throws -> WatchFlag? {
        try reader.first("SELECT * FROM stewardship_watch_flags WHERE id = ?", [.text(flag)]).flatMap(Self.flag)
    }

    /// The flags of a use that nobody has resolved.
    static func open(of use: String, in reader: any Reader) throws -> [WatchFlag] {
        try reader.query(
            "SELECT * FROM stewardship_watch_flags WHERE use = ? AND resolved IS NULL ORDER BY raised, id",
            [.text(use)]
        ).compactMap(flag)
    }

    /// Every flag that nobody has resolved, the oldest first.
    static func open(in reader: any Reader) throws -> [WatchFlag] {
        try reader.query("SELECT * FROM stewardship_watch_flags WHERE resolved IS NULL ORDER BY raised, id LIMIT 200")
            .compactMap(flag)
    }

    /// The flags of a use, the latest first.
    static func flags(of use: String, limit: Int, in reader: any Reader) throws -> [WatchFlag] {
        try reader.query(
            "SELECT * FROM stewardship_watch_flags WHERE use = ? ORDER BY raised DESC, id LIMIT ?",
            [.text(use), .integer(Int64(limit))]
        ).compactMap(flag)
    }

    /// When a flag of a rule was last resolved: what happened before it counts no more for that rule.
    static func lastResolved(_ rule: WatchRule, of use: String, in reader: any Reader) throws -> KoreanDay? {
        try reader.first(
            "SELECT MAX(resolved) AS at FROM stewardship_watch_flags WHERE use = ? AND rule = ?",
            [.text(use), .text(rule.rawValue)]
        )?.optionalInteger("at").map { KoreanDay(Timestamp(microseconds: $0)) }
    }

    private static func flag(_ row: Row) throws -> WatchFlag? {
        guard let rule = WatchRule(rawValue: try row.text("rule")) else { return nil }
        return WatchFlag(
            id: try row.text("id"), use: try row.text("use"), rule: rule,
            dimension: try row.optionalText("dimension"), group: try row.optionalText("member"),
            seen: try row.integer("seen"), times: try row.integer("times"), baseSeen: try row.integer("base_seen"),
            baseTimes: try row.integer("base_times"), proposesOff: try row.flag("proposes_off"),
            raised: Timestamp(microseconds: try row.integer("raised")),
            resolved: try row.optionalInteger("resolved").map { Timestamp(microseconds: $0) },
            outcome: try row.optionalText("outcome").flatMap { WatchFlag.Outcome(rawValue: $0) })
    }
}
