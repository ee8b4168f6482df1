import Access
import District
import Record
import Store
import Web

/// The roadmap of all groups: for everybody, without signing in.
struct RoadmapRoutes {
    let fields: GroupFields

    var routes: [Route] {
        [
            .get("/alliance/roadmap", .anyone) { try await page($0) },
            .get("/alliance/milestones", .signedIn) { try await mine($0) },
            .get("/alliance/milestones/{milestone}", .anyone) { try await one($0) },
        ]
    }

    /// As many milestones as one picture shows.
    private static let most = 40

    static func book(_ visit: Visit, of group: String? = nil) async throws -> RoadmapBook {
        let today = KoreanDay(visit.now)
        return try await visit.spine.district.store.read { try RoadmapBook(on: today, of: group, in: $0) }
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let book = try await Self.book(visit)
        let view = RoadmapView(visit: visit, book: book)
        let chosen = visit.query["group"].flatMap { id in book.groups.first { $0.id == id } }
        let shown = chosen.map { book.milestones(of: $0.id) } ?? book.milestones
        let planned = book.groups.filter { group in book.milestones.contains { $0.group == group.id } }
        func tab(_ group: WorkingGroup?) -> JSON {
            var tab: [String: JSON] = [
                "label": .string(group?.title[visit.language] ?? visit.word("groups_all")),
                "href": .string(group.map { "/alliance/roadmap?group=\($0.id)" } ?? "/alliance/roadmap"),
            ]
            if group?.id == chosen?.id { tab["current"] = true }
            return .object(tab)
        }
        var context: [String: JSON] = [
            "late": view.late(shown), "rows": view.rows(shown),
            "changes": view.changes(
                chosen.map { group in book.changes.filter { $0.group == group.id } } ?? book.changes),
            "tabs": .array([tab(nil)] + planned.map { tab($0) }),
            "groups": .array(planned.map { view.card($0, fields) }),
            "outcomes": view.outcomes(of: shown), "shows_group": .bool(chosen == nil),
            "figures": .array(
                [
                    ("groups_figure_all", shown.count), ("groups_figure_reached", shown.count { $0.state == .reached }),
                    ("groups_figure_late", shown.count { $0.isLate(on: book.today) }),
                ].map { ["label": .string(visit.word($0.0)), "value": .string(Show.count($0.1))] }),
        ]
        if shown.count <= Self.most { context["picture"] = view.picture(shown) }
        return .page(
            "groups-public", title: visit.word("groups_roadmap_title"), .object(context), live: visit.caller.isKnown)
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["milestone"] ?? ""
        let book = try await Self.book(visit)
        guard let milestone = book.roadmap.milestones[id],
            let group = book.groups.first(where: { $0.id == milestone.group })
        else {
            throw GroupAsk.refusal(
                .notFound, "milestone", "unknown", Words("그런 이정표가 없습니다.", "There is no such milestone."))
        }
        let (members, changes) = try await visit.spine.district.store.read { reader in
            (
                try GroupTable.members(of: group.id, in: reader),
                try MilestoneTable.changes(of: group.id, limit: 500, in: reader).filter { $0.milestone == id }
            )
        }
        let view = RoadmapView(visit: visit, book: book)
        let standing = GroupStanding(of: visit.caller, in: group, members)
        let expected = book.roadmap.expected(on: book.today)[id]
        let pushed = Dictionary(
            book.roadmap.pushed(by: id, on: book.today).map { ($0.milestone, $0) },
            uniquingKeysWith: { first, _ in first })
        func links(_ ids: some Sequence<String>) -> JSON {
            .array(
                ids.compactMap { book.roadmap.milestones[$0] }.sorted { ($0.due, $0.id) < ($1.due, $1.id) }.map {
                    other in
                    var link: [String: JSON] = [
                        "title": .string(other.title[visit.language]), "href": .string(RoadmapView.href(other.id)),
                        "state": view.state(other), "due": .string(other.due.description),
                    ]
                    if let push = pushed[other.id] { link["pushed"] = .string(view.pushed(push)) }
                    return .object(link)
                })
        }
        var context: [String: JSON] = [
            "state": view.state(milestone), "layer": .string(milestone.layer.words[visit.language]),
            "group": .string(group.title[visit.language]), "group_href": .string("/alliance/groups/\(group.id)"),
            "due": .string(milestone.due.description), "owner": .string(view.owner(milestone)),
            "needs": links(milestone.needs), "dependents": links(book.roadmap.dependents(of: id)),
            "changes": view.changes(changes),
            "outcomes": view.outcomes(of: [milestone]),
            "actions": .array(Self.actions(milestone, standing, on: book.today, visit)),
        ]
        if milestone.firstDue != milestone.due { context["first"] = .string(milestone.firstDue.description) }
        if milestone.work > 0 { context["work"] = .string(Show.count(milestone.work)) }
        if let why = milestone.why { context["why"] = .string(why) }
        if let note = milestone.note { context["note"] = .string(note) }
        if let ended = milestone.ended { context["ended"] = .string(ended.description) }
        if milestone.state == .open {
            context["expected"] = .string(expected?.description ?? visit.word("groups_unknown"))
        }
        return .page(
            "groups-milestone", title: milestone.title[visit.language], .object(context), live: visit.caller.isKnown)
    }

