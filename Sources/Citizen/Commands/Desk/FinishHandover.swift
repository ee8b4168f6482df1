import District
import Record

/// A member of staff finishes with somebody, and says why the machine had not been enough.
enum FinishHandover {
    static let command = Command(
        DeskAsk.form(
            "citizen.handover.finish", Words("상담 마치기", "Finish"),
            Words("어떻게 되었는지와 자동 안내가 왜 돕지 못했는지 남깁니다.", "Records how it ended and why the machine had not been enough."),
            [
                Field(
                    "outcome", Words("어떻게 되었나요", "How did it end"),
                    .choice(Handover.Outcome.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                Field(
                    "failure", Words("자동 안내가 왜 돕지 못했나요", "Why was the machine not enough"),
                    .choice(Handover.Failure.allCases.map { Field.Choice($0.rawValue, $0.words) })),
            ])
    ) { ask, tables in
        let handover = try DeskAsk.own(ask, in: tables)
        let outcome = ask.values.text("outcome")
        if outcome == Handover.Outcome.unreached.rawValue, handover.phone != nil, handover.tries < Handover.patience {
            let words = Words(
                "세 번은 전화해 본 뒤에 마칠 수 있습니다. 지금까지 \(handover.tries)번 전화했습니다.",
                "Call three times before giving up; so far it was \(handover.tries).")
            throw Refusal(.conflict, "callback.too-few", of: "outcome", "tries", words)
        }
        let failure = ask.values.text("failure")
        var drafts = [
            DeskAsk.draft(
                DeskEvents.finished, handover, ["outcome": .string(outcome), "failure": .string(failure)])
        ]
        if failure == Handover.Failure.wrong.rawValue {
            // Whoever watches over the machine hears of it at once, with what it did.
            drafts.append(
                AIUseJudged(
                    Conversations.useID, .wrong, act: try ActTable.last(of: handover.dialogue, in: tables),
                    groups: ["language": handover.language.rawValue, "channel": handover.channel]
                ).draft)
        }
        return drafts
    }
}
