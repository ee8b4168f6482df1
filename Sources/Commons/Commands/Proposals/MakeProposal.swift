import Access
import District
import Record
import Store

/// Somebody proposes something.
enum MakeProposal {
    static let name = "commons.proposal.make"

    static let form = Form(
        name, title: Words("제안하기", "Propose"),
        help: Words(
            "열려 있는 참여 과정에 제안합니다. 누구나 읽고 지지할 수 있습니다.",
            "Proposes something in a process that is open. Everybody may read and support it."),
        fields: [
            ProcessAsk.process, ProposalAsk.title, ProposalAsk.body, ProposalAsk.plain,
            Field("place", Words("지도 위의 자리", "Place on the map"), .place, required: false),
            Field(
                "cost", Words("어림 비용", "Estimated cost"), .integer(0...1_000_000_000_000, unit: "원"), required: false,
                help: Words("참여예산에서만 적습니다. 모르면 비웁니다.", "For a budget only; empty where unknown."), spoken: .amount),
            ProposalAsk.shownAs,
        ],
        // A program may ask; it is done in the name of a person who read it and said yes.
        permission: .signedIn.orToken("command:\(name)"), confirmation: .readBack, surfaces: ProcessAsk.spoken,
        after: "/commons/proposals/{it}")

    static let command = Command(form) { ask, tables in
        let process = try ProcessAsk.process(ask.values.text("process"), in: tables)
        try ProcessAsk.check(.propose, process, ask, in: tables)
        let id = Identifier(at: ask.now).description
        var more: [String: JSON] = ["version": "1"]
        if let place = ask.values["place"] { more["place"] = place }
        if let cost = ask.values.integer("cost") {
            guard process.kind == .budget else {
                throw Refusal(
                    .invalid, of: "cost", "budget", Words("참여예산에서만 비용을 적습니다.", "Only in a budget is a cost given."))
            }
            if let budget = process.budget, cost > budget {
                throw Refusal(
                    .invalid, of: "cost", "budget", Words("전체 예산보다 많습니다.", "It is more than the whole budget."))
            }
            more["cost"] = .decimal(cost)
        }
        return [
            try ProposalAsk.draft(
                ProposalEvents.made, stream: ProposalEvents.stream(id), id: id, kind: .proposal, process: process,
                proposal: id, title: ask.values.text("title"), body: ask.values.text("body"), more: more,
                hidden: ask.values["plain"].map { ["plain": $0] } ?? [:], ask, in: tables)
        ]
    }
}

/// Its authors write a proposal anew, while proposals are made: the text of before stays to be seen.
enum ReviseProposal {
    static let name = "commons.proposal.revise"

    static let command = Command(
        Form(
            name, title: Words("제안 고치기", "Change a proposal"),
            help: Words(
                "제안 단계에서 글을 고칩니다. 고치기 전 글도 남아, 무엇이 바뀌었는지 누구나 봅니다.",
                "Changes the text while proposals are made. The earlier text stays, so that everybody sees what changed."
            ),
            fields: [ProposalAsk.proposal, ProposalAsk.title, ProposalAsk.body, ProposalAsk.plain],
            permission: .signedIn,
            surfaces: ProcessAsk.written)
    ) { ask, tables in
        let (proposal, process) = try ProposalAsk.open(ask.values.text("proposal"), in: tables)
        try ProposalAsk.checkAuthor(proposal, ask, in: tables)
        let person = try ProcessAsk.check(.propose, process, ask, in: tables)
        let (title, body) = (ask.values.text("title"), ask.values.text("body"))
        let plain = ask.values["plain"]?.text ?? proposal.plain
        guard title != proposal.title || body != proposal.text.body || plain != proposal.plain else {
            throw Refusal(.invalid, of: "body", "same", Words("바뀐 내용이 없습니다.", "Nothing has changed."))
        }
        var draft = try revised(
            proposal, title: title, body: body, plain: plain == proposal.plain ? nil : plain, by: person, in: tables)
        // What was doubtful in a new text is doubtful in one that is written anew; that it is like itself is not.
        let findings = SpamRule.findings(
            title + "\n" + body, by: try TextTable.author(person, at: ask.now, in: tables), at: ask.now,
            others: [])
        if findings.contains(.rate) { throw ProposalAsk.tooOften }
        if !findings.isEmpty { draft.payload["findings"] = .array(findings.map { .string($0.rawValue) }) }
        return [draft]
    }

    /// A new text of a proposal, which is kept as that of whoever wrote it; `amendment` is what it came of, where it did. The summary
    /// in plain words stays as it is, with whoever wrote that, unless there is a new one.
    static func revised(
        _ proposal: Proposal, title: String, body: String, plain: String? = nil, amendment: String? = nil,
        by person: PersonID, in tables: any Reader
    ) throws -> Draft {
        var payload: [String: JSON] = [
            "text": .string(proposal.id), "proposal": .string(proposal.id), "process": .string(proposal.process),
            "version": .decimal(proposal.version + 1), "author": .string(person.rawValue),
        ]
        if let amendment { payload["amendment"] = .string(amendment) }
        var content: [String: JSON] = ["title": .string(title), "body": .string(body)]
        if let plain {
            // That there is a new one is told outside of the vault: it is known also once the words are erased.
            payload["explained"] = true
            content["plain"] = .string(plain)
        }
        return Draft(
            ProposalEvents.revised, stream: ProposalEvents.stream(proposal.id), scope: .zone, payload: payload,
            personal: ["content": PersonalContent(of: try ForgottenTable.key(of: person, in: tables), .object(content))]
        )
    }
}
