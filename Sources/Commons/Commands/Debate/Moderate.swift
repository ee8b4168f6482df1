import Access
import District
import Record
import Store

/// What is done to texts: reported by readers, taken back by their authors, hidden or shown by moderators, and decided anew by
/// another person where an author appeals.
struct Moderate: Sendable {
    static let withdraw = "commons.text.withdraw"
    static let report = "commons.text.report"
    static let hide = "commons.text.hide"
    static let release = "commons.text.release"
    static let appeal = "commons.text.appeal"
    static let decide = "commons.appeal.decide"

    let rules: DebateRules

    var commands: [Command] { [withdrawing, reporting, hiding, releasing, appealing, deciding] }

    private static let text = Field("text", Words("글", "Text"), .reference(kind: "commons-text", source: nil))

    private var rule: Field { Field("rule", Words("어긴 운영 규칙", "Rule that it breaks"), rules.choices) }

    private var withdrawing: Command {
        Command(
            Form(
                Self.withdraw, title: Words("내 글 거두기", "Take back what I wrote"),
                help: Words(
                    "내 글을 더 보이지 않게 합니다. 되돌릴 수 없습니다.", "Takes what you wrote out of sight. It cannot be undone."),
                fields: [Self.text], permission: .signedIn, confirmation: .readBack, surfaces: ProcessAsk.written)
        ) { ask, tables in
            let text = try Self.own(ask, tables)
            guard text.state == .shown || text.state == .waiting else { throw Self.notNow }
            if text.kind == .proposal {
                let others = try PeopleTable.authors(of: text.id, in: tables).count > 1
                guard try !others && ProposalTable.merged(into: text.id, in: tables).isEmpty else {
                    throw Refusal(
                        .conflict, "text.shared",
                        Words(
                            "다른 사람의 제안이 합쳐졌거나 공동 제안자가 있어 혼자 거둘 수 없습니다.",
                            "Others stand behind it, by a merger or as co-authors: it cannot be taken back alone."))
                }
            }
            if text.kind == .proposal,
                try ProcessAsk.process(text.process, in: tables).plan.phases.contains(where: {
                    $0.phase == .vote && $0.begins <= KoreanDay(ask.now)
                })
            {
                throw Refusal(
                    .conflict, "text.vote",
                    Words("투표가 시작된 제안은 거둘 수 없습니다.", "Once the vote has begun it cannot be taken back."))
            }
            return [Self.draft(TextEvents.withdrawn, text)]
        }
    }

    private var reporting: Command {
        Command(
            Form(
                Self.report, title: Words("신고하기", "Report"),
                help: Words(
                    "운영 규칙을 어긴 글을 담당자에게 알립니다. 누가 신고했는지는 알려 주지 않습니다.",
                    "Tells the moderators that a text breaks the rules. Who told them is not disclosed."),
                fields: [
                    Self.text, rule,
                    Field(
                        "note", Words("덧붙일 말", "More to say"), .longText(maximum: 500), required: false,
                        isPersonal: true),
                ],
                permission: .signedIn, surfaces: ProcessAsk.written, isConfidential: true)
        ) { ask, tables in
            let (text, person) = (try Self.find(ask, tables), try ProcessAsk.person(ask))
            guard text.state == .shown else { throw Self.notNow }
            guard try !DebateTable.hasReported(person, text.id, in: tables) else {
                throw Refusal(.conflict, "report.given", Words("이미 신고했습니다.", "You have reported it already."))
            }
            // Who reports stays off the Record: only the vault knows.
            var draft = Self.draft(TextEvents.reported, text, ["rule": .string(ask.values.text("rule"))])
            let key = try ForgottenTable.key(of: person, in: tables)
            draft.personal["person"] = PersonalContent(of: key, .string(person.rawValue))
            if let note = ask.values["note"] { draft.personal["note"] = PersonalContent(of: key, note) }
            return [draft]
        }
    }

    private var hiding: Command {
        Command(
            Form(
                Self.hide, title: Words("가리기", "Hide"),
                help: Words(
                    "운영 규칙을 어긴 글을 가립니다. 어긴 규칙과 사유가 글 자리에 보이고, 글쓴이는 이의를 신청할 수 있습니다.",
                    "Takes a text down. The rule and the reason stand in its place, and its author may appeal."),
                fields: [Self.text, rule, ProcessAsk.reason],
                permission: .roles(ProcessAsk.officers), surfaces: ProcessAsk.written)
        ) { ask, tables in
            let (text, moderator) = (try Self.find(ask, tables), try ProcessAsk.person(ask))
            guard text.state == .shown || text.state == .waiting else { throw Self.notNow }
            guard text.author != moderator else {
                throw Self.ownText
            }
            return [
                Self.draft(
                    TextEvents.hidden, text,
                    [
                        "rule": .string(ask.values.text("rule")), "reason": .string(ask.values.text("reason")),
                        "moderator": .string(moderator.rawValue),
                    ])
            ]
        }
    }

