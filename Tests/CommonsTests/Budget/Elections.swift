import District

@testable import Commons

/// Elections drawn from a seed: small ones with many ties, and wide ones.
enum Elections {
    static func drawn(_ seed: UInt64, hasPoints: Bool) -> PabulibFile {
        var draw = SeededDraw(seed: seed)
        let style = draw.below(3)
        let count = 1 + draw.below(12)
        let projects = draw.shuffled(Array(1...200)).prefix(count).map { id in
            let cost =
                switch style {
                case 0: (1 + draw.below(6)) * 10
                case 1: 1 + draw.below(9)
                default: 1 + draw.below(100_000)
                }
            return BudgetProject(id: "\(id)", name: "사업 \(id)", cost: cost)
        }
        let total = projects.reduce(0) { $0 + $1.cost }
        let limit = max(1, total * (20 + draw.below(70)) / 100)
        let votes = (0..<(1 + draw.below(60))).map { voter in
            let wanted = draw.shuffled(Array(projects.indices)).prefix(draw.below(min(projects.count, 4) + 1))
            return (
                voter: "\(voter)",
                ballot: BudgetBallot(wanted.map { .init(project: $0, points: hasPoints ? 1 + draw.below(3) : 1) })
            )
        }
        let type: PabulibFile.VoteType = hasPoints ? .scoring : .approval
        let meta = [
            ("description", "seed \(seed)"), ("country", "Korea"), ("unit", "Sample"), ("instance", "2026"),
            ("num_projects", "\(projects.count)"), ("num_votes", "\(votes.count)"), ("budget", "\(limit)"),
            ("vote_type", type.rawValue), ("rule", "equalshares"),
        ]
        return PabulibFile(
            meta: meta.map { (key: $0.0, value: $0.1) }, voteType: type, scale: 1, projects: Array(projects),
            limit: limit,
            votes: votes)
    }

    /// An election by how many ballots name which projects.
    static func made(_ costs: [Int], limit: Int, _ ballots: [(count: Int, names: [Int])]) -> BudgetElection {
        BudgetElection(
            projects: costs.enumerated().map { BudgetProject(id: "\($0)", name: "", cost: $1) }, limit: limit,
            ballots: ballots.flatMap { Array(repeating: BudgetBallot(approving: $0.names), count: $0.count) })
    }
}
