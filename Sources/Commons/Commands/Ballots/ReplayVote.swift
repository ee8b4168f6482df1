import Access
import District
import Record
import Store

/// Counts the file of a past vote on a budget again: both rules side by side, each project with its reason, as of a vote here.
enum ReplayVote {
    /// Projects of a file: they stand in one event.
    private static let most = 1000

    static let command = Command(
        Form(
            "commons.vote.replay", title: Words("지난 투표 다시 세기", "Count a past vote again"),
            help: Words(
                "투표 자료 파일(.pb)의 투표지를 고른 규칙으로 세고, 다른 규칙의 결과와 이유를 나란히 보여 줍니다. 실제 투표에는 영향이 없습니다.",
                "Counts the ballots of a .pb file by a rule, with reasons, beside the other rule. Nothing follows from it."
            ),
            fields: [
                Field(
                    "file", Words("지난 투표 파일(.pb)", "Past ballots (.pb)"), .attachment(maximumBytes: Attachments.largest)
                ),
                Field("title", Words("무엇인지", "What it is"), .text(maximum: 120)),
                Field(
                    "method", Words("세는 방법", "Rule"),
                    .choice([
                        Field.Choice("shares", Words("똑같이 나눈 몫 방식(균등 몫)", "Equal shares")),
                        Field.Choice("greedy", Words("득표순", "From the most wanted down")),
                    ])),
                Field(
                    "filling", Words("남은 돈", "What is left"),
                    .choice(CountingRule.Filling.allCases.map { Field.Choice($0.rawValue, $0.words) }), required: false,
                    condition: .init("method", is: "shares")),
            ], permission: VoteAsk.officers, surfaces: [.web, .http], after: "/commons/votes/{it}"),
        assume: { ask, _ in ask.values.text("method") == "shares" ? ["filling": "add-one-greedy"] : [:] }
    ) { ask, tables in
        let (hash, title) = (ask.values.text("file"), ask.values.text("title"))
        let file = try FixRule.file(hash, for: ask.tenant, in: tables)
        guard (2...most).contains(file.projects.count) else {
            throw FixRule.refusal(
                "file.projects", Words("사업이 2개에서 \(most)개까지인 파일만 셀 수 있습니다.", "A file has from 2 to \(most) projects."))
        }
        var vote = Vote(
            id: "\(Identifier(at: ask.now))", title: title, summary: "", method: .approvalBudget,
            options: file.projects.map {
                .init(id: $0.id, name: $0.name.isEmpty ? $0.id : $0.name, summary: "", cost: $0.cost, proposal: "")
            }, limit: file.limit, most: file.projects.count, points: 0, seats: 1, begins: ask.now, ends: ask.now,
            isAccountless: false, process: "", isSample: false)
        vote.isReplay = true
        let rule =
            ask.values.text("method") == "greedy"
            ? CountingRule(method: .greedy)
            : CountingRule(
                method: .shares, measure: .cost,
                filling: CountingRule.Filling(rawValue: ask.values.text("filling")) ?? .addOneThenGreedy)
        return [
            VoteAsk.draft(BallotEvents.setUp, vote.id, vote.json),
            VoteAsk.draft(BallotEvents.pastSet, vote.id, ["file": .string(hash), "name": .string(title)]),
            VoteAsk.draft(BallotEvents.ruleFixed, vote.id, ["rule": rule.json]),
        ]
    }

    /// What the file comes to, as the event carries it.
    static func result(_ file: PabulibFile, hash: String, by rule: CountingRule) -> [String: JSON] {
        let election = file.election
        return VoteCount.outcome(of: election, by: rule).merging([
            "rule": rule.json, "ballots": .number(Double(election.ballots)),
            "blank": .number(Double(file.votes.count { $0.ballot.choices.isEmpty })), "digest": .string(hash),
            "online": 0, "paper": 0, "spoilt": 0,
        ]) { $1 }
    }
}
