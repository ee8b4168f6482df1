import Access
import District
import Record
import Store

/// Publishes a firm's template: always as a new version, for versions never change.
enum PublishTemplate {
    static let form = Form(
        "safety.template.publish", title: Words("점검표 펴내기", "Publish an inspection template"),
        help: Words(
            "점검표를 새 판으로 펴냅니다. 진행 중이거나 끝난 점검은 그때의 판을 그대로 씁니다.",
            "Publishes a new version. Inspections that are running or done keep the version they began with."),
        fields: [
            Field(
                "template", Words("점검표 이름", "Name"), .text(maximum: 60),
                help: Words(
                    "영어 소문자, 숫자, 붙임표. 같은 이름이면 새 판이 됩니다.",
                    "Lower-case letters, digits, hyphens; the same name makes a new version.")),
            Field("title", Words("제목", "Title"), .text(maximum: 100)),
            Field("title_en", Words("제목(영어)", "Title in English"), .text(maximum: 100), required: false),
            Field(
                "industry", Words("작업 종류", "Kind of work"),
                .choice(InspectionLibrary.industries.map { Field.Choice($0.id, $0.words) })),
            Field("questions", Words("점검 항목", "Questions"), .list(question, maximum: InspectionTemplate.most)),
        ],
        permission: .roles([.safetyManager, .executive]).orToken("command:safety.template.publish"))

    private static let question = [
        Field("id", Words("항목 이름", "Name"), .text(maximum: 60), help: Words("guard-on", "guard-on")),
        Field("text", Words("질문", "Question"), .text(maximum: 200)),
        Field("text_en", Words("질문(영어)", "In English"), .text(maximum: 200), required: false),
        Field(
            "kind", Words("답하는 방식", "Answered by"),
            .choice([
                Field.Choice("check", Words("예·아니요", "Yes or no")), Field.Choice("number", Words("숫자", "A number")),
                Field.Choice("choice", Words("보기에서 고르기", "A choice")), Field.Choice("text", Words("글", "Words")),
            ])),
        Field(
            "severity", Words("부적합의 정도", "If it fails"),
            .choice(RiskBand.allCases.map { Field.Choice($0.rawValue, $0.words) })),
        Field("optional", Words("답하지 않아도 됨", "May be left out"), .flag, required: false),
        Field("always", Words("‘해당 없음’ 불가", "Always applies"), .flag, required: false),
        Field("photo", Words("부적합이면 사진", "Photo where it fails"), .flag, required: false),
        Field("unit", Words("단위", "Unit"), .text(maximum: 20), required: false),
        Field("low", Words("적합 하한", "At least"), .number(-1e9...1e9, unit: nil), required: false),
        Field("high", Words("적합 상한", "At most"), .number(-1e9...1e9, unit: nil), required: false),
        Field("below", Words("미만이어야 함", "Below"), .number(-1e9...1e9, unit: nil), required: false),
        Field(
            "choices", Words("보기", "Choices"), .text(maximum: 400), required: false,
            help: Words("정상 | 흠집 | 깨짐! (느낌표는 부적합)", "Good | Scratched | Broken! (! fails)")),
        Field("when_question", Words("앞 항목 이름", "Asked after"), .text(maximum: 60), required: false),
        Field("when_is", Words("그 답이", "If its answer is"), .text(maximum: 60), required: false),
        Field("cite", Words("근거", "Basis"), .text(maximum: 200), required: false),
    ]

    static let command = Command(form) { ask, tables in
        let tenant = try ask.tenant
        guard let firm = tenant.firm else { throw InspectionRefusals.firmOnly }
        let before = try InspectionTables.template(ask.values.text("template"), of: firm, for: tenant, in: tables)
        let version = (before?.template.version ?? 0) + 1
        switch InspectionTemplate.read(content(ask.values, before: before?.template), version: version) {
        case .failure(let faults): throw refusal(faults)
        case .success(let template):
            guard template.edition != before?.template.edition else {
                throw Refusal(
                    .conflict, "template.unchanged",
                    Words("앞 판과 달라진 것이 없습니다.", "Nothing differs from the version before."))
            }
            return [draft(template, version: version, base: nil, firm)]
        }
    }

