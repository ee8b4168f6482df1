import Access
import District
import Record
import Store
import Web

/// What somebody proposed and follows, with what became of it, and what of theirs is not shown and why.
struct MineRoutes {
    let rules: DebateRules
    private static let log = 4

    var routes: [Route] { [.get("/commons/mine", .signedIn) { try await page($0) }] }

    private func page(_ visit: Visit) async throws -> Reply {
        let view = CivicView(visit: visit)
        guard let person = visit.caller.person else {
            throw Refusal(.forbidden, "commons.person", Words("사람만 볼 수 있습니다.", "This is for people."))
        }
        let found = try await visit.spine.district.store.read { reader in
            func group(_ kinds: [ProposalMark]) throws -> [(Proposal, [ProcessChange], [Promise])] {
                let own = try ProposalTable.proposals(of: person, as: kinds, in: reader)
                // What was merged is kept in what it went into.
                let steps = try own.map { [$0.id] + (try ProposalTable.chain(from: $0, in: reader).map(\.id)) }
                let became = try OutcomeTable.items(ofProposals: steps.flatMap { $0 }, in: reader)
                return try zip(own, steps).map { proposal, steps in
                    (
                        proposal, try ProposalTable.changes(of: proposal.id, limit: Self.log, in: reader),
                        steps.flatMap { became[$0] ?? [] }
                    )
                }
            }
            return (
                own: try group([.author]), followed: try group([.follow]), supported: try group([.support]),
                asked: try ProposalTable.proposals(of: person, as: [.asked], in: reader),
                held: try DebateTable.held(of: person, in: reader).map {
                    (
                        $0, try DebateTable.moderation(of: $0.id, in: reader),
                        try ProcessAsk.process($0.process, in: reader)
                    )
                }
            )
        }
        func group(_ id: String, _ proposals: [(Proposal, [ProcessChange], [Promise])]) -> JSON {
            [
                "id": .string(id), "title": .string(view.word("commons_mine_\(id)")),
                "empty": .string(view.word("commons_mine_\(id)_none")),
                "proposals": .array(
                    proposals.map { proposal, changes, became in
                        [
                            "promises": became.isEmpty ? false : ["became": OutcomeView(visit: visit).became(became)],
                            "title": .string(view.title(proposal.text)), "href": .string(CivicView.href(proposal)),
                            "tags": view.tags(proposal), "supports": .string(view.supports(proposal.supports)),
                            "changes": view.changes(changes),
                        ]
                    }),
            ]
        }
        let own = Set(found.own.map(\.0.id))
        var context: [String: JSON] = [
            "account": .string(person.rawValue),
            "forget": view.link(ForgetPerson.name, [:], next: "/commons/mine"),
            "asked": .array(
                found.asked.map { proposal in
                    let answer = view.link(AnswerAuthor.name, ["proposal": proposal.id], next: "/commons/mine")
                    return [
                        "title": .string(view.title(proposal.text)), "href": .string(CivicView.href(proposal)),
                        "yes": answer["href"] ?? "",
                    ]
                }),
            "groups": [
                group("own", found.own), group("followed", found.followed.filter { !own.contains($0.0.id) }),
                group("supported", found.supported),
            ],
            "held": .array(
                found.held.map { text, moderation, process in
                    let gone = view.gone(text, moderation, rules)
                    let why = text.state == .waiting ? view.findings(text) : gone?.why ?? ""
                    return [
                        "kind": .string(text.kind.words[view.language]), "state": view.state(text),
                        "text": .string([text.title, text.body ?? ""].filter { !$0.isEmpty }.joined(separator: "\n")),
                        "why": .string([gone?.line ?? "", why].filter { !$0.isEmpty }.joined(separator: " ")),
                        "acts": .array(
                            DebateView(view: view, rules: rules).acts(
                                text, moderation, in: process, next: "/commons/mine")),
                    ]
                }),
        ]
        if !found.held.isEmpty { context["has_held"] = true }
        return .page("commons-mine", title: view.word("commons_mine_title"), .object(context), live: true)
    }
}
