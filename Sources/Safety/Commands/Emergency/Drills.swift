import Access
import District
import Record
import Store

/// Plans a drill.
struct ScheduleDrill {
    let scenarios: Scenarios

    var command: Command {
        Command(
            Form(
                "safety.drill.schedule", title: Words("비상 훈련 계획", "Plan a drill"),
                help: Words(
                    "반기마다 한 번 이상, 밀폐공간 구조훈련은 6개월마다 합니다.",
                    "Each half-year at least; rescue from confined space every six months."),
                fields: [
                    EmergencyAsk.site,
                    Field("scenario", Words("상황", "Scenario"), .choice(scenarios.choices)),
                    Field("due", Words("훈련일", "Day"), .moment),
                ],
                permission: .roles(EmergencyAsk.managers).orToken("command:safety.drill.schedule"),
                surfaces: [.web, .http, .cli, .mcp])
        ) { ask, tables in
            let (_, site, firm) = try EmergencyAsk.place(ask, tables)
            let day = KoreanDay(ask.values.moment("due") ?? ask.now)
            guard day >= KoreanDay(ask.now) else {
                throw EmergencyAsk.refusal(
                    "drill.day", "due", "earliest", Words("오늘부터의 날짜여야 합니다.", "It cannot be before today."))
            }
            let id = Identifier(at: ask.now).description
            return [
                Draft(
                    "safety.drill.scheduled", stream: "drill/\(id)", scope: .firm(firm),
                    payload: [
                        "drill": .string(id), "site": .string(site.rawValue),
                        "scenario": .string(ask.values.text("scenario")), "due": .string(day.description),
                    ])
            ]
        }
    }
}

/// The report of a drill: what went wrong becomes an action; the report is evidence for SAPA decree 4(8).
enum CompleteDrill {
    static let command = Command(
        Form(
            "safety.drill.complete", title: Words("훈련 결과 보고", "Report a drill"),
            help: Words(
                "부족했던 점마다 담당자와 기한이 있는 조치가 생깁니다. 없으면 없다고 표시합니다.",
                "Each gap becomes an action with an owner and a day. Where there was none, say so."),
            fields: [
                EmergencyAsk.field,
                Field(
                    "gaps", Words("부족했던 점", "Gaps"),
                    .list(
                        [
                            Field("title", Words("고칠 점", "What is to be put right"), .text(maximum: 200)),
                            ActionAsk.owner, Field("due", Words("기한", "Due"), .moment),
                        ], maximum: 30), required: false),
                Field("no_gaps", Words("부족한 점이 없었습니까?", "Was there no gap?"), .flag, required: false),
                Field("note", Words("총평", "Summary"), .longText(maximum: 2000), required: false, isPersonal: true),
            ],
            permission: .roles(EmergencyAsk.managers).orToken("command:safety.drill.complete"))
    ) { ask, tables in
        let emergency = try EmergencyAsk.find(ask, tables, running: false)
        guard emergency.isDrill, !emergency.isRunning, !emergency.isReported else {
            throw EmergencyAsk.refusal(
                .conflict, "drill.state", "emergency", "state",
                Words("해제된 훈련에 한 번만 보고합니다.", "Only a drill that is over is reported, and once."))
        }
        let gaps = ask.values["gaps"]?.elements ?? []
        guard gaps.isEmpty == ask.values.flag("no_gaps") else {
            throw EmergencyAsk.refusal(
                "drill.gaps", "gaps", "required",
                Words("부족했던 점을 적거나, 없었다고 표시해 주세요.", "Name the gaps, or say that there were none."))
        }
        var actions: [Draft] = []
        for (index, gap) in gaps.enumerated() {
            let day = gap["due"]?.text.flatMap { Timestamp(iso8601: $0) }.map { KoreanDay($0) }
            guard let day, day >= KoreanDay(ask.now) else {
                throw EmergencyAsk.refusal(
                    "drill.due", "gaps[\(index)].due", "earliest",
                    Words("기한은 오늘부터여야 합니다.", "It cannot be due before today."))
            }
            let owner = gap["owner"]?.text.map { PersonID($0) }
            if let owner, try Directory.person(owner, for: ask.tenant, in: tables)?.active != true {
                throw EmergencyAsk.refusal(
                    "drill.owner", "gaps[\(index)].owner", "reference", Words("모르는 사람입니다.", "Not known here."))
            }
            actions.append(
                ActionDrafts.open(
                    gap["title"]?.text ?? "", at: emergency.site, scope: emergency.scope,
                    source: .init(kind: "drill", id: emergency.id), band: .medium, step: .administrative, owner: owner,
                    due: day, now: ask.now, answers: emergency.event))
        }
        let roster = try EmergencyTable.roster(of: emergency.id, for: ask.tenant, in: tables)
        let planned = try ManualTable.drills(of: emergency.site, for: ask.tenant, in: tables)
            .last { $0.scenario == emergency.scenario && $0.held == nil }
        var payload: [String: JSON] = [
            "drill": .string(planned?.id ?? emergency.id), "site": .string(emergency.site.rawValue),
            "scenario": .string(emergency.scenario), "day": .string(KoreanDay(emergency.declared).description),
            "heads": .number(Double(roster.entries.count)), "gaps": .number(Double(gaps.count)),
            "unaccounted": .number(Double(roster.unaccounted.count)),
            "actions": .array(actions.compactMap { $0.payload["action"] }),
        ]
        if let seconds = roster.secondsToAccount(from: emergency.declared) { payload["seconds"] = .number(seconds) }
        var personal: [String: PersonalContent] = [:]
        if !ask.values.text("note").isEmpty {
            personal["note"] = PersonalContent(
                of: ask.caller.person ?? PersonID("emergency-\(emergency.id)"), .string(ask.values.text("note")))
        }
        return [
            EmergencyAsk.draft("safety.drill.completed", emergency, payload, stream: "drill", personal: personal)
        ] + actions
    }
}
