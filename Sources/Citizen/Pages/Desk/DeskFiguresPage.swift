import Access
import District
import Record
import Store
import Web

/// What conversations came to, and why machines failed: counts with the range the true value lies in.
struct DeskFiguresPage {
    let view: DeskView
    /// So far back the page looks, in seconds: eight weeks.
    static let span = 8 * 7 * 86_400.0
    static let outcomes = ["done", "looked-up", "handed-over", "refused", "emergency", "abandoned"]

    func page(_ visit: Visit) async throws -> Reply {
        let (tenant, from) = (try visit.tenant, visit.now.advanced(bySeconds: -Self.span))
        let (ends, failures) = try await visit.spine.district.store.read { reader in
            (
                try EndingTable.since(from, for: tenant, in: reader),
                try HandoverTable.failures(since: from, for: tenant, in: reader)
            )
        }
        let figures = DeskFigures(ends: ends)
        var context: [String: JSON] = [
            "shares": [
                share(visit.word("desk_completion"), visit.word("desk_completion_about"), figures.completion, visit),
                share(visit.word("desk_handed"), visit.word("desk_handed_about"), figures.handedOver, visit),
            ],
            "outcomes": .array(Self.outcomes.map { .string(visit.word("desk_end_\($0)")) }),
            "weeks": .array(
                figures.weeks.map { week in
                    [
                        "monday": .string(week.monday), "total": .string(Show.count(week.total)),
                        "counts": .array(
                            Self.outcomes.map {
                                [
                                    "label": .string(visit.word("desk_end_\($0)")),
                                    "text": .string(Show.count(week.counts[$0] ?? 0)),
                                ]
                            }),
                    ]
                }),
            "failures": .array(
                failures.map { failure in
                    [
                        "why": .string(
                            Handover.Failure(rawValue: failure.failure)?.words[visit.language] ?? failure.failure),
                        "about": .string(view.name(failure.intent, visit)), "count": .string(Show.count(failure.count)),
                    ]
                }),
            "channels": rows(figures.unfinished { $0.channel }, "desk_channel", visit),
            "ages": rows(figures.unfinished { $0.age ?? "unknown" }, "desk_age", visit),
        ]
        if let turns = figures.medianTurns { context["turns"] = .string(Show.count(turns)) }
        return .page("desk-figures", title: visit.word("desk_figures"), .object(context))
    }

    private func rows(_ groups: [(group: String, share: DeskFigures.Share)], _ prefix: String, _ visit: Visit) -> JSON {
        .array(groups.map { share(visit.word("\(prefix)_\($0.group)"), nil, $0.share, visit) })
    }

    private func share(_ label: String, _ about: String?, _ share: DeskFigures.Share, _ visit: Visit) -> JSON {
        var members: [String: JSON] = ["label": .string(label)]
        if let about { members["about"] = .string(about) }
        guard let interval = Interval.share(share.count, of: share.total) else {
            members["unknown"] = .string(visit.word("desk_unknown"))
            return .object(members)
        }
        let percent = { (value: Double) in Show.number((value * 1000).rounded() / 10) }
        members["value"] = .string("\(percent(Double(share.count) / Double(share.total))) %")
        members["count"] = .string("\(Show.count(share.count)) / \(Show.count(share.total))")
        members["interval"] = .string("\(percent(interval.low)) – \(percent(interval.high)) %")
        return .object(members)
    }
}
