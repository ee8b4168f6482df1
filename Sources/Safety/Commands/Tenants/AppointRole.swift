import Access
import District
import Record

/// Appoints a person of the firm to a place in its safety organisation.
enum AppointRole {
    static let form = Form(
        "safety.role.appoint", title: Words("안전보건 담당 선임", "Appoint to a safety role"),
        help: Words(
            "근로자대표, 관리감독자, 안전관리자 등을 정하고 보장할 업무시간을 남깁니다.",
            "Names the workers' representative, supervisors and the required specialists, with the time kept free for it."
        ),
        fields: [
            Field("person", Words("사람", "Person"), .reference(kind: "person", source: nil)),
            Field(
                "role", Words("담당", "Role"),
                .choice(SafetyRole.allCases.map { Field.Choice($0.rawValue, $0.words) })),
            Field(
                "hours", Words("보장 시간(월)", "Time guaranteed (a month)"), .integer(1...744, unit: "h"), required: false,
                help: Words("전문인력은 꼭 적어 주세요.", "Needed for the required specialists.")),
            Field(
                "file", Words("선임 서류", "Appointment paper"), .attachment(maximumBytes: 20 << 20), required: false),
        ],
        permission: .roles([.executive, .safetyManager]).orToken("command:safety.role.appoint"))

    static let command = Command(form) { ask, tables in
        let tenant = try ask.tenant
        guard let role = SafetyRole(rawValue: ask.values.text("role")),
            let person = try Directory.person(PersonID(ask.values.text("person")), for: tenant, in: tables),
            person.active, let firm = ask.caller.firm, person.firm == firm
        else {
            throw Refusal(
                .invalid, "role.person", Words("소속 기업의 사람을 골라 주세요.", "Please choose a person of your firm."),
                faults: [
                    .init(
                        field: "person", rule: "firm",
                        words: Words("우리 기업에 없는 사람입니다.", "This person is not of your firm."))
                ])
        }
        guard try !Appointments.roles(of: person.id, in: firm, tables).contains(role) else {
            throw Refusal(
                .conflict, "role.held", Words("이미 그 담당으로 선임되어 있습니다.", "They hold this role already."))
        }
        let hours = ask.values.integer("hours")
        guard !role.isSpecialist || hours != nil else {
            throw Refusal(
                .invalid, "role.hours", Words("보장할 업무시간을 적어 주세요.", "Please say how much time is guaranteed."),
                faults: [
                    .init(
                        field: "hours", rule: "required",
                        words: Words(
                            "전문인력은 업무시간을 보장해야 합니다(시행령 제4조제6호).",
                            "Specialists must have their time guaranteed (SAPA Decree 4(6))."))
                ])
        }
        try DutyFile.check(ask.values.text("file"), for: tenant, field: "file", in: tables)
        var payload: [String: JSON] = [
            "person": .string(person.id.rawValue), "role": .string(role.rawValue),
            "specialist": .bool(role.isSpecialist),
        ]
        if let hours { payload["hours"] = .number(Double(hours)) }
        if let file = ask.values["file"] { payload["file"] = file }
        return [
            Draft(
                "safety.role.appointed", stream: "appointment/\(Identifier(at: ask.now))", scope: .firm(firm),
                payload: payload)
        ]
    }
}

/// Ends an appointment.
enum EndRole {
    static let form = Form(
        "safety.role.end", title: Words("선임 해제", "End an appointment"),
        help: Words("담당에서 물러난 것을 남깁니다. 지난 기록은 그대로 둡니다.", "Says that someone left a role; what was recorded stays."),
        fields: [
            Field("appointment", Words("선임", "Appointment"), .reference(kind: "appointment", source: nil)),
            Field("reason", Words("사유", "Reason"), .text(maximum: 300), isPersonal: true),
        ],
        permission: .roles([.executive, .safetyManager]).orToken("command:safety.role.end"), confirmation: .readBack)

    static let command = Command(form) { ask, tables in
        guard let held = try Appointments.find(ask.values.text("appointment"), for: ask.tenant, in: tables),
            held.ended == nil, held.firm == ask.caller.firm
        else {
            throw Refusal(
                .notFound, "role.unknown", Words("그런 선임이 없습니다.", "There is no such appointment."))
        }
        return [
            Draft(
                "safety.role.ended", stream: "appointment/\(held.id)", scope: .firm(held.firm),
                payload: ["person": .string(held.person.rawValue), "role": .string(held.role.rawValue)],
                personal: ["reason": PersonalContent(of: held.person, .string(ask.values.text("reason")))])
        ]
    }
}