    private var releasing: Command {
        Command(
            Form(
                Self.release, title: Words("공개하기", "Show it"),
                help: Words(
                    "확인을 기다리던 글을 공개하거나, 신고된 글을 그대로 둡니다.", "Shows a text that waited, or leaves a reported one as it is."
                ),
                fields: [Self.text], permission: .roles(ProcessAsk.officers), surfaces: ProcessAsk.written)
        ) { ask, tables in
            let text = try Self.find(ask, tables)
            guard text.state == .shown || text.state == .waiting else { throw Self.notNow }
            guard text.author != ask.caller.person else {
                throw Self.ownText
            }
            return [Self.draft(TextEvents.released, text)]
        }
    }

    private var appealing: Command {
        Command(
            Form(
                Self.appeal, title: Words("이의 신청", "Appeal"),
                help: Words(
                    "가려진 내 글을 다시 봐 달라고 합니다. 가린 사람이 아닌 다른 담당자가 정합니다.",
                    "Asks that the hiding of your text be looked at again, by another person than the one who did it."),
                fields: [
                    Self.text, Field("why", Words("사유", "Why"), .longText(maximum: 2000), isPersonal: true),
                ], permission: .signedIn, surfaces: ProcessAsk.written)
        ) { ask, tables in
            let text = try Self.own(ask, tables)
            guard text.state == .hidden, let moderation = try DebateTable.moderation(of: text.id, in: tables) else {
                throw Self.notNow
            }
            guard moderation.appealed == nil else {
                throw Refusal(.conflict, "appeal.given", Words("이미 이의를 신청했습니다.", "You have appealed already."))
            }
            var draft = Self.draft(TextEvents.appealed, text)
            draft.personal["why"] = PersonalContent(
                of: try ForgottenTable.key(of: text.author, in: tables), .string(ask.values.text("why")))
            return [draft]
        }
    }

    private var deciding: Command {
        Command(
            Form(
                Self.decide, title: Words("이의 결정", "Decide an appeal"),
                help: Words(
                    "글을 다시 공개할지 정합니다. 글을 가린 사람은 할 수 없습니다.",
                    "Says whether the text is shown again. Whoever hid it may not."),
                fields: [
                    Self.text, Field("restored", Words("다시 공개", "Show it again"), .flag), ProcessAsk.reason,
                ], permission: .roles(ProcessAsk.officers), surfaces: ProcessAsk.written)
        ) { ask, tables in
            let (text, person) = (try Self.find(ask, tables), try ProcessAsk.person(ask))
            guard let moderation = try DebateTable.moderation(of: text.id, in: tables), moderation.isAppealOpen else {
                throw Refusal(.conflict, "appeal.none", Words("기다리는 이의 신청이 없습니다.", "No appeal is waiting."))
            }
            guard moderation.moderator != person, text.author != person else {
                throw Refusal(
                    .forbidden, "appeal.another",
                    Words(
                        "글을 가린 사람이나 글쓴이가 아닌 다른 담당자가 정해야 합니다.",
                        "Another person must decide than the one who hid it, or wrote it."))
            }
            return [
                Self.draft(
                    TextEvents.decided, text,
                    [
                        "restored": .bool(ask.values.flag("restored")),
                        "reason": .string(ask.values.text("reason")), "decided_by": .string(person.rawValue),
                    ])
            ]
        }
    }

    private static let ownText = Refusal(
        .forbidden, "text.own", Words("자기 글은 다른 담당자가 봐야 합니다.", "Another moderator must judge what you wrote."))

    private static let notNow = Refusal(
        .conflict, "text.state", Words("지금은 이 글에 할 수 없습니다.", "This cannot be done to the text as it stands."))

    private static func find(_ ask: Ask, _ tables: any Reader) throws -> CivicText {
        guard let text = try TextTable.find(ask.values.text("text"), in: tables) else {
            throw Refusal(.notFound, of: "text", "unknown", Words("그런 글이 없습니다.", "There is no such text."))
        }
        return text
    }

    private static func own(_ ask: Ask, _ tables: any Reader) throws -> CivicText {
        let text = try find(ask, tables)
        guard text.author == ask.caller.person else {
            throw Refusal(.forbidden, "text.author", Words("글쓴이만 할 수 있습니다.", "Only whoever wrote it may do this."))
        }
        return text
    }

    private static func draft(_ event: String, _ text: CivicText, _ more: [String: JSON] = [:]) -> Draft {
        var payload: [String: JSON] = [
            "text": .string(text.id), "kind": .string(text.kind.rawValue), "process": .string(text.process),
        ]
        if let proposal = text.proposal { payload["proposal"] = .string(proposal) }
        return Draft(
            event, stream: "commons-\(text.kind.rawValue)/\(text.id)", scope: .zone,
            payload: payload.merging(more) { $1 })
    }
}
