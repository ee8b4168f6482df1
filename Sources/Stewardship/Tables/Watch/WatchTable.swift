import District
import Record
import Store
import Synchronization

/// How the acts of each use of AI turned out, by day and group, and the scores of its tests. Nobody's rows: counts name
/// no person and no firm, and only the zone's officers and the public see them.
enum WatchTable {
    static let migration = Migration(
        "stewardship.watch.001",
        [
            """
            CREATE TABLE stewardship_watch_counts (
                use TEXT NOT NULL, day BIGINT NOT NULL, dimension TEXT NOT NULL, member TEXT NOT NULL,
                verdict TEXT NOT NULL, times BIGINT NOT NULL, PRIMARY KEY (use, day, dimension, member, verdict))
            """,
            """
            CREATE TABLE stewardship_watch_scores (
                use TEXT NOT NULL, dimension TEXT NOT NULL, member TEXT NOT NULL, seen BIGINT NOT NULL,
                kept BIGINT NOT NULL, score DOUBLE PRECISION NOT NULL, PRIMARY KEY (use, dimension, member))
            """,
            """
            CREATE TABLE stewardship_watch_flags (
                id TEXT PRIMARY KEY, use TEXT NOT NULL, rule TEXT NOT NULL, dimension TEXT, member TEXT,
                seen BIGINT NOT NULL, times BIGINT NOT NULL, base_seen BIGINT NOT NULL, base_times BIGINT NOT NULL,
                proposes_off BIGINT NOT NULL, raised BIGINT NOT NULL, resolved BIGINT, outcome TEXT)
            """,
            "CREATE INDEX stewardship_watch_flags_use ON stewardship_watch_flags (use, resolved, raised)",
        ])

    static let rulesMigration = Migration(
        "stewardship.watch.002",
        ["CREATE TABLE stewardship_watch_rules (id BIGINT PRIMARY KEY, edition TEXT NOT NULL, doc TEXT NOT NULL)"])

    /// Stand in the column `dimension` for the use itself: its first turns, and those after them.
    private static let (first, later) = ("#first", "#later")

    static func projection(_ rules: WatchRules) -> Projection {
        let known = KnownRules(rules)
        return Projection(
            tables: [
                "stewardship_watch_counts", "stewardship_watch_scores", "stewardship_watch_flags",
                "stewardship_watch_rules",
            ],
            types: [AIUseJudged.type, WatchFlag.raised, WatchFlag.resolved, WatchRules.adopted]
        ) { event, payload, writer in
            switch event.type {
            case WatchRules.adopted:
                try writer.execute(
                    """
                    INSERT INTO stewardship_watch_rules (id, edition, doc) VALUES (1, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET edition = excluded.edition, doc = excluded.doc
                    """,
                    [
                        .text(payload["edition"]?.text ?? ""),
                        .text((payload["rules"] ?? .object([:])).canonicalText),
                    ])
            case AIUseJudged.type:
                guard let judged = AIUseJudged(event) else { return }
                try count(judged, on: KoreanDay(event.observed), in: writer)
                var scores = try scores(of: judged.use, in: writer)
                scores.take(judged, try known.inForce(in: writer))
                try keep(scores, judged, in: writer)
            case WatchFlag.raised: try raise(event, payload, in: writer)
            default: try resolve(event, payload, in: writer)
            }
        }
    }

    private static func count(_ judged: AIUseJudged, on day: KoreanDay, in writer: any Writer) throws {
        for (dimension, member) in [("", "")] + judged.groups.sorted(by: { $0.key < $1.key }) {
            try writer.execute(
                """
                INSERT INTO stewardship_watch_counts (use, day, dimension, member, verdict, times)
                VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT (use, day, dimension, member, verdict)
                DO UPDATE SET times = stewardship_watch_counts.times + 1
                """,
                [
                    .text(judged.use), .integer(day.number), .text(dimension), .text(member),
                    .text(judged.verdict.rawValue),
                ])
        }
    }

