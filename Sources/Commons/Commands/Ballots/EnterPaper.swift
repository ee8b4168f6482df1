import Access
import District
import Record
import Store

/// Enters a paper ballot: two people independently; where they read it differently, a third who agrees with one of them decides.
enum EnterPaper {
    static let form = Form(
        "commons.paper.enter", title: Words("종이 투표 입력", "Enter a paper ballot"),
        help: Words(
            "두 사람이 따로 입력해 같으면 투표함에 들어갑니다. 다르면 세 번째 사람의 입력이 둘 가운데 하나와 같아야 합니다.",
            "Two people enter it independently; where they agree it goes into the box, else a third must agree with one of them."
        ),
        fields: [
            VoteAsk.field,
            sheet(Words("숫자의 너비와 앞자리 0은 가리지 않습니다.", "Leading zeros and the width of digits do not matter.")),
            Field(
                "choices", Words("표시된 기호", "Marked options"), .text(maximum: 2000), required: false,
                help: Words(
                    "기호를 쉼표로 나누어 적습니다. 순위 투표는 순서대로, 점수 투표는 ‘기호 점수’로 적습니다. 백지와 무효는 아래에서 고릅니다.",
                    "Identifiers by comma; ranked ballots in order, points as “identifier points”. Blank and spoilt: see below."
                ),
                isPersonal: true),
            Field(
                "blank", Words("백지 용지(아무 표시 없음)", "Blank (no mark at all)"), .flag, required: false, isPersonal: true),
            Field("spoilt", Words("무효 용지", "Spoilt"), .flag, required: false, isPersonal: true),
        ], permission: VoteAsk.officers, after: "/commons/votes/{vote}/paper")

    static let command = Command(form) { ask, tables in
        let vote = try VoteAsk.find(ask, [.open], in: tables).vote
        guard let clerk = ask.caller.person else {
            throw Refusal(.forbidden, "paper.person", Words("사람이 직접 입력해야 합니다.", "A person must enter it."))
        }
        guard let sheet = SheetNumber.plain(ask.values.text("sheet")) else { throw noSheet }
        let ballot = try read(ask.values, in: vote)
        let (entries, version) = try PaperTable.entries(vote.id, sheet: sheet, in: tables)
        guard entries.last?.isSettled != true else {
            throw Refusal(.conflict, "paper.settled", Words("이미 확정된 용지입니다.", "This sheet is settled already."))
        }
        guard !entries.contains(where: { $0.clerk == clerk.rawValue }) else {
            throw Refusal(
                .conflict, "paper.same-person",
                Words("같은 사람이 두 번 입력할 수 없습니다. 다른 사람이 입력해야 합니다.", "Nobody enters a sheet twice; another person must."))
        }
        if entries.isEmpty { try room(for: sheet, of: vote, in: tables) }
        // The second must agree with the first; the third with one of the two, or nobody knows what the sheet says.
        let turn = entries.count + 1
        let isSettled = entries.contains { $0.ballot == ballot }
        guard turn < 3 || isSettled else {
            throw Refusal(
                .conflict, "paper.third",
                Words(
                    "앞의 두 입력과 모두 다릅니다. 용지를 다시 꺼내 세 사람이 함께 확인해 주세요.",
                    "This differs from both earlier readings. Please take the sheet out again and look at it together, all three."
                ))
        }
        let said: JSON = ballot.map { .object($0.json) } ?? ["spoilt": true]
        var drafts = [
            Draft(
                BallotEvents.paperEntered, stream: "paper/\(vote.id)/\(sheet)", scope: .zone,
                payload: [
                    "vote": .string(vote.id), "sheet": .string(sheet), "turn": .number(Double(version + 1)),
                    "settled": .bool(isSettled), "spoilt": .bool(isSettled && ballot == nil),
                ],
                personal: ["said": PersonalContent(of: BallotEvents.subject(vote.id), said)],
                expectedVersion: Int64(version))
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

    /// The field for the number on a sheet.
    static func sheet(_ help: Words) -> Field {
        Field("sheet", Words("용지 번호", "Sheet number"), .text(maximum: 20), help: help)
    }

    static let noSheet = Refusal(
        .invalid, "paper.sheet", of: "sheet", "sheet",
        Words("용지에 적힌 번호를 입력해 주세요.", "Please type the number on the sheet."))

    /// What the clerk read: marks, or said in so many words that there are none, or that the sheet is spoilt (nil).
    private static func read(_ values: FormValues, in vote: Vote) throws(Refusal) -> Ballot? {
        let marks = try choices(values.text("choices"))
        let (isBlank, isSpoilt) = (values.flag("blank"), values.flag("spoilt"))
        let said = [!marks.isEmpty, isBlank, isSpoilt]
        guard said.count(where: \.self) == 1 else {
            throw Refusal(
                .invalid, "paper.said", of: "choices", "one",
                Words(
                    "표시된 기호를 적거나, 백지 또는 무효 가운데 하나만 골라 주세요.",
                    "Please give the marked options, or choose blank or spoilt: one of the three."))
        }
        return isSpoilt ? nil : try Ballot(marks, in: vote)
    }

    /// A sheet more than were handed out is a number misread, or a sheet that nobody was given.
    private static func room(for sheet: String, of vote: Vote, in tables: any Reader) throws {
        let sheets = try PaperTable.sheets(vote.id, in: tables).map(\.last.sheet)
        let handed = try RollTable.counts(vote.id, in: tables).paper
        guard sheets.count >= handed else { return }
        throw Refusal(
            .conflict, "paper.more", of: "sheet", "handed",
            Words(
                "교부한 투표용지는 \(handed)장인데 이미 \(sheets.count)장이 입력되었습니다. 용지 번호를 확인하고, 잘못 입력한 번호가 있으면 입력을 취소해 주세요.",
                "\(handed) sheets were handed out and \(sheets.count) are entered. Please check the number; strike one entered in error."
            ))
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
