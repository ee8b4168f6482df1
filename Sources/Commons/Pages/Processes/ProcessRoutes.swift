import Access
import District
import Record
import Store
import Web

/// One process, for everybody: where it stands, what can be done now, in plain words, and what was changed.
struct ProcessRoutes {
    let rules: DebateRules
    let plain: PlainCheck

    var routes: [Route] { [.get("/commons/processes/{process}", .anyone) { try await page($0) }] }

    private static let columns = ["supports", "written", "title"]

    private func page(_ visit: Visit) async throws -> Reply {
        let (view, id) = (CivicView(visit: visit), visit.parameters["process"] ?? "")
        let query = TableQuery(visit.query, columns: Self.columns, sortedBy: "-supports", size: 25)
        let direction = query.descending ? "DESC" : "ASC"
        let column = ["supports": "p.supports", "written": "t.written", "title": "t.title"][query.sort] ?? "p.supports"
        let found = try await visit.spine.district.store.read { reader in
            let process = try ProcessAsk.process(id, in: reader)
            return (
                process: process,
                proposals: try ProposalTable.page(
                    of: id, containing: query.filter, order: "\(column) \(direction), t.written, t.id",
                    limit: query.size, offset: query.offset, in: reader),
                placed: try ProposalTable.placed(of: id, limit: MapView.most, in: reader),
                landmarks: try Landmarks.all(in: reader),
                changes: try ProcessTable.changes(of: id, in: reader),
                votes: try VoteTable.list(of: id, in: reader), topics: try OpinionTable.topics(of: id, in: reader),
                obstacles: try Phase.Act.allCases.reduce(into: [Phase.Act: Refusal]()) {
                    $0[$1] = try Eligibility.obstacle($1, process, visit.caller, on: view.today, in: reader)
                },
                debate: try DebateView.found(on: id, of: process, for: visit, in: reader)
            )
        }
        let process = found.process
        let parts = ProcessParts(view: view, process: process, votes: found.votes, topics: found.topics)
        var context: [String: JSON] = [
            "question": .string(process.question[view.language]), "summary": .string(process.summary[view.language]),
            "state": view.state(process), "now": .string(view.now(process)),
            "kind": .string(process.kind.words[view.language]), "acts": .array(acts(process, parts, view)),
            "phases": .array(process.plan.phases.map { phase($0, view) }),
            "who": .array(
                CivicProcess.governed.map { key, act in
                    [
                        "label": .string(view.word("commons_who_\(key)")),
                        "audience": .string(process.audience(for: act).words[view.language]),
                    ]
                }), "rules": .array(rules(of: process, view).map { ["text": .string($0)] }),
            "changes": view.changes(found.changes), "data": .string("/api/v1\(CivicView.href(process))/proposals"),
            "feed": .string("\(CivicView.href(process))/feed.atom"),
            "votes": parts.votesJSON, "topics": parts.topicsJSON, "parts_acts": .array(parts.officerActs),
            "has_vote_phase": .bool(VotePhase.phase(of: process) != nil),
            "has_debate": .bool(process.plan.phases.contains { $0.phase == .debate }),
            "embed": EmbedRoutes.snippet(CivicView.embed(process), process.title[view.language], view),
            "debate": DebateView(view: view, rules: rules).json(
                found.debate, in: process, proposal: nil, back: CivicView.href(process)),
        ]
        // Whoever is signed in and may not take part hears why, and what to do about it.
        if visit.caller.person != nil {
            let acts: [Phase.Act] = [.propose, .support, .comment, .amend]
            let refused = acts.filter { process.allows($0, on: view.today) }.compactMap { act in
                found.obstacles[act].map { _ in process.audience(for: act) }
            }
            var told = Set<Audience>()
            context["barred"] = .array(
                refused.filter { told.insert($0).inserted }.map {
                    ["text": .string(Eligibility.refusal($0).words[view.language])]
                })
        }
        let map = MapView(view: view, landmarks: found.landmarks)
        if let drawn = map.json(found.placed) { context["map"] = drawn }
        if let place = process.place { context["place"] = .string(place.name[view.language]) }
        if let budget = process.budget { context["budget"] = .string(view.money(budget)) }
        if let stopped = process.stopped { context["stopped"] = .string(stopped) }
        if let next = process.plan.next(after: view.today), case .running = process.standing(on: view.today) {
            context["next"] = .string(
                view.word("commons_now_next", ["phase": next.phase.words[view.language], "day": "\(next.begins)"]))
        }
        if process.plan.phases.contains(where: { $0.phase == .proposals }) || found.proposals.total > 0 {
            context["table"] = table(found.proposals, query, process, view)
        }
        if view.isModerator, !process.standing(on: view.today).isOver {
            let values = ["process": process.id]
            context["plain"] = .array(
                plain.findings(process.summary[view.language], view.language).map {
                    ["text": .string($0.words[view.language])]
                })
            context["explain"] = view.link(
                ExplainProcess.name,
                [
                    "process": process.id, "summary": process.summary.ko, "summary_en": process.summary.en,
                ], next: CivicView.href(process))
            context["officer_acts"] = [
                view.link(MovePhase.name, values, next: CivicView.href(process)),
                view.link(StopProcess.name, values, next: CivicView.href(process)),
            ]
        }
        return .page(
            "commons-process", title: process.title[view.language], .object(context), live: visit.caller.isKnown)
    }

