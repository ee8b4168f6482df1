import Access
import District
import Record
import Store

/// What figures, proposals and the zone's page show in the sample district: hours of all firms but one, actions that are
/// late, and reports that came without a type.
enum InsightSample {
    private static let people: [(firm: FirmID, insured: Int64)] = [
        ("firm-gaon", 84), ("firm-nuri", 57), ("firm-haesol", 212), ("firm-onyu", 318), ("firm-saebyeok", 39),
    ]

    private static let late:
        [(firm: FirmID, thing: String, title: String, band: RiskBand, step: ControlStep, days: Int64)] = [
            ("firm-nuri", "nuri-melting", "용해로 주변 방열판 설치(예시)", .high, .engineering, 9),
            ("firm-nuri", "nuri-plant", "혼련기 방호덮개 교체(예시)", .severe, .engineering, 3),
            ("firm-haesol", "haesol-line-1", "컨베이어 비상정지 줄 점검(예시)", .medium, .administrative, 12),
        ]

    private static let reports: [(firm: FirmID, thing: String, person: PersonID, text: String)] = [
        ("firm-gaon", "gaon-line-1", "gaon-worker-2", "프레스 금형을 바꾸다가 슬라이드가 내려와 손이 끼일 뻔했습니다(예시)"),
        ("firm-gaon", "gaon-stamping", "gaon-worker-3", "젖은 손으로 배전반을 만졌는데 찌릿했어요(예시)"),
        ("firm-gaon", "gaon-stamping", "gaon-worker-1", "어제 그쪽이 좀 이상했습니다(예시)"),
    ]

    static func found(_ spine: Spine) async throws {
        let district = spine.district
        let zone = try Caller.system("sample").tenant
        let today = KoreanDay(district.clock())
        try await district.transact { transaction in
            let origin = Origin(author: .system("sample"))
            let firms = try people.filter { try Directory.firm($0.firm, for: zone, in: transaction.writer) != nil }
            let first = today.firstOfMonth.adding(months: -11).month
            let known = try IncidentTable.counts(from: first, through: today.month, for: zone, in: transaction.writer)
            guard !firms.isEmpty, !known.values.joined().contains(where: { $0.hours != nil }) else { return }
            for (firm, insured) in firms {
                try transaction.record(
                    (0..<12).map { hours(firm, insured, today.firstOfMonth.adding(months: -$0).month) }, origin: origin)
            }
            for action in late {
                let id = "sample-late-\(action.thing)"
                try transaction.record(
                    [
                        Draft(
                            "safety.action.opened", stream: "action/\(id)", scope: .firm(action.firm),
                            observed: (today - action.days - 20).start,
                            payload: [
                                "thing": .string(action.thing), "title": .string(action.title),
                                "source_kind": "inspection", "source": "sample",
                                "band": .string(action.band.rawValue), "step": .string(action.step.rawValue),
                                "due": .string((today - action.days).description), "sample": true,
                            ])
                    ], origin: origin)
            }
            for (number, report) in reports.enumerated() {
                let id = "sample-untyped-\(number + 1)"
                try transaction.record(
                    [
                        Draft(
                            HazardReport.type, stream: "hazard/\(id)", scope: .firm(report.firm),
                            payload: ["hazard": .string(id), "thing": .string(report.thing), "sample": true],
                            personal: ["text": PersonalContent(of: report.person, .string(report.text))])
                    ], origin: Origin(author: .person(report.person)))
            }
        }
    }

    private static func hours(_ firm: FirmID, _ insured: Int64, _ month: String) -> Draft {
        Draft(
            "safety.hours.reported", stream: "hours/\(firm)/\(month)", scope: .firm(firm),
            payload: [
                "firm": .string(firm.rawValue), "month": .string(month),
                // Some 168 hours a month for each.
                "hours": .number(Double(insured) * 168), "insured": .decimal(insured), "sample": true,
            ])
    }
}