    /// What may be done with a milestone, by whoever looks.
    static func actions(
        _ milestone: Milestone, _ standing: GroupStanding, on today: KoreanDay, _ visit: Visit
    ) -> [JSON] {
        guard standing.answers(for: milestone) else { return [] }
        var names: [String] = []
        if milestone.isLate(on: today) { names.append(ExplainSlip.name) }
        if milestone.state == .open { names += [ReachMilestone.name, MoveMilestone.name] }
        if milestone.state != .dropped { names.append(MeasureOutcome.name) }
        if milestone.state == .open, standing.leads { names += [HandMilestone.name, LinkMilestone.name] }
        if milestone.state == .open { names.append(DropMilestone.name) }
        return names.enumerated().map { index, name in
            [
                "href": .string("/do/\(name)?milestone=\(milestone.id)&next=\(RoadmapView.href(milestone.id))"),
                "label": .string(visit.spine.district.forms[name]?.title[visit.language] ?? name),
                "primary": .bool(index == 0),
            ]
        }
    }

    /// What whoever looks owns, and for which they must say why.
    private func mine(_ visit: Visit) async throws -> Reply {
        let book = try await Self.book(visit)
        let view = RoadmapView(visit: visit, book: book)
        let own = try await Self.own(visit)
        return .page(
            "groups-mine", title: visit.word("groups_mine_title"),
            [
                "late": view.late(own),
                "rows": view.rows(own.filter { !$0.isLate(on: book.today) }),
            ], live: true)
    }

    /// The open milestones that somebody answers for: their own, and as chair those whose owner cannot sign in.
    static func own(_ visit: Visit) async throws -> [Milestone] {
        guard let person = visit.caller.person else { return [] }
        return try await visit.spine.district.store.read { try GroupTasks.milestones(of: person, in: $0) }
    }

    /// What waits for whoever looks, on the first page: the late ones that they answer for.
    static func tasks(_ visit: Visit) async throws -> [String: JSON] {
        let today = KoreanDay(visit.now)
        let late = try await own(visit).filter { $0.isLate(on: today) }
        guard !late.isEmpty else { return [:] }
        return [
            "tasks": [
                [
                    "href": .string(late.count == 1 ? href(late) : "/alliance/milestones"),
                    "text": .string(visit.word("groups_task_late")), "count": .string(Show.count(late.count)),
                    "kind": "danger", "state": .string(visit.word("groups_state_late")),
                ]
            ]
        ]
    }

    private static func href(_ late: [Milestone]) -> String {
        late.first.map { RoadmapView.href($0.id) } ?? "/alliance/milestones"
    }
}
