import Access
import District
import Record
import Store

/// Shares hazards, levels and measures with the firm's workers (OSH Rule 37-3), each of whom gives a receipt.
enum ShareAssessment {
    static let form = Form(
        "safety.assessment.share", title: Words("근로자에게 공유", "Share with workers"),
        help: Words(
            "소속 근로자 모두에게 위험요인과 대책을 보여 줍니다. 읽은 사람은 자기 언어로 확인합니다.",
            "Shows hazards and measures to all workers of the firm; each confirms having read them, in their language."),
        fields: [
            AssessmentAsk.field,
            Field(
                "languages", Words("알릴 언어", "Languages"),
                .list([Field("language", Words("언어", "Language"), .choice(WorkerLanguage.choices))], maximum: 10)),
        ],
        permission: AssessmentAsk.permission(AssessmentAsk.managers, "safety.assessment.share"))

    static let command = Command(form) { ask, tables in
        let assessment = try AssessmentAsk.find(ask, in: tables, [.reported, .shared])
        let languages = Set((ask.values["languages"]?.elements ?? []).compactMap { $0["language"]?.text }).sorted()
        guard !languages.isEmpty else {
            throw AssessmentAsk.invalid(
                "assessment.languages", "languages", "required",
                Words("언어를 하나 이상 골라 주세요.", "Please choose at least one language."))
        }
        let workers = try workers(of: assessment, in: tables)
        guard !workers.isEmpty else {
            throw Refusal(
                .conflict, "assessment.no-reader",
                Words("등록된 근로자가 없습니다. 사람을 먼저 등록해 주세요.", "No worker is registered; please add people first."))
        }
        return [
            AssessmentAsk.draft(
                AssessmentEvent.shared, assessment,
                [
                    "languages": .array(languages.map { .string($0) }),
                    "readers": .array(workers.map { .string($0.rawValue) }),
                ])
        ]
    }

    private static func workers(of assessment: Assessment, in tables: any Reader) throws -> [PersonID] {
        guard let firm = assessment.firm else { return [] }
        var (people, seen, total): ([PersonID], Int, Int64) = ([], 0, 1)
        while seen < total {
            let page = try Directory.people(for: .firm(firm), limit: 500, offset: seen, in: tables)
            if page.rows.isEmpty { break }
            people += page.rows.filter { $0.active && !$0.roles.isDisjoint(with: [.worker, .operator]) }.map(\.id)
            seen += page.rows.count
            total = page.total
        }
        return people.sorted()
    }
}

/// Someone says that they have read a shared assessment, and in which language.
enum ReadAssessment {
    static let form = Form(
        "safety.assessment.read", title: Words("읽고 이해했습니다", "I have read and understood it"),
        help: Words("위험요인과 대책을 읽었다는 확인을 남깁니다.", "Keeps your receipt that you read the hazards and measures."),
        fields: [
            AssessmentAsk.field,
            Field("language", Words("읽은 언어", "Language"), .choice(WorkerLanguage.choices)),
        ],
        permission: .roles(AssessmentAsk.everyone), surfaces: [.web, .http, .cli, .offline])

    static let command = Command(form) { ask, tables in
        let assessment = try AssessmentAsk.find(ask, in: tables, [.shared, .closed])
        guard let person = ask.caller.person else {
            throw Refusal(
                .forbidden, "assessment.reader", Words("본인만 확인할 수 있습니다.", "Only a person can have read it."))
        }
        var payload: [String: JSON] = [
            "person": .string(person.rawValue), "language": .string(ask.values.text("language")),
        ]
        if let offline = ask.offline { payload["offline"] = offline.json }
        return [AssessmentAsk.draft(AssessmentEvent.read, assessment, payload)]
    }
}
