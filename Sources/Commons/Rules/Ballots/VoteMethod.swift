import Record

/// How a ballot speaks.
enum VoteMethod: String, Sendable, CaseIterable {
    /// Names options; those named most are chosen.
    case approval
    /// Puts options in order; one is chosen by run-off.
    case ranked
    /// Deals out points.
    case points
    /// Names projects that together fit into the budget.
    case knapsack
    /// Names projects, whatever they cost together.
    case approvalBudget = "approval-budget"

    /// Whether projects with costs are paid for out of a budget.
    var isBudget: Bool { self == .knapsack || self == .approvalBudget }

    var words: Words {
        switch self {
        case .approval: Words("찬성 투표", "Approval")
        case .ranked: Words("순위 투표", "Ranked choice")
        case .points: Words("점수 투표", "Points")
        case .knapsack: Words("예산 안에서 고르기", "Choose within the budget")
        case .approvalBudget: Words("예산 사업 찬성 투표", "Approve budget projects")
        }
    }

    /// How it is filled in, said to whoever does.
    func instruction(_ vote: Vote) -> Words {
        switch self {
        case .approval, .approvalBudget:
            vote.most >= vote.options.count
                ? Words("찬성하는 것을 모두 고르세요.", "Choose all that you agree with.")
                : Words("찬성하는 것을 \(vote.most)개까지 고르세요.", "Choose up to \(vote.most) that you agree with.")
        case .ranked:
            Words(
                "가장 좋은 것에 1, 다음에 2를 고르세요. 모두 고르지 않아도 됩니다.", "Give 1 to the best, 2 to the next. You need not rank all.")
        case .points:
            Words("점수 \(vote.points)점을 나누어 주세요. 남겨도 됩니다.", "Deal out \(vote.points) points. You may keep some.")
        case .knapsack:
            Words(
                "예산 안에서 원하는 사업을 고르세요. 고른 사업비의 합이 예산을 넘을 수 없습니다.",
                "Choose projects within the budget. Together they may not cost more.")
        }
    }
}
