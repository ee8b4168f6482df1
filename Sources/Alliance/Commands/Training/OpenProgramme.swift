import Access
import District
import Record

/// Opens a programme of training; closes one.
enum OpenProgramme {
    static let form = Form(
        "alliance.training.programme.open", title: Words("교육 과정 열기", "Open a programme"),
        help: Words(
            "대상과 교과, 수료 기준을 정해 교육 과정을 엽니다. 연 뒤에는 기준을 바꾸지 않으며, 바꾸려면 새 과정을 엽니다.",
            "Opens a programme with its audience, modules and the rule of completion. The rule stays; another rule is another programme."
        ),
        fields: [
            Field("title_ko", Words("과정 이름(한국어)", "Title (Korean)"), .text(maximum: 80)),
            Field("title_en", Words("과정 이름(영어)", "Title (English)"), .text(maximum: 120)),
            Field("about_ko", Words("소개(한국어)", "About (Korean)"), .longText(maximum: 600)),
            Field("about_en", Words("소개(영어)", "About (English)"), .longText(maximum: 800)),
            Field(
                "audience", Words("대상", "For whom"),
                .choice(TrainingProgramme.Audience.allCases.map { Field.Choice($0.rawValue, $0.words) })),
            Field(
                "roles", Words("역할", "Roles"),
                .list(
                    [
                        Field(
                            "role", Words("역할", "Role"),
                            .choice(Role.allCases.map { Field.Choice($0.rawValue, $0.words) }))
                    ], maximum: 9), required: false,
                help: Words("비우면 대상 모두가 신청할 수 있습니다.", "Left empty, everyone of the audience may take part.")),
            Field(
                "topics", Words("관련 기술", "Topics"),
                .list([Field("topic", Words("기술 코드", "Kind of solution"), .text(maximum: 60))], maximum: 12),
                required: false,
                help: Words("기업 진단에서 이 과정을 찾는 코드입니다. 예: vision-inspection", "For example vision-inspection.")),
            Field("modules", Words("교과", "Modules"), .list(moduleFields, maximum: 30)),
            Field("share", Words("수료 출석률", "Attendance to complete"), .integer(1...100, unit: "%")),
            Field("pass", Words("수료 점수", "Points to pass"), .integer(0...100, unit: nil)),
            Field(
                "months", Words("유효 개월", "Valid for months"), .integer(0...120, unit: nil),
                help: Words("0이면 만료되지 않습니다.", "0: it does not end.")),
        ],
        permission: TrainingRefusals.runners.orToken("command:alliance.training.programme.open"),
        after: "/alliance/training/p/{it}")

    private static let moduleFields = [
        Field("title_ko", Words("교과 이름(한국어)", "Title (Korean)"), .text(maximum: 80)),
        Field("title_en", Words("교과 이름(영어)", "Title (English)"), .text(maximum: 120)),
        Field("minutes", Words("시간(분)", "Minutes"), .integer(10...6000, unit: "min")),
        Field("tested", Words("평가 있음", "Has a test"), .flag, required: false),
        Field(
            "certificate", Words("직원 교육 수료 코드", "Certificate of staff"), .text(maximum: 60), required: false,
            help: Words("예: ai.operate", "For example ai.operate")),
        Field("version", Words("교재 버전", "Version"), .text(maximum: 20), required: false),
    ]

    static let command = Command(form) { ask, _ in
        let values = ask.values
        let months = values.integer("months") ?? 0
        var modules: [JSON] = []
        for (place, entered) in (values["modules"]?.elements ?? []).enumerated() {
            let tested = entered["tested"]?.bool ?? false
            var module: [String: JSON] = [
                "id": .string("m\(place + 1)"),
                "title": Words(entered["title_ko"]?.text ?? "", entered["title_en"]?.text ?? "").json,
                "minutes": .decimal(entered["minutes"]?.integer ?? 0), "tested": .bool(tested),
            ]
            if let certificate = entered["certificate"]?.text, !certificate.isEmpty {
                guard tested, months > 0, let version = entered["version"]?.text, !version.isEmpty else {
                    throw TrainingRefusals.fault(
                        "modules[\(place)].certificate", "certificate",
                        Words(
                            "직원 교육 수료가 되는 교과에는 평가와 교재 버전, 유효 기간이 있어야 합니다.",
                            "A module that is a certificate of staff needs a test, a version and a term."))
                }
                module["certificate"] = .string(certificate)
                module["version"] = .string(version)
            }
            modules.append(.object(module))
        }
        guard !modules.isEmpty else {
            throw TrainingRefusals.fault(
                "modules", "modules", Words("교과가 하나는 있어야 합니다.", "At least one module is needed."))
        }
        func listed(_ field: String, _ key: String) -> JSON {
            .array((values[field]?.elements ?? []).compactMap { $0[key] })
        }
        let topics = (values["topics"]?.elements ?? []).compactMap { $0["topic"]?.text }
        guard topics.allSatisfy({ $0.wholeMatch(of: /[a-z0-9-]+/) != nil }) else {
            throw TrainingRefusals.fault(
                "topics", "topic", Words("기술 코드는 영문 소문자, 숫자, 하이픈으로 적습니다.", "Lower-case letters, digits and hyphens."))
        }
        let id = Identifier(at: ask.now).description
        return [
            Draft(
                TrainingEvents.opened, stream: "training-programme/\(id)",
                scope: values.text("audience") == "staff" ? .zone : .everyone,
                payload: [
                    "programme": .string(id), "title": Words(values.text("title_ko"), values.text("title_en")).json,
                    "about": Words(values.text("about_ko"), values.text("about_en")).json,
                    "audience": .string(values.text("audience")), "roles": listed("roles", "role"),
                    "topics": .array(topics.map { .string($0) }), "modules": .array(modules),
                    "share": .decimal(values.integer("share") ?? 100), "pass": .decimal(values.integer("pass") ?? 0),
                    "months": .decimal(months),
                ])
        ]
    }

    static let close = Command(
        Form(
            "alliance.training.programme.close", title: Words("교육 과정 닫기", "Close a programme"),
            help: Words("더는 신청을 받지 않습니다. 이미 신청한 교육과 수료증은 그대로입니다.", "No more enrolments; what was earned stays."),
            fields: [
                Field("programme", Words("교육 과정", "Programme"), .reference(kind: "training-programme", source: nil)),
                Field("reason", Words("사유", "Reason"), .text(maximum: 200)),
            ],
            permission: TrainingRefusals.runners.orToken("command:alliance.training.programme.close"),
            confirmation: .readBack)
    ) { ask, tables in
        let programme = try TrainingRefusals.programme(ask, in: tables)
        guard !programme.isClosed else {
            throw TrainingRefusals.fault(
                "programme", "closed", Words("이미 닫은 과정입니다.", "It was closed already."), .conflict)
        }
        return [
            Draft(
                TrainingEvents.closed, stream: "training-programme/\(programme.id)",
                scope: programme.audience == .staff ? .zone : .everyone,
                payload: ["programme": .string(programme.id), "reason": .string(ask.values.text("reason"))])
        ]
    }
}
