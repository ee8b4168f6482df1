import Access
import District
import Record
import Store
import Web

/// The opportunities, and the whole chain of one: opportunity, case, working group, milestone, outcome. Anybody may read
/// them without signing in.
struct OpportunityRoutes {
    static let path = "/transition/opportunities"

    var routes: [Web.Route] {
        [
            .get(Self.path, .anyone) { try await list($0) },
            .get("\(Self.path)/{opportunity}", .anyone) { try await page($0) },
        ]
    }

    /// The command that forms a working group for an opportunity.
    private static let forming = "alliance.group.form"

    private func mayEdit(_ visit: Visit) -> Bool { !visit.caller.roles.isDisjoint(with: OpenOpportunity.people) }

    private func list(_ visit: Visit) async throws -> Reply {
        let tenant = visit.onlooker
        let query = TableQuery(visit.query, columns: [], sortedBy: "", size: 25)
        let (found, marks) = try await visit.spine.district.store.read { reader in
            let found = try OpportunityTable.page(for: tenant, limit: query.size, offset: query.offset, in: reader)
            return (found, try ChainTable.marks(of: found.rows.map(\.id), for: tenant, in: reader))
        }
        let rows = found.rows.map { opportunity -> [Table.Cell] in
            let mark = marks[opportunity.id] ?? .init()
            return [
                Table.Cell(
                    opportunity.title[visit.language], href: Opportunity.path(opportunity.id), isHead: true),
                Table.Cell(opportunity.region), Table.Cell(opportunity.industry),
                Table.Cell(
                    opportunity.forecast.map { EconomyView.percent($0.odds) } ?? visit.word("chain_basis_judgement")),
                Table.Cell(visit.word("chain_reach_\(mark.reach)")),
                Table.Cell("\(mark.slips)"),
                Table.Cell(
                    badge: opportunity.closed == nil ? "info" : "neutral",
                    visit.word(opportunity.closed.map { "chain_end_\($0.how.rawValue)" } ?? "chain_open")),
                Table.Cell(time: Show.time(opportunity.opened.at, visit.language)),
            ]
        }
        let names = ["title", "region", "industry", "odds", "reach", "slips", "state", "opened"]
        let table = Table(
            "opportunities", caption: visit.word("chain_list"), path: Self.path, query,
            columns: names.map {
                .init(nil, visit.word("chain_column_\($0)"), isNumber: ["odds", "slips"].contains($0))
            },
            rows: rows, total: found.total, empty: visit.word("chain_none"))
        var context: [String: JSON] = ["table": table.json]
        if mayEdit(visit) {
            context["open"] = .string("/do/\(OpenOpportunity.name)?basis=judgement")
        }
        return .page("opportunities", title: visit.word("chain_list"), .object(context), live: true)
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["opportunity"] ?? ""
        let tenant = visit.onlooker
        let found = try await visit.spine.district.store.read { reader in
            try OpportunityTable.find(id, for: tenant, in: reader).map {
                (
                    $0, try ChainTable.chain(of: id, for: tenant, in: reader),
                    try $0.forecast.map { try ForecastTable.isWithdrawn(event: $0.event, in: reader) } ?? false,
                    try EconomyTable.isShown($0.economy, to: tenant, in: reader)
                )
            }
        }
        guard let (opportunity, chain, isWithdrawn, isShown) = found else {
            throw Refusal(.notFound, "opportunity.unknown", Words("그런 기회가 없습니다.", "There is no such opportunity."))
        }
        var context = ChainView(visit: visit, showsStatistics: isShown).json(opportunity, chain)
        if isWithdrawn { context["withdrawn"] = true }
        if mayEdit(visit), opportunity.closed == nil {
            let next = "&next=\(Opportunity.path(id))"
            context["do"] = [
                "link": .string("/do/\(LinkCase.name)?opportunity=\(id)\(next)"),
                "close": .string("/do/\(CloseOpportunity.name)?opportunity=\(id)\(next)"),
            ]
        }
        // The form is Alliance's: it is offered where the house has it, to whoever may send it.
        if opportunity.closed == nil, let form = visit.spine.district.forms[Self.forming],
            form.permission.allows(visit.caller)
        {
            context["form"] = .string(
                "/do/\(form.name)?opportunity=\(id)&next=\(Table.encoded("/alliance/groups/{it}"))")
        }
        return .page("opportunity", title: opportunity.title[visit.language], .object(context), live: true)
    }
}

/// An opportunity's chain as its page takes it: who, when, by which event, and where each link leads.
struct ChainView {
    let visit: Visit
    /// Whether whoever looks may see the statistics that it rests on.
    let showsStatistics: Bool