    /// What can be done today, by whoever looks.
    private func acts(_ process: CivicProcess, _ parts: ProcessParts, _ view: CivicView) -> [JSON] {
        var acts: [JSON] = []
        func add(_ key: String, _ href: String) {
            acts.append(["label": .string(view.word(key)), "href": .string(href), "primary": .bool(acts.isEmpty)])
        }
        for act in parts.acts { add(act.key, act.href) }
        let may = { (act: Phase.Act) in process.allows(act, on: view.today) }
        if may(.propose) { add("commons_act_propose", "\(CivicView.href(process))/propose") }
        if may(.support) { add("commons_act_support", "#proposals") }
        if may(.amend) { add("commons_act_amend", "#proposals") }
        if may(.comment) { add("commons_act_comment", "#debate") }
        return acts
    }

    private func phase(_ phase: PhaseDays, _ view: CivicView) -> JSON {
        let state: JSON =
            view.today < phase.begins
            ? Show.badge("info", view.word("commons_coming"))
            : view.today <= phase.ends
                ? Show.badge("ok", view.word("commons_running")) : Show.badge("off", view.word("commons_ended"))
        return [
            "name": .string(phase.phase.words[view.language]), "days": .string(view.days(phase)),
            "about": .string(view.word("commons_phase_\(phase.phase.rawValue)")), "state": state,
        ]
    }

    /// What a process lays down beside its days.
    private func rules(of process: CivicProcess, _ view: CivicView) -> [String] {
        var rules: [String] = []
        if process.supportNeeded > 0 {
            rules.append(view.counted("commons_rule_support", process.supportNeeded))
        }
        if process.plan.phases.contains(where: { $0.phase == .amendment }) {
            rules.append(
                process.amendSupport.map { view.counted("commons_rule_amend_support", $0) }
                    ?? view.word("commons_rule_amend_authors"))
        }
        if process.plan.phases.contains(where: { $0.phase == .vote }) {
            rules.append(view.word(process.votesByVoice ? "commons_rule_voice" : "commons_rule_no_voice"))
            rules.append(view.word(process.votesWithoutAccount ? "commons_rule_accountless" : "commons_rule_account"))
        }
        return rules
    }

    private func table(
        _ proposals: Listing<Proposal>, _ query: TableQuery, _ process: CivicProcess, _ view: CivicView
    ) -> JSON {
        Table(
            "proposals-table", caption: view.word("commons_proposals"), path: CivicView.href(process), query,
            columns: [
                .init("title", view.word("commons_field_title")),
                .init("supports", view.word("commons_support"), isNumber: true),
                .init(nil, view.word("commons_verdict")), .init("written", view.word("commons_written")),
            ],
            rows: proposals.rows.map { proposal in
                [
                    .init(proposal.title, href: CivicView.href(proposal), isHead: true),
                    .init(Show.count(proposal.supports)),
                    proposal.verdict.map { .init(badge: $0.badge, $0.words[view.language]) }
                        ?? .init(view.word("commons_verdict_none")),
                    .init(time: Show.time(proposal.text.written, view.language)),
                ]
            }, total: proposals.total, filter: .init(view.word("commons_proposals_find")),
            empty: view.word("commons_proposals_none")
        ).json
    }
}