    /// A version that is frozen from now on; with the library's edition where it was taken over as it is.
    static func draft(_ template: InspectionTemplate, version: Int64, base: String?, _ firm: FirmID) -> Draft {
        Draft(
            "safety.template.published", stream: "inspection-template/\(firm)/\(template.id)", scope: .firm(firm),
            payload: [
                "firm": .string(firm.rawValue), "version": .number(Double(version)),
                "edition": .string(template.edition), "base": base.map { .string($0) } ?? .null,
                "content": template.content,
            ], expectedVersion: version - 1)
    }

    /// What the form says, as a template's data. A citation stays as it was marked where its words stay.
    private static func content(_ values: FormValues, before: InspectionTemplate?) -> JSON {
        let questions = (values["questions"]?.elements ?? []).map { entry -> JSON in
            func text(_ name: String) -> String { entry[name]?.text ?? "" }
            var members: [String: JSON] = [
                "id": .string(text("id")), "ko": .string(text("text")), "en": .string(text("text_en")),
                "kind": .string(text("kind")), "severity": .string(text("severity")), "unit": .string(text("unit")),
                "required": .bool(entry["optional"]?.bool != true), "na": .bool(entry["always"]?.bool != true),
                "photo": .bool(entry["photo"]?.bool == true),
            ]
            for bound in ["low", "high", "below"] { if let value = entry[bound] { members[bound] = value } }
            if !text("choices").isEmpty { members["choices"] = choices(text("choices"), of: before?[text("id")]) }
            if !text("when_question").isEmpty {
                members["when"] = ["question": .string(text("when_question")), "is": .string(text("when_is"))]
            }
            if !text("cite").isEmpty {
                let same = before?[text("id")]?.citation
                let words = same?.words.ko == text("cite") ? same?.words : nil
                members["cite"] = [
                    "ko": .string(text("cite")), "en": .string(words?.en ?? text("cite")),
                    "mark": .string(words == nil ? "advice" : same?.mark ?? "advice"),
                ]
            }
            return .object(members)
        }
        return [
            "id": .string(values.text("template")), "industry": .string(values.text("industry")),
            "title": ["ko": .string(values.text("title")), "en": .string(values.text("title_en"))],
            "questions": .array(questions),
        ]
    }

    /// `Good | Broken!` as choices; one that was there before keeps its value and its words in the other language.
    private static func choices(_ text: String, of before: Question?) -> JSON {
        var known: [Question.Option] = []
        if case .choice(let options) = before?.kind { known = options }
        let parts = text.split(separator: "|").map { $0.filter { !$0.isNewline } }
        return .array(
            parts.enumerated().map { index, part in
                let words = part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
                let fails = words.last == "!"
                let label = String(fails ? words.dropLast() : words[...])
                let same = known.first { $0.words.ko == label }
                return [
                    "value": .string(same?.value ?? "c\(index + 1)"), "ko": .string(label),
                    "en": .string(same?.words.en ?? label), "fails": .bool(fails),
                ]
            })
    }

    private static func refusal(_ faults: InspectionTemplate.Faults) -> Refusal {
        Refusal(
            .invalid, "template.invalid", Words("점검표를 확인해 주세요.", "Please check the template."),
            faults: faults.list.map { fault in
                let field =
                    switch fault.field {
                    case "when": fault.rule == "answer" ? "when_is" : "when_question"
                    case "id" where fault.index == nil: "template"
                    default: fault.field
                    }
                return .init(
                    field: fault.index.map { "questions[\($0)].\(field)" } ?? field, rule: fault.rule,
                    words: words(fault.rule))
            })
    }

    private static func words(_ rule: String) -> Words {
        switch rule {
        case "name": Words("영어 소문자, 숫자, 붙임표로 60자까지 쓰세요.", "Lower-case letters, digits, hyphens; up to 60.")
        case "twice": Words("이름이 겹칩니다.", "This name is there twice.")
        case "bounds": Words("하한이나 상한을 넣고, 하한은 상한보다 크지 않아야 합니다.", "Give a bound; the lower may not exceed the upper.")
        case "choices": Words("보기를 두 개에서 열두 개까지 넣어 주세요.", "Two to twelve choices are needed.")
        case "earlier": Words("앞에 있는 항목의 이름이어야 합니다.", "This must name a question before it.")
        case "answer":
            Words(
                "앞 항목에서 나올 수 있는 답이어야 합니다(yes, no, na, c1 …).",
                "This must be a possible answer of that question (yes, no, na, c1 …).")
        case "maximum": Words("항목이 너무 많습니다.", "There are too many questions.")
        default: Words("입력해 주세요.", "Please fill this in.")
        }
    }
}
