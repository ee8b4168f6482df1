import Access
import District
import Record
import Store

/// Somebody asks that a proposal's text be changed.
enum MakeAmendment {
    static let name = "commons.amendment.make"

    static let command = Command(
        Form(
            name, title: Words("수정안 내기", "Propose an amendment"),
            help: Words(
                "제안의 글을 어떻게 고칠지 냅니다. 바뀌는 곳은 눈에 보이게 표시됩니다.",
                "Proposes how the text should read. What it changes is shown word by word."),
            fields: [
                ProposalAsk.proposal, ProposalAsk.title, ProposalAsk.body,
                Field(
                    "why", Words("고치는 사유", "Why"), .longText(maximum: 1000), isPersonal: true), ProposalAsk.shownAs,
            ],
            permission: .signedIn, surfaces: ProcessAsk.written, after: "/commons/amendments/{it}")
    ) { ask, tables in
        let (proposal, process) = try ProposalAsk.open(ask.values.text("proposal"), in: tables)
        try ProcessAsk.check(.amend, process, ask, in: tables)
        let (title, body) = (ask.values.text("title"), ask.values.text("body"))
        guard title != proposal.title || body != proposal.text.body else {
            throw Refusal(.invalid, of: "body", "same", Words("바뀐 내용이 없습니다.", "Nothing would change."))
        }
        let id = Identifier(at: ask.now).description
        return [
            try ProposalAsk.draft(
                AmendmentEvents.made, stream: AmendmentEvents.stream(id), id: id, kind: .amendment, process: process,
                proposal: proposal.id, title: title, body: body, more: ["base": .decimal(proposal.version)],
                hidden: ["why": .string(ask.values.text("why"))], compared: false, ask, in: tables)
        ]
    }
}

/// What becomes of an amendment: by the authors, or, where the process says so, by support.
enum DecideAmendment {
    static let accept = "commons.amendment.accept"
    static let decline = "commons.amendment.decline"
    static let support = "commons.amendment.support"
    static let takeBack = "commons.amendment.take-back"

    static let commands = [
        Command(
            form(
                accept, Words("수정안 받아들이기", "Accept the amendment"),
                Words("제안의 글이 수정안대로 바뀝니다.", "The proposal's text becomes the amendment's."))
        ) { ask, tables in
            let found = try byAuthors(ask, tables)
            guard found.amendment.base == found.proposal.version else {
                throw Refusal(
                    .conflict, "amendment.outdated",
                    Words(
                        "그사이 제안의 글이 바뀌었습니다. 지금 글을 고치는 수정안을 새로 내야 합니다.",
                        "The text has changed since: it needs a new amendment to the present text."))
            }
            return try accepted(
                found.amendment, of: found.proposal, by: "authors", reason: reason(ask, tables), in: tables)
        },
        Command(
            form(
                decline, Words("수정안 받아들이지 않기", "Decline the amendment"),
                Words("사유와 함께 받아들이지 않습니다.", "Declines it, with the reason."))
        ) { ask, tables in
            let found = try byAuthors(ask, tables)
            var declined = draft(AmendmentEvents.declined, found.amendment, ["by": "authors"])
            declined.personal = try reason(ask, tables)
            return [declined]
        },
        Command(
            form(
                support, Words("수정안 지지하기", "Support the amendment"),
                Words(
                    "수정안을 지지합니다. 정해진 수에 이르면 받아들여집니다.", "Supports an amendment: with enough supporters it is accepted."),
                reason: false)
        ) { ask, tables in
            let (found, person, marks) = try bySupport(ask, tables)
            guard !marks.contains(.support) else {
                throw Refusal(.conflict, "support.given", Words("이미 지지했습니다.", "You already support it."))
            }
            return [supported(AmendmentEvents.supported, found.amendment, person)]
        },
        Command(
            form(
                takeBack, Words("수정안 지지 거두기", "Take support back"),
                Words("수정안의 지지를 거둡니다.", "Takes support of an amendment back."), reason: false)
        ) { ask, tables in
            let (found, person, marks) = try bySupport(ask, tables)
            guard marks.contains(.support) else {
                throw Refusal(.conflict, "support.none", Words("지지하지 않은 수정안입니다.", "You do not support it."))
            }
            return [supported(AmendmentEvents.unsupported, found.amendment, person)]
        },
    ]