    func json(_ opportunity: Opportunity, _ chain: OpportunityChain) -> [String: JSON] {
        var opened = act(opportunity.opened)
        opened["why"] = .string(opportunity.why)
        opened["basis"] = .string(visit.word("chain_basis_\(opportunity.basis.rawValue)"))
        if showsStatistics {
            opened["region_href"] = .string(EconomyView.region(opportunity.economy, opportunity.region))
            opened["ledger"] = .string("\(EconomyView.path(opportunity.economy))/ledger")
        }
        if let forecast = opportunity.forecast {
            opened["odds"] = .string(EconomyView.percent(forecast.odds))
            opened["span"] = .string("\(forecast.base) → \(forecast.target)")
            opened["forecast"] = .string("/trace/\(forecast.event)")
        }
        var context: [String: JSON] = [
            "region": .string(opportunity.region), "industry": .string(opportunity.industry), "opened": .object(opened),
            "reach": .string(visit.word("chain_reach_\(chain.reach)")), "stands": .string(stands(chain)),
            "cases": .array(chain.cases.map(linked)),
            "groups": .array(chain.groups.map(group)), "back": .string(OpportunityRoutes.path),
            "milestones": .array(chain.milestones.map { milestone($0, chain) }),
            "outcomes": .array(chain.outcomes.map { outcome($0, chain) }),
            "slips": .string("\(chain.milestones.reduce(0) { $0 + $1.slips })"),
        ]
        if showsStatistics {
            context["brief"] = .string(BriefRoutes.path(opportunity.economy, opportunity.region))
        }
        if let closed = opportunity.closed {
            var members = act(closed.act)
            members["how"] = .string(visit.word("chain_end_\(closed.how.rawValue)"))
            members["why"] = .string(closed.why)
            context["closed"] = .object(members)
        }
        return context
    }

    /// How it stands, in figures: not only how far it has come.
    private func stands(_ chain: OpportunityChain) -> String {
        let tally = chain.tally(on: KoreanDay(visit.now))
        var said = [
            visit.word("chain_stands_milestones").replacing("{reached}", with: "\(tally.reached)")
                .replacing("{all}", with: "\(tally.all)"),
            visit.word("chain_stands_outcomes").replacing("{count}", with: "\(chain.outcomes.count)"),
        ]
        if tally.late > 0 {
            said.insert(visit.word("chain_stands_late").replacing("{count}", with: "\(tally.late)"), at: 1)
        }
        return said.joined(separator: " · ")
    }

    private func act(_ act: Opportunity.Act) -> [String: JSON] {
        [
            "by": .string(visit.doer(act.author)), "time": Show.time(act.at, visit.language),
            "trace": .string("/trace/\(act.event)"),
        ]
    }

    private func linked(_ linked: OpportunityChain.Linked) -> JSON {
        var members = act(linked.act)
        members["title"] = .string(linked.title[visit.language])
        members["href"] = .string(CaseView.path(linked.caseID))
        members["badge"] = CaseView.badge(linked.level, visit)
        members["carries"] = .string(linked.carries)
        return .object(members)
    }

    private func group(_ group: OpportunityChain.Group) -> JSON {
        var members = act(group.act)
        members["title"] = .string(group.title[visit.language])
        members["href"] = .string("/alliance/groups/\(group.id)")
        return .object(members)
    }

    private func milestone(_ milestone: OpportunityChain.Milestone, _ chain: OpportunityChain) -> JSON {
        let kinds = ["set": "info", "moved": "info", "slipped": "warn", "reached": "ok", "dropped": "off"]
        var members: [String: JSON] = [
            "title": .string(milestone.title[visit.language]), "due": .string(milestone.due),
            "href": .string("/alliance/milestones/\(milestone.id)"),
            "group": .string(chain.groups.first { $0.id == milestone.group }?.title[visit.language] ?? ""),
            "group_href": .string("/alliance/groups/\(milestone.group)"),
            "badge": Show.badge(
                kinds[milestone.state] ?? "unknown", visit.word("chain_milestone_\(milestone.state)")),
            "changes": .array(
                milestone.changes.map { change in
                    var members = act(change.act)
                    members["kind"] = .string(visit.word("chain_milestone_\(change.kind)"))
                    members["due"] = .string(change.due)
                    if let reason = change.reason, !reason.isEmpty { members["reason"] = .string(reason) }
                    return .object(members)
                }),
        ]
        let isOpen = milestone.state != "reached" && milestone.state != "dropped"
        if isOpen, let due = KoreanDay(milestone.due), due < KoreanDay(visit.now) {
            let days = KoreanDay(visit.now).number - due.number
            members["badge"] = Show.badge("danger", visit.word("chain_late").replacing("{days}", with: "\(days)"))
        }
        if milestone.slips > 0 {
            members["slips"] = .string(visit.word("chain_slips").replacing("{count}", with: "\(milestone.slips)"))
        }
        if let delay = milestone.delay, delay != 0 {
            members["delay"] = .string(
                visit.word(delay > 0 ? "chain_delay" : "chain_sooner").replacing("{days}", with: "\(abs(delay))"))
        }
        return .object(members)
    }

    private func outcome(_ outcome: OpportunityChain.Outcome, _ chain: OpportunityChain) -> JSON {
        var members = act(outcome.act)
        members["metric"] = .string(outcome.metric[visit.language])
        members["milestone"] = .string(
            chain.milestones.first { $0.id == outcome.milestone }?.title[visit.language] ?? "")
        members["before"] = .string(
            outcome.before.map { "\(Show.number($0)) \(outcome.unit)" } ?? visit.word("economy_unknown"))
        members["value"] = .string("\(Show.number(outcome.value)) \(outcome.unit)")
        members["day"] = .string(outcome.day)
        members["source"] = .string(outcome.source)
        members["level"] = .string(
            outcome.level.map { visit.word("chain_outcome_level").replacing("{level}", with: "\($0)") }
                ?? visit.word("chain_outcome_level_unknown"))
        return .object(members)
    }
}
