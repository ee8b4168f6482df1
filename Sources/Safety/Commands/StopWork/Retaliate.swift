import Access
import District
import Record
import Store

/// A manager records a measure of personnel. Where it follows on somebody's speaking up it is marked and shown to those
/// who must see it.
enum MeasurePersonnel {
    static let command = Command(
        Form(
            "safety.personnel.measure", title: Words("인사조치 기록", "Record a measure of personnel"),
            help: Words(
                "작업중지·위험 신고·의견 뒤의 인사조치는 경영책임자, 근로자대표, 관리기관에 표시됩니다.",
                "One that follows a stop, report or opinion is shown to executive, workers' representative and zone."),
            fields: [
                Field("person", Words("대상자", "Person"), .reference(kind: "person", source: nil), isPersonal: true),
                Field("kind", Words("종류", "Kind"), .choice(PersonnelMeasure.choices)),
                Field("date", Words("시행일", "Date"), .moment),
                Field("reason", Words("사유", "Reason"), .longText(maximum: 1000), isPersonal: true),
            ],
            permission: .roles([.safetyManager, .executive]).orToken("command:safety.personnel.measure"))
    ) { ask, tables in
        guard let person = try Directory.person(PersonID(ask.values.text("person")), for: ask.tenant, in: tables),
            let firm = person.firm
        else {
            let words = Words("소속 근로자를 골라 주세요.", "Please choose somebody of your firm.")
            throw Refusal(.invalid, "measure.person", of: "person", "reference", words)
        }
        let date = ask.values.moment("date") ?? ask.now
        // Half a year ahead is a plan that is known; what lies further off is a mistake of the year.
        guard date <= ask.now.advanced(bySeconds: 183 * 86_400) else {
            let words = Words("시행일을 확인해 주세요.", "Please check the date.")
            throw Refusal(.invalid, "measure.date", of: "date", "date", words)
        }
        let id = Identifier(at: ask.now).description
        return [
            Draft(
                "safety.personnel.measured", stream: "measure/\(id)", scope: .firm(firm), observed: date,
                payload: ["measure": .string(id), "kind": .string(ask.values.text("kind"))],
                personal: [
                    "person": PersonalContent(of: person.id, .string(person.id.rawValue)),
                    "reason": PersonalContent(of: person.id, .string(ask.values.text("reason"))),
                ], expectedVersion: 0)
        ]
    }
}

/// A worker reports that they are treated worse for having spoken up: workers' representative and zone read it, the
/// executive only where the worker wants it.
enum ReportRetaliation {
    static let command = Command(
        Form(
            "safety.retaliation.report", title: Words("불이익 신고", "Report retaliation"),
            help: Words(
                "근로자대표와 관리기관만 봅니다. 경영책임자에게도 알릴지는 직접 고릅니다.",
                "Only the workers' representative and the zone read it; the executive where you say so."),
            fields: [
                Field("kind", Words("어떤 불이익입니까?", "What was done?"), .choice(PersonnelMeasure.choices)),
                Field("text", Words("내용", "What happened?"), .longText(maximum: 2000), isPersonal: true),
                Field(
                    "to_executive", Words("경영책임자에게도 알립니다", "The executive may read it"), .flag, required: false),
            ],
            permission: .roles(StopWork.roles), surfaces: [.web, .http, .mcp, .voice], isConfidential: true)
    ) { ask, _ in
        guard let person = ask.caller.person, let firm = try ask.tenant.firm else {
            throw Refusal(
                .forbidden, "retaliation.person", Words("소속 근로자만 신고할 수 있습니다.", "Only a firm's people can report it."))
        }
        let id = Identifier(at: ask.now).description
        return [
            Draft(
                "safety.retaliation.reported", stream: "retaliation/\(id)", scope: .firm(firm),
                payload: [
                    "report": .string(id), "kind": .string(ask.values.text("kind")),
                    "to_executive": .bool(ask.values.flag("to_executive")),
                ],
                personal: [
                    "worker": PersonalContent(of: person, .string(person.rawValue)),
                    "text": PersonalContent(of: person, .string(ask.values.text("text"))),
                ], expectedVersion: 0)
        ]
    }
}

/// Who may see what follows from speaking up.
enum RetaliationSight: Sendable, Hashable {
    case zone, executive, representative, own(PersonID), none

    /// What somebody may see: the zone all, executive and workers' representative their firm's, everybody their own.
    static func of(_ caller: Caller, in reader: any Reader) throws -> RetaliationSight {
        if caller.roles.contains(.zoneOfficer) { return .zone }
        guard let person = caller.person, let firm = caller.firm else { return .none }
        if caller.roles.contains(.executive) { return .executive }
        if try Appointments.roles(of: person, in: firm, reader).contains(.workersRepresentative) {
            return .representative
        }
        return .own(person)
    }
}
