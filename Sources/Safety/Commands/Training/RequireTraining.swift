import Access
import District
import Record
import Store

/// Says that someone needs a course, or does not, whatever their roles say.
enum RequireTraining {
    static func form(_ courses: TrainingCourses) -> Form {
        Form(
            "safety.training.require", title: Words("필요한 교육 지정", "Say who needs which training"),
            help: Words(
                "맡은 작업에 따라 이 사람에게 필요한 교육을 지정하거나 뺍니다.",
                "Adds a course to what someone needs for their work, or takes it away."),
            fields: [
                Field("person", Words("사람", "Person"), .reference(kind: "person", source: nil)),
                Field("course", Words("교육 과정", "Course"), .choice(courses.choices)),
                Field("needed", Words("필요함", "Needed"), .flag),
            ],
            permission: .roles([.safetyManager, .executive]).orToken("command:safety.training.require"))
    }

    static func command(_ courses: TrainingCourses) -> Command {
        Command(form(courses)) { ask, tables in
            guard let firm = try ask.tenant.firm else { throw TrainingRefusals.firmOnly }
            let person = try TrainingRefusals.person(ask, in: tables)
            let course = try TrainingRefusals.course(ask.values.text("course"), of: courses)
            return [
                Draft(
                    "safety.training.required", stream: "training-need/\(person.id)", scope: .firm(firm),
                    payload: [
                        "person": .string(person.id.rawValue), "course": .string(course.id),
                        "needed": .bool(ask.values.flag("needed")),
                    ])
            ]
        }
    }
}
