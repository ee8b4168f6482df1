import Access
import District
import Record
import Store

/// Sets a vote up: what is asked, by which ballots, from when to when.
enum SetUpVote {
    static let most = 200

    static let command = Command(
        Form(
            "commons.vote.set-up", title: Words("투표 만들기", "Set up a vote"),
            help: Words(
                "무엇을, 어떤 방식으로, 언제 투표할지 정합니다. 집계 방식은 다음에 모의로 비교해 보고 따로 정합니다.",
                "What is voted on, how, and when. The counting rule is compared and fixed in a step of its own."),
            fields: [
                Field("title", Words("제목", "Title"), .text(maximum: 120)),
                Field("summary", Words("쉬운 말 설명", "In plain words"), .longText(maximum: 2000)),
                Field(
                    "method", Words("투표 방식", "Method"),
                    .choice(VoteMethod.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                Field(
                    "limit", Words("예산", "Budget"), .integer(1...9_000_000_000_000, unit: "KRW"), required: false,
                    help: Words("예산 투표에만 씁니다.", "Only for votes on a budget.")),
                Field(
                    "most", Words("한 사람이 고를 수 있는 수", "Options on a ballot"), .integer(1...200, unit: nil),
                    required: false, help: Words("비우면 제한이 없습니다.", "Left out: no limit.")),
                Field(
                    "points", Words("나누어 줄 점수", "Points on a ballot"), .integer(1...1000, unit: nil), required: false,
                    help: Words("점수 투표에만 씁니다.", "Only for votes by points.")),
                Field(
                    "seats", Words("뽑는 수", "How many are chosen"), .integer(1...200, unit: nil), required: false,
                    help: Words("예산 투표와 순위 투표에는 쓰지 않습니다.", "Not for budgets or ranked ballots.")),
                Field("begins", Words("시작", "Begins"), .moment), Field("ends", Words("마감", "Ends"), .moment),
                Field(
                    "accountless", Words("계정 없이 투표", "Voting without an account"), .flag, required: false,
                    help: Words("편지로 받은 투표 코드만으로 투표할 수 있습니다.", "The code of a letter is enough.")),
                Field(
                    "voice", Words("말로 하는 투표", "Voting by voice"), .flag, required: false,
                    help: Words(
                        "투표 코드로, 찬성 투표와 예산 투표에서만 됩니다. 옆에 있는 사람은 들을 수 있습니다. 정하면 바꿀 수 없습니다.",
                        "By the code of a letter, for approval and budgets alone. Whoever is in the room can hear. It cannot be changed later."
                    )),
                Field(
                    "process", Words("참여 과정", "Process"),
                    .reference(kind: "commons-process", source: CommonsChoices.processes),
                    required: false,
                    help: Words(
                        "적으면 그 과정의 투표 단계 안에서만 투표합니다.", "Ballots are then cast within its vote phase alone.")),
                Field(
                    "options", Words("선택지·사업", "Options or projects"),
                    .list(
                        [
                            Field(
                                "name", Words("이름", "Name"), .text(maximum: 120), required: false,
                                help: Words(
                                    "제안을 고르면 이름, 설명, 사업비는 비워도 됩니다.",
                                    "With a proposal, name, summary and cost may be left out.")),
                            Field("summary", Words("설명", "Summary"), .longText(maximum: 600), required: false),
                            Field(
                                "cost", Words("사업비", "Cost"), .integer(0...9_000_000_000_000, unit: "KRW"),
                                required: false),
                            Field(
                                "key", Words("기호", "Identifier"), .text(maximum: 20), required: false,
                                help: Words("비우면 차례대로 매깁니다.", "Left out: numbered in order.")),
                            Field(
                                "proposal", Words("제안", "Proposal"),
                                .reference(kind: "commons-proposal", source: CommonsChoices.proposals), required: false),
                        ] + OptionEffects.fields, maximum: most)),
            ], permission: VoteAsk.officers.orToken("command:commons.vote.set-up"), after: "/commons/votes/{it}")
    ) { ask, tables in
        let vote = try vote(
            ask, try ProposalOptions.filled(ask.values, in: tables), try OptionEffects.read(ask, in: tables))
        try VoteByVoice.check(vote, in: tables)
        try VotePhase.check(vote, in: tables)
        try VotePhase.checkAccounts(vote, in: tables)
        return [VoteAsk.draft(BallotEvents.setUp, vote.id, vote.json)]
    }

    /// - Throws: ``Refusal`` with a fault for each field that breaks a rule.
    private static func vote(
        _ ask: Ask, _ entries: [JSON], _ effects: (effects: [RuleEffect?], faults: [Refusal.Fault])
    ) throws(Refusal) -> Vote {
        let values = ask.values
        var faults = effects.faults
        func fault(_ field: String, _ rule: String, _ ko: String, _ en: String) {
            faults.append(.init(field: field, rule: rule, words: Words(ko, en)))
        }
        func number(_ name: String) -> Int? { values.integer(name).map(Int.init) }
        let method = VoteMethod(rawValue: values.text("method")) ?? .approval
        let options = options(entries, effects.effects)
        let begins = values.moment("begins") ?? ask.now
        let ends = values.moment("ends") ?? ask.now
        if ends <= begins { fault("ends", "order", "마감이 시작보다 늦어야 합니다.", "The end must come after the beginning.") }
        if begins <= ask.now {
            fault("begins", "past", "시작이 지금보다 늦어야 합니다. 집계 방식은 시작 전에 정합니다.", "It must begin later than now.")
        }
        if options.count < 2 { fault("options", "few", "선택지가 둘 이상이어야 합니다.", "There must be two options or more.") }
        if Set(options.map(\.id)).count != options.count {
            fault("options", "twice", "같은 기호가 두 번 있습니다.", "An identifier stands there twice.")
        }
        for (place, option) in options.enumerated()
        where !option.name.isEmpty && options[..<place].contains(where: { $0.name == option.name }) {
            fault("options[\(place)].name", "same-name", "같은 이름의 선택지가 두 번 있습니다.", "Two options have this name.")
        }
        for (place, option) in options.enumerated() where option.name.isEmpty {
            fault("options[\(place)].name", "required", "이름을 적거나 제안을 골라 주세요.", "Please give a name or a proposal.")
        }
        if !options.allSatisfy({ isIdentifier($0.id) }) {
            fault("options", "identifier", "기호는 영문자, 숫자, 붙임표로 적습니다.", "An identifier has letters, digits and hyphens.")
        }
        let limit = number("limit") ?? 0
        if method.isBudget {
            if limit == 0 { fault("limit", "required", "예산을 입력해 주세요.", "Please fill in the budget.") }
            if let dear = options.first(where: { $0.cost > limit }) {
                fault(
                    "options", "dear", "예산보다 비싼 사업이 있습니다: \(dear.name)", "It costs more than the budget: \(dear.name)")
            }
        }
        if method == .points, number("points") == nil {
            fault("points", "required", "나누어 줄 점수를 입력해 주세요.", "Please fill in how many points.")
        }
        guard faults.isEmpty else {
            throw Refusal(
                .invalid, "vote.invalid", Words("입력한 내용을 확인해 주세요.", "Please check what was entered."), faults: faults)
        }
        return Vote(
            id: "\(Identifier(at: ask.now))", title: values.text("title"), summary: values.text("summary"),
            method: method, options: options, limit: method.isBudget ? limit : 0,
            most: min(options.count, number("most") ?? options.count), points: number("points") ?? 0,
            seats: method == .ranked ? 1 : min(options.count, number("seats") ?? 1), begins: begins, ends: ends,
            isAccountless: values.flag("accountless"), process: values.text("process"),
            isSample: ask.caller.identity == .system("sample"), votesByVoice: values.flag("voice"))
    }

    private static func options(_ entries: [JSON], _ effects: [RuleEffect?]) -> [Vote.Option] {
        let width = String(entries.count).count
        return entries.enumerated().map { place, entry in
            let number = String(place + 1)
            let key = entry["key"]?.text ?? String(repeating: "0", count: width - number.count) + number
            return Vote.Option(
                id: key, name: entry["name"]?.text ?? "", summary: entry["summary"]?.text ?? "",
                cost: entry["cost"]?.integer.map(Int.init) ?? 0, proposal: entry["proposal"]?.text ?? "",
                effect: effects[place])
        }
    }

    private static func isIdentifier(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    }
}
