import Access
import District
import Record

/// Ends a use, or takes it back to where approval is asked for anew.
enum EndUse {
    static let commands = [retire, reopen]

    private static let retire = Command(
        Form(
            UseStep.retire.command,
            title: Words("종료", "Retire a use of AI"),
            help: Words("바로 멈춥니다. 등록부와 기록은 남습니다.", "It stops at once; the entry and its history stay."),
            fields: [
                UseAsk.field, Field("reason", Words("사유", "Reason"), .text(maximum: 500)),
                Field(
                    "data", Words("데이터는 어떻게 합니까", "What becomes of its data"), .text(maximum: 500)),
            ],
            permission: .roles(UseAsk.roles), confirmation: .readBack)
    ) { ask, tables in
        let entry = try UseAsk.entry(ask, .retire, in: tables)
        let reason = ask.values.text("reason")
        let retired = UseEvents.draft(
            UseEvents.retired, entry.id, ["reason": .string(reason), "data": .string(ask.values.text("data"))])
        return entry.permit == nil ? [retired] : [retired, UseEvents.withdrawn(entry.id, "retired")]
    }

    private static let reopen = Command(
        Form(
            UseStep.reopen.command,
            title: Words("다시 검토로 되돌리기", "Reopen a use of AI"),
            help: Words("바로 멈추고, 두 사람이 다시 승인할 때까지 쓰지 않습니다.", "It stops at once until two people approve it again."),
            fields: [UseAsk.field, Field("reason", Words("사유", "Reason"), .text(maximum: 500))],
            permission: .roles(UseAsk.roles), confirmation: .readBack)
    ) { ask, tables in
        let entry = try UseAsk.entry(ask, .reopen, in: tables)
        let reopened = UseEvents.draft(
            UseEvents.reopened, entry.id, ["reason": .string(ask.values.text("reason"))])
        return entry.permit == nil ? [reopened] : [reopened, UseEvents.withdrawn(entry.id, "reopened")]
    }
}
