import Access
import District
import Record
import Store
import Web

/// The roadmap of all groups: for everybody, without signing in.
struct RoadmapRoutes {
    let fields: GroupFields
    let shelf: RoadmapShelf

    var routes: [Route] {
        [
            .get("/alliance/roadmap", .anyone) { try await page($0) },
            .get("/alliance/milestones", .signedIn) { try await mine($0) },
            .get("/alliance/milestones/{milestone}", .anyone) { try await one($0) },
        ]
    }

    /// As many milestones as one picture shows.
    static let most = 40

    /// The book as whoever looks may read it.
    static func view(_ visit: Visit, _ shelf: RoadmapShelf, of group: String? = nil) async throws -> RoadmapView {
        let (today, person) = (KoreanDay(visit.now), visit.caller.person)
        let (book, own) = try await visit.spine.district.store.read { reader in
            (
                try RoadmapBook(on: today, of: group, shelf: shelf, in: reader),
                try person.map { try GroupTable.memberships(of: $0, in: reader) } ?? []
            )
        }
        return RoadmapView(visit: visit, book: book, names: NameReading(visit.caller, own))
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let view = try await Self.view(visit, shelf)
        let book = view.book
        let chosen = visit.query["group"].flatMap { id in book.groups.first { $0.id == id } }
        let shown = chosen.map { book.milestones(of: $0.id) } ?? book.milestones
        let planned = book.groups.filter { !book.milestones(of: $0.id).isEmpty }
        func tab(_ group: WorkingGroup?) -> JSON {
            var tab: [String: JSON] = [
                "label": .string(group?.title[visit.language] ?? visit.word("groups_all")),
                "href": .string(group.map { "/alliance/roadmap?group=\($0.id)" } ?? "/alliance/roadmap"),
            ]
            if group?.id == chosen?.id { tab["current"] = true }
            return .object(tab)
        }
        var context: [String: JSON] = [
            "changes": view.changes(
                chosen.map { group in book.changes.filter { $0.group == group.id } } ?? book.changes),
            "tabs": .array([tab(nil)] + planned.map { tab($0) }),
            "groups": .array(planned.map { view.card($0, fields) }),
            "shows_group": .bool(chosen == nil),
            "figures": .array(
                [
                    ("groups_figure_all", shown.count), ("groups_figure_reached", shown.count { $0.state == .reached }),
                    ("groups_figure_late", shown.count { $0.isLate(on: book.today) }),
                ].map { ["label": .string(visit.word($0.0)), "value": .string(Show.count($0.1))] }),
        ]
        let kept = chosen.map { ["group": $0.id] } ?? [:]
        for more in [
            view.late(shown), view.table(shown, at: "/alliance/roadmap", kept: kept), view.outcomes(of: shown),
        ] { context.merge(more) { $1 } }
        if shown.count <= Self.most { context["picture"] = view.picture(shown) }
        return .page(
            "groups-public", title: visit.word("groups_roadmap_title"), .object(context), live: visit.caller.isKnown)
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["milestone"] ?? ""
        let view = try await Self.view(visit, shelf)
        let book = view.book
        guard let milestone = book.roadmap.milestones[id],
            let group = book.groups.first(where: { $0.id == milestone.group })
        else {
            throw Refusal(.notFound, of: "milestone", "unknown", Words("그런 이정표가 없습니다.", "There is no such milestone."))
        }
        let (members, changes) = try await visit.spine.district.store.read { reader in
            (
                try GroupTable.members(of: group.id, in: reader),
                try MilestoneTable.changes(of: group.id, limit: 500, in: reader).filter { $0.milestone == id }
            )
        }
        let standing = GroupStanding(of: visit.caller, in: group, members)
        let pushed = Dictionary(
            book.roadmap.pushed(by: id, on: book.today, from: book.expected).map { ($0.milestone, $0) },
            uniquingKeysWith: { first, _ in first })
        let dependents = book.roadmap.dependents(of: id)
        func links(_ ids: some Sequence<String>) -> JSON {
            .array(
                ids.compactMap { book.roadmap.milestones[$0] }.sorted { ($0.due, $0.id) < ($1.due, $1.id) }
                    .prefix(RoadmapView.mostRows).map { other in
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
            "needs": links(milestone.needs), "dependents": links(dependents),
            "changes": view.changes(changes),
            "actions": .array(Self.actions(milestone, standing, on: book.today, visit)),
        ]
        context.merge(view.outcomes(of: [milestone])) { $1 }
        if dependents.count > RoadmapView.mostRows {
            context["dependents_more"] = view.more(dependents.count - RoadmapView.mostRows)
        }
        if milestone.firstDue != milestone.due { context["first"] = .string(milestone.firstDue.description) }
        if milestone.work > 0 { context["work"] = .string(Show.count(milestone.work)) }
        if let why = milestone.why { context["why"] = .string(why) }
        if let note = milestone.note { context["note"] = .string(note) }
        if let promise = milestone.promise { context["promise"] = .string(RoadmapView.href(promise: promise)) }
        if let ended = milestone.ended {
            context["ended"] = .string(ended.description)
            context["ended_label"] = .string(
                visit.word(milestone.state == .reached ? "groups_reached_on" : "groups_dropped_on"))
        }
        if milestone.state == .open {
            context["expected"] = .string(view.expected(milestone))
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
        let view = try await Self.view(visit, shelf)
        let (own, unheard) = try await Self.own(visit)
        let late = (own + unheard).filter { $0.isLate(on: view.book.today) }
        let above = Set(late.prefix(RoadmapView.mostLate).map(\.id))
        let context = view.late(late)
            .merging(
                view.table((own + unheard).filter { !above.contains($0.id) }, at: "/alliance/milestones")
            ) { $1 }
        return .page("groups-mine", title: visit.word("groups_mine_title"), .object(context), live: true)
    }

    /// The open milestones that somebody answers for, and for an officer the late ones that nobody else is told of.
    static func own(_ visit: Visit) async throws -> (own: [Milestone], unheard: [Milestone]) {
        guard let person = visit.caller.person else { return ([], []) }
        let (caller, today) = (visit.caller, KoreanDay(visit.now))
        return try await visit.spine.district.store.read { reader in
            let own = try GroupTasks.milestones(of: person, in: reader)
            let mine = Set(own.map(\.id))
            return (
                own,
                try GroupTasks.unheard(by: caller, on: today, in: reader).filter { !mine.contains($0.id) }
            )
        }
    }

    /// What waits for whoever looks, on the first page: the late ones that they answer for, and those nobody else hears of.
    static func tasks(_ visit: Visit) async throws -> [String: JSON] {
        let today = KoreanDay(visit.now)
        let (own, unheard) = try await own(visit)
        let tasks = [("groups_task_late", own.filter { $0.isLate(on: today) }), ("groups_task_unheard", unheard)]
            .filter { !$0.1.isEmpty }
        guard !tasks.isEmpty else { return [:] }
        return [
            "tasks": .array(
                tasks.map { word, late in
                    [
                        "href": .string(late.count == 1 ? href(late) : "/alliance/milestones"),
                        "text": .string(visit.word(word)), "count": .string(Show.count(late.count)),
                        "kind": "danger", "state": .string(visit.word("groups_state_late")),
                    ]
                })
        ]
    }

    private static func href(_ late: [Milestone]) -> String {
        late.first.map { RoadmapView.href($0.id) } ?? "/alliance/milestones"
    }
}
