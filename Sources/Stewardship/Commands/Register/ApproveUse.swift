import Access
import District
import Record

/// Approves a use: two people, neither of them its owner.
struct ApproveUse {
    let gaps: UseGaps
    let gate: ApprovalGate

    var command: Command {
        let (gaps, gate) = (gaps, gate)
        return Command(
            Form(
                UseStep.approve.command,
                title: Words("승인", "Approve a use of AI"),
                help: Words(
                    "담당자가 아닌 두 사람이 차례로 승인해야 합니다. 승인은 지금의 모델·프롬프트·데이터에만 유효합니다.",
                    "Two people who are not its owner approve in turn. An approval is for the model, prompt and data as they are now."
                ),
                fields: [
                    UseAsk.field,
                    Field("note", Words("의견", "Remark"), .text(maximum: 500), required: false),
                ],
                permission: .roles(UseAsk.roles), confirmation: .readBack)
        ) { ask, tables in
            let entry = try UseAsk.entry(ask, .approve, in: tables)
            guard let person = ask.caller.person?.rawValue else {
                throw Refusal(
                    .forbidden, "use.person-needed", Words("사람만 승인할 수 있습니다.", "Only a person can approve."))
            }
            try NotProhibited.check(entry)
            guard !entry.owners.contains(person) else {
                throw Refusal(
                    .forbidden, "use.owner",
                    Words(
                        "담당자이거나 이번 검토에서 담당자였던 사람은 승인할 수 없습니다.",
                        "Whoever owns it, or owned it since it was last reopened, cannot approve it."))
            }
            try gate.check(ask, .approve, in: tables)
            try gaps.check(.approve, entry)
            try NotUnacceptable.check(entry)
            let payload: [String: JSON] = [
                "approver": .string(person), "material": .string(entry.material),
                "signed": .string(entry.signed), "note": .string(ask.values.text("note")),
            ]
            guard let first = entry.first, first.signed == entry.signed else {
                return [UseEvents.draft(UseEvents.seconded, entry.id, payload)]
            }
            guard first.person != person else {
                throw Refusal(
                    .conflict, "use.same-person",
                    Words(
                        "이미 승인했습니다. 다른 사람이 두 번째로 승인해야 합니다.", "You have approved it; another person must be the second.")
                )
            }
            return [UseEvents.draft(UseEvents.approved, entry.id, payload)]
        }
    }
}
