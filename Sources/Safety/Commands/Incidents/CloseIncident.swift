import Access
import District
import Record
import Store

/// Ends an incident: only once everything that must follow from it has been done and has helped.
struct CloseIncident {
    let law: IncidentLaw

    var command: Command {
        Command(
            Form(
                "safety.incident.close", title: Words("사고 종결", "Close an incident"),
                help: Words(
                    "조사표 제출, 원인조사, 대책의 효과 확인이 모두 끝나야 종결됩니다.",
                    "Closes once Form 30 is filed, the causes are known and the plan has helped."),
                fields: [IncidentAsk.field], permission: .roles(IncidentAsk.managers), confirmation: .readBack)
        ) { [law] ask, tables in
            let incident = try IncidentAsk.find(ask, tables)
            let calls = AtOnceCalls(
                incident.casualties, occurred: incident.occurred, mayBeSerious: incident.mayBeSerious,
                made: try IncidentTable.calls(of: incident.id, for: ask.tenant, in: tables), law: law, now: ask.now)
            let missing = ClosingStep.missing(
                incident, missingCalls: calls.isLawMissing,
                openOrders: try OrderTable.open(of: incident.id, for: ask.tenant, in: tables).count)
            guard missing.isEmpty else {
                throw Refusal(
                    .conflict, "incident.unfinished",
                    Words("아직 종결할 수 없습니다.", "This incident cannot be closed yet."),
                    faults: missing.map { .init(field: "incident", rule: $0.rawValue, words: $0.words) })
            }
            return [IncidentAsk.draft("safety.incident.closed", incident)]
        }
    }
}

/// The hours a firm worked in a month, and the workers it insures: what every rate is divided by.
enum ReportHours {
    static let command = Command(
        Form(
            "safety.hours.report", title: Words("근로시간 입력", "Enter hours worked"),
            help: Words(
                "한 달의 총근로시간과 산재보험 가입 근로자 수입니다. 다시 입력하면 고쳐집니다.",
                "All hours worked in a month and the workers insured. Entering it again corrects it."),
            fields: [
                Field("month", Words("달(예: 2026-11)", "Month, such as 2026-11"), .text(maximum: 7)),
                Field("hours", Words("총근로시간", "Hours worked"), .number(0...100_000_000, unit: "h")),
                Field("insured", Words("산재보험 가입 근로자 수", "Workers insured"), .integer(0...1_000_000, unit: nil)),
            ],
            permission: .roles(IncidentAsk.managers).orToken("command:safety.hours.report"),
            surfaces: [.web, .http, .cli, .mcp])
    ) { ask, _ in
        guard let firm = try ask.tenant.firm else { throw OrderAsk.firmOnly }
        let month = ask.values.text("month")
        guard month.utf8.count == 7, let day = KoreanDay("\(month)-01"), day <= KoreanDay(ask.now) else {
            throw IncidentAsk.refusal(
                .invalid, "hours.month", "month", "month",
                Words("지난달이나 이번 달을 2026-11 형식으로 적어 주세요.", "Please name a month that has begun, such as 2026-11."))
        }
        return [
            Draft(
                "safety.hours.reported", stream: "hours/\(firm)/\(month)", scope: .firm(firm),
                payload: [
                    "firm": .string(firm.rawValue), "month": .string(month),
                    "hours": .number(ask.values.number("hours") ?? 0),
                    "insured": .decimal(ask.values.integer("insured") ?? 0),
                ])
        ]
    }
}
