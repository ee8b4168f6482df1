import Access
import District
import Record
import Store
import Web

/// How the uses of AI do: all of them, and one.
struct WatchRoutes {
    let rules: WatchRules

    static let staff = Permission.roles([.zoneOfficer, .administrator])

    var routes: [Route] {
        [
            .get("/stewardship/watch", Self.staff) { try await all($0) },
            .get("/stewardship/watch/{use}", Self.staff) { try await one($0) },
        ]
    }

    /// Flags that wait for an officer.
    func tasks(_ visit: Visit) async throws -> [String: JSON] {
        guard visit.caller.roles.contains(.zoneOfficer) else { return [:] }
        let open = try await visit.spine.district.store.read { try WatchTable.open(in: $0) }
        guard !open.isEmpty else { return [:] }
        return [
            "tasks": [
                [
                    "href": "/stewardship/watch", "text": .string(visit.word("watch_task")),
                    "count": .string(Show.count(open.count)), "kind": "danger",
                    "state": .string(visit.word("watch_task_state")),
                ]
            ]
        ]
    }

    private func all(_ visit: Visit) async throws -> Reply {
        let since = KoreanDay(visit.now) - (rules.days - 1)
        let (flags, counts, names) = try await visit.spine.district.store.read { reader in
            (
                try WatchTable.open(in: reader), try WatchTable.counts(since: since, in: reader),
                try Self.names(visit.language, in: reader)
            )
        }
        let view = WatchView(rules: rules, visit: visit, names: names, now: try await Self.now(visit))
        let flagged = Set(flags.map(\.use))
        let uses: [JSON] = Set(names.keys).union(counts.keys).sorted().map { use in
            let counted = counts[use] ?? [:]
            var entry = view.shares(counted)
            entry["name"] = .string(names[use] ?? use)
            entry["href"] = .string("/stewardship/watch/\(use)")
            entry["badge"] =
                flagged.contains(use)
                ? Show.badge("danger", visit.word("watch_flagged"))
                : counted.seen < rules.leastGroup
                    ? Show.badge("unknown", visit.word("watch_few"))
                    : Show.badge("ok", visit.word("watch_quiet"))
            return .object(entry)
        }
        return .page(
            "watch", title: visit.word("watch_title"),
            [
                "flags": .array(flags.map { view.flag($0, isNamed: true) }), "uses": .array(uses),
                "lead": .string(visit.word("watch_lead").replacing("{days}", with: "\(rules.days)")),
            ], live: true)
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let use = visit.parameters["use"] ?? ""
        let today = KoreanDay(visit.now)
        let since = today - (rules.days - 1)
        let found = try await visit.spine.district.store.read { reader -> WatchStory? in
            let entry = try RegisterTable.find(use, in: reader)
            let counts = try WatchTable.counts(of: use, since: since, in: reader)
            guard entry != nil || counts.seen > 0 else { return nil }
            return WatchStory(
                use: use, name: entry?.text("name", visit.language) ?? use, counts: counts,
                days: try WatchTable.days(of: use, since: since, in: reader),
                scores: try WatchTable.scores(of: use, in: reader),
                flags: try WatchTable.flags(of: use, limit: 20, in: reader),
                incidents: try AIIncidentTable.list(of: use, in: reader),
                appeals: try AppealTable.counts(of: use, on: today, in: reader))
        }
        guard let found else { throw UseAsk.unknown }
        let view = WatchView(rules: rules, visit: visit, names: [use: found.name], now: try await Self.now(visit))
        return .page("watch-use", title: found.name, .object(view.story(found, today: today)), live: true)
    }

    private static func now(_ visit: Visit) async throws -> [String: UseNow] {
        Dictionary(
            try await UseNow.all(visit.spine.district).map { ($0.entry.id, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// What the register calls the uses.
    static func names(_ language: Language, in reader: any Reader) throws -> [String: String] {
        Dictionary(
            try RegisterTable.all(in: reader).map { ($0.id, $0.text("name", language)) },
            uniquingKeysWith: { first, _ in first })
    }
}

/// A use with all that is known of how it does.
struct WatchStory: Sendable {
    let use: String
    let name: String
    let counts: WatchTable.Counts
    let days: [KoreanDay: WatchTable.Counts]
    let scores: WatchScores
    let flags: [WatchFlag]
    let incidents: [AIIncident]
    let appeals: AppealTable.Counts
}