    /// Enough support has an amendment accepted. The rule does it, and not whoever gave the last support: what is public would name them.
    static let accepting = Reaction(
        "commons.amendment-accepted", to: AmendmentEvents.supported,
        yields: [AmendmentEvents.accepted, ProposalEvents.revised]
    ) { event, tables in
        guard let amendment = try AmendmentTable.find(event.payload["amendment"]?.text ?? "", in: tables),
            amendment.outcome == .open, amendment.text.state == .shown, amendment.text.body != nil,
            let proposal = try ProposalTable.find(amendment.text.proposal ?? "", in: tables), proposal.isOpen,
            let needed = try ProcessTable.find(proposal.process, in: tables)?.amendSupport,
            amendment.supports >= needed, amendment.base == proposal.version
        else { return [] }
        return try accepted(amendment, of: proposal, by: "support", in: tables).map { draft in
            var draft = draft
            draft.observed = event.observed
            return draft
        }
    }

    private static func form(_ name: String, _ title: Words, _ help: Words, reason: Bool = true) -> Form {
        Form(
            name, title: title, help: help, fields: [ProposalAsk.amendment] + (reason ? [ProcessAsk.reason] : []),
            permission: .signedIn, surfaces: ProcessAsk.written)
    }

    private typealias Found = (amendment: Amendment, proposal: Proposal, process: CivicProcess)

    private static func found(_ ask: Ask, _ tables: any Reader) throws -> Found {
        guard let amendment = try AmendmentTable.find(ask.values.text("amendment"), in: tables) else {
            throw Refusal(.notFound, of: "amendment", "unknown", Words("그런 수정안이 없습니다.", "There is no such amendment."))
        }
        let (proposal, process) = try ProposalAsk.open(amendment.text.proposal ?? "", in: tables)
        guard amendment.outcome == .open, amendment.text.state == .shown, amendment.text.body != nil else {
            throw Refusal(
                .conflict, "amendment.closed",
                Words("이미 결정되었거나 공개되지 않은 수정안입니다.", "It was decided already, or is not shown."))
        }
        return (amendment, proposal, process)
    }

    private static func byAuthors(_ ask: Ask, _ tables: any Reader) throws -> Found {
        let found = try found(ask, tables)
        guard found.process.amendSupport == nil else {
            throw Refusal(
                .conflict, "amendment.by-support",
                Words("이 참여 과정에서는 수정안을 지지 수로 정합니다.", "In this process amendments are decided by support."))
        }
        try ProposalAsk.checkAuthor(found.proposal, ask, in: tables)
        guard found.process.allows(.amend, on: KoreanDay(ask.now)) else {
            throw Refusal(
                .conflict, "process.phase", Words("수정 단계에만 할 수 있습니다.", "This is possible in the amendment phase only."))
        }
        return found
    }

    private static func bySupport(
        _ ask: Ask, _ tables: any Reader
    ) throws -> (found: Found, person: PersonID, marks: Set<ProposalMark>) {
        let found = try found(ask, tables)
        let person = try ProcessAsk.check(.amend, found.process, ask, in: tables)
        return (found, person, try PeopleTable.marks(person, on: found.amendment.id, in: tables))
    }

    private static func supported(_ event: String, _ amendment: Amendment, _ person: PersonID) -> Draft {
        var draft = draft(event, amendment, ["person": .string(person.rawValue)])
        draft.scope = .person(person)
        return draft
    }

    private static func accepted(
        _ amendment: Amendment, of proposal: Proposal, by: JSON, reason: [String: PersonalContent] = [:],
        in tables: any Reader
    ) throws -> [Draft] {
        var accepted = draft(AmendmentEvents.accepted, amendment, ["by": by])
        accepted.personal = reason
        return [
            accepted,
            try ReviseProposal.revised(
                proposal, title: amendment.text.title, body: amendment.text.body ?? "", amendment: amendment.id,
                by: amendment.text.author, in: tables),
        ]
    }

    /// An author's reason is a citizen's words: they stand in the vault.
    private static func reason(_ ask: Ask, _ tables: any Reader) throws -> [String: PersonalContent] {
        let key = try ForgottenTable.key(of: try ProcessAsk.person(ask), in: tables)
        return ["answer": PersonalContent(of: key, .string(ask.values.text("reason")))]
    }

    private static func draft(_ event: String, _ amendment: Amendment, _ more: [String: JSON]) -> Draft {
        Draft(
            event, stream: AmendmentEvents.stream(amendment.id), scope: .everyone,
            payload: [
                "amendment": .string(amendment.id), "proposal": .string(amendment.text.proposal ?? ""),
                "process": .string(amendment.text.process),
            ].merging(more) { $1 })
    }
}
