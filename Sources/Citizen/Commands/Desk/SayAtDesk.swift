import District
import Record

/// A member of staff says something to whoever waits, on their own page.
enum SayAtDesk {
    static let command = Command(
        DeskAsk.form(
            "citizen.handover.say", Words("말 전하기", "Say something"),
            Words("민원인의 화면에 보이고 소리로 읽어 줍니다.", "Shown on the citizen's page, and read aloud there."),
            [Field("text", Words("전할 말", "What to say"), .longText(maximum: 1000), isPersonal: true)])
    ) { ask, tables in
        let handover = try DeskAsk.own(ask, in: tables)
        // Nothing is said to have been told that nobody reads.
        if handover.isCall, try HandoverTable.told(handover.id, turn: nil, in: tables).lines == 0 {
            throw Refusal(
                .conflict, "handover.absent",
                Words(
                    "전화를 기다리는 분이라 화면에 남긴 말을 볼 수 없습니다. 전화해 주세요.",
                    "They wait for a call and see nothing that is written here. Please call them."))
        }
        return [
            DeskAsk.draft(
                DeskEvents.said, handover, ["who": "staff"], personal: ["text": ask.values.text("text")])
        ]
    }
}

/// A member of staff notes something that the citizen does not see.
enum NoteAtDesk {
    static let command = Command(
        DeskAsk.form(
            "citizen.handover.note", Words("상담 메모", "Note"),
            Words("담당자만 보는 메모입니다. 민원인은 보지 않습니다.", "For staff alone; the citizen does not see it."),
            [Field("text", Words("메모", "Note"), .longText(maximum: 1000), isPersonal: true)])
    ) { ask, tables in
        [
            DeskAsk.draft(
                DeskEvents.noted, try DeskAsk.own(ask, in: tables), personal: ["text": ask.values.text("text")])
        ]
    }
}
