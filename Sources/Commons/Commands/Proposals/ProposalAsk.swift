import Access
import District
import Record
import Store

/// What the commands on proposals and amendments ask, find and refuse in the same way.
enum ProposalAsk {
    static let proposal = Field(
        "proposal", Words("제안", "Proposal"), .reference(kind: "commons-proposal", source: nil))
    static let amendment = Field(
        "amendment", Words("수정안", "Amendment"), .reference(kind: "commons-amendment", source: nil))
    static let title = Field("title", Words("제목", "Title"), .text(maximum: 120))
    static let body = Field(
        "body", Words("내용", "Text"), .longText(maximum: 8000),
        help: Words("무엇을, 어디에, 왜 하자는지 적습니다.", "What is to be done, where, and why."), isPersonal: true)
    static let plain = Field(
        "plain", Words("쉬운 말 요약", "In plain words"), .longText(maximum: 300), required: false,
        help: Words("두세 문장으로, 누구에게 무엇이 좋아지는지 적습니다.", "Two or three sentences: what gets better for whom."),
        isPersonal: true)
    static let shownAs = Field(
        "name", Words("글에 보일 이름", "Name shown beside it"), .text(maximum: 40), required: false,
        help: Words("비우면 ‘김○○’처럼 성만 보입니다.", "Empty: only initials are shown."), isPersonal: true, spoken: .name)

    static func find(_ id: String, in tables: any Reader) throws -> (proposal: Proposal, process: CivicProcess) {
        guard let proposal = try ProposalTable.find(id, in: tables) else {
            throw Refusal(.notFound, of: "proposal", "unknown", Words("그런 제안이 없습니다.", "There is no such proposal."))
        }
        return (proposal, try ProcessAsk.process(proposal.process, in: tables))
    }

    /// A proposal that stands: neither hidden nor merged; of a merged one it is said which it went into.
    static func open(_ id: String, in tables: any Reader) throws -> (proposal: Proposal, process: CivicProcess) {
        let found = try find(id, in: tables)
        if found.proposal.mergedInto != nil {
            let other = try ProposalTable.chain(from: found.proposal, in: tables).last?.text.title(for: nil)
            let named = other ?? Words("다른 제안", "another one")
            throw Refusal(
                .conflict, "proposal.merged",
                Words(
                    "‘\(named.ko)’ 제안에 합쳐졌습니다. 그 제안에서 해 주세요.",
                    "It was merged into “\(named.en)”: please do it there."))
        }
        guard found.proposal.isOpen else {
            throw Refusal(
                .conflict, "proposal.closed", Words("지금 공개되어 있지 않은 제안입니다.", "This proposal is not shown now."))
        }
        return found
    }

    /// Whoever asks is one of the proposal's authors.
    static func checkAuthor(_ proposal: Proposal, _ ask: Ask, in tables: any Reader) throws {
        let person = try ProcessAsk.person(ask)
        guard try PeopleTable.marks(person, on: proposal.id, in: tables).contains(.author) else {
            throw Refusal(
                .forbidden, "proposal.author",
                Words("이 제안을 한 사람만 할 수 있습니다.", "Only the proposal's authors may do this."))
        }
    }

    static let tooOften = Refusal(.tooOften, "text.rate", SpamRule.Finding.rate.words, retryAfter: 600)

    /// The draft of a new text: where something speaks against showing it at once, it waits; what comes too fast is refused,
    /// and stays in its form.
    /// - Parameters:
    ///   - compared: whether the same text may not be there already: an amendment is like what it amends.
    static func draft(
        _ type: String, stream: String, id: String, kind: CivicText.Kind, process: CivicProcess, proposal: String?,
        title: String, body: String, more: [String: JSON] = [:], hidden: [String: JSON] = [:], compared: Bool = true,
        _ ask: Ask, in tables: any Reader
    ) throws -> Draft {
        let person = try ProcessAsk.person(ask)
        let findings = SpamRule.findings(
            title.isEmpty ? body : title + "\n" + body, by: try TextTable.author(person, at: ask.now, in: tables),
            at: ask.now,
            others: compared ? try TextTable.profiles(of: process.id, near: title.count + body.count, in: tables) : [])
        if findings.contains(.rate) { throw tooOften }
        let shown = ask.values.text("name")
        var payload: [String: JSON] = [
            "text": .string(id), "kind": .string(kind.rawValue), "process": .string(process.id),
            "author": .string(person.rawValue),
            "state": .string((findings.isEmpty ? CivicText.State.shown : .waiting).rawValue),
            "findings": .array(findings.map { .string($0.rawValue) }),
        ]
        if let proposal { payload["proposal"] = .string(proposal) }
        let content: [String: JSON] = [
            "title": .string(title), "body": .string(body),
            "name": .string(shown.isEmpty ? ShownName.of(ask.caller.name) : shown),
        ]
        return Draft(
            type, stream: stream, scope: .zone, payload: payload.merging(more) { $1 },
            personal: [
                "content": PersonalContent(
                    of: try ForgottenTable.key(of: person, in: tables), .object(content.merging(hidden) { $1 }))
            ])
    }
}
