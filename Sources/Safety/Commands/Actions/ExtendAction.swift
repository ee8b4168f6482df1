import Access
import District
import Record
import Store

/// More time is given, with a reason; the age still counts from the first due day.
struct ExtendAction {
    let policy: ActionPolicy

    var command: Command {
        Command(
            Form(
                "safety.action.extend", title: Words("조치 기한 연장", "Extend an action"),
                help: Words(
                    "연장해도 지연 일수는 처음 기한부터 셉니다. \(policy.flagExtensions)번째 연장부터는 따로 표시됩니다.",
                    "Days late still count from the first due day. From extension \(policy.flagExtensions) on it is flagged."
                ),
                fields: [
                    ActionAsk.field, Field("due", Words("새 기한", "New due day"), .moment),
                    Field("reason", Words("사유", "Reason"), .text(maximum: 300)),
                ],
                permission: .roles(ActionAsk.managers).orToken("command:safety.action.extend"))
        ) { [policy] ask, tables in
            let action = try ActionAsk.find(ask, tables, in: [.open])
            let due = try ActionAsk.day(
                ask, "due", from: max(action.due, KoreanDay(ask.now)) + 1,
                Words("지금 기한과 오늘보다 뒤여야 합니다.", "It lies after the present due day and after today."))
            let count = action.extensions + 1
            return [
                ActionAsk.draft(
                    "safety.action.extended", action,
                    [
                        "due": .string((due ?? action.due).description),
                        "first_due": .string(action.firstDue.description),
                        "reason": .string(ask.values.text("reason")), "count": .decimal(count),
                        "flagged": .bool(count >= policy.flagExtensions), "edition": .string(policy.edition),
                    ])
            ]
        }
    }
}

/// It is not to be done any more.
enum CancelAction {
    static let command = Command(
        Form(
            "safety.action.cancel", title: Words("조치 취소", "Cancel an action"),
            help: Words(
                "더 이상 하지 않을 때만 씁니다. 사유와 함께 기록에 남습니다.", "Only where it will not be done; the reason stays on the Record."
            ),
            fields: [ActionAsk.field, Field("reason", Words("사유", "Reason"), .text(maximum: 300))],
            permission: .roles(ActionAsk.managers).orToken("command:safety.action.cancel"), confirmation: .readBack)
    ) { ask, tables in
        let action = try ActionAsk.find(ask, tables, in: [.open, .done])
        return [
            ActionAsk.draft("safety.action.cancelled", action, ["reason": .string(ask.values.text("reason"))])
        ]
    }
}
