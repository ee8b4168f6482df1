import Access
import District
import Record
import Store

/// Keeps a session of training that was held, and who took part.
enum HoldTraining {
    static func form(_ courses: TrainingCourses) -> Form {
        Form(
            "safety.training.hold", title: Words("안전보건교육 기록", "Record a training session"),
            help: Words(
                "실시한 교육과 참여자를 남깁니다. 서명부 파일을 올리면 모두 서명한 것으로 보고, 올리지 않으면 각자 서명한 시간만 인정합니다.",
                "Keeps what was taught and to whom. With the signed sheet attached everyone counts as having signed; without it, hours count once each person signs."
            ),
            fields: [
                Field("course", Words("교육 과정", "Course"), .choice(courses.choices)),
                Field("held", Words("실시한 때", "Held"), .moment),
                Field("hours", Words("교육 시간", "Hours"), .number(0.25...80, unit: "h")),
                Field("instructor", Words("강사", "Instructor"), .text(maximum: 80), isPersonal: true),
                Field("language", Words("교육 언어", "Language"), .choice(WorkerLanguage.choices)),
                Field(
                    "participants", Words("참여자", "Participants"),
                    .list(
                        [Field("person", Words("사람", "Person"), .reference(kind: "person", source: nil))],
                        maximum: 300)),
                Field(
                    "file", Words("서명부", "Signed sheet"), .attachment(maximumBytes: Attachments.largest),
                    required: false),
            ],
            permission: .roles([.safetyManager, .executive]).orToken("command:safety.training.hold"),
            surfaces: [.web, .http, .cli, .mcp, .voice])
    }

    static func command(_ courses: TrainingCourses) -> Command {
        Command(form(courses)) { ask, tables in
            let tenant = try ask.tenant
            guard let firm = tenant.firm else { throw TrainingRefusals.firmOnly }
            let course = try TrainingRefusals.course(ask.values.text("course"), of: courses)
            let held = ask.values.moment("held") ?? ask.now
            guard held <= ask.now else { throw TrainingRefusals.future("held") }
            let people = try Participants.read(ask.values["participants"], for: tenant, in: tables)
            var payload: [String: JSON] = [
                "course": .string(course.id), "day": .string(KoreanDay(held).description),
                "hours": .number(ask.values.number("hours") ?? 0), "language": .string(ask.values.text("language")),
                "participants": .array(people.map { .string($0.rawValue) }), "edition": .string(courses.edition),
            ]
            if let file = try TrainingRefusals.file(ask, in: tables) { payload["file"] = .string(file) }
            if let offline = ask.offline { payload["offline"] = offline.json }
            return [
                Draft(
                    "safety.training.held", stream: "training/\(Identifier(at: ask.now))", scope: .firm(firm),
                    observed: held, payload: payload,
                    personal: [
                        "instructor": PersonalContent(
                            of: ask.caller.person ?? people[0], .string(ask.values.text("instructor")))
                    ])
            ]
        }
    }
}
