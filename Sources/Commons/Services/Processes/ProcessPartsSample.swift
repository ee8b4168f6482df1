import District
import Record
import Store

/// What belongs to the sample's budget process: a vote on its proposals that is being prepared, and a topic of short statements
/// that is open while it is debated. Answers are drawn from the seed and are nobody's.
struct ProcessPartsSample {
    let district: District
    static let vote = "sample-civic-budget"
    static let topic = "sample-civic-budget"

    private func process(_ reader: any Reader) throws -> CivicProcess? {
        try ProcessTable.all(in: reader).first { $0.isSynthetic && $0.kind == .budget }
    }

    func foundVote() async throws {
        let (process, proposals) = try await district.store.read { reader -> (CivicProcess?, [Proposal]) in
            let process = try VoteTable.find(Self.vote, in: reader) == nil ? self.process(reader) : nil
            return (process, try process.map { try ProposalTable.admitted(of: $0.id, in: reader) } ?? [])
        }
        guard let process, let phase = VotePhase.phase(of: process), proposals.count > 1 else { return }
        let vote = Vote(
            id: Self.vote, title: "\(process.title.ko) 투표",
            summary: "시민이 제안하고 담당 부서가 검토한 사업 가운데, 예산 안에서 하고 싶은 것을 고릅니다.", method: .knapsack,
            options: proposals.enumerated().map { place, proposal in
                Vote.Option(
                    id: "\(place + 1)", name: proposal.title, summary: proposal.inShort,
                    cost: Int(proposal.assumedCost ?? 0), proposal: proposal.id)
            },
            limit: Int(process.budget ?? 0), most: proposals.count, points: 0, seats: 1,
            begins: phase.begins.start.advanced(bySeconds: 9 * 3600),
            ends: phase.ends.start.advanced(bySeconds: 18 * 3600), isAccountless: process.votesWithoutAccount,
            process: process.id, isSample: true)
        var draft = VoteAsk.draft(BallotEvents.setUp, vote.id, vote.json)
        draft.observed = district.clock().advanced(bySeconds: -43_200)
        try await district.record([draft], origin: Origin(author: .system("sample")))
    }

    func foundTopic(seed: UInt64) async throws {
        let process = try await district.store.read { reader in
            try OpinionTable.topic(Self.topic, in: reader) == nil ? self.process(reader) : nil
        }
        guard let process else { return }
        let now = district.clock()
        var draw = SeededDraw(seed: seed &+ 0x6362)
        var drafts = [
            Draft(
                OpinionTable.opened, stream: "opinion/\(Self.topic)", scope: .everyone,
                observed: now.advanced(bySeconds: -259_200),
                payload: [
                    "title": "참여예산, 무엇을 먼저 할까요?", "summary": "예산을 어디에 먼저 써야 할지 짧은 의견에 답해 주세요.",
                    "ends": .string(now.advanced(bySeconds: 1_209_600).description), "process": .string(process.id),
                    "sample": true,
                ])
        ]
        for (place, text) in Self.statements.enumerated() {
            var stating = OpinionTable.stating(text, "\(Self.topic)-\(place + 1)", topic: Self.topic)
            stating.observed = now.advanced(bySeconds: 60 + Double(place) - 259_200)
            drafts.append(stating)
        }
        for number in 1...12 {
            let person = PersonID("sample-voice-\(number)")
            for place in Self.statements.indices where draw.happens(0.9) {
                let isFor = draw.happens((number + place).isMultiple(of: 2) ? 0.9 : 0.2)
                drafts.append(
                    Draft(
                        OpinionTable.answered, stream: "answer/\(Self.topic)-\(number)-\(place)", scope: .zone,
                        observed: now.advanced(bySeconds: -200_000 + Double(number * 10 + place)),
                        payload: ["topic": .string(Self.topic), "statement": .string("\(Self.topic)-\(place + 1)")],
                        personal: [
                            "said": PersonalContent(
                                of: ForgottenTable.firstKey(of: person),
                                ["person": .string(person.rawValue), "answer": .number(isFor ? 1 : -1)])
                        ]))
            }
        }
        try await district.record(drafts, origin: Origin(author: .system("sample")))
    }

    private static let statements = [
        "걷는 길을 고치는 일이 먼저입니다.", "교대 근무자가 밤에 쓸 곳에 먼저 써야 합니다.",
        "공기와 소음을 재는 일에 더 써야 합니다.", "작은 사업 여러 개가 큰 사업 하나보다 낫습니다.",
        "유지비가 많이 드는 사업은 피해야 합니다.",
    ]
}
