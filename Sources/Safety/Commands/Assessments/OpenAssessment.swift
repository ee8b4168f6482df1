import Access
import District
import Record
import Store
import Twin

/// Opens an assessment and announces when it will be made (OSH Rule 37-3: the schedule is told before).
enum OpenAssessment {
    static func command(_ book: AssessmentBook) -> Command {
        Command(form) { ask, tables in
            let tenant = try ask.tenant
            let thing = try PlaceOfWork.find(ask.values.text("thing"), for: tenant, in: tables)
            let method = AssessmentMethod(rawValue: ask.values.text("method")) ?? .threeStep
            let kind = AssessmentKind(rawValue: ask.values.text("kind")) ?? .initial
            let plan = try AssessmentPlan(ask, kind: kind)
            let scale = try Self.scale(ask, method)
            return [
                try plan.draft(
                    thing, method: method, scale: scale, book: book, id: Identifier(at: ask.now), tenant, in: tables)
            ]
        }
    }

    static let scaleFields: [(name: String, label: Words, most: Int64)] = [
        ("likelihoods", Words("빈도 단계 수", "Steps of frequency"), 6),
        ("severities", Words("강도 단계 수(마지막은 사망)", "Steps of severity (the last is death)"), 6),
        ("medium_from", Words("‘보통’이 시작되는 점수", "Score where medium begins"), 36),
        ("high_from", Words("‘높음’이 시작되는 점수", "Score where high begins"), 36),
        ("severe_from", Words("‘매우 높음’이 시작되는 점수", "Score where severe begins"), 36),
    ]

    static let form = Form(
        "safety.assessment.open", title: Words("위험성평가 시작", "Open a risk assessment"),
        help: Words(
            "어디의 어떤 작업을 언제 함께 돌아볼지 정합니다. 일정은 바로 근로자에게 보입니다.",
            "Says which work will be looked at where and when; workers see the schedule at once."),
        fields: [
            Field("thing", Words("장소나 설비", "Place or machine"), .reference(kind: "thing", source: "/api/v1/things")),
            Field("process", Words("작업 이름", "Work"), .text(maximum: 120)),
            Field("kind", Words("평가 시기", "Occasion"), .choice(AssessmentKind.choices)),
            Field("method", Words("평가 방법", "Method"), .choice(AssessmentMethod.choices)),
            Field(
                "planned", Words("순회점검 예정 시각", "Walk-round planned for"), .moment,
                help: Words("이 시각이 근로자에게 미리 공지됩니다.", "This is announced to workers beforehand.")),
            Field(
                "work_starts", Words("작업 시작 예정", "Work begins"), .moment, required: false,
                help: Words("최초평가와 변경 작업 전 평가에 필요합니다.", "Needed before first or changed work.")),
        ]
            + scaleFields.map { scale in
                Field(
                    scale.name, scale.label, .integer(2...scale.most, unit: nil), required: false,
                    group: Words("우리 회사의 척도", "Your firm's own scale"),
                    condition: .init("method", is: AssessmentMethod.frequencySeverity.rawValue))
            },
        permission: AssessmentAsk.permission(AssessmentAsk.managers, "safety.assessment.open"),
        surfaces: [.web, .http, .cli, .mcp, .voice])

    /// The firm's own scale, all of it or none.
    private static func scale(_ ask: Ask, _ method: AssessmentMethod) throws -> RiskScale {
        let given = scaleFields.map { ask.values.integer($0.name).map { Int($0) } }
        guard method == .frequencySeverity, given.contains(where: { $0 != nil }) else { return method.scale }
        let numbers = given.compactMap { $0 }
        guard numbers.count == scaleFields.count,
            let scale = RiskScale(
                likelihoods: numbers[0], severities: numbers[1], medium: numbers[2], high: numbers[3],
                severe: numbers[4])
        else {
            throw AssessmentAsk.invalid(
                "assessment.scale", "severe_from", "order",
                Words(
                    "척도는 다섯 칸을 모두 채우고, 점수는 보통 < 높음 < 매우 높음 ≤ 빈도×강도로 정해 주세요.",
                    "Fill in all five; scores must rise from medium over high to severe, up to frequency × severity."))
        }
        return scale
    }
}

/// When an assessment will be made, and before which work.
struct AssessmentPlan: Sendable {
    let process: String
    let kind: AssessmentKind
    let planned: Timestamp
    let workStarts: Timestamp?

    /// Reads and checks what was asked.
    init(_ ask: Ask, kind: AssessmentKind) throws {
        process = ask.values.text("process")
        self.kind = kind
        planned = ask.values.moment("planned") ?? ask.now
        workStarts = ask.values.moment("work_starts")
        // Announced on the day itself is the latest; what has passed cannot be announced any more.
        guard KoreanDay(planned) >= KoreanDay(ask.now) else {
            throw AssessmentAsk.invalid(
                "assessment.not-announced", "planned", "future",
                Words("지난 날은 미리 알릴 수 없습니다. 오늘 이후로 정해 주세요.", "A day that has passed cannot be announced."))
        }
        guard kind.precedesWork else { return }
        guard let workStarts else {
            throw AssessmentAsk.invalid(
                "assessment.work-start", "work_starts", "required",
                Words("작업을 언제 시작하는지 넣어 주세요.", "Please say when the work begins."))
        }
        guard planned < workStarts else {
            throw AssessmentAsk.invalid(
                "assessment.too-late", "planned", "order",
                Words("작업을 시작하기 전에 평가해야 합니다.", "It must be made before the work begins."))
        }
    }

    func draft(
        _ thing: Thing, method: AssessmentMethod, scale: RiskScale, book: AssessmentBook, id: Identifier,
        copiedFrom: String? = nil, _ tenant: Tenant, in tables: any Reader
    ) throws -> Draft {
        let site = try AssessmentAsk.site(of: thing, for: tenant, in: tables)
        var payload: [String: JSON] = [
            "assessment": .string(id.description), "thing": .string(thing.id.rawValue),
            "site": .string(site.rawValue), "method": .string(method.rawValue), "kind": .string(kind.rawValue),
            "process": .string(process), "planned": .string(planned.description), "edition": .string(book.edition),
            "scale": scale.json,
        ]
        if let workStarts { payload["work_starts"] = .string(workStarts.description) }
        if let copiedFrom { payload["copied_from"] = .string(copiedFrom) }
        return Draft(AssessmentEvent.opened, stream: "assessment/\(id)", scope: thing.scope, payload: payload)
    }
}

extension RiskScale {
    /// As events carry it.
    var json: JSON {
        var members: [String: JSON] = ["likelihoods": .init(likelihoods), "severities": .init(severities)]
        if case .product(let medium, let high, let severe) = banding {
            members["medium"] = .init(medium)
            members["high"] = .init(high)
            members["severe"] = .init(severe)
        }
        return .object(members)
    }
}

extension JSON {
    /// A small whole number.
    init(_ value: Int) { self = .number(Double(value)) }
}