    /// Writes the tallies that a judgement changed.
    private static func keep(_ scores: WatchScores, _ judged: AIUseJudged, in writer: any Writer) throws {
        var changed: [(String, String, WatchScores.Tally)] = [(first, "", scores.reference)]
        if scores.later.seen > 0 { changed.append((later, "", scores.later)) }
        for (dimension, member) in judged.groups.sorted(by: { $0.key < $1.key }) {
            guard let tally = scores.groups[dimension]?[member] else { continue }
            changed.append((dimension, member, tally))
        }
        for (dimension, member, tally) in changed {
            try writer.execute(
                """
                INSERT INTO stewardship_watch_scores (use, dimension, member, seen, kept, score)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (use, dimension, member)
                DO UPDATE SET seen = excluded.seen, kept = excluded.kept, score = excluded.score
                """,
                [
                    .text(judged.use), .text(dimension), .text(member), .integer(tally.seen), .integer(tally.kept),
                    .real(tally.score),
                ])
        }
    }

    private static func raise(_ event: Event, _ payload: [String: JSON], in writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO stewardship_watch_flags
                (id, use, rule, dimension, member, seen, times, base_seen, base_times, proposes_off, raised)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(payload["flag"]?.text ?? ""), .text(payload["use"]?.text ?? ""),
                .text(payload["rule"]?.text ?? ""), .optional(payload["dimension"]?.text),
                .optional(payload["group"]?.text), .integer(payload["seen"]?.integer ?? 0),
                .integer(payload["times"]?.integer ?? 0), .integer(payload["base_seen"]?.integer ?? 0),
                .integer(payload["base_times"]?.integer ?? 0), .flag(payload["propose_off"]?.bool == true),
                .integer(event.recorded.microseconds),
            ])
    }

    /// A resolved flag's test begins anew; after a drift what is usual is learnt again.
    private static func resolve(_ event: Event, _ payload: [String: JSON], in writer: any Writer) throws {
        let id = payload["flag"]?.text ?? ""
        try writer.execute(
            "UPDATE stewardship_watch_flags SET resolved = ?, outcome = ? WHERE id = ?",
            [.integer(event.recorded.microseconds), .optional(payload["outcome"]?.text), .text(id)])
        guard let flag = try find(id, in: writer) else { return }
        switch flag.rule {
        case .gap:
            try writer.execute(
                "UPDATE stewardship_watch_scores SET score = 0 WHERE use = ? AND dimension = ? AND member = ?",
                [.text(flag.use), .text(flag.dimension ?? ""), .text(flag.group ?? "")])
        case .drift:
            try writer.execute(
                "DELETE FROM stewardship_watch_scores WHERE use = ? AND dimension IN (?, ?)",
                [.text(flag.use), .text(first), .text(later)])
        case .wrong, .overrides, .escalations: break
        }
    }

    /// What is known of a use.
    static func scores(of use: String, in reader: any Reader) throws -> WatchScores {
        var scores = WatchScores()
        for row in try reader.query(
            "SELECT dimension, member, seen, kept, score FROM stewardship_watch_scores WHERE use = ?", [.text(use)])
        {
            let tally = WatchScores.Tally(
                seen: try row.integer("seen"), kept: try row.integer("kept"), score: try row.real("score"))
            switch try row.text("dimension") {
            case first: scores.reference = tally
            case later: scores.later = tally
            case let dimension: scores.groups[dimension, default: [:]][try row.text("member")] = tally
            }
        }
        return scores
    }
}

/// The rules that count at a point of the Record: those adopted last before it, however the handbook reads today.
final class KnownRules: Sendable {
    private let today: WatchRules
    private let read: Mutex<[String: WatchRules]>

    init(_ today: WatchRules) {
        self.today = today
        read = Mutex([today.edition: today])
    }

    /// Today's where none were adopted yet: on Records from before.
    func inForce(in reader: any Reader) throws -> WatchRules {
        guard let edition = try Self.edition(in: reader) else { return today }
        if let known = read.withLock({ $0[edition] }) { return known }
        let row = try reader.first("SELECT doc FROM stewardship_watch_rules WHERE id = 1")
        let rules = try WatchRules(try JSON(parsing: try row?.text("doc") ?? "{}"), edition: edition)
        read.withLock { $0[edition] = rules }
        return rules
    }

    static func edition(in reader: any Reader) throws -> String? {
        try reader.first("SELECT edition FROM stewardship_watch_rules WHERE id = 1")?.text("edition")
    }

    /// Has today's rules count from here on. Idempotent.
    func adopt(_ district: District) async throws {
        let today = today
        try await district.transact { transaction in
            guard try Self.edition(in: transaction.writer) != today.edition else { return }
            try transaction.record([today.draft], origin: Origin(author: .system("stewardship.watch")))
        }
    }
}
