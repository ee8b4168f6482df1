import Access
import District
import Record
import Store
import Twin

/// The sample district's inspections: a few rounds, one of them overdue, and a week of results with two failures.
struct InspectionSample: Sendable {
    let spine: Spine
    let library: InspectionLibrary

    /// Firm, template, place, days between, days since the first, and on which of those days it was taken.
    private static let rounds:
        [(firm: String, template: String, place: String, every: Int64, since: Int64, taken: [Int64])] = [
            ("gaon", "press-daily", "gaon-stamping", 1, 6, [6, 5, 4, 3, 2, 1]),
            ("gaon", "press-weekly", "gaon-line-1", 7, 16, [16, 9]),
            ("gaon", "welding-daily", "gaon-plant", 1, 3, [3]),
            ("nuri", "casting-daily", "nuri-melting", 1, 4, [4, 3, 2]),
            ("saebyeok", "cold-daily", "saebyeok-store", 1, 2, [2, 1]),
            ("haesol", "warehouse-weekly", "haesol-center", 7, 7, [7]),
        ]

    func found() async throws {
        let district = spine.district
        let (now, library) = (district.clock(), library)
        let zone = try Caller.system("safety.sample").tenant
        try await district.transact { transaction in
            let writer = transaction.writer
            guard try InspectionTables.templates(for: zone, in: writer).isEmpty else { return }
            for (index, round) in Self.rounds.enumerated() {
                guard try Directory.firm(FirmID("firm-\(round.firm)"), for: zone, in: writer) != nil,
                    try Things.find(ThingID(round.place), for: zone, in: writer) != nil,
                    let template = library[round.template]
                else { continue }
                try transaction.record(
                    Self.drafts(round, template, index, now), origin: Origin(author: .system("sample")))
            }
        }
    }

    private static func drafts(
        _ round: (firm: String, template: String, place: String, every: Int64, since: Int64, taken: [Int64]),
        _ template: InspectionTemplate, _ index: Int, _ now: Timestamp
    ) -> [Draft] {
        let (firm, today) = (FirmID("firm-\(round.firm)"), KoreanDay(now))
        let inspector = PersonID("\(round.firm)-worker-1")
        let first = today - round.since
        let schedule = InspectionSchedule(
            id: "sample-\(round.template)", scope: .firm(firm), firm: firm, template: template.id,
            place: ThingID(round.place), round: Recurrence(first: first, every: round.every), responsible: inspector,
            due: first, last: nil, hasEnded: false)
        var drafts = [
            PublishTemplate.draft(template, version: 1, base: template.edition, firm),
            Draft(
                "safety.inspection.scheduled", stream: "inspection-schedule/\(schedule.id)", scope: schedule.scope,
                payload: [
                    "schedule": .string(schedule.id), "firm": .string(firm.rawValue), "template": .string(template.id),
                    "place": .string(round.place), "every": .number(Double(round.every)),
                    "first": .string(first.description), "responsible": .string(inspector.rawValue), "sample": true,
                ]),
        ]
        for (turn, day) in round.taken.enumerated() {
            let taken = (today - day).start.advanced(bySeconds: 8.5 * 3600)
            // The first of the press shop and of the foundry found something.
            let answers = answers(template, failing: turn == 0 && (index == 0 || index == 3))
            guard case .success(let judgement) = Judgement.judge(answers, against: template) else { continue }
            var draft = SubmitInspection.draft(
                Identifier(at: taken), schedule, template, answers, judgement, by: inspector, taken: min(taken, now))
            draft.payload["sample"] = true
            drafts.append(draft)
        }
        return drafts
    }

    /// Good answers to everything that is asked; where something fails, the first check that needs no photo does.
    private static func answers(_ template: InspectionTemplate, failing: Bool) -> [Answer] {
        var (given, mayFail): ([String: String], Bool) = ([:], failing)
        return template.questions.compactMap { question in
            if let condition = question.condition, given[condition.question] != condition.answer { return nil }
            let value: String
            switch question.kind {
            case .check:
                value = mayFail && !question.needsPhoto ? "no" : "yes"
                mayFail = mayFail && value == "yes"
            case .choice(let options): value = options.first { !$0.fails }?.value ?? ""
            case .number(let bounds):
                let highest = bounds.high ?? bounds.below.map { $0 - 1 }
                value = JSON.number(bounds.low ?? highest ?? 0).canonicalText
            case .text: return nil
            }
            given[question.id] = value
            return Answer(question: question.id, value: value)
        }
    }
}
