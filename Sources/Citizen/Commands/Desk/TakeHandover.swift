import Access
import District
import Record

/// A member of staff takes somebody over.
enum TakeHandover {
    static let command = Command(
        DeskAsk.form(
            "citizen.handover.take", Words("상담 맡기", "Take somebody over"),
            Words(
                "기다리는 사람을 맡습니다. 지금까지 한 말과 내용이 함께 옵니다. 동료가 맡은 사람은 사유를 골라 이어받습니다.",
                "Takes somebody over, with all that they have said. From a colleague it takes a reason."),
            [Field("reason", Words("동료에게서 이어받는 사유", "Why from a colleague"), .choice(reasons), required: false)])
    ) { ask, tables in
        let reason = ask.values.text("reason")
        let states: Set<Handover.State> =
            reason.isEmpty ? [.waiting, .callback] : [.waiting, .callback, .taken]
        let handover = try DeskAsk.find(ask, states, in: tables)
        guard handover.state == .taken else { return [DeskAsk.draft(DeskEvents.taken, handover)] }
        guard let taker = handover.taker, taker != ask.caller.person else {
            throw Refusal(.conflict, "handover.own", Words("이미 내가 맡은 상담입니다.", "You have taken this already."))
        }
        return [
            DeskAsk.draft(
                DeskEvents.taken, handover, ["reason": .string(reason), "from": .string(taker.rawValue)])
        ]
    }

    /// Why somebody who has a taker gets another.
    private static let reasons = [
        Field.Choice("away", Words("담당자가 자리를 비움", "They are away")),
        Field.Choice("agreed", Words("담당자와 의논해 넘겨받음", "Agreed with them")),
        Field.Choice("closing", Words("담당자의 근무가 끝남", "Their shift has ended")),
    ]
}
