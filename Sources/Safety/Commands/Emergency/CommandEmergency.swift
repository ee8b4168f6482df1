import Access
import District
import Record
import Store

/// Somebody takes command: the deputy where the commander is away, or a manager.
enum TakeCommand {
    static let command = Command(
        Form(
            "safety.emergency.command", title: Words("지휘 맡기", "Take command"),
            help: Words(
                "지휘자나 대리자, 관리자가 지휘를 맡습니다. 맡은 때가 남습니다.",
                "The commander, the deputy or a manager takes command, and when is kept."),
            fields: [EmergencyAsk.field], permission: .roles(EmergencyAsk.people))
    ) { ask, tables in
        let emergency = try EmergencyAsk.find(ask, tables)
        let duties = try ManualTable.duties(at: emergency.site, for: ask.tenant, in: tables)
        let isNamed = duties.contains { $0.role == .commander && $0.isOf(ask.caller.person) }
        guard let person = ask.caller.person, isNamed || !ask.caller.roles.isDisjoint(with: EmergencyAsk.managers)
        else {
            throw EmergencyAsk.refusal(
                .forbidden, "emergency.not-commander", "emergency", "role",
                Words("지휘자나 대리자, 관리자만 맡을 수 있습니다.", "Only the commander, the deputy or a manager."))
        }
        return [
            EmergencyAsk.draft("safety.emergency.commanded", emergency, ["person": .string(person.rawValue)])
        ]
    }
}

/// News that everyone must hear; the CAP message that follows the earlier ones.
enum UpdateEmergency {
    static let command = Command(
        Form(
            "safety.emergency.update", title: Words("상황 알리기", "Give out news"),
            help: Words(
                "사람 이름을 쓰지 마세요. 인계하는 CAP 메시지에도 실립니다.",
                "Name nobody: the CAP message that is handed over carries it too."),
            fields: [
                EmergencyAsk.field,
                Field("ko", Words("내용(한국어)", "News in Korean"), .text(maximum: 300)),
                Field("en", Words("내용(영어)", "News in English"), .text(maximum: 300), required: false),
            ],
            permission: .roles(EmergencyAsk.people).orToken("command:safety.emergency.update"),
            surfaces: [.web, .http, .cli, .mcp, .voice])
    ) { ask, tables in
        let emergency = try EmergencyAsk.find(ask, tables)
        let ko = ask.values.text("ko")
        return [
            EmergencyAsk.draft(
                "safety.emergency.updated", emergency,
                ["ko": .string(ko), "en": .string(ask.values.text("en").isEmpty ? ko : ask.values.text("en"))])
        ]
    }
}

/// All clear: by the commander alone, once everyone was seen safe, or with a reason for each who was not.
enum ClearEmergency {
    static let command = Command(
        Form(
            "safety.emergency.clear", title: Words("상황 해제", "Give all clear"),
            help: Words(
                "지휘자만 해제합니다. 안전이 확인되지 않은 사람이 있으면 한 사람씩 이유를 적습니다.",
                "By the commander alone. For everyone not seen safe a reason is given, one by one."),
            fields: [
                EmergencyAsk.field,
                Field(
                    "reasons", Words("확인되지 않은 사람", "Those not seen safe"),
                    .list(
                        [
                            EmergencyAsk.entry,
                            Field(
                                "reason", Words("이유(예: 병원 이송)", "Reason, such as taken to hospital"),
                                .text(maximum: 200), isPersonal: true),
                        ], maximum: 500), required: false),
            ],
            permission: .roles(EmergencyAsk.people), confirmation: .readBack)
    ) { ask, tables in
        let emergency = try EmergencyAsk.find(ask, tables)
        guard let commander = emergency.commander, commander == ask.caller.person else {
            throw EmergencyAsk.refusal(
                .forbidden, "emergency.commander-only", "emergency", "role",
                Words("지휘자만 해제할 수 있습니다. 먼저 지휘를 맡아 주세요.", "Only the commander gives all clear: take command first."))
        }
        let roster = try EmergencyTable.roster(of: emergency.id, for: ask.tenant, in: tables)
        var reasons: [String: String] = [:]
        for entry in ask.values["reasons"]?.elements ?? [] {
            reasons[entry["entry"]?.text ?? ""] = entry["reason"]?.text
        }
        let open = roster.unaccounted.filter { reasons[$0.id]?.isEmpty ?? true }
        guard open.isEmpty else {
            throw Refusal(
                .conflict, "emergency.unaccounted",
                Words("안전이 확인되지 않은 사람이 \(open.count)명 있습니다.", "\(open.count) people were not seen safe."),
                faults: open.prefix(50).map {
                    .init(
                        field: "reasons", rule: $0.standing.name,
                        words: Words("이유가 필요합니다: \($0.id)", "A reason is needed: \($0.id)"))
                })
        }
        let named = roster.unaccounted.map(\.id)
        var payload: [String: JSON] = [
            "heads": .number(Double(roster.entries.count)), "excepted": .array(named.map { .string($0) }),
        ]
        if let seconds = roster.secondsToAccount(from: emergency.declared) { payload["seconds"] = .number(seconds) }
        var personal: [String: PersonalContent] = [:]
        if !named.isEmpty {
            personal["reasons"] = PersonalContent(
                of: PersonID("emergency-\(emergency.id)"),
                .object(Dictionary(named.map { ($0, .string(reasons[$0] ?? "")) }, uniquingKeysWith: { $1 })))
        }
        return [EmergencyAsk.draft("safety.emergency.cleared", emergency, payload, personal: personal)]
    }
}
