import Access
import District
import Record

/// Enters a paper ballot: two people independently; where they read it differently, a third decides.
enum EnterPaper {
    static let form = Form(
        "commons.paper.enter", title: Words("종이 투표 입력", "Enter a paper ballot"),
        help: Words(
            "두 사람이 따로 입력해 같으면 투표함에 들어갑니다. 다르면 세 번째 사람이 정합니다.",
            "Two people enter it independently; where they agree it goes into the box, else a third decides."),
        fields: [
            VoteAsk.field, Field("sheet", Words("용지 번호", "Sheet number"), .text(maximum: 20)),
            Field(
                "choices", Words("표시된 기호", "Marked options"), .text(maximum: 2000), required: false,
                help: Words(
                    "기호를 쉼표로 나누어 적습니다. 순위 투표는 순서대로, 점수 투표는 ‘기호 점수’로 적습니다. 비우면 백지입니다.",
                    "Identifiers by comma; ranked ballots in order, points as “identifier points”. Empty: a blank ballot."
                ),
                isPersonal: true),
            Field("spoilt", Words("무효 용지", "Spoilt"), .flag, required: false, isPersonal: true),
        ], permission: VoteAsk.officers, after: "/commons/votes/{vote}/paper")

    static let command = Command(form) { ask, tables in
        let vote = try VoteAsk.find(ask, [.open], in: tables).vote
        guard let clerk = ask.caller.person else {
            throw Refusal(.forbidden, "paper.person", Words("사람이 직접 입력해야 합니다.", "A person must enter it."))
        }
        let sheet = ask.values.text("sheet").uppercased()
        let ballot =
            ask.values.flag("spoilt") ? nil : try Ballot(choices(ask.values.text("choices")), in: vote)
        let entries = try PaperTable.entries(vote.id, sheet: sheet, in: tables)
        guard entries.last?.isSettled != true else {
            throw Refusal(.conflict, "paper.settled", Words("이미 확정된 용지입니다.", "This sheet is settled already."))
        }
        guard !entries.contains(where: { $0.clerk == clerk.rawValue }) else {
            throw Refusal(
                .conflict, "paper.same-person",
                Words("같은 사람이 두 번 입력할 수 없습니다. 다른 사람이 입력해야 합니다.", "Nobody enters a sheet twice; another person must."))
        }
        // The second must agree with the first; the third decides.
        let turn = entries.count + 1
        let isSettled = turn == 3 || (turn == 2 && entries[0].ballot == ballot)
        let said: JSON = ballot.map { .object($0.json) } ?? ["spoilt": true]
        var drafts = [
            Draft(
                BallotEvents.paperEntered, stream: "paper/\(vote.id)/\(sheet)", scope: .zone,
                payload: [
                    "vote": .string(vote.id), "sheet": .string(sheet), "turn": .number(Double(turn)),
                    "settled": .bool(isSettled), "spoilt": .bool(isSettled && ballot == nil),
                ],
                personal: ["said": PersonalContent(of: BallotEvents.subject(vote.id), said)],
                expectedVersion: Int64(entries.count))
        ]
        if isSettled, let ballot {
            var generator = SystemRandomNumberGenerator()
            drafts.append(
                SealedBallot(
                    vote: vote.id, number: BallotNumber.new(using: &generator), ballot: ballot,
                    salt: SealedBallot.newSalt(using: &generator)
                ).draft(isPaper: true))
        }
        return drafts
    }

    /// `03, 11, 2` or `a 3, b 2` as choices.
    static func choices(_ text: String) throws(Refusal) -> [(option: String, points: Int)] {
        var choices: [(option: String, points: Int)] = []
        for part in text.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isNewline }) {
            let words = part.split(whereSeparator: { $0 == " " || $0 == ":" || $0 == "=" })
            guard let option = words.first else { continue }
            guard words.count == 1 || (words.count == 2 && Ballot.number(words[1]) != nil) else {
                let words = Words("‘\(part)’을(를) 읽을 수 없습니다.", "“\(part)” cannot be read.")
                throw Refusal(.invalid, "choices.text", of: "choices", "text", words)
            }
            choices.append((String(option), words.count == 2 ? Ballot.number(words[1]) ?? 0 : 1))
        }
        return choices
    }
}
