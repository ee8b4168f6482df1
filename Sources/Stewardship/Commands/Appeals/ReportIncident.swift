import Access
import District
import Record

/// Reports that something went wrong with a use of AI.
enum ReportIncident {
    static let roles: Set<Role> = [.zoneOfficer, .administrator]

    static let command = Command(
        Form(
            "stewardship.incident.report", title: Words("인공지능 사고 등록", "Report an incident with AI"),
            help: Words(
                "무슨 일이 있었고 어떤 피해가 있었는지 남깁니다. 건수는 공개됩니다.",
                "Says what happened and with what harm. The number of incidents is public."),
            fields: [
                Field("use", Words("인공지능", "Use of AI"), .reference(kind: "ai-use", source: nil)),
                Field(
                    "happened", Words("일어난 날", "Happened on"), .text(maximum: 10),
                    help: Words("예: 2026-11-20", "For example 2026-11-20"), spoken: .day),
                Field(
                    "harm", Words("피해", "Harm"),
                    .choice(AIIncident.Harm.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                Field("text", Words("무슨 일이 있었나", "What happened"), .longText(maximum: 2000), isPersonal: true),
                WrongAct.field(),
                Field(
                    "flag", Words("관련 표시", "Flag"), .reference(kind: "ai-flag", source: nil), required: false),
            ],
            permission: .roles(roles).orToken("command:stewardship.incident.report"))
    ) { ask, tables in
        let use = ask.values.text("use")
        guard try RegisterTable.find(use, in: tables) != nil else { throw UseAsk.unknown }
        guard let day = ask.values.day("happened"), day <= KoreanDay(ask.now) else {
            let words = Words("오늘까지의 날짜를 적어 주세요.", "Please give a day up to today.")
            throw Refusal(.invalid, "incident.day", of: "happened", "day", words)
        }
        let id = Identifier(at: ask.now).description
        var payload: [String: JSON] = [
            "use": .string(use), "happened": .string(day.description), "harm": .string(ask.values.text("harm")),
        ]
        if let flag = try WatchTable.find(ask.values.text("flag"), in: tables) { payload["flag"] = .string(flag.id) }
        return [
            Draft(
                AppealEvents.reported, stream: "ai-incident/\(id)", scope: .zone, payload: payload,
                personal: [
                    "text": PersonalContent(
                        of: ask.caller.person ?? PersonID("ai-incident-\(id)"), .string(ask.values.text("text")))
                ], expectedVersion: 0)
        ] + (try WrongAct.drafts(ask, of: use, in: tables))
    }
}

/// Says what was done about an incident, and closes it.
enum CloseIncident {
    static let command = Command(
        Form(
            "stewardship.incident.close", title: Words("인공지능 사고 종결", "Close an incident with AI"),
            help: Words(
                "되돌린 것과 다시 일어나지 않게 한 조치를 남깁니다.", "Says what was undone, and what keeps it from happening again."),
            fields: [
                Field("incident", Words("사고", "Incident"), .reference(kind: "ai-incident", source: nil)),
                Field("measures", Words("조치", "Measures"), .longText(maximum: 2000), isPersonal: true),
            ],
            permission: .roles(ReportIncident.roles).orToken("command:stewardship.incident.close"))
    ) { ask, tables in
        guard let incident = try AIIncidentTable.find(ask.values.text("incident"), in: tables) else {
            throw refusal(.notFound, "unknown", Words("그런 사고가 없습니다.", "There is no such incident."))
        }
        guard incident.closed == nil else {
            throw refusal(.conflict, "closed", Words("이미 종결된 사고입니다.", "It was closed already."))
        }
        return [
            Draft(
                AppealEvents.closed, stream: "ai-incident/\(incident.id)", scope: .zone,
                payload: ["use": .string(incident.use)],
                personal: [
                    "measures": PersonalContent(
                        of: ask.caller.person ?? PersonID("ai-incident-\(incident.id)"),
                        .string(ask.values.text("measures")))
                ], expectedVersion: 1)
        ]
    }

    private static func refusal(_ kind: Refusal.Kind, _ rule: String, _ words: Words) -> Refusal {
        Refusal(kind, "incident.\(rule)", of: "incident", rule, words)
    }
}
