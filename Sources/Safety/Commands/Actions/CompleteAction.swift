import Access
import District
import Record
import Store

/// It is done, and a photo or file shows it.
enum CompleteAction {
    static let command = Command(
        Form(
            "safety.action.complete", title: Words("조치 완료", "Complete an action"),
            help: Words(
                "한 일을 적고 사진이나 파일을 올립니다. 전에 쓴 사진은 표시됩니다.",
                "Say what was done and add a photo or file. A photo used before is flagged."),
            fields: [
                ActionAsk.field,
                Field("note", Words("한 일", "What was done"), .longText(maximum: 1000)),
                Field(
                    "proof", Words("사진·파일", "Photo or file"), .attachment(maximumBytes: Attachments.largest)),
            ],
            permission: .roles(ActionAsk.doers).orToken("command:safety.action.complete"),
            surfaces: [.web, .http, .cli, .mcp])
    ) { ask, tables in
        let action = try ActionAsk.find(ask, tables, in: [.open])
        let isManager = !ask.caller.roles.isDisjoint(with: ActionAsk.managers)
        guard isManager || action.owner == nil || action.owner == ask.caller.person else {
            throw Refusal(
                .forbidden, "action.owner", Words("담당자나 안전관리자만 완료할 수 있습니다.", "Only its owner or the safety manager."))
        }
        let proof = ask.values.text("proof")
        let photo = try PhotoTable.use(proof, field: "proof", scope: action.scope, for: ask.tenant, in: tables)
        var payload = photo.payload
        payload["note"] = .string(ask.values.text("note"))
        payload["proof"] = .string(proof)
        payload["in_time"] = .bool(KoreanDay(ask.now) <= action.firstDue)
        return [ActionAsk.draft("safety.action.completed", action, payload)]
    }
}

/// Another person has looked whether it helps.
enum VerifyAction {
    static let command = Command(
        Form(
            "safety.action.verify", title: Words("조치 효과 확인", "Check an action's effect"),
            help: Words(
                "조치한 사람이 아닌 사람이 현장에서 확인합니다. 효과가 없으면 다시 열립니다.",
                "Someone other than who did it looks on the spot. Without effect it is opened again."),
            fields: [
                ActionAsk.field, Field("effective", Words("효과가 있습니까?", "Does it help?"), .flag),
                Field("note", Words("확인한 내용", "What was seen"), .longText(maximum: 1000)),
            ],
            permission: .roles(ActionAsk.managers).orToken("command:safety.action.verify"))
    ) { ask, tables in
        let action = try ActionAsk.find(ask, tables, in: [.done])
        guard action.completedBy != ask.caller.author else {
            throw Refusal(
                .conflict, "action.same-person",
                Words("조치한 사람이 아닌 다른 사람이 확인해야 합니다.", "Someone other than who did it must check."))
        }
        return [
            ActionAsk.draft(
                "safety.action.verified", action,
                [
                    "effective": .bool(ask.values.flag("effective")), "note": .string(ask.values.text("note")),
                    "source_kind": .string(action.source.kind), "source": .string(action.source.id),
                ])
        ]
    }
}
