import Access
import District
import Record
import Store

/// Why something about training is not done.
enum TrainingRefusals {
    static func fault(_ field: String, _ rule: String, _ words: Words, _ kind: Refusal.Kind = .invalid) -> Refusal {
        Refusal(kind, "training.\(rule)", of: field, rule, words)
    }

    static func programme(_ ask: Ask, in tables: any Reader) throws -> TrainingProgramme {
        guard let found = try TrainingTable.programme(ask.values.text("programme"), in: tables),
            found.isShown(to: ask.caller)
        else {
            throw fault("programme", "programme", Words("그런 교육 과정이 없습니다.", "There is no such programme."), .notFound)
        }
        return found
    }

    /// The session a form names, with its programme.
    static func session(_ ask: Ask, in tables: any Reader) throws -> (TrainingSession, TrainingProgramme) {
        guard let session = try TrainingTable.session(ask.values.text("session"), in: tables),
            let programme = try TrainingTable.programme(session.programme, in: tables),
            programme.isShown(to: ask.caller)
        else {
            throw fault("session", "session", Words("그런 교육 일정이 없습니다.", "There is no such session."), .notFound)
        }
        guard session.cancelled == nil else {
            throw fault("session", "cancelled", Words("취소된 교육입니다.", "This session was cancelled."), .conflict)
        }
        return (session, programme)
    }

    static let enrolment = fault(
        "enrolment", "enrolment", Words("그런 교육 신청이 없습니다.", "There is no such enrolment."), .notFound)

    static let badge = fault("badge", "badge", Words("그런 수료증이 없습니다.", "There is no such credential."), .notFound)

    /// Whether a caller runs the district's training.
    static func isRunner(_ caller: Caller) -> Bool {
        if case .system = caller.identity { return true }
        return !caller.roles.isDisjoint(with: TrainingProgramme.runners)
    }

    /// Who may run the district's training.
    static let runners = Permission.roles(TrainingProgramme.runners)
}
