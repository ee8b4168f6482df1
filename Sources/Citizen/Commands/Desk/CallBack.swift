import District
import Record

/// A call is promised to somebody for a time.
enum ArrangeCallback {
    static let command = Command(
        DeskAsk.form(
            "citizen.callback.arrange", Words("전화 약속하기", "Promise a call"),
            Words("약속한 시각에 전화하도록 목록에 올립니다.", "Puts them on the list of calls for that time."),
            [
                Field("phone", Words("전화번호", "Phone number"), .text(maximum: 20), isPersonal: true, spoken: .phone),
                Field("due", Words("전화할 시각", "When to call"), .moment),
            ])
    ) { ask, tables in
        let handover = try DeskAsk.own(ask, in: tables)
        let digits = ask.values.text("phone").filter { "0"..."9" ~= $0 }
        guard (8...12).contains(digits.count), digits.hasPrefix("0") || digits.hasPrefix("1") else {
            let words = Words("전화번호를 확인해 주세요. 예: 010-1234-5678", "Check the number, for example 010-1234-5678.")
            throw Refusal(.invalid, "callback.phone", of: "phone", "digits", words)
        }
        guard let due = ask.values.moment("due"), due > ask.now else {
            let words = Words("지금보다 뒤의 시각을 적어 주세요.", "Give a time that is still to come.")
            throw Refusal(.invalid, "callback.past", of: "due", "future", words)
        }
        return [
            DeskAsk.draft(DeskEvents.arranged, handover, ["due": .string(due.description)], personal: ["phone": digits])
        ]
    }
}

/// Somebody was called and did not answer.
enum TryCallback {
    static let command = Command(
        DeskAsk.form(
            "citizen.callback.try", Words("전화했으나 받지 않음", "Called without an answer"),
            Words(
                "전화했지만 닿지 않았음을 남깁니다. 닿았으면 상담을 마치면 됩니다.",
                "Records a call without an answer; where they answered, finish instead."),
            [
                Field(
                    "result", Words("결과", "Result"),
                    .choice([
                        Field.Choice("no-answer", Words("받지 않음", "No answer")),
                        Field.Choice("busy", Words("통화 중", "Busy")),
                        Field.Choice("wrong", Words("다른 사람의 번호", "Somebody else's number")),
                    ]))
            ])
    ) { ask, tables in
        let handover = try DeskAsk.own(ask, in: tables)
        guard handover.phone != nil else {
            throw Refusal(
                .conflict, "callback.no-phone",
                Words("남긴 전화번호가 없어 전화할 수 없습니다.", "They left no number, so nobody could call."))
        }
        return [DeskAsk.draft(DeskEvents.tried, handover, ["result": .string(ask.values.text("result"))])]
    }
}
