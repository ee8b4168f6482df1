import Access
import District
import Record
import Store

/// Says how far a promise is, why it is late, and how it ended.
enum OutcomeCommands {
    static let all = [MakePromise.command, EntrustPromise.command, reporting, slipping, ending]

    static let reporting = Command(
        Form(
            "commons.outcome.report", title: Words("진행 알리기", "Report progress"),
            help: Words("얼마나 되었고 얼마를 썼는지 모두에게 알립니다.", "Tells everybody how far it is and what was spent."),
            fields: [
                OutcomeAsk.item, Field("percent", Words("진행률", "Done"), .integer(0...100, unit: "%")),
                Field("spent", Words("지금까지 쓴 돈", "Spent so far"), .integer(OutcomeAsk.won, unit: "KRW")),
                Field("said", Words("무엇을 했는지", "What was done"), .longText(maximum: 600)),
            ], permission: VoteAsk.officers, after: OutcomeAsk.after)
    ) { ask, tables in
        let item = try OutcomeAsk.going(ask, in: tables)
        return [
            OutcomeAsk.draft(
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
                OutcomeAsk.item, OutcomeAsk.due(Words("새로 끝낼 날", "New day"), required: true),
                Field("said", Words("이유", "Reason"), .longText(maximum: 600)),
            ], permission: VoteAsk.officers, after: OutcomeAsk.after)
    ) { ask, tables in
        let item = try OutcomeAsk.own(ask, in: tables)
        let due = try OutcomeAsk.day(ask)?.description ?? ""
        guard due != item.due else {
            let words = Words("날짜가 지금과 같습니다.", "The day is the same as now.")
            throw Refusal(.invalid, "outcome.same", of: "due", "same", words)
        }
        return [
            OutcomeAsk.draft(
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
                OutcomeAsk.item,
                Field(
                    "state", Words("어떻게 끝났는지", "How it ended"),
                    .choice([
                        Field.Choice("done", Words("마침", "Done")), Field.Choice("dropped", Words("중단", "Given up")),
                    ])), Field("said", Words("설명", "Explanation"), .longText(maximum: 600)),
            ], permission: VoteAsk.officers, confirmation: .readBack, after: OutcomeAsk.after)
    ) { ask, tables in
        let item = try OutcomeAsk.own(ask, in: tables)
        return [
            OutcomeAsk.draft(
                OutcomeTable.ended, item.id,
                ["state": .string(ask.values.text("state")), "said": .string(ask.values.text("said"))])
        ]
    }
}
