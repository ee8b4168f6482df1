import Access
import District
import Record
import Store

/// Why something about inspections is not done.
enum InspectionRefusals {
    static let firmOnly = Refusal(
        .forbidden, "inspection.firm-only",
        Words("점검은 소속 기업에서 정하고 수행합니다.", "Inspections are set and taken by the firm itself."))

    static let noInspection = Refusal(
        .notFound, "inspection.unknown", Words("그런 점검 결과가 없습니다.", "There is no such inspection."))

    static let noSchedule = Refusal(
        .notFound, "inspection.no-schedule",
        Words("그런 점검 일정이 없습니다.", "There is no such round of inspection."),
        faults: [
            .init(
                field: "schedule", rule: "reference",
                words: Words("그런 점검 일정이 없습니다.", "There is no such round."))
        ])

    static let ended = Refusal(
        .conflict, "inspection.ended", Words("이미 끝난 점검 일정입니다.", "This round of inspection has ended."))

    static func noTemplate(_ id: String) -> Refusal {
        let words = Words("그런 점검표가 없습니다: \(id)", "There is no such template: \(id)")
        return Refusal(.notFound, "template.unknown", of: "template", "reference", words)
    }

    /// The version that a phone filled in is not one that was ever published here.
    static func noVersion(_ form: String) -> Refusal {
        let words = Words("이 판의 점검표는 없습니다: \(form)", "There is no such version of the template: \(form)")
        return Refusal(.invalid, "inspection.form-unknown", of: "version", "version", words)
    }

    static func wrong(_ code: String, _ field: String, _ rule: String, _ words: Words) -> Refusal {
        Refusal(.invalid, code, of: field, rule, words)
    }

    /// Answers that do not fit their template, each by its question.
    static func unfit(_ faults: [Judgement.Fault], _ template: InspectionTemplate) -> Refusal {
        Refusal(
            .invalid, "inspection.answers",
            Words("점검표와 맞지 않는 답이 있습니다.", "Some answers do not fit the template."),
            faults: faults.map { fault in
                let asked = template[fault.question]?.words ?? Words(fault.question, fault.question)
                let reason = words(fault.rule)
                return .init(
                    field: "answers.\(fault.question)", rule: fault.rule.rawValue,
                    words: Words("\(asked.ko): \(reason.ko)", "\(asked.en): \(reason.en)"))
            })
    }

    /// A photo that did not arrive before what names it.
    static func noPhoto(_ question: String) -> Refusal {
        let words = Words("사진이 도착하지 않았습니다. 사진을 다시 보내 주세요.", "The photo has not arrived. Please send it again.")
        return Refusal(.invalid, "inspection.photo", of: "answers.\(question)", "attachment", words)
    }

    private static func words(_ rule: Judgement.Fault.Rule) -> Words {
        switch rule {
        case .unknown: Words("이 점검표에 없는 항목입니다.", "the template has no such question.")
        case .twice: Words("두 번 답했습니다.", "it is answered twice.")
        case .hidden: Words("묻지 않은 항목에 답했습니다.", "it was not asked, and yet is answered.")
        case .required: Words("답하지 않았습니다.", "it is not answered.")
        case .value: Words("고를 수 없는 답입니다.", "this is none of the possible answers.")
        case .number: Words("숫자로 답해 주세요.", "a number is needed.")
        case .applies: Words("‘해당 없음’으로 답할 수 없습니다.", "“does not apply” is not possible here.")
        case .photo: Words("부적합에는 사진이 필요합니다.", "a failure here needs a photo.")
        }
    }
}
