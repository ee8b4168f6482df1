import Access
import District
import Record
import Store

/// Who was hurt and how, in the words Form 30 asks for: all of it about people, so all of it in the vault.
enum PrepareForm30 {
    private static func text(_ name: String, _ ko: String, _ en: String, _ most: Int = 200) -> Field {
        Field(name, Words(ko, en), .longText(maximum: most), required: false, isPersonal: true)
    }

    /// What the form asks about each person.
    static let person: [Field] = [
        Field("number", Words("목록 번호", "Number on the list"), .integer(1...50, unit: nil)),
        text("nationality", "국적·체류자격", "Nationality and permit of stay", 80), text("sex", "성별", "Sex", 20),
        text("job", "직업", "Occupation", 80), text("joined", "입사일", "Joined on", 40),
        text("tenure", "같은 업무 근속기간", "Time in this kind of work", 80),
        text("employment", "고용형태·근무형태", "Kind of employment and of shift", 120),
        text("part", "상해 부위(질병 부위)", "Part of the body", 80),
    ]

    /// What it asks about the accident.
    static let incident: [Field] = [
        text("work", "작업 유형", "Kind of work"),
        text("situation", "재해 발생 당시 상황", "What was going on", 2000),
        text("cause", "재해 발생 원인", "Why it happened", 2000),
        text("prevention", "재발방지 계획", "What is done against it", 2000),
    ]

    static let command = Command(
        Form(
            "safety.form30.prepare", title: Words("산업재해조사표 작성", "Prepare Form 30"),
            help: Words(
                "사업장 정보와 휴업일수는 자동으로 채웁니다. 나머지를 적은 뒤 근로자대표의 의견을 듣습니다.",
                "The firm's facts and the days are filled in. Add the rest, then hear the workers' representative."),
            fields: [IncidentAsk.field] + incident + [
                Field(
                    "people", Words("재해자", "Those who came to harm"), .list(person, maximum: 50), required: false)
            ],
            permission: .roles(IncidentAsk.managers).orToken("command:safety.form30.prepare"))
    ) { ask, tables in
        let incident = try IncidentAsk.find(ask, tables)
        var personal: [String: PersonalContent] = [:]
        var common: [String: JSON] = [:]
        for field in Self.incident where !ask.values.text(field.name).isEmpty {
            common[field.name] = .string(ask.values.text(field.name))
        }
        personal["form"] = PersonalContent(of: PersonID("incident-\(incident.id)"), .object(common))
        for entry in ask.values["people"]?.elements ?? [] {
            let number = entry["number"]?.integer ?? 0
            personal["person_\(number)"] = PersonalContent(
                of: PersonID("casualty-\(incident.id)-\(number)"), entry)
        }
        return [IncidentAsk.draft("safety.form30.prepared", incident, [:], personal: personal)]
    }
}

/// The employer or the workers' representative signs Form 30, with an opinion where there is one.
enum SignForm30 {
    static let command = Command(
        Form(
            "safety.form30.sign", title: Words("산업재해조사표 서명", "Sign Form 30"),
            help: Words(
                "근로자대표는 이견이 있으면 의견을 적습니다. 사업주와 근로자대표가 모두 서명해야 제출할 수 있습니다.",
                "The workers' representative adds an opinion where there is one. Both must sign before it is filed."),
            fields: [
                IncidentAsk.field,
                Field(
                    "as", Words("서명 자격", "Signing as"),
                    .choice([
                        .init("employer", Words("사업주", "Employer")),
                        .init("representative", Words("근로자대표(재해자)", "Workers' representative")),
                    ])),
                Field("opinion", Words("의견", "Opinion"), .longText(maximum: 2000), required: false, isPersonal: true),
            ],
            permission: .roles(IncidentAsk.reporters))
    ) { ask, tables in
        let incident = try IncidentAsk.find(ask, tables)
        let capacity = ask.values.text("as")
        try ofEmployer(ask, incident)
        guard capacity != "employer" || !ask.caller.roles.isDisjoint(with: IncidentAsk.managers) else {
            throw IncidentAsk.refusal(
                .forbidden, "form30.employer", "as", "role",
                Words(
                    "사업주 서명은 경영책임자나 안전관리자만 할 수 있습니다.", "Only the executive or the safety manager signs as the employer."
                ))
        }
        // The two opinions are of two sides: nobody speaks for both.
        let other = capacity == "employer" ? "representative" : "employer"
        guard try IncidentTable.signer(of: incident.id, as: other, in: tables) != ask.caller.author.text else {
            throw IncidentAsk.refusal(
                .conflict, "form30.same-person", "as", "other-person",
                Words("사업주와 근로자대표는 서로 다른 사람이어야 합니다.", "Employer and representative must be two people."))
        }
        var personal: [String: PersonalContent] = [:]
        if !ask.values.text("opinion").isEmpty {
            personal["opinion"] = IncidentAsk.words(ask.values.text("opinion"), ask, incident.id)
        }
        return [
            IncidentAsk.draft("safety.form30.signed", incident, ["as": .string(capacity)], personal: personal)
        ]
    }
}

