import Access
import District
import Record
import Store

/// What is done so that it does not happen again (SAPA 4(1)2): each measure becomes an action with an owner and a day.
enum PlanRecurrence {
    static let measure: [Field] = [
        Field("title", Words("대책", "Measure"), .text(maximum: 200)), ActionAsk.step, ActionAsk.owner,
        Field("due", Words("기한", "Due"), .moment),
    ]

    static let command = Command(
        Form(
            "safety.recurrence.plan", title: Words("재발방지대책 수립", "Plan against recurrence"),
            help: Words(
                "대책마다 담당자와 기한이 있는 조치가 생깁니다. 제거·대체·공학적 대책을 먼저 찾으세요.",
                "Each measure becomes an action with an owner and a day. Look for elimination, substitution and engineering first."
            ),
            fields: [
                IncidentAsk.field,
                Field("measures", Words("대책", "Measures"), .list(measure, maximum: 20)),
            ],
            permission: .roles(IncidentAsk.managers).orToken("command:safety.recurrence.plan"))
    ) { ask, tables in
        let incident = try IncidentAsk.find(ask, tables)
        guard incident.isInvestigated else {
            throw Refusal(
                .conflict, "recurrence.uninvestigated",
                Words("원인조사를 먼저 해 주세요.", "Please investigate the causes first."))
        }
        let entries = ask.values["measures"]?.elements ?? []
        guard !entries.isEmpty else {
            throw IncidentAsk.refusal(
                .invalid, "recurrence.empty", "measures", "required",
                Words("대책을 하나 이상 적어 주세요.", "Please plan at least one measure."))
        }
        let steps = entries.compactMap { $0["step"]?.text.flatMap { ControlStep(rawValue: $0) } }
        guard steps.contains(where: { $0 != .ppe }) else {
            throw IncidentAsk.refusal(
                .invalid, "recurrence.ppe-only", "measures", "hierarchy",
                Words("보호구만으로는 재발을 막을 수 없습니다.", "Protective equipment alone prevents nothing from happening again."))
        }
        var drafts: [Draft] = []
        for (index, entry) in entries.enumerated() {
            let day = (entry["due"]?.text).flatMap { Timestamp(iso8601: $0) }.map { KoreanDay($0) }
            guard let day, day >= KoreanDay(ask.now) else {
                throw IncidentAsk.refusal(
                    .invalid, "recurrence.due", "measures[\(index)].due", "earliest",
                    Words("기한은 오늘부터여야 합니다.", "It cannot be due before today."))
            }
            let owner = entry["owner"]?.text.map { PersonID($0) }
            if let owner, try Directory.person(owner, for: ask.tenant, in: tables)?.active != true {
                throw IncidentAsk.refusal(
                    .invalid, "recurrence.owner", "measures[\(index)].owner", "reference",
                    Words("담당자를 확인해 주세요.", "Please check the owner."))
            }
            drafts.append(
                ActionDrafts.open(
                    entry["title"]?.text ?? "", at: incident.thing, scope: .firm(incident.firm),
                    source: .init(kind: "incident", id: incident.id), band: incident.mayBeSerious ? .severe : .high,
                    step: entry["step"]?.text.flatMap { ControlStep(rawValue: $0) } ?? .administrative, owner: owner,
                    due: day, now: ask.now, answers: incident.event))
        }
        let actions = drafts.compactMap { $0.payload["action"] }
        return [
            IncidentAsk.draft(
                "safety.recurrence.planned", incident,
                ["actions": .array(actions), "steps": .array(Set(steps.map(\.rawValue)).sorted().map { .string($0) })])
        ] + drafts
    }
}

/// The executive has the plan before them, and says what they add in people or money.
enum ReportRecurrence {
    static let command = Command(
        Form(
            "safety.recurrence.report", title: Words("재발방지대책 보고받음", "Take note of the plan"),
            help: Words(
                "경영책임자가 대책을 확인하고 인력·예산 지원을 정합니다.", "The executive reads the plan and decides on people and money."),
            fields: [
                IncidentAsk.field,
                Field(
                    "decision", Words("지시·지원 내용", "What is decided and added"), .longText(maximum: 1000),
                    isPersonal: true),
            ],
            permission: .roles([.executive]))
    ) { ask, tables in
        let incident = try IncidentAsk.find(ask, tables)
        guard incident.plan == .planned || incident.plan == .failed else {
            throw Refusal(
                .conflict, "recurrence.state", Words("보고할 대책이 없습니다.", "There is no plan to take note of."))
        }
        return [
            IncidentAsk.draft(
                "safety.recurrence.reported", incident,
                personal: ["decision": IncidentAsk.words(ask.values.text("decision"), ask, incident.id)])
        ]
    }
}

/// Whether the plan helped: only once each of its actions was looked at.
enum VerifyRecurrence {
    static let command = Command(
        Form(
            "safety.recurrence.verify", title: Words("재발방지대책 효과 확인", "Verify the plan's effect"),
            help: Words(
                "모든 조치의 효과를 현장에서 확인한 뒤 판단합니다.", "Judged once the effect of every action was seen on the spot."),
            fields: [
                IncidentAsk.field, Field("effective", Words("효과가 있습니까?", "Does it help?"), .flag),
                Field("note", Words("확인한 내용", "What was seen"), .longText(maximum: 1000), isPersonal: true),
            ],
            permission: .roles(IncidentAsk.managers).orToken("command:safety.recurrence.verify"))
    ) { ask, tables in
        let incident = try IncidentAsk.find(ask, tables)
        guard incident.plan == .reported else {
            throw Refusal(
                .conflict, "recurrence.unreported",
                Words("대책을 세우고 경영책임자에게 먼저 보고해 주세요.", "Plan first, and have the executive take note."))
        }
        let actions = try ActionTable.of("incident", incident.id, for: ask.tenant, in: tables)
            .filter { $0.state != .cancelled }
        let open = actions.filter { $0.state != .verified }
        let isEffective = ask.values.flag("effective")
        guard !isEffective || (open.isEmpty && !actions.isEmpty) else {
            throw Refusal(
                .conflict, "recurrence.open",
                Words("효과를 확인하지 않은 조치가 있습니다.", "Some actions have not been verified."),
                faults: open.map {
                    .init(field: "actions", rule: "verified", words: Words($0.title, $0.title))
                })
        }
        return [
            IncidentAsk.draft(
                isEffective ? "safety.recurrence.verified" : "safety.recurrence.failed", incident,
                ["actions": .array(actions.map { .string($0.id) })],
                personal: ["note": IncidentAsk.words(ask.values.text("note"), ask, incident.id)])
        ]
    }
}
