import Record

/// What a vote came to: by its fixed rule and, where money is spent, by the other one beside it.
struct VoteCount: Sendable {
    let vote: Vote
    let ballots: [SealedBallot]

    /// The vote as an election of a budget.
    var election: BudgetElection {
        BudgetElection(
            projects: vote.options.map { BudgetProject(id: $0.id, name: $0.name, cost: $0.cost) }, limit: vote.limit,
            ballots: ballots.map { sealed in BudgetBallot(approving: sealed.ballot.options.compactMap(vote.place)) })
    }

    /// One hash over all ballots, whatever order they are in: SHA-256 over their commitments, sorted, a line each.
    static func digest(_ commitments: some Sequence<String>) -> String {
        ContentHash.sha256(commitments.sorted().map { "\($0)\n" }.joined().utf8)
    }

    /// As the event carries it.
    func result(by rule: CountingRule) -> [String: JSON] {
        var result: [String: JSON] = [
            "rule": rule.json, "ballots": .number(Double(ballots.count)),
            "blank": .number(Double(ballots.count { $0.ballot.options.isEmpty })),
            "digest": .string(Self.digest(ballots.map(\.commitment))),
        ]
        switch rule.method {
        case .shares, .greedy:
            result.merge(Self.outcome(of: election, by: rule)) { $1 }
        case .most: places(&result)
        case .runOff: rounds(&result)
        }
        return result
    }

    /// What a budget comes to by a rule, with a reason for each project, and beside it by the other rule.
    static func outcome(of election: BudgetElection, by rule: CountingRule) -> [String: JSON] {
        let beside =
            rule.method == .greedy
            ? CountingRule(method: .shares, measure: rule.measure, filling: .addOneThenGreedy)
            : CountingRule(method: .greedy, measure: rule.measure)
        let own = BudgetCount(election, by: rule)
        return [
            "budget": budget(own, election), "beside": budget(BudgetCount(election, by: beside), election),
            "chosen": .array(own.chosen.map { .string(election.projects[$0].id) }),
        ]
    }

    private static func budget(_ count: BudgetCount, _ election: BudgetElection) -> JSON {
        [
            "rule": count.rule.json, "spent": .decimal(Int64(count.spent)),
            "satisfied": .number(Double(count.satisfied)), "raised": .number(Double(count.raised)),
            "lines": .array(
                count.lines.map { line in
                    var members: [String: JSON] = [
                        "option": .string(election.projects[line.project].id), "votes": .number(Double(line.votes)),
                        "reason": line.reason.json,
                    ]
                    if let order = line.order { members["order"] = .number(Double(order)) }
                    if line.isByTie { members["tie"] = true }
                    return .object(members)
                }),
        ]
    }

    private func places(_ result: inout [String: JSON]) {
        let counted = ballots.map { sealed -> (points: [Int: Int], count: Int) in
            var points: [Int: Int] = [:]
            for (place, option) in sealed.ballot.options.enumerated() {
                guard let at = vote.place(of: option) else { continue }
                points[at] = sealed.ballot.points.indices.contains(place) ? sealed.ballot.points[place] : 1
            }
            return (points, 1)
        }
        let places = PointTally.count(options: vote.options.map(\.id), ballots: counted, seats: vote.seats)
        result["chosen"] = .array(places.filter(\.isChosen).map { .string(vote.options[$0.option].id) })
        result["places"] = .array(
            places.map {
                [
                    "option": .string(vote.options[$0.option].id), "points": .number(Double($0.points)),
                    "votes": .number(Double($0.ballots)), "chosen": .bool($0.isChosen), "tie": .bool($0.wasTied),
                ]
            })
    }

    private func rounds(_ result: inout [String: JSON]) {
        let ids = vote.options.map(\.id)
        let outcome = RankedTally.count(
            options: ids, ballots: ballots.map { ($0.ballot.options.compactMap(vote.place), 1) })
        result["chosen"] = .array(outcome.winner.map { [.string(ids[$0])] } ?? [])
        result["rounds"] = .array(
            outcome.rounds.map { round in
                var members: [String: JSON] = [
                    "votes": .object(
                        Dictionary(uniqueKeysWithValues: round.votes.map { (ids[$0], .number(Double($1))) })),
                    "exhausted": .number(Double(round.exhausted)), "tie": .bool(round.wasTied),
                ]
                if let out = round.out { members["out"] = .string(ids[out]) }
                return .object(members)
            })
    }
}

extension VoteCount {
    /// The ballots as a `.pb` file that any library for participatory budgets counts; only of votes on a budget.
    func pabulib(chosen: Set<String>) -> String {
        let election = election
        let meta = [
            ("description", vote.title), ("country", "Korea"), ("unit", "Slipway"),
            ("instance", String(vote.ends.description.prefix(10))), ("num_projects", "\(vote.options.count)"),
            ("num_votes", "\(ballots.count)"), ("budget", "\(vote.limit)"), ("vote_type", "approval"),
            ("rule", vote.rule?.method == .greedy ? "greedy" : "equalshares"),
            ("min_length", "0"), ("max_length", "\(vote.most)"),
        ]
        let file = PabulibFile(
            meta: meta.map { (key: $0.0, value: $0.1) }, voteType: .approval, scale: 1, projects: election.projects,
            limit: vote.limit,
            votes: ballots.sorted { $0.number < $1.number }.map { sealed in
                (voter: sealed.number, ballot: BudgetBallot(approving: sealed.ballot.options.compactMap(vote.place)))
            })
        return file.text(chosen: Set(vote.options.indices.filter { chosen.contains(vote.options[$0].id) }))
    }

    /// The ballots as text by commas, with what opens each commitment.
    var table: String {
        let head = "ballot,options,points,salt,commitment\n"
        return head
            + ballots.sorted { $0.number < $1.number }.map { sealed in
                let points = sealed.ballot.points.map(String.init).joined(separator: " ")
                let options = sealed.ballot.options.joined(separator: " ")
                return "\(sealed.number),\(options),\(points),\(sealed.salt),\(sealed.commitment)\n"
            }.joined()
    }
}
