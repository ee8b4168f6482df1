import Access
import District
import Record
import Store
import Twin

/// Has a place inspected every so many days or weeks by somebody.
enum ScheduleInspection {
    static let form = Form(
        "safety.inspection.schedule", title: Words("점검 일정 정하기", "Schedule an inspection"),
        help: Words(
            "점검표와 장소, 주기, 담당자를 정합니다. 담당자의 휴대전화에서 연결 없이도 점검할 수 있습니다.",
            "Says what is inspected where, how often and by whom. It can be taken on a phone without a connection."),
        fields: [
            Field("template", Words("점검표", "Template"), .reference(kind: "inspection-template", source: nil)),
            Field("place", Words("장소", "Place"), .reference(kind: "thing", source: nil)),
            Field("responsible", Words("담당자", "Responsible"), .reference(kind: "person", source: nil)),
            Field("every", Words("주기", "Every"), .integer(1...366, unit: nil)),
            Field(
                "unit", Words("주기 단위", "Unit"),
                .choice([Field.Choice("days", Words("일", "days")), Field.Choice("weeks", Words("주", "weeks"))])),
            Field(
                "first", Words("첫 점검일", "First due"), .text(maximum: 10), required: false,
                help: Words("2026-11-21 형식. 비우면 오늘입니다.", "Such as 2026-11-21; today where left out.")),
        ],
        permission: .roles([.safetyManager, .executive]).orToken("command:safety.inspection.schedule"),
        surfaces: [.web, .http, .cli, .mcp, .voice])

    static func command(_ library: InspectionLibrary) -> Command {
        Command(form) { ask, tables in
            let tenant = try ask.tenant
            guard let firm = tenant.firm else { throw InspectionRefusals.firmOnly }
            let place = try PlaceOfWork.find(ask.values.text("place"), field: "place", for: tenant, in: tables)
            let responsible = try Self.responsible(ask, firm, in: tables)
            let first = try Self.first(ask)
            let every = (ask.values.integer("every") ?? 1) * (ask.values.text("unit") == "weeks" ? 7 : 1)
            let name = ask.values.text("template")
            var drafts: [Draft] = []
            if try InspectionTables.template(name, of: firm, for: tenant, in: tables) == nil {
                // Frozen before it is used: what the handbook says later changes no round that is running.
                guard let shipped = library[name] else { throw InspectionRefusals.noTemplate(name) }
                drafts.append(PublishTemplate.draft(shipped, version: 1, base: shipped.edition, firm))
            }
            let id = Identifier(at: ask.now).description
            drafts.append(
                Draft(
                    "safety.inspection.scheduled", stream: "inspection-schedule/\(id)", scope: .firm(firm),
                    payload: [
                        "schedule": .string(id), "firm": .string(firm.rawValue), "template": .string(name),
                        "place": .string(place.id.rawValue), "every": .number(Double(every)),
                        "first": .string(first.description), "responsible": .string(responsible.rawValue),
                    ]))
            return drafts
        }
    }

    private static func responsible(_ ask: Ask, _ firm: FirmID, in tables: any Reader) throws -> PersonID {
        let id = PersonID(ask.values.text("responsible"))
        guard let person = try Directory.person(id, for: ask.tenant, in: tables), person.active, person.firm == firm
        else {
            throw InspectionRefusals.wrong(
                "inspection.responsible", "responsible", "reference",
                Words("소속 기업의 사람을 골라 주세요.", "Please choose a person of your firm."))
        }
        return id
    }

    private static func first(_ ask: Ask) throws -> KoreanDay {
        let today = KoreanDay(ask.now)
        guard let day = ask.values.day("first", blank: today) else {
            throw InspectionRefusals.wrong(
                "inspection.first", "first", "day",
                Words("날짜를 2026-11-21 형식으로 입력해 주세요.", "Please give a day such as 2026-11-21."))
        }
        guard day >= today, day <= today + 366 else {
            throw InspectionRefusals.wrong(
                "inspection.first", "first", "bounds",
                Words("오늘부터 1년 안의 날을 골라 주세요.", "Please choose a day within a year from today."))
        }
        return day
    }
}

/// Ends a round of inspection; what was inspected stays.
enum UnscheduleInspection {
    static let form = Form(
        "safety.inspection.unschedule", title: Words("점검 일정 끝내기", "End a round of inspection"),
        help: Words(
            "더 이상 점검하지 않습니다. 그동안의 결과는 그대로 남습니다.", "It is no longer due. What was inspected stays."),
        fields: [
            Field("schedule", Words("점검 일정", "Round"), .reference(kind: "inspection-schedule", source: nil)),
            Field("reason", Words("끝내는 이유", "Why"), .text(maximum: 200), isPersonal: true),
        ],
        permission: .roles([.safetyManager, .executive]).orToken("command:safety.inspection.unschedule"),
        confirmation: .readBack)

    static let command = Command(form) { ask, tables in
        let tenant = try ask.tenant
        guard let schedule = try InspectionTables.schedule(ask.values.text("schedule"), for: tenant, in: tables) else {
            throw InspectionRefusals.noSchedule
        }
        guard !schedule.hasEnded else { throw InspectionRefusals.ended }
        return [
            Draft(
                "safety.inspection.unscheduled", stream: "inspection-schedule/\(schedule.id)", scope: schedule.scope,
                payload: ["schedule": .string(schedule.id)],
                personal: [
                    "reason": PersonalContent(
                        of: ask.caller.person ?? schedule.responsible, .string(ask.values.text("reason")))
                ])
        ]
    }
}
