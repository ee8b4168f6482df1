import Access
import District
import Record
import Store
import Web

/// The working groups and each one of them: what citizens may see, what whoever is signed in sees, and what its members
/// alone read.
struct GroupRoutes {
    let fields: GroupFields
    let shelf: RoadmapShelf

    var routes: [Route] {
        [
            .get("/alliance/groups", .anyone) { try await list($0) },
            .get("/alliance/groups/{group}", .anyone) { try await one($0) },
            .get("\(GroupAsk.choices)/{kind}", .signedIn) { try await choices($0) },
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let view = try await RoadmapRoutes.view(visit, shelf)
        let book = view.book
        let all = SectorBalance(
            counts: book.balances.values.reduce(into: [:]) { sum, one in sum.merge(one.counts, uniquingKeysWith: +) })
        var context: [String: JSON] = [
            "groups": .array(book.groups.map { view.card($0, fields) }),
            "many": .string(Show.count(book.groups.count { $0.ended == nil })),
            "people": .string(Show.count(all.total)),
            "sectors": .array(view.sectors(all)),
        ]
        if visit.spine.district.forms[FormGroup.name]?.permission.allows(visit.caller) == true {
            context["form_href"] = .string("/do/\(FormGroup.name)?next=/alliance/groups/{it}")
        }
        return .page("groups", title: visit.word("groups_title"), .object(context), live: visit.caller.isKnown)
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["group"] ?? ""
        let view = try await RoadmapRoutes.view(visit, shelf, of: id)
        let book = view.book
        guard let group = book.groups.first(where: { $0.id == id }) else {
            throw Refusal(.notFound, of: "group", "unknown", Words("그런 분과가 없습니다.", "There is no such working group."))
        }
        let tenant = try? visit.caller.tenant
        let (members, standing, meetings, opportunity) = try await visit.spine.district.store.read { reader in
            let members = try GroupTable.members(of: id, in: reader)
            let standing = GroupStanding(of: visit.caller, in: group, members)
            return (
                members, standing, try MeetingTable.meetings(for: standing, in: reader),
                try group.opportunity.flatMap { try GroupOpportunities.find($0, for: tenant, in: reader) }
            )
        }
        let own = book.milestones(of: id)
        guard case .object(var context) = view.card(group, fields) else { return .done }
        let balance = SectorBalance(members)
        context["formed"] = .string(group.formed.description)
        if let chair = members.first(where: { $0.id == group.chair }) {
            context["chair"] = .string(view.name(chair))
        }
        if !balance.missing.isEmpty {
            context["missing"] = .string(balance.missing.map { $0.words[visit.language] }.joined(separator: ", "))
        }
        if let reason = group.endReason { context["end_reason"] = .string(reason) }
        for more in [
            view.late(own), view.table(own, at: "/alliance/groups/\(id)"), view.outcomes(of: own),
        ] { context.merge(more) { $1 } }
        if own.count <= RoadmapRoutes.most { context["picture"] = view.picture(own) }
        context["changes"] = view.changes(book.changes)
        context["chain"] = chain(group, view)
        context["export"] = .string("/api/v1/alliance/roadmap?group=\(id)")
        if let opportunity {
            context["opportunity"] = [
                "title": .string(opportunity.title[visit.language]),
                "href": .string("/transition/opportunities/\(opportunity.id)"),
                "cases": .array(
                    opportunity.cases.map {
                        ["title": .string($0.title[visit.language]), "level": .string("\($0.level)")]
                    }),
            ]
        }
        if view.names.reads(id) {
            context["has_members"] = true
            context["members"] = people(members, group, standing, visit)
        }
        context["leads"] = .bool(standing.leads)
        if standing.isInside {
            if !meetings.isEmpty { try await visit.look(at: .zone, "working-group/\(id)") }
            context["inside"] = true
            context["meetings"] = .array(meetings.map { meeting($0, members, view) })
        }
        context["actions"] = .array(group.ended == nil ? actions(group, standing, visit) : [])
        return .page("groups-one", title: group.title[visit.language], .object(context), live: visit.caller.isKnown)
    }

    /// The chain that decides when the last milestone comes; nothing where it is a single one.
    private func chain(_ group: WorkingGroup, _ view: RoadmapView) -> JSON {
        let links = view.book.roadmap.chain(of: group.id, on: view.book.today)
        guard links.count > 1 else { return [] }
        return .array(
            links.compactMap { link in
                guard let milestone = view.book.roadmap.milestones[link.milestone] else { return nil }
                var step: [String: JSON] = [
                    "title": .string(milestone.title[view.visit.language]),
                    "href": .string(RoadmapView.href(milestone.id)), "expected": .string(link.expected.description),
                    "state": view.state(milestone),
                ]
                if let slack = link.slack {
                    step["slack"] = .string(
                        view.visit.word("groups_slack").replacing("{days}", with: Show.count(slack)))
                }
                return .object(step)
            })
    }

    private func people(
        _ members: [GroupMember], _ group: WorkingGroup, _ standing: GroupStanding, _ visit: Visit
    ) -> JSON {
        .array(
            members.filter(\.isActive).map { member in
                var row: [String: JSON] = [
                    "name": .string(member.name ?? visit.word("groups_erased")),
                    "organisation": .string(member.organisation),
                    "sector": .string(member.sector.words[visit.language]),
                ]
                let back = "member=\(member.id)&next=/alliance/groups/\(group.id)"
                if member.id == group.chair { row["chair"] = true }
                if standing.isOfficer, member.id != group.chair {
                    row["chair_href"] = .string("/do/\(NameChair.name)?\(back)")
                }
                if standing.leads, member.id != group.chair {
                    row["leave_href"] = .string("/do/\(LeaveGroup.name)?\(back)")
                }
                if standing.leads, member.person == nil, member.name != nil {
                    row["erase_href"] = .string("/do/\(EraseMember.name)?\(back)")
                }
                return .object(row)
            })
    }

    private func meeting(_ meeting: GroupMeeting, _ members: [GroupMember], _ view: RoadmapView) -> JSON {
        let (visit, book) = (view.visit, view.book)
        let there = members.filter { meeting.attendees.contains($0.id) }
        return [
            "day": .string(meeting.day.description), "title": .string(meeting.title),
            "minutes": .string(meeting.minutes), "count": .string(Show.count(there.count)),
            "attendees": .string(there.map { view.name($0) }.joined(separator: ", ")),
            "decisions": .array(
                meeting.decisions.map { decision in
                    var shown: [String: JSON] = ["text": .string(decision.text)]
                    if let yes = decision.votesFor, let no = decision.votesAgainst {
                        shown["votes"] = .string(
                            visit.word("groups_votes").replacing("{for}", with: "\(yes)").replacing(
                                "{against}", with: "\(no)"))
                    }
                    if let milestone = decision.milestone.flatMap({ book.roadmap.milestones[$0] }) {
                        shown["milestone"] = .string(milestone.title[visit.language])
                        shown["href"] = .string(RoadmapView.href(milestone.id))
                    }
                    return .object(shown)
                }),
        ]
    }

    private func actions(_ group: WorkingGroup, _ standing: GroupStanding, _ visit: Visit) -> [JSON] {
        guard standing.leads else { return [] }
        let names =
            [SetMilestone.name, HoldMeeting.name, JoinGroup.name, ImportRoadmap.name]
            + (standing.isOfficer ? [EndGroup.name] : [])
        return names.enumerated().map { index, name in
            [
                "href": .string("/do/\(name)?group=\(group.id)&next=/alliance/groups/\(group.id)"),
                "label": .string(visit.spine.district.forms[name]?.title[visit.language] ?? name),
                "primary": .bool(index == 0),
            ]
        }
    }

    /// What a form's box offers, of what whoever asks may choose from.
    private func choices(_ visit: Visit) async throws -> Reply {
        let (words, caller) = ((visit.query["q"] ?? "").lowercased(), visit.caller)
        let kinds = [
            "member": GroupNames.members, "milestone": GroupNames.milestones, "opportunity": GroupNames.opportunities,
            "group": GroupNames.groups,
        ]
        guard let names = kinds[visit.parameters["kind"] ?? ""] else {
            throw Refusal(.notFound, "choices.kind", Words("그런 목록이 없습니다.", "There is no such list."))
        }
        let found = try await visit.spine.district.store.read { try names(caller, $0) }
        // What was chosen before is found again by its identifier.
        let shown = found.filter { named in
            words.isEmpty || named.id == words || named.shown(visit.language).lowercased().contains(words)
        }.prefix(40)
        return .choices(shown.map { ($0.id, $0.shown(visit.language)) })
    }
}
