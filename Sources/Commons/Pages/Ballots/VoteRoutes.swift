import Access
import District
import Record
import Store
import Web

/// The pages of votes that everybody reads: the list, a vote, and what each rule would do.
struct VoteRoutes {
    private let past = PastBallots()
    let wrong: WrongCodes
    let contact: VoteContact

    var routes: [Web.Route] {
        [
            .get("/commons/votes", .anyone) { try await list($0) },
            .get("/commons/votes/{vote}", .anyone) { try await one($0) },
            .get("/commons/votes/{vote}/rules", .anyone) { try await rules($0) },
            .get("/api/v1/commons/votes", .anyone) { try await listCall($0) },
            .get("/api/v1/commons/votes/{vote}", .anyone) { try await oneCall($0) },
        ]
    }

    static func find(_ visit: Visit) async throws -> (VoteTable.Found, cast: (online: Int, paper: Int)) {
        let id = visit.parameters["vote"] ?? ""
        return try await visit.spine.district.store.read { reader in
            guard let found = try VoteTable.find(id, in: reader) else { throw VoteAsk.unknown }
            return (found, try CastTable.count(id, in: reader))
        }
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let found = try await visit.spine.district.store.read { try VoteTable.list(in: $0) }
        let view = VoteView(visit: visit)
        let rows: [JSON] = found.map { found in
            [
                "href": .string(VoteView.path(found.vote.id)), "title": .string(found.vote.title),
                "method": .string(found.vote.method.words[visit.language]), "badge": view.badge(found.vote),
                "ends": VoteView.until(found.vote.ends, visit.language),
            ]
        }
        var context: [String: JSON] = ["votes": .array(rows)]
        if visit.caller.roles.contains(.zoneOfficer) { context["may_set_up"] = true }
        return .page("ballots-list", title: visit.word("ballots_title"), .object(context), live: true)
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let (found, cast) = try await Self.find(visit)
        let view = VoteView(visit: visit)
        let roll = try await visit.spine.district.store.read { try RollTable.counts(found.vote.id, in: $0) }
        var context = view.whole(
            found, cast: cast, roll: found.vote.state == .open ? (online: roll.online, paper: roll.paper) : nil)
        if let process = try await visit.spine.district.store.read({ try ProcessTable.find(found.vote.process, in: $0) }
        ) {
            context["process_title"] = .string(process.title[visit.language])
        }
        if let line = contact.line(isSample: visit.spine.isSample), found.result == nil, !found.vote.isReplay {
            context["contact"] = .string(line[visit.language])
        }
        if visit.caller.roles.contains(.zoneOfficer) {
            context["acts"] = .array(view.acts(found))
            if found.vote.state == .open { context["refused"] = view.refused(wrong.refused(of: found.vote.id)) }
        }
        if let person = visit.caller.person, [.setUp, .ruled, .open].contains(found.vote.state) {
            let vote = found.vote
            let (entry, mark, gaps) = try await visit.spine.district.store.read { reader in
                let entry = try CensusTable.entry(vote.id, account: person.rawValue, in: reader)
                return (
                    entry, try entry.map { try RollTable.mark(of: $0.entry, vote: vote.id, in: reader) },
                    try CensusTable.gaps(vote.id, in: reader).filter { $0.asker == person.rawValue }
                )
            }
            context["mine"] = .object(mine(vote, entry != nil, mark ?? .none, gaps, visit))
        }
        return .page("ballots-vote", title: found.vote.title, .object(context), live: true)
    }

    /// Whether whoever looks may vote by their account, and what they asked for.
    private func mine(
        _ vote: Vote, _ isListed: Bool, _ mark: RollTable.Mark, _ gaps: [CensusTable.Gap], _ visit: Visit
    ) -> [String: JSON] {
        var members: [String: JSON] = [
            "said": .string(
                visit.word(mark != .none ? "ballots_mine_voted" : isListed ? "ballots_mine_listed" : "ballots_mine_not")
            )
        ]
        if !isListed, vote.state != .open, !gaps.contains(where: { $0.state == "open" }) {
            members["ask_href"] = .string(
                "/do/commons.census.ask?vote=\(vote.id)&next=\(Table.encoded(VoteView.path(vote.id)))")
        }
        members["gaps"] = .array(
            gaps.map { gap in
                [
                    "time": Show.time(gap.at, visit.language), "state": .string(visit.word("ballots_gap_\(gap.state)")),
                    "reason": gap.reason.isEmpty ? false : .string(gap.reason),
                ]
            })
        return members
    }

    // MARK: What each rule would do

    private func rules(_ visit: Visit) async throws -> Reply {
        let (found, cast) = try await Self.find(visit)
        var context = VoteView(visit: visit).whole(found, cast: cast)
        context["kinds"] = .array(
            CountingRule.possible(for: found.vote.method).map { method in
                let rule = CountingRule(method: method)
                return [
                    "name": .string(rule.words[visit.language]), "about": .string(rule.explanation[visit.language]),
                ]
            })
        // Of a vote that was counted its own result compares the rules, on its own ballots.
        if found.vote.method.isBudget, found.result == nil {
            switch try await past.comparison(for: found, visit.spine.district) {
            case .none: break
            case .making: context["comparing"] = true
            case .made(let name, let comparison):
                context["comparison"] = ComparisonView(visit: visit).json(comparison, of: name)
            }
        }
        return .page(
            "ballots-rules", title: "\(found.vote.title) – \(visit.word("ballots_rules_title"))", .object(context))
    }

    // MARK: For programs

    private func listCall(_ visit: Visit) async throws -> Reply {
        let found = try await visit.spine.district.store.read { try VoteTable.list(in: $0) }
        return .json(["votes": .array(found.map { Self.json($0, cast: nil) })])
    }

    private func oneCall(_ visit: Visit) async throws -> Reply {
        let (found, cast) = try await Self.find(visit)
        return .json(Self.json(found, cast: cast))
    }

    static func json(_ found: VoteTable.Found, cast: (online: Int, paper: Int)?) -> JSON {
        var members = found.vote.json
        members["id"] = .string(found.vote.id)
        members["state"] = .string(found.vote.state.rawValue)
        members["rule"] = found.vote.rule?.json
        members["result"] = found.result
        members["opened"] = found.opened
        members["closed"] = found.closed
        if let cast {
            members["ballots"] = ["online": .number(Double(cast.online)), "paper": .number(Double(cast.paper))]
        }
        return .object(members)
    }
}
