import Access
import District
import Record
import Store

/// Says whether a control works, with a file as evidence and until when that may be relied on.
enum VerifyControl {
    static func command(_ book: AssessmentBook) -> Command {
        Command(form) { ask, tables in
            let tenant = try ask.tenant
            guard
                let (control, assessment) = try AssessmentRegister.control(
                    ask.values.text("control"), for: tenant, in: tables)
            else {
                throw AssessmentAsk.unknown("control", Words("그런 대책이 없습니다.", "There is no such control."))
            }
            let evidence = ask.values.text("evidence")
            guard try Attachments.holds(evidence, for: tenant, in: tables) else {
                throw AssessmentAsk.invalid(
                    "control.evidence", "evidence", "reference",
                    Words("확인한 사진이나 파일을 올려 주세요.", "Please upload the photo or file that shows it."))
            }
            let at = ask.values.moment("at") ?? ask.now
            guard at <= ask.now else {
                throw AssessmentAsk.invalid(
                    "control.future", "at", "past", Words("확인한 시각이 앞날입니다.", "It cannot have been verified yet."))
            }
            var payload: [String: JSON] = [
                "control": .string(control.id), "hazard": .string(control.hazard),
                "result": .string(ask.values.text("result")), "evidence": .string(evidence),
                "reused": .bool(
                    try AssessmentRegister.isEvidence(evidence, besides: control.id, for: tenant, in: tables)),
            ]
            if ask.values.text("result") == "ok" {
                let until = try validity(ask, from: at, book)
                payload["valid_until"] = .string(until.description)
            }
            var draft = AssessmentAsk.draft(AssessmentEvent.controlVerified, assessment, payload)
            draft.observed = at
            return [draft]
        }
    }

    private static func validity(_ ask: Ask, from at: Timestamp, _ book: AssessmentBook) throws -> Timestamp {
        guard let until = ask.values.moment("valid_until"), until > ask.now,
            until <= at.advanced(bySeconds: Double(book.longestValidity) * 86_400)
        else {
            throw AssessmentAsk.invalid(
                "control.validity", "valid_until", "range",
                Words(
                    "언제까지 믿을 수 있는지 넣어 주세요(최대 \(book.longestValidity)일).",
                    "Say until when it may be relied on (at most \(book.longestValidity) days)."))
        }
        return until
    }

    static let form = Form(
        "safety.assessment.verify-control", title: Words("대책 효과 확인", "Verify a control"),
        help: Words(
            "현장에서 대책이 제대로 작동하는지 보고 남깁니다. 기간이 지나면 위험은 처음 수준으로 돌아갑니다.",
            "Says on the spot whether it works. When the period ends, the risk counts as it was before."),
        fields: [
            Field("control", Words("대책", "Control"), .reference(kind: "control", source: nil)),
            Field(
                "result", Words("작동합니까?", "Does it work?"),
                .choice([
                    .init("ok", Words("네, 효과가 있습니다", "Yes, it works")),
                    .init("failed", Words("아니요, 효과가 없습니다", "No, it does not")),
                ])),
            Field("at", Words("확인한 시각", "When"), .moment, required: false),
            Field("evidence", Words("사진이나 파일", "Photo or file"), .attachment(maximumBytes: 10 << 20)),
            Field(
                "valid_until", Words("언제까지 믿을 수 있나", "Valid until"), .moment, condition: .init("result", is: "ok")),
        ],
        permission: AssessmentAsk.permission(AssessmentAsk.managers, "safety.assessment.verify-control"))
}
