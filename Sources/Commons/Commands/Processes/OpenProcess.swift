import Access
import District
import Record
import Store
import Twin

/// A process is opened by the zone, from a template or freely.
struct OpenProcess: Sendable {
    static let name = "commons.process.open"
    let templates: ProcessTemplates

    private static let days = Words("예: 2026-12-31", "Such as 2026-12-31")
    private static let whoHelp = Words(
        "비우면 서식에서 정한 대로, 서식이 없으면 누구나입니다.", "Empty: as the template says, else everybody.")

    private var form: Form {
        Form(
            Self.name, title: Words("참여 과정 개설", "Open a process"),
            help: Words(
                "시민과 함께 정할 일을 엽니다. 서식을 고르면 비운 칸은 서식대로 채워집니다. 단계는 정한 날에 저절로 바뀝니다.",
                "Opens something that is decided together with citizens. What is left empty is as the template has it. "
                    + "Phases change by themselves on their days."),
            fields: [
                Field(
                    "template", Words("서식", "Template"),
                    .choice(templates.all.map { Field.Choice($0.id, $0.title) }), required: false),
                Field("title", Words("제목", "Title"), .text(maximum: 120), required: false),
                Field("title_en", Words("제목(영어)", "Title in English"), .text(maximum: 120), required: false),
                Field("question", Words("무엇을 정하나요", "What is to be decided"), .text(maximum: 300), required: false),
                Field(
                    "question_en", Words("무엇을 정하나요(영어)", "The same in English"), .text(maximum: 300), required: false),
                Field(
                    "summary", Words("쉬운 말 설명", "In plain language"), .longText(maximum: 2000), required: false,
                    help: Words("누구에게 무엇이 달라지는지 짧은 문장으로 적습니다.", "What changes for whom, in short sentences.")),
                Field(
                    "summary_en", Words("쉬운 말 설명(영어)", "The same in English"), .longText(maximum: 2000), required: false
                ),
                Field(
                    "kind", Words("종류", "Kind"),
                    .choice(CivicProcess.Kind.allCases.map { Field.Choice($0.rawValue, $0.words) }), required: false),
                Field(
                    "scope", Words("지도에서 대상이 되는 곳", "What on the map it is about"),
                    .reference(kind: "thing", source: "/api/things"), required: false),
                Field(
                    "budget", Words("예산", "Budget"), .integer(1...1_000_000_000_000, unit: "원"), required: false,
                    spoken: .amount),
                Field(
                    "begins", Words("첫 단계 시작일", "First day"), .text(maximum: 10), required: false, help: Self.days,
                    spoken: .day),
                Field(
                    "phases", Words("단계", "Phases"),
                    .list(
                        [
                            Field(
                                "phase", Words("단계", "Phase"),
                                .choice(Phase.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                            Field("begins", Words("첫날", "First day"), .text(maximum: 10), help: Self.days),
                            Field("ends", Words("마지막 날", "Last day"), .text(maximum: 10)),
                        ], maximum: 6), required: false,
                    help: Words("비우면 서식의 단계를 첫 단계 시작일부터 놓습니다.", "Empty: the template's, from the first day on.")),
                Field(
                    "propose", Words("제안하는 사람", "Who proposes"), Audience.choices, required: false,
                    help: Self.whoHelp),
                Field("support", Words("지지하는 사람", "Who supports"), Audience.choices, required: false),
                Field("comment", Words("토론하는 사람", "Who debates"), Audience.choices, required: false),
                Field("vote", Words("투표하는 사람", "Who votes"), Audience.choices, required: false),
                Field("census", Words("선거인 명부 번호", "Census"), .text(maximum: 80), required: false),
                Field("voice", Words("음성 투표를 허용", "Voting by voice is permitted"), .flag, required: false),
                Field(
                    "accountless", Words("계정 없는 투표를 허용", "Voting without an account is permitted"), .flag,
                    required: false),
                Field(
                    "support_needed", Words("투표에 오르는 데 필요한 지지", "Supporters needed for the vote"),
                    .integer(0...100_000, unit: nil), required: false),
                Field(
                    "amend_support", Words("수정안이 받아들여지는 지지 수", "Supporters that have an amendment accepted"),
                    .integer(1...100_000, unit: nil), required: false,
                    help: Words("비우면 제안한 사람이 정합니다.", "Empty: the proposal's authors decide.")),
            ],
            permission: .roles(ProcessAsk.officers).orToken("command:\(Self.name)"), confirmation: .readBack,
            surfaces: ProcessAsk.written, after: "/commons/processes/{it}")
    }

    var command: Command {
        Command(form) { ask, tables in
            let id = Identifier(at: ask.now).description
            return [
                Draft(
                    ProcessEvents.opened, stream: ProcessEvents.stream(id), scope: .everyone,
                    payload: try payload(id, ask, tables))
            ]
        }
    }

    /// The event's payload: the template's members, and over them what was said.
    private func payload(_ id: String, _ ask: Ask, _ tables: any Reader) throws -> [String: JSON] {
        let template = templates.find(ask.values.text("template"))
        var payload = template?.defaults ?? ["kind": "other", "support_needed": "0"]
        payload["process"] = .string(id)
        if let template { payload["template"] = .string(template.id) }
        for key in ["title", "question", "summary"] {
            if case let words = ask.values.words(key), !words.ko.isEmpty { payload[key] = words.json }
        }
        for key in ["title", "question"] where payload[key] == nil {
            throw Refusal(
                .invalid, of: key, "required", Words("서식을 고르지 않으면 적어야 합니다.", "Without a template it must be filled in.")
            )
        }
        if let kind = ask.values["kind"] { payload["kind"] = kind }
        if let budget = ask.values.integer("budget") { payload["budget"] = .decimal(budget) }
        guard payload["kind"] != "budget" || payload["budget"] != nil else {
            throw Refusal(
                .invalid, of: "budget", "required", Words("참여예산에는 예산이 얼마인지 적어야 합니다.", "A budget needs its amount."))
        }
        let phases = try phases(template, ask)
        let plan = try ProcessAsk.plan(phases, field: "phases")
        guard let first = plan.phases.first, first.begins >= KoreanDay(ask.now) else {
            throw Refusal(
                .invalid, of: ask.values["phases"]?.elements?.isEmpty ?? true ? "begins" : "phases", "past",
                Words("첫 단계는 오늘이나 그 뒤에 시작해야 합니다.", "The first phase must begin today or later."))
        }
        payload["phases"] = .array(plan.phases.map(\.json))
        var audiences = payload["audiences"]?.members ?? [:]
        for (key, _) in CivicProcess.governed { audiences[key] = ask.values[key] ?? audiences[key] ?? "everyone" }
        payload["audiences"] = .object(audiences)
        if let census = ask.values["census"] { payload["census"] = census }
        for key in ["voice", "accountless"] where ask.values[key] == true { payload[key] = true }
        for key in ["support_needed", "amend_support"] {
            if let number = ask.values.integer(key) { payload[key] = .decimal(number) }
        }
        if ask.values["scope"] != nil { payload["place"] = try place(ask, tables) }
        return payload
    }

    private func phases(_ template: ProcessTemplate?, _ ask: Ask) throws(Refusal) -> [PhaseDays] {
        if let listed = ask.values["phases"]?.elements, !listed.isEmpty {
            var phases: [PhaseDays] = []
            for (place, entry) in listed.enumerated() {
                guard let phase = entry["phase"]?.text.flatMap(Phase.init) else { continue }
                phases.append(
                    PhaseDays(
                        phase: phase,
                        begins: try ProcessAsk.day(entry["begins"]?.text ?? "", field: "phases[\(place)].begins"),
                        ends: try ProcessAsk.day(entry["ends"]?.text ?? "", field: "phases[\(place)].ends")))
            }
            return phases
        }
        guard let template else { return [] }
        guard ask.values["begins"] != nil else {
            throw Refusal(
                .invalid, of: "begins", "required",
                Words("첫 단계가 시작하는 날을 적어 주세요.", "Please give the day the first phase begins."))
        }
        return template.plan(from: try ProcessAsk.day(ask.values.text("begins"), field: "begins"))
    }

    private func place(_ ask: Ask, _ tables: any Reader) throws -> JSON {
        let id = ThingID(ask.values.text("scope"))
        guard let thing = try Things.find(id, for: try ask.tenant, in: tables) else {
            throw Refusal(.invalid, of: "scope", "unknown", Words("그런 곳이 없습니다.", "There is no such place."))
        }
        return ["thing": .string(id.rawValue), "name": thing.name.json]
    }
}
