import Access
import District
import Record
import Store

/// The zone promises to do something that citizens proposed or chose.
enum MakePromise {
    static let name = "commons.outcome.promise"

    static let command = Command(
        Form(
            name, title: Words("이행 약속 올리기", "Enter a promise"),
            help: Words(
                "받아들인 제안이나 사업을 공개하고, 끝날 때까지 알립니다. 누구나 오래 볼 수 있으니 사람의 이름은 쓰지 마세요.",
                "Publishes what was accepted; it is told of until it ends. It stays for years: please name nobody."),
            fields: [
                Field("title", Words("제목", "Title"), .text(maximum: 120)),
                Field("summary", Words("쉬운 말 설명", "In plain words"), .longText(maximum: 1000)),
                Field(
                    "planned", Words("계획한 돈", "Money planned"), .integer(OutcomeAsk.won, unit: "KRW"), required: false,
                    help: Words("모르면 비웁니다.", "Leave it empty where unknown."), spoken: .amount),
                OutcomeAsk.due(Words("끝낼 날", "Due"), required: false),
                OutcomeAsk.group(required: false),
                Field(
                    "vote", Words("투표", "Vote"), .reference(kind: "vote", source: "\(OutcomeAsk.choices)/vote"),
                    required: false),
                Field(
                    "proposal", Words("제안", "Proposal"),
                    .reference(kind: "commons-proposal", source: "\(OutcomeAsk.choices)/proposal"), required: false),
            ], permission: VoteAsk.officers, after: "/commons/outcomes/{it}")
    ) { ask, tables in
        let (vote, proposal, group) = (ask.values.text("vote"), ask.values.text("proposal"), ask.values.text("group"))
        if !vote.isEmpty, try VoteTable.find(vote, in: tables) == nil { throw VoteAsk.unknown }
        if !proposal.isEmpty { try check(proposal, in: tables) }
        let due = try OutcomeAsk.day(ask)
        if !group.isEmpty, due == nil { throw dayless }
        var payload: [String: JSON] = [
            "title": .string(ask.values.text("title")), "summary": .string(ask.values.text("summary")),
            "vote": .string(vote), "option": "", "proposal": .string(proposal), "said": "",
        ]
        if let planned = ask.values.integer("planned") { payload["planned"] = .decimal(planned) }
        if let due { payload["due"] = .string(due.description) }
        if !group.isEmpty { payload["group"] = .string(group) }
        return [OutcomeAsk.draft(OutcomeTable.promised, "\(Identifier(at: ask.now))", payload)]
    }

    /// A group works towards a day.
    static let dayless = Refusal(
        .invalid, of: "due", "required",
        Words("분과에 맡기려면 끝낼 날이 있어야 합니다.", "To give it to a working group it needs a due day."))

    /// A proposal is promised once it was found feasible, and once.
    private static func check(_ id: String, in tables: any Reader) throws {
        let proposal = try ProposalAsk.open(id, in: tables).proposal
        guard proposal.verdict == .feasible else {
            throw Refusal(
                .conflict, of: "proposal", "unaccepted",
                Words(
                    "‘할 수 있음’으로 검토한 제안만 약속할 수 있습니다.", "Only a proposal that was found feasible can be promised."))
        }
        guard try OutcomeTable.items(ofProposals: [id], in: tables)[id]?.contains(where: \.isGoing) != true else {
            throw Refusal(
                .conflict, of: "proposal", "promised",
                Words("이 제안의 약속이 이미 진행 중입니다.", "A promise of this proposal is going on already."))
        }
    }
}

/// A promise is given to a working group, on whose roadmap it becomes a milestone.
enum EntrustPromise {
    static let name = "commons.outcome.entrust"

    static let command = Command(
        Form(
            name, title: Words("맡을 분과 정하기", "Give it to a working group"),
            help: Words(
                "약속을 산업 분과에 맡깁니다. 분과의 로드맵에 이정표로 올라가고, 늦어지면 시민에게 알립니다.",
                "A working group takes the promise on: it becomes a milestone on its roadmap, and citizens hear when it slips."
            ),
            fields: [
                OutcomeAsk.item, OutcomeAsk.group(required: true),
                OutcomeAsk.due(
                    Words("끝낼 날", "Due"), required: false,
                    help: Words("이미 정한 날이 있으면 비웁니다.", "Leave it empty where a day was set already.")),
            ], permission: VoteAsk.officers, after: OutcomeAsk.after)
    ) { ask, tables in
        let item = try OutcomeAsk.own(ask, in: tables)
        guard item.canBeEntrusted else {
            throw Refusal(
                .conflict, "outcome.reached",
                Words("분과가 이미 이룬 약속입니다. 어떻게 끝났는지 알려 주세요.", "The group has reached it already: please say how it ended.")
            )
        }
        let day = try OutcomeAsk.day(ask)?.description
        // A day that was told to citizens changes with a reason, and never on the way.
        if let due = item.due, let day, day != due {
            throw Refusal(
                .conflict, of: "due", "told",
                Words(
                    "끝낼 날은 \(due)로 이미 알렸습니다. 바꾸려면 ‘날짜 바꾸기’로 사유와 함께 바꿔 주세요.",
                    "Its day was told as \(due): please change it with the reason, by “Change the day”."))
        }
        guard let due = item.due ?? day else { throw MakePromise.dayless }
        guard let last = KoreanDay(due), last >= KoreanDay(ask.now) else {
            throw Refusal(
                .conflict, of: "due", "over",
                Words("끝낼 날이 지났습니다. 먼저 날짜를 바꿔 주세요.", "Its day has passed: please change the day first."))
        }
        var payload: [String: JSON] = [
            "title": .string(item.title), "summary": .string(item.summary), "vote": .string(item.vote),
            "option": .string(item.option), "proposal": .string(item.proposal), "due": .string(due),
            "group": .string(ask.values.text("group")), "sample": .bool(item.isSample), "said": "",
        ]
        if let planned = item.planned { payload["planned"] = .decimal(Int64(planned)) }
        return [OutcomeAsk.draft(OutcomeTable.promised, item.id, payload)]
    }
}
