import Access
import District
import Record
import Store

/// Hands in an inspection, signed by whoever took it; from a phone also hours later, without a connection meanwhile.
enum SubmitInspection {
    static let form = Form(
        "safety.inspection.submit", title: Words("점검 제출", "Hand in an inspection"),
        help: Words(
            "점검한 사람이 서명하여 제출합니다. 점검표의 그 판에 맞는지 다시 확인합니다.",
            "Signed by whoever took it; held once more against the version of the template that was asked."),
        fields: [
            Field("schedule", Words("점검 일정", "Round"), .reference(kind: "inspection-schedule", source: nil)),
            Field("template", Words("점검표", "Template"), .text(maximum: 60)),
            Field("version", Words("판", "Version"), .integer(1...1_000_000, unit: nil)),
            Field("begun", Words("시작한 때", "Begun"), .moment, required: false),
            Field("answers", Words("답", "Answers"), .list(answer, maximum: InspectionTemplate.most)),
            Field("signed", Words("서명", "Signed"), .flag),
        ],
        permission: .roles([.worker, .operator, .safetyManager, .executive]), surfaces: [.http, .offline])

    private static let answer = [
        Field("question", Words("항목", "Question"), .text(maximum: 60)),
        Field("value", Words("답", "Answer"), .text(maximum: 60), required: false),
        Field("words", Words("글로 쓴 답", "In words"), .longText(maximum: 2000), required: false, isPersonal: true),
        Field("note", Words("메모", "Note"), .longText(maximum: 500), required: false, isPersonal: true),
        Field(
            "photos", Words("사진", "Photos"),
            .list([Field("file", Words("사진", "Photo"), .attachment(maximumBytes: Attachments.largest))], maximum: 5),
            required: false),
    ]

    static let command = Command(form) { ask, tables in
        let tenant = try ask.tenant
        guard let firm = tenant.firm, let inspector = ask.caller.person else { throw InspectionRefusals.firmOnly }
        guard let schedule = try InspectionTables.schedule(ask.values.text("schedule"), for: tenant, in: tables) else {
            throw InspectionRefusals.noSchedule
        }
        // What was inspected on a phone before anyone there could know that the round had ended is not lost.
        guard !schedule.hasEnded || ask.offline != nil else { throw InspectionRefusals.ended }
        let template = try frozen(ask, schedule, firm, in: tables)
        guard ask.values.flag("signed") else {
            throw InspectionRefusals.wrong(
                "inspection.unsigned", "signed", "required",
                Words("점검한 사람의 서명이 필요합니다.", "Whoever took it must sign."))
        }
        let entries = ask.values["answers"]?.elements ?? []
        let answers = entries.map { read($0, template) }
        switch Judgement.judge(answers, against: template) {
        case .failure(let faults): throw InspectionRefusals.unfit(faults.list, template)
        case .success(let judgement):
            for answer in answers {
                for photo in answer.photos where try !Attachments.holds(photo, for: tenant, in: tables) {
                    throw InspectionRefusals.noPhoto(answer.question)
                }
            }
            // Not later than now, whatever the phone says: a clock that stands ahead must not cover days to come.
            let taken = min(ask.offline?.corrected ?? ask.now, ask.now)
            var event = draft(
                Identifier(at: ask.now), schedule, template, answers, judgement, by: inspector, taken: taken)
            if let begun = ask.values.moment("begun") { event.payload["begun"] = .string(begun.description) }
            if let offline = ask.offline { event.payload["offline"] = offline.json }
            return [event]
        }
    }

    /// The version that was asked, as it was frozen.
    private static func frozen(
        _ ask: Ask, _ schedule: InspectionSchedule, _ firm: FirmID, in tables: any Reader
    ) throws -> InspectionTemplate {
        let (id, version) = (ask.values.text("template"), ask.values.integer("version") ?? 0)
        guard id == schedule.template,
            let found = try InspectionTables.template(id, version: version, of: firm, for: ask.tenant, in: tables)
        else { throw InspectionRefusals.noVersion("\(id)/\(version)") }
        if let offline = ask.offline, offline.form != found.template.form {
            throw InspectionRefusals.noVersion(offline.form)
        }
        return found.template
    }

    private static func read(_ entry: JSON, _ template: InspectionTemplate) -> Answer {
        let name = entry["question"]?.text ?? ""
        let isText = template[name]?.kind == .text
        return Answer(
            question: name, value: entry[isText ? "words" : "value"]?.text ?? "",
            photos: (entry["photos"]?.elements ?? []).compactMap { $0["file"]?.text }, note: entry["note"]?.text ?? "")
    }

    /// The event of an inspection that was taken at a moment and fits its template.
    static func draft(
        _ id: Identifier, _ schedule: InspectionSchedule, _ template: InspectionTemplate, _ answers: [Answer],
        _ judgement: Judgement, by inspector: PersonID, taken: Timestamp
    ) -> Draft {
        var words: [String: JSON] = [:]
        for answer in answers {
            var said: [String: JSON] = [:]
            if template[answer.question]?.kind == .text, !answer.value.isEmpty { said["words"] = .string(answer.value) }
            if !answer.note.isEmpty { said["note"] = .string(answer.note) }
            if !said.isEmpty { words[answer.question] = .object(said) }
        }
        let payload: [String: JSON] = [
            "inspection": .string(id.description), "schedule": .string(schedule.id), "template": .string(template.id),
            "version": .number(Double(template.version)), "edition": .string(template.edition),
            "place": .string(schedule.place.rawValue), "inspector": .string(inspector.rawValue),
            "day": .string(KoreanDay(taken).description), "due": .string(schedule.due.description),
            "good": .number(Double(judgement.good)), "skipped": .number(Double(judgement.skipped)),
            "answers": .array(
                answers.filter { template[$0.question]?.kind != .text }.map { answer in
                    [
                        "question": .string(answer.question), "value": .string(answer.value),
                        "photos": .array(answer.photos.map { .string($0) }),
                    ]
                }),
            "failures": .array(
                judgement.failures.map { failure in
                    let asked = template[failure.question]?.words
                    return [
                        "question": .string(failure.question), "ko": .string(asked?.ko ?? failure.question),
                        "en": .string(asked?.en ?? failure.question), "severity": .string(failure.severity.rawValue),
                        "value": .string(failure.value), "photos": .array(failure.photos.map { .string($0) }),
                    ]
                }),
        ]
        return Draft(
            "safety.inspection.submitted", stream: "inspection/\(id)", scope: schedule.scope, observed: taken,
            payload: payload,
            personal: words.isEmpty ? [:] : ["words": PersonalContent(of: inspector, .object(words))])
    }
}
