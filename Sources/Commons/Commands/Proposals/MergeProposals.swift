import Access
import District
import Record
import Store

/// A person merges a proposal into one that asks for the same: whoever supports both counts once, both texts stay.
enum MergeProposals {
    static let name = "commons.proposal.merge"

    static let command = Command(
        Form(
            name, title: Words("제안 합치기", "Merge proposals"),
            help: Words(
                "같은 것을 바라는 두 제안을 하나로 합칩니다. 지지는 한 사람에 한 번만 셉니다. 두 글은 모두 남고, 합친 제안은 남은 제안으로 이어집니다.",
                "Merges two proposals that ask for the same. Each supporter counts once. Both texts stay, and the one leads on to the other."
            ),
            fields: [
                ProposalAsk.proposal,
                Field(
                    "into", Words("남을 제안", "Proposal that remains"), .reference(kind: "commons-proposal", source: nil)),
                ProcessAsk.reason,
            ],
            permission: .roles(ProcessAsk.officers).orToken("command:\(name)"), confirmation: .readBack,
            surfaces: ProcessAsk.written)
    ) { ask, tables in
        let (proposal, process) = try ProposalAsk.open(ask.values.text("proposal"), in: tables)
        let into = try ProposalAsk.open(ask.values.text("into"), in: tables).proposal
        guard proposal.id != into.id else {
            throw Refusal(.invalid, of: "into", "same", Words("같은 제안입니다.", "It is the same proposal."))
        }
        guard proposal.process == into.process else {
            throw Refusal(.invalid, of: "into", "process", Words("다른 참여 과정의 제안입니다.", "It belongs to another process."))
        }
        // What is voted on stays what it was when the vote began.
        if process.plan.phases.contains(where: { $0.phase == .vote && $0.begins <= KoreanDay(ask.now) }) {
            throw Refusal(
                .conflict, "merge.vote", Words("투표가 시작된 뒤에는 합칠 수 없습니다.", "Once the vote has begun nothing is merged."))
        }
        return [
            Draft(
                ProposalEvents.merged, stream: ProposalEvents.stream(proposal.id), scope: .everyone,
                payload: [
                    "proposal": .string(proposal.id), "process": .string(proposal.process), "into": .string(into.id),
                    "reason": .string(ask.values.text("reason")),
                ])
        ]
    }
}

/// An officer says whether a proposal can be done, why, and what it costs.
enum JudgeProposal {
    static let name = "commons.proposal.judge"

    static let command = Command(
        Form(
            name, title: Words("실행 가능성 검토", "Say whether it can be done"),
            help: Words(
                "제안을 실행할 수 있는지와 그 사유, 비용을 공개합니다. ‘할 수 있음’이어야 투표에 오릅니다.",
                "Says in public whether the proposal can be done, why, and what it costs. Only what is feasible is voted on."
            ),
            fields: [
                ProposalAsk.proposal,
                Field(
                    "verdict", Words("검토 결과", "Verdict"),
                    .choice(Proposal.Verdict.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                ProcessAsk.reason,
                Field(
                    "cost", Words("검토한 비용", "Cost as reviewed"), .integer(0...1_000_000_000_000, unit: "원"),
                    required: false, spoken: .amount),
            ],
            permission: .roles(ProcessAsk.officers).orToken("command:\(name)"), surfaces: ProcessAsk.written)
    ) { ask, tables in
        let (proposal, process) = try ProposalAsk.open(ask.values.text("proposal"), in: tables)
        if process.plan.phases.contains(where: { $0.phase == .vote && $0.begins <= KoreanDay(ask.now) }) {
            throw Refusal(
                .conflict, "judge.vote", Words("투표가 시작된 뒤에는 바꿀 수 없습니다.", "Once the vote has begun it stays as it is."))
        }
        let cost = ask.values.integer("cost")
        if process.kind == .budget, ask.values.text("verdict") == Proposal.Verdict.feasible.rawValue,
            (cost ?? proposal.cost) == nil
        {
            throw Refusal(
                .invalid, of: "cost", "required", Words("참여예산에서는 비용이 있어야 합니다.", "In a budget it needs a cost."))
        }
        var payload: [String: JSON] = [
            "proposal": .string(proposal.id), "process": .string(proposal.process),
            "verdict": .string(ask.values.text("verdict")), "reason": .string(ask.values.text("reason")),
        ]
        if let cost { payload["cost"] = .decimal(cost) }
        return [
            Draft(
                ProposalEvents.judged, stream: ProposalEvents.stream(proposal.id), scope: .everyone, payload: payload)
        ]
    }
}
