import Access
import District
import Record
import Store

/// Marks who was there in a module, and how well they did.
enum MarkTraining {
    static let command = Command(
        Form(
            "alliance.training.mark", title: Words("출석과 점수 적기", "Mark attendance and scores"),
            help: Words("교과 하나의 출석과 점수를 적습니다. 비운 사람은 아직 모르는 것으로 둡니다.", "Of one module; who is left out stays unknown."),
            fields: [
                Field("session", Words("교육 일정", "Session"), .reference(kind: "training-session", source: nil)),
                Field("module", Words("교과", "Module"), .text(maximum: 20)),
                Field(
                    "marks", Words("출석부", "Roster"),
                    .list(
                        [
                            Field(
                                "enrolment", Words("교육 신청", "Enrolment"),
                                .reference(kind: "training-enrolment", source: nil)),
                            Field(
                                "attendance", Words("출석", "Attendance"),
                                .choice([
                                    Field.Choice("present", Words("출석", "Present")),
                                    Field.Choice("absent", Words("결석", "Absent")),
                                ]), required: false),
                            Field("score", Words("점수", "Score"), .integer(0...100, unit: nil), required: false),
                        ], maximum: 500)),
            ],
            permission: TrainingRefusals.runners.orToken("command:alliance.training.mark"))
    ) { ask, tables in
        let (session, programme) = try TrainingRefusals.session(ask, in: tables)
        guard session.starts <= ask.now else {
            throw TrainingRefusals.fault(
                "session", "early", Words("아직 시작하지 않은 교육입니다.", "It has not begun yet."), .conflict)
        }
        guard let module = programme.module(ask.values.text("module")) else {
            throw TrainingRefusals.fault(
                "module", "module", Words("그런 교과가 없습니다.", "There is no such module."), .notFound)
        }
        let roster = Dictionary(
            uniqueKeysWithValues: try EnrolmentTable.roster(of: session.id, in: tables).map { ($0.id, $0) })
        let known = try EnrolmentTable.marks(of: session.id, in: tables)
        let maker = try ask.maker(in: tables)
        var drafts: [Draft] = []
        for (place, entered) in (ask.values["marks"]?.elements ?? []).enumerated() {
            let line = "marks[\(place)]"
            guard let enrolment = roster[entered["enrolment"]?.text ?? ""], enrolment.state == .placed else {
                throw TrainingRefusals.fault(
                    "\(line).enrolment", "enrolment",
                    Words("이 교육에 참석이 확정된 사람이 아닙니다.", "Nobody who has a place in this session."), .notFound)
            }
            try refuseOwn(enrolment, maker, "\(line).enrolment")
            let before = known[enrolment.id]?[module.id] ?? CompletionRule.Mark()
            let mark = try mark(entered, module, before, line)
            guard mark != before else { continue }
            drafts.append(
                Draft(
                    TrainingEvents.marked, stream: "training-enrolment/\(enrolment.id)", scope: enrolment.scope,
                    payload: [
                        "enrolment": .string(enrolment.id), "session": .string(session.id),
                        "module": .string(module.id),
                    ], personal: TrainingEvents.mark(mark, of: enrolment.person)))
        }
        guard !drafts.isEmpty else {
            throw TrainingRefusals.fault("marks", "unchanged", Words("바뀐 내용이 없습니다.", "Nothing was changed."), .conflict)
        }
        return drafts
    }

    private static func mark(
        _ entered: JSON, _ module: TrainingProgramme.Module, _ before: CompletionRule.Mark, _ line: String
    ) throws -> CompletionRule.Mark {
        let present = entered["attendance"]?.text.map { $0 == "present" } ?? before.present
        guard let score = entered["score"]?.integer else {
            return CompletionRule.Mark(present: present, score: present == false ? nil : before.score)
        }
        guard module.isTested, present == true else {
            throw TrainingRefusals.fault(
                "\(line).score", "score",
                Words("점수는 평가가 있는 교과에 출석한 사람에게만 적습니다.", "Points go to who was present in a module with a test."))
        }
        return CompletionRule.Mark(present: present, score: score)
    }

    /// Nobody marks or settles their own, nor does a program of theirs.
    /// - Parameter maker: who is behind what is asked.
    static func refuseOwn(_ enrolment: TrainingEnrolment, _ maker: Author?, _ field: String) throws {
        guard maker != .person(enrolment.person) else {
            throw TrainingRefusals.fault(
                field, "own", Words("본인의 출석과 점수는 다른 사람이 적어야 합니다.", "One's own is marked by somebody else."), .forbidden)
        }
    }
}