extension SignForm30 {
    /// The form is the employer's: whose place it was has no say in it.
    static func ofEmployer(_ ask: Ask, _ incident: Incident) throws(Refusal) {
        guard ask.caller.person == nil || ask.caller.firm == incident.employer else {
            throw IncidentAsk.refusal(
                .forbidden, "form30.employer-only", "incident", "employer",
                Words("재해자를 고용한 기업의 사람만 할 수 있습니다.", "Only people of the firm that employs whoever came to harm."))
        }
    }
}

/// Form 30 was handed in: the file, its hash and the receipt.
enum FileForm30 {
    static let command = Command(
        Form(
            "safety.form30.file", title: Words("산업재해조사표 제출 기록", "Record that Form 30 was filed"),
            help: Words(
                "고용노동관서에 낸 파일을 올립니다. 파일의 해시가 기록에 남습니다.",
                "Add the file as it was handed to the labour office: its hash stays on the Record."),
            fields: [
                IncidentAsk.field,
                Field("file", Words("제출한 파일", "The file"), .attachment(maximumBytes: Attachments.largest)),
                Field("receipt", Words("접수번호", "Receipt number"), .text(maximum: 60), required: false),
                Field(
                    "at", Words("제출한 때", "When"), .moment, required: false,
                    help: Words("비우면 지금입니다.", "Now where empty.")),
            ],
            permission: .roles(IncidentAsk.managers).orToken("command:safety.form30.file"))
    ) { ask, tables in
        let incident = try IncidentAsk.find(ask, tables)
        try SignForm30.ofEmployer(ask, incident)
        guard incident.form30Filed == nil else {
            throw Refusal(.conflict, "form30.filed", Words("이미 제출했습니다.", "It has been filed already."))
        }
        let missing = ["employer", "representative"].filter { !incident.signed.contains($0) }
        guard missing.isEmpty else {
            throw Refusal(
                .conflict, "form30.unsigned",
                Words("사업주와 근로자대표의 서명이 모두 필요합니다.", "Employer and workers' representative must both have signed."),
                faults: missing.map {
                    .init(field: $0, rule: "required", words: Words("서명이 없습니다: \($0)", "Not signed: \($0)"))
                })
        }
        let file = ask.values.text("file")
        guard try Attachments.holds(file, for: ask.tenant, in: tables) else {
            throw IncidentAsk.refusal(
                .invalid, "form30.file", "file", "reference",
                Words("올린 파일을 찾을 수 없습니다.", "There is no such file."))
        }
        let at = ask.values.moment("at") ?? ask.now
        guard at <= ask.now, at >= incident.occurred else {
            throw IncidentAsk.refusal(
                .invalid, "form30.time", "at", "between",
                Words("사고가 난 뒤부터 지금까지의 시각이어야 합니다.", "It must lie between the accident and now."))
        }
        return [
            IncidentAsk.draft(
                "safety.form30.filed", incident,
                [
                    "file": .string(file), "receipt": .string(ask.values.text("receipt")),
                    "day": .string(KoreanDay(at).description), "due": .string(incident.form30Due.description),
                    "in_time": .bool(KoreanDay(at) <= incident.form30Due),
                ], observed: at, scope: .firm(incident.employer))
        ]
    }
}
