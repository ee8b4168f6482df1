import Access
import District
import Record
import Store

/// Authors ask somebody to stand beside them, who says yes or no; nobody is made an author unasked.
enum AskAuthor {
    static let name = "commons.proposal.ask-author"

    static let command = Command(
        Form(
            name, title: Words("공동 제안자 청하기", "Ask for a co-author"),
            help: Words(
                "상대의 계정 번호로 청합니다. 상대가 받아들여야 공동 제안자가 됩니다.",
                "Asks somebody by the number of their account. They become a co-author once they accept."),
            fields: [
                ProposalAsk.proposal,
                Field(
                    "account", Words("상대의 계정 번호", "Number of their account"), .text(maximum: 80),
                    help: Words("상대의 ‘내 제안’ 화면에 적혀 있습니다.", "It stands on their page “My proposals”.")),
            ],
            permission: .signedIn, surfaces: ProcessAsk.written)
    ) { ask, tables in
        let (proposal, process) = try ProposalAsk.open(ask.values.text("proposal"), in: tables)
        try ProposalAsk.checkAuthor(proposal, ask, in: tables)
        guard !process.standing(on: KoreanDay(ask.now)).isOver else {
            throw Refusal(.conflict, "process.over", Words("끝난 참여 과정입니다.", "This process is over."))
        }
        let person = PersonID(ask.values.text("account").lowercased())
        let marks = try PeopleTable.marks(person, on: proposal.id, in: tables)
        guard marks.isDisjoint(with: [.author, .asked]) else {
            throw Refusal(
                .conflict, of: "account", "asked",
                Words("이미 제안자이거나 청한 사람입니다.", "They are an author or were asked already.")
            )
        }
        guard try PeopleTable.many(.asked, on: proposal.id, in: tables) < 10 else {
            throw Refusal(
                .conflict, of: "account", "many", Words("답을 기다리는 사람이 너무 많습니다.", "Too many have not answered yet."))
        }
        // Whether there is such an account is not told: whoever tries numbers learns nothing.
        return [SupportProposal.mark(ProposalEvents.authorAsked, proposal, person)]
    }
}

/// Whoever was asked says yes or no.
enum AnswerAuthor {
    static let name = "commons.proposal.answer-author"

    static let command = Command(
        Form(
            name, title: Words("공동 제안 청에 답하기", "Answer as a co-author"),
            help: Words(
                "공동 제안자가 될지 답합니다. 받아들이면 이름이 제안에 함께 보입니다.",
                "Says whether you become a co-author. If so, your name stands beside the proposal."),
            fields: [
                ProposalAsk.proposal,
                Field("accepts", Words("받아들임", "Accept"), .flag), ProposalAsk.shownAs,
            ],
            permission: .signedIn, surfaces: ProcessAsk.written)
    ) { ask, tables in
        let (proposal, _) = try ProposalAsk.open(ask.values.text("proposal"), in: tables)
        let person = try ProcessAsk.person(ask)
        guard try PeopleTable.marks(person, on: proposal.id, in: tables).contains(.asked) else {
            throw Refusal(.conflict, "author.not-asked", Words("청을 받지 않은 제안입니다.", "You were not asked."))
        }
        var draft = SupportProposal.mark(ProposalEvents.authorAnswered, proposal, person)
        draft.payload["accepts"] = .bool(ask.values.flag("accepts"))
        if ask.values.flag("accepts") {
            let shown = ask.values.text("name")
            draft.personal["name"] = PersonalContent(
                of: try ForgottenTable.key(of: person, in: tables),
                .string(shown.isEmpty ? ShownName.of(ask.caller.name) : shown))
        }
        return [draft]
    }
}

/// An author adds a picture, which was sent before.
enum AddPicture {
    static let name = "commons.proposal.picture"
    /// As many as a proposal has.
    static let most = 6

    static let command = Command(
        Form(
            name, title: Words("사진 더하기", "Add a picture"),
            help: Words(
                "사진과, 사진에 무엇이 보이는지 설명을 더합니다. 위치 정보는 지우고 공개합니다.",
                "Adds a picture with words for what it shows. Where it was taken is removed from it."),
            fields: [
                ProposalAsk.proposal,
                Field("picture", Words("사진", "Picture"), .attachment(maximumBytes: Attachments.largest)),
                Field(
                    "about", Words("사진 설명", "What it shows"), .text(maximum: 200),
                    help: Words("보지 못하는 사람에게 읽어 드립니다.", "Read out to whoever cannot see it."), isPersonal: true),
            ],
            // The picture is sent by the proposal's own page: a form of the frame keeps files for firms and the zone alone.
            permission: .signedIn, surfaces: [.http, .cli])
    ) { ask, tables in
        let (proposal, process) = try ProposalAsk.open(ask.values.text("proposal"), in: tables)
        try ProposalAsk.checkAuthor(proposal, ask, in: tables)
        let person = try ProcessAsk.check(.propose, process, ask, in: tables)
        let hash = ask.values.text("picture")
        // Only what they brought themselves as a picture for everybody: a hash names a file of a firm as well.
        guard try PictureTable.isBrought(hash, by: try ProcessAsk.person(ask), in: tables) else {
            throw Refusal(.invalid, of: "picture", "unknown", Words("사진을 먼저 올려 주세요.", "Please send the picture first."))
        }
        guard try ProposalTable.pictures(of: proposal.id, in: tables).count < most else {
            throw Refusal(
                .conflict, of: "picture", "many", Words("사진은 \(most)장까지입니다.", "At most \(most) pictures are possible."))
        }
        return [
            Draft(
                ProposalEvents.pictured, stream: ProposalEvents.stream(proposal.id), scope: .zone,
                payload: [
                    "proposal": .string(proposal.id), "process": .string(proposal.process), "hash": .string(hash),
                    "author": .string(person.rawValue),
                ],
                personal: [
                    "about": PersonalContent(
                        of: try ForgottenTable.key(of: person, in: tables), .string(ask.values.text("about")))
                ])
        ]
    }
}
