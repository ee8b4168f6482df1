import Access
import District
import Record
import Store
import Web

/// What waits for moderators: texts that are doubtful, appeals, reports; and proposals that may be the same.
struct ModerationRoutes {
    let rules: DebateRules
    /// More proposals than this of one process are not compared with one another at a look.
    private static let most = 150

    var routes: [Route] {
        [
            .get("/commons/moderation", .roles(ProcessAsk.officers)) { try await page($0) },
            .get("/commons/proposals/{proposal}/beside/{other}", .roles(ProcessAsk.officers)) { try await beside($0) },
        ]
    }

    /// What waits for whoever looks, on the first page.
    static func tasks(_ visit: Visit) async throws -> [String: JSON] {
        guard let person = visit.caller.person else { return [:] }
        let (view, isModerator) = (CivicView(visit: visit), visit.caller.roles.contains(.zoneOfficer))
        let (asked, held, queue) = try await visit.spine.district.store.read { reader in
            (
                try ProposalTable.proposals(of: person, as: [.asked], in: reader).count,
                try DebateTable.held(of: person, in: reader).count,
                try isModerator ? DebateTable.waiting(in: reader) : 0
            )
        }
        func task(_ many: Int, _ key: String, _ href: String, _ kind: String) -> [JSON] {
            guard many > 0 else { return [] }
            return [
                [
                    "href": .string(href), "text": .string(view.word(key)), "count": .string(Show.count(many)),
                    "kind": .string(kind), "state": .string(view.word("commons_task_state")),
                ]
            ]
        }
        let tasks =
            task(asked, "commons_task_asked", "/commons/mine", "info")
            + task(held, "commons_task_held", "/commons/mine#held", "info")
            + task(queue, "commons_task_queue", "/commons/moderation", "warn")
        return tasks.isEmpty ? [:] : ["tasks": .array(tasks)]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let view = CivicView(visit: visit)
        let found = try await visit.spine.district.store.read { reader in
            let processes = try ProcessTable.open(on: view.today, in: reader)
            return (
                waiting: try TextTable.texts(in: .waiting, limit: 100, in: reader),
                appeals: try DebateTable.appeals(in: reader).map {
                    ($0, try DebateTable.moderation(of: $0.id, in: reader))
                }, reported: try DebateTable.reported(in: reader),
                open: try processes.map { ($0, try ProposalTable.compared(of: $0.id, most: Self.most, in: reader)) },
                processes: Dictionary(
                    try ProcessTable.all(in: reader).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            )
        }
        try await visit.look(at: .zone, "commons-moderation")
        let standing = try await visit.spine.district.standing(of: AlikeUse.use)
        let compared = standing == .runs ? found.open : []
        let alike = compared.flatMap { process, open in Self.pairs(open).map { (process, $0) } }
        func row(_ text: CivicText, _ moderation: ModerationCase?, why: [String]) -> JSON {
            var row: [String: JSON] = [
                "kind": .string(text.kind.words[view.language]), "name": .string(view.name(text)),
                "time": Show.time(text.written, view.language),
                "body": .string(text.body ?? view.word("commons_erased_text")),
                "why": .array(why.filter { !$0.isEmpty }.map { ["text": .string($0)] }),
            ]
            if !text.title.isEmpty {
                row["title"] = .string(text.title)
                row["href"] = .string(
                    text.kind == .amendment ? "/commons/amendments/\(text.id)" : "/commons/proposals/\(text.id)")
            }
            if let process = found.processes[text.process] {
                var acts = DebateView(view: view, rules: rules).acts(
                    text, moderation, in: process, next: "/commons/moderation")
                if text.state == .shown, text.author != visit.caller.person {
                    acts.append(
                        view.link(
                            Moderate.release, ["text": text.id], next: "/commons/moderation",
                            label: view.word("commons_leave_shown"), of: String((text.body ?? "").prefix(20))))
                }
                row["acts"] = .array(acts)
            }
            return .object(row)
        }
        func queue(_ id: String, _ texts: [JSON]) -> JSON {
            [
                "id": .string(id), "title": .string(view.word("commons_queue_\(id)")),
                "empty": .string(view.word("commons_queue_\(id)_none")), "many": .string(Show.count(texts.count)),
                "texts": .array(texts),
            ]
        }
        var context: [String: JSON] = [
            "queues": [
                queue("waiting", found.waiting.map { row($0, nil, why: [view.findings($0)]) }),
                queue(
                    "appeals",
                    found.appeals.map { text, moderation in
                        row(
                            text, moderation,
                            why: [
                                moderation.map { "\(rules.words($0.rule)[view.language]): \($0.reason)" } ?? "",
                                "\(view.word("commons_appeal")): \(moderation?.appeal ?? view.word("commons_erased_text"))",
                                moderation?.moderator == visit.caller.person
                                    ? view.word("commons_appeal_another") : "",
                            ])
                    }),
                queue(
                    "reported",
                    found.reported.map { text, reports in
                        row(
                            text, nil,
                            why: reports.map { report in
                                rules.words(report.rule)[view.language] + (report.note.map { ": \($0)" } ?? "")
                            })
                    }),
            ],
            "alike": .array(
                alike.map { process, pair in
                    [
                        "href": .string("/commons/proposals/\(pair.one.id)/beside/\(pair.other.id)"),
                        "one": .string(pair.one.title), "other": .string(pair.other.title),
                        "process": .string(process.title[view.language]),
                        "likeness": .string(
                            view.word("commons_likeness", ["percent": "\(Int((pair.likeness * 100).rounded()))"])),
                    ]
                }),
        ]
        if standing != .runs { context["alike_off"] = .string(standing.words[view.language]) }
        return .page(
            "commons-moderation", title: view.word("commons_moderation_title"), .object(context), live: true)
    }

    /// Proposals of one process that may be the same, the likest pair first.
    static func pairs(_ open: [Proposal]) -> [(one: Proposal, other: Proposal, likeness: Double)] {
        let candidates = open.suffix(most).map { ($0, $0.candidate) }
        return candidates.indices.flatMap { place in
            Duplicates.of(candidates[place].1, among: candidates[(place + 1)...].map(\.1)).compactMap { found in
                candidates.first { $0.0.id == found.id }.map { (candidates[place].0, $0.0, found.likeness) }
            }
        }.sorted { ($1.2, $0.0.id) < ($0.2, $1.0.id) }.prefix(30).map { (one: $0.0, other: $0.1, likeness: $0.2) }
    }

    private func beside(_ visit: Visit) async throws -> Reply {
        let view = CivicView(visit: visit)
        let ids = [visit.parameters["proposal"] ?? "", visit.parameters["other"] ?? ""]
        let (both, together) = try await visit.spine.district.store.read { reader in
            (
                try ids.map { id in
                    (try ProposalAsk.open(id, in: reader).proposal, try PeopleTable.authors(of: id, in: reader))
                }, try PeopleTable.together(ids, in: reader)
            )
        }
        let likeness = Duplicates.of(both[0].0.candidate, among: [both[1].0.candidate]).first?.likeness
        return .page(
            "commons-beside", title: view.word("commons_beside_title"),
            [
                "likeness": .string(
                    likeness.map { view.word("commons_likeness", ["percent": "\(Int(($0 * 100).rounded()))"]) + "." }
                        ?? ""),
                "together": .string(view.counted("commons_together", Int64(together))),
                "both": .array(
                    both.enumerated().map { place, one in
                        let other = both[1 - place].0
                        return [
                            "title": .string(one.0.title), "href": .string(CivicView.href(one.0)),
                            "body": .string(one.0.text.body ?? view.word("commons_erased_text")),
                            "names": .string(
                                one.1.map { $0.name ?? view.word("commons_erased") }.joined(separator: ", ")),
                            "supports": .string(view.supports(one.0.supports)),
                            "merge_href": view.link(
                                MergeProposals.name, ["proposal": one.0.id, "into": other.id],
                                next: CivicView.href(other))["href"] ?? "",
                        ]
                    }),
            ])
    }
}
