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
                    // What the approval's page showed; without it nobody has read what they sign.
                    Field(
                        "signed", Words("확인한 내용의 해시", "Hash of what was read"),
                        .reference(kind: "ai-use-content", source: nil), required: false),
                    Field(
                        "answer", Words("미달한 시험에 대한 답변", "Answer to the failing tests"),
                        .longText(maximum: 1000), required: false,
                        help: Words(
                            "기준에 못 미친 집단이 있을 때, 그래도 승인하는 이유와 조치",
                            "Where a group falls short: why it is approved all the same, and what is done")),
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
            try Self.checkSigner(person, entry)
            try gate.check(ask, .approve, in: tables)
            try gaps.check(.approve, entry)
            try NotUnacceptable.check(entry)
            let first = entry.first.flatMap { $0.signed == entry.signed ? $0 : nil }
            try Self.checkSecond(person, entry)
            try Self.checkRead(ask, entry)
            let answer = try Self.answer(ask, entry, gaps.rules)
            var payload: [String: JSON] = [
                "approver": .string(person), "material": .string(entry.material),
                "signed": .string(entry.signed), "note": .string(ask.values.text("note")),
            ]
            if !answer.isEmpty { payload["answer"] = .string(answer) }
            return [UseEvents.draft(first == nil ? UseEvents.seconded : UseEvents.approved, entry.id, payload)]
        }
    }

    /// - Throws: ``Refusal`` where somebody owns it, or did while it was looked at.
    static func checkSigner(_ person: String, _ entry: RegisterEntry) throws(Refusal) {
        guard entry.owners.contains(person) else { return }
        throw Refusal(
            .forbidden, "use.owner",
            Words(
                "담당자이거나 이번 검토에서 담당자였던 사람은 승인할 수 없습니다.",
                "Whoever owns it, or owned it since it was last reopened, cannot approve it."))
    }

    /// - Throws: ``Refusal`` where somebody has signed it as it is.
    static func checkSecond(_ person: String, _ entry: RegisterEntry) throws(Refusal) {
        guard let first = entry.first, first.signed == entry.signed, first.person == person else { return }
        throw Refusal(
            .conflict, "use.same-person",
            Words("이미 승인했습니다. 다른 사람이 두 번째로 승인해야 합니다.", "You have approved it; another person must be the second."))
    }

    /// An approval is of what its page showed, and of nothing that came to be meanwhile.
    private static func checkRead(_ ask: Ask, _ entry: RegisterEntry) throws(Refusal) {
        guard ask.values.text("signed") != entry.signed else { return }
        let words =
            ask.values.text("signed").isEmpty
            ? Words("등록부 항목의 ‘승인’에서 내용을 확인한 뒤 승인해 주세요.", "Read it on the entry's page “Approve” first.")
            : Words("확인하는 동안 내용이 바뀌었습니다. 다시 확인해 주세요.", "It changed while you read it; please read it again.")
        throw Refusal(.conflict, "use.unread", of: "signed", "current", words)
    }

    /// What is said to tests that fail; whoever signs must have said it.
    private static func answer(_ ask: Ask, _ entry: RegisterEntry, _ rules: TierRules) throws(Refusal) -> String {
        let (answer, failing) = (ask.values.text("answer"), rules.failing(entry))
        guard answer.isEmpty, !failing.isEmpty else { return answer }
        let groups = failing.map { "\($0.group) \($0.right)/\($0.cases)" }.joined(separator: ", ")
        let words = Words(
            "기준(\(rules.leastRight) %)에 못 미친 집단이 있습니다: \(groups). 그래도 승인하는 이유와 조치를 적어 주세요.",
            "Groups fall short of \(rules.leastRight) %: \(groups). Say why it is approved all the same, and what is done."
        )
        throw Refusal(.invalid, "use.failing-tests", of: "answer", "required", words)
    }
}
