import Access
import District
import Record
import Store

/// The half-yearly look at who lacks training for hazardous work (SAPA Decree 5(2)3–4), signed by the executive.
enum ReviewTraining {
    static func command(_ courses: TrainingCourses) -> Command {
        Command(
            Form(
                "safety.training.review", title: Words("교육 누락 점검", "Review missing training"),
                help: Words(
                    "이번 반기에 필요한 교육을 받지 않은 사람을 확인하고, 어떻게 할지 남깁니다. (중대재해처벌법 시행령 제5조제2항제3호·제4호)",
                    "Confirms who lacks training this half-year and what will be done. (SAPA Decree, article 5(2)3 and 4)"
                ),
                fields: [
                    Field("measures", Words("조치", "What will be done"), .longText(maximum: 1000), isPersonal: true)
                ],
                permission: .roles([.executive]), confirmation: .readBack)
        ) { ask, tables in
            let tenant = try ask.tenant
            guard let firm = tenant.firm, let signer = ask.caller.person else { throw TrainingRefusals.firmOnly }
            let day = KoreanDay(ask.now)
            let missing = try TrainingTable.missing(
                courses, on: day, inPeriod: true, for: tenant, in: tables)
            return [
                Draft(
                    "safety.training.reviewed", stream: "training-review/\(Identifier(at: ask.now))",
                    scope: .firm(firm),
                    payload: [
                        "half": .string(TrainingPeriod(.half, of: day).name), "edition": .string(courses.edition),
                        "missing": .array(
                            missing.map {
                                ["person": .string($0.person.rawValue), "course": .string($0.course.id)]
                            }),
                    ],
                    personal: [
                        "measures": PersonalContent(of: signer, .string(ask.values.text("measures")))
                    ])
            ]
        }
    }
}
