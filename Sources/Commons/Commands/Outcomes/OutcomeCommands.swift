import Access
import District
import Record
import Store

/// Says what was accepted, how far it is, why it is late, and how it ended.
enum OutcomeCommands {
    static let all = [promising, reporting, slipping, ending]
    private static let itemField = Field("item", Words("약속", "Promise"), .reference(kind: "outcome", source: nil))
    private static let won: ClosedRange<Int64> = 0...9_000_000_000_000

    private static func item(_ ask: Ask, in tables: any Reader) throws -> OutcomeTable.Item {
        guard let item = try OutcomeTable.item(ask.values.text("item"), in: tables) else {
            throw Refusal(.notFound, "outcome.unknown", Words("그런 약속이 없습니다.", "There is no such promise."))
        }
        guard item.state == "going" else {
            throw Refusal(.conflict, "outcome.over", Words("이미 끝난 약속입니다.", "It is over already."))
        }
        return item
    }

    private static func day(_ ask: Ask, _ field: String) throws(Refusal) -> String? {
        guard ask.values[field] != nil else { return nil }
        guard let day = ask.values.day(field) else {
            let words = Words("날짜를 2027-05-31처럼 적어 주세요.", "Please give a day such as 2027-05-31.")
            throw Refusal(.invalid, "outcome.day", of: field, "day", words)
        }
        return day.description
    }

    private static func draft(_ type: String, _ id: String, _ payload: [String: JSON]) -> Draft {
        Draft(type, stream: "outcome/\(id)", scope: .everyone, payload: payload)
    }

    static let promising = Command(
        Form(
            "commons.outcome.promise", title: Words("이행 약속 올리기", "Enter a promise"),
            help: Words(
                "받아들인 제안이나 사업을 공개하고, 끝날 때까지 알립니다.", "Publishes what was accepted; it is told of until it ends."),
            fields: [
                Field("title", Words("제목", "Title"), .text(maximum: 120)),
                Field("summary", Words("쉬운 말 설명", "In plain words"), .longText(maximum: 1000)),
                Field("planned", Words("계획한 돈", "Money planned"), .integer(won, unit: "KRW"), required: false),
                Field("due", Words("끝낼 날", "Due"), .text(maximum: 10), required: false, spoken: .day),
                Field("vote", Words("투표", "Vote"), .reference(kind: "vote", source: nil), required: false),
                Field("proposal", Words("제안", "Proposal"), .text(maximum: 80), required: false),
            ], permission: VoteAsk.officers, after: "/commons/outcomes/{it}")
    ) { ask, tables in
        let vote = ask.values.text("vote")
        if !vote.isEmpty, try VoteTable.find(vote, in: tables) == nil { throw VoteAsk.unknown }
        var payload: [String: JSON] = [
            "title": .string(ask.values.text("title")), "summary": .string(ask.values.text("summary")),
            "planned": .decimal(ask.values.integer("planned") ?? 0), "vote": .string(vote), "option": "",
            "proposal": .string(ask.values.text("proposal")), "said": "",
        ]
        if let due = try day(ask, "due") { payload["due"] = .string(due) }
        return [draft(OutcomeTable.promised, "\(Identifier(at: ask.now))", payload)]
    }

    static let reporting = Command(
        Form(
            "commons.outcome.report", title: Words("진행 알리기", "Report progress"),
            help: Words("얼마나 되었고 얼마를 썼는지 모두에게 알립니다.", "Tells everybody how far it is and what was spent."),
            fields: [
                itemField, Field("percent", Words("진행률", "Done"), .integer(0...100, unit: "%")),
                Field("spent", Words("지금까지 쓴 돈", "Spent so far"), .integer(won, unit: "KRW")),
                Field("said", Words("무엇을 했는지", "What was done"), .longText(maximum: 600)),
            ], permission: VoteAsk.officers, after: "/commons/outcomes/{item}")
    ) { ask, tables in
        let item = try item(ask, in: tables)
        return [
            draft(
                OutcomeTable.reported, item.id,
                [
                    "percent": .number(Double(ask.values.integer("percent") ?? 0)),
                    "spent": .decimal(ask.values.integer("spent") ?? 0), "said": .string(ask.values.text("said")),
                ])
        ]
    }

    static let slipping = Command(
        Form(
            "commons.outcome.slip", title: Words("늦어짐 알리기", "Say that it is late"),
            help: Words(
                "새 날짜와 이유가 공개되고, 처음 약속한 날도 그대로 보입니다.",
                "The new day and the reason are public; the first day stays in sight."),
            fields: [
                itemField, Field("due", Words("새로 끝낼 날", "New day"), .text(maximum: 10), spoken: .day),
                Field("said", Words("이유", "Reason"), .longText(maximum: 600)),
            ], permission: VoteAsk.officers, after: "/commons/outcomes/{item}")
    ) { ask, tables in
        let item = try item(ask, in: tables)
        let due = try day(ask, "due") ?? ""
        guard due != item.due else {
            let words = Words("날짜가 지금과 같습니다.", "The day is the same as now.")
            throw Refusal(.invalid, "outcome.same", of: "due", "same", words)
        }
        return [
            draft(
                OutcomeTable.slipped, item.id,
                [
                    "due": .string(due), "before": item.due.map { .string($0) } ?? .null,
                    "said": .string(ask.values.text("said")),
                ])
        ]
    }

    static let ending = Command(
        Form(
            "commons.outcome.end", title: Words("약속 끝내기", "End a promise"),
            help: Words("마쳤는지 그만두었는지, 이유와 함께 남깁니다.", "Done or given up, with the reason."),
            fields: [
                itemField,
                Field(
                    "state", Words("어떻게 끝났는지", "How it ended"),
                    .choice([
                        Field.Choice("done", Words("마침", "Done")), Field.Choice("dropped", Words("그만둠", "Given up")),
                    ])), Field("said", Words("설명", "Explanation"), .longText(maximum: 600)),
            ], permission: VoteAsk.officers, confirmation: .readBack, after: "/commons/outcomes/{item}")
    ) { ask, tables in
        let item = try item(ask, in: tables)
        return [
            draft(
                OutcomeTable.ended, item.id,
                ["state": .string(ask.values.text("state")), "said": .string(ask.values.text("said"))])
        ]
    }

    /// What a vote chose becomes a promise by itself, so that nobody can forget it.
    static let chosen = Reaction(
        "commons.promise-chosen", to: BallotEvents.counted, yields: [OutcomeTable.promised]
    ) { event, tables in
        let id = String(event.stream.dropFirst("vote/".count))
        guard let vote = try VoteTable.find(id, in: tables)?.vote else { return [] }
        return (event.payload["chosen"]?.elements ?? []).compactMap(\.text).compactMap { chosen in
            guard let option = vote.options.first(where: { $0.id == chosen }) else { return nil }
            var made = draft(
                OutcomeTable.promised, "\(id)-\(option.id)",
                [
                    "title": .string(option.name), "summary": .string(option.summary),
                    "planned": .decimal(Int64(option.cost)), "vote": .string(id), "option": .string(option.id),
                    "proposal": .string(option.proposal), "sample": .bool(vote.isSample), "said": "",
                ])
            made.observed = event.observed
            return made
        }
    }
}
