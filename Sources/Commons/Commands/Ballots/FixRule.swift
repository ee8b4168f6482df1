import Access
import District
import Record
import Store

/// Shows what rules do by past ballots, and fixes the one by which a vote is counted.
enum FixRule {
    /// A `.pb` file of past ballots is set beside a vote, for everybody to see what each rule does to them.
    static let past = Command(
        Form(
            "commons.vote.show-past", title: Words("지난 투표로 규칙 비교하기", "Compare rules by past ballots"),
            help: Words(
                "투표 자료 파일(.pb)의 지난 투표를 규칙마다 세어 나란히 보여 줍니다.",
                "Counts the ballots of a .pb file by each rule, side by side."),
            fields: [
                VoteAsk.field,
                Field(
                    "file", Words("지난 투표 파일(.pb)", "Past ballots (.pb)"), .attachment(maximumBytes: Attachments.largest)
                ),
                Field("name", Words("무엇인지", "What it is"), .text(maximum: 120)),
            ], permission: VoteAsk.officers, surfaces: [.web, .http], after: "/commons/votes/{it}/rules")
    ) { ask, tables in
        let found = try VoteAsk.find(ask, [.setUp], in: tables)
        let hash = ask.values.text("file")
        _ = try file(hash, for: ask.tenant, in: tables)
        return [
            VoteAsk.draft(
                BallotEvents.pastSet, found.vote.id, ["file": .string(hash), "name": .string(ask.values.text("name"))])
        ]
    }

    /// The past ballots of a file that was sent.
    /// - Throws: ``Refusal`` where there is none, or a line of it cannot be read.
    static func file(_ hash: String, for tenant: some Tenancy, in tables: any Reader) throws -> PabulibFile {
        guard let file = try Attachments.find(hash, for: tenant, in: tables) else {
            throw refusal(
                "file.unknown", Words("그런 파일이 없습니다. 먼저 올려 주세요.", "There is no such file; please upload it first."))
        }
        do throws(PabulibError) {
            return try PabulibFile(parsing: String(decoding: file.bytes, as: UTF8.self))
        } catch {
            throw refusal(
                "file.\(error.rule.rawValue)",
                Words("\(error.line)번째 줄을 읽을 수 없습니다: \(error.what)", "Line \(error.line) cannot be read: \(error.what)")
            )
        }
    }

    static func refusal(_ code: String, _ words: Words) -> Refusal {
        Refusal(.invalid, code, of: "file", code, words)
    }

    /// The rule is fixed, before the vote begins and so before the first ballot; nobody changes it after that.
    static let fix = Command(
        Form(
            "commons.vote.fix-rule", title: Words("집계 방식 정하기", "Fix the counting rule"),
            help: Words(
                "한 번 정하면 바꿀 수 없고, 정한 내용이 기록에 남습니다. 첫 투표 전에만 정할 수 있습니다.",
                "Once fixed it cannot be changed and stands on the Record. Only possible before the first ballot."),
            fields: [
                VoteAsk.field,
                Field(
                    "method", Words("세는 방법", "Rule"),
                    .choice([
                        Field.Choice("shares", Words("똑같이 나눈 몫 방식(균등 몫)", "Equal shares")),
                        Field.Choice("greedy", Words("득표순", "From the most wanted down")),
                        Field.Choice("most", Words("많이 받은 순서(예산 없음)", "The most votes or points (no budget)")),
                        Field.Choice("run-off", Words("결선 방식(순위 투표)", "Instant run-off (ranked)")),
                    ])),
                Field(
                    "filling", Words("남은 돈", "What is left"),
                    .choice(CountingRule.Filling.allCases.map { Field.Choice($0.rawValue, $0.words) }), required: false,
                    condition: .init("method", is: "shares")),
                Field(
                    "measure", Words("투표한 사람의 만족", "What a voter gains"),
                    .choice([
                        Field.Choice("cost", Words("고른 사업의 사업비만큼", "What the project costs")),
                        Field.Choice("projects", Words("고른 사업 하나에 하나", "One for each project")),
                    ]), required: false, condition: .init("method", is: "shares")),
            ], permission: VoteAsk.officers, confirmation: .readBack, after: "/commons/votes/{vote}"),
        assume: { ask, _ in
            ask.values.text("method") == "shares" ? ["filling": "add-one-greedy", "measure": "cost"] : [:]
        }
    ) { ask, tables in
        let vote = try VoteAsk.find(ask, [.setUp], in: tables).vote
        guard ask.now < vote.begins else {
            throw Refusal(
                .conflict, "rule.late",
                Words(
                    "투표 시작 시각이 지나 규칙을 정할 수 없습니다.", "The vote's beginning has passed; its rule cannot be fixed any more."
                ))
        }
        let method = CountingRule.Method(rawValue: ask.values.text("method")) ?? .most
        guard CountingRule.possible(for: vote.method).contains(method) else {
            let words = Words(
                "이 투표 방식에는 쓸 수 없는 규칙입니다.", "This rule does not go with this kind of ballot.")
            throw Refusal(.invalid, "rule.kind", of: "method", "kind", words)
        }
        var rule = CountingRule(method: method)
        if method == .shares {
            rule = CountingRule(
                method: .shares, measure: Satisfaction(rawValue: ask.values.text("measure")) ?? .cost,
                filling: CountingRule.Filling(rawValue: ask.values.text("filling")) ?? .addOneThenGreedy)
        }
        return [
            VoteAsk.draft(
                BallotEvents.ruleFixed, vote.id, ["rule": rule.json, "voice": .bool(vote.votesByVoice)])
        ]
    }
}
