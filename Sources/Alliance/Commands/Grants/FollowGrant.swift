import Access
import District
import Record
import Store

/// What comes of programmes: seminars with who took part, and what changed after.
enum FollowGrant {
    static let seminar = Command(
        Form(
            "alliance.grant.seminar", title: Words("세미나 열기", "Set a seminar"),
            help: Words("지원사업의 세미나 날짜와 자리를 정합니다.", "Sets day and places of a seminar of a programme."),
            fields: [
                GrantAsk.programme, Field("title", Words("제목", "Title"), .text(maximum: 100)),
                GrowthAsk.dayField("day", Words("날짜", "Day"), required: true),
                Field("places", Words("자리", "Places"), .integer(1...1000, unit: "명")),
            ], permission: GrantAsk.zone("alliance.grant.seminar"))
    ) { ask, tables in
        let (programme, day) = (try GrantAsk.programme(ask, tables), try GrowthAsk.day(ask, "day"))
        return [
            Draft(
                GrantEvents.seminar, stream: "seminar/\(Identifier(at: ask.now))", scope: .everyone,
                payload: [
                    "programme": .string(programme.id), "title": .string(ask.values.text("title")),
                    "day": .string(day.description), "places": .decimal(ask.values.integer("places") ?? 1),
                ])
        ]
    }

    static let attend = Command(
        Form(
            "alliance.grant.attend", title: Words("세미나 참석 등록", "Record who took part"),
            help: Words(
                "기업별 참석 인원을 등록합니다. 다시 등록하면 고쳐집니다.",
                "Records how many of a firm took part; recorded again, it is corrected."),
            fields: [
                Field("seminar", Words("세미나", "Seminar"), .reference(kind: "grant-seminar", source: nil)),
                Field("firm", Words("기업", "Firm"), .reference(kind: "grant-firm", source: nil)),
                Field("people", Words("참석 인원", "People"), .integer(0...1000, unit: "명")),
            ], permission: GrantAsk.zone("alliance.grant.attend"))
    ) { ask, tables in
        let (firm, people) = (FirmID(ask.values.text("firm")), ask.values.integer("people") ?? 0)
        guard let seminar = try GrantTable.seminar(ask.values.text("seminar"), in: tables) else {
            throw GrowthAsk.fault(
                "seminar", "grant.seminar", Words("그런 세미나가 없습니다.", "There is no such seminar."), kind: .notFound)
        }
        guard try Directory.firm(firm, for: ask.tenant, in: tables) != nil else {
            throw GrowthAsk.fault(
                "firm", "grant.firm", Words("그런 기업이 없습니다.", "There is no such firm."), kind: .notFound)
        }
        guard seminar.day <= KoreanDay(ask.now) else {
            throw GrowthAsk.fault(
                "seminar", "grant.early", Words("아직 열리지 않은 세미나입니다.", "It has not been held yet."), kind: .conflict)
        }
        let others = try GrantTable.attendance(of: seminar.id, for: ask.tenant, in: tables).filter { $0.firm != firm }
        guard others.reduce(people, { $0 + $1.people }) <= seminar.places else {
            throw GrowthAsk.fault(
                "people", "grant.places", Words("자리는 \(seminar.places)명입니다.", "There are \(seminar.places) places."),
                kind: .conflict)
        }
        return [
            Draft(
                GrantEvents.attended, stream: "seminar/\(seminar.id)", scope: .firm(firm),
                payload: ["people": .decimal(people)])
        ]
    }

    static let measure: Command = {
        let name = "alliance.grant.measure"
        let after = Words("지원 뒤", "After"), before = Words("지원 전", "Before")
        func assessment(_ field: String, _ label: Words) -> Field {
            Field(
                field, label, .reference(kind: "maturity-assessment", source: nil), required: false,
                condition: .init("metric", is: GrantOutcome.Metric.maturity.rawValue))
        }
        return Command(
            Form(
                name, title: Words("지원 뒤의 변화 등록", "Record what changed after"),
                help: Words(
                    "수준은 진단 두 건을 이어 견주고, 다른 값은 출처와 함께 적습니다. 한 기업의 전후 비교라 근거 수준은 낮습니다.",
                    "A level is compared by two assessments, other figures are entered with their source. One firm before and after proves little."
                ),
                fields: [
                    GrantAsk.application,
                    Field(
                        "metric", Words("무엇을 쟀나", "What was measured"),
                        .choice(GrantOutcome.Metric.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                    assessment("before_assessment", Words("지원 전 진단", "Assessment before")),
                    assessment("after_assessment", Words("지원 뒤 진단", "Assessment after")),
                    Field("before", before, .number(0...1_000_000_000, unit: nil), required: false),
                    GrowthAsk.dayField("before_day", Words("지원 전 날짜", "Day before")),
                    Field("after", after, .number(0...1_000_000_000, unit: nil), required: false),
                    GrowthAsk.dayField("after_day", Words("지원 뒤 날짜", "Day after")),
                    Field(
                        "source", Words("출처", "Source"), .text(maximum: 200), required: false,
                        help: Words("예: 사고 보고서 목록, 생산일보", "For example: the list of incident reports")),
                ], permission: .roles(GrowthAsk.speakers.union(GrowthAsk.zone)).orToken("command:\(name)"))
        ) { ask, tables in
            let application = try GrantAsk.application(ask, tables, in: .granted)
            let outcome = try outcome(ask, application, tables)
            guard outcome.beforeDay < outcome.afterDay else {
                throw GrowthAsk.fault(
                    "after_day", "grant.order",
                    Words("지원 뒤 날짜가 지원 전보다 늦어야 합니다.", "The day after must be later than the day before."))
            }
            return [
                Draft(
                    GrantEvents.measured, stream: "grant/\(application.id)", scope: application.scope,
                    payload: [
                        "programme": .string(application.programme), "metric": .string(outcome.metric.rawValue),
                        "before": .number(outcome.before), "after": .number(outcome.after),
                        "before_day": .string(outcome.beforeDay.description),
                        "after_day": .string(outcome.afterDay.description), "source": .string(outcome.source),
                        "evidence": .number(Double(GrantOutcome.evidence)),
                    ])
            ]
        }
    }()

    private static func outcome(_ ask: Ask, _ application: GrantApplication, _ tables: any Reader) throws
        -> GrantOutcome
    {
        let metric = GrantOutcome.Metric(rawValue: ask.values.text("metric")) ?? .maturity
        guard metric == .maturity else {
            func value(_ field: String) throws -> Double {
                guard let value = ask.values.number(field) else {
                    throw GrowthAsk.fault(field, "grant.value", Words("값을 적어 주세요.", "Please enter the figure."))
                }
                return value
            }
            guard !ask.values.text("source").isEmpty else {
                throw GrowthAsk.fault("source", "grant.source", Words("출처를 적어 주세요.", "Please name the source."))
            }
            guard !ask.values.text("before_day").isEmpty else {
                throw GrowthAsk.fault(
                    "before_day", "grant.day", Words("지원 전 날짜를 적어 주세요.", "Please name the day before."))
            }
            return GrantOutcome(
                metric: metric, before: try value("before"), after: try value("after"),
                beforeDay: try GrowthAsk.past(ask, "before_day"), afterDay: try GrowthAsk.past(ask, "after_day"),
                source: ask.values.text("source"))
        }
        func level(_ field: String) throws -> (Double, KoreanDay) {
            guard
                let found = try MaturityTable.find(ask.values.text(field), for: ask.tenant, in: tables),
                found.firm == application.firm, let submitted = found.submitted, let overall = found.overall
            else {
                throw GrowthAsk.fault(
                    field, "grant.assessment",
                    Words(
                        "이 기업이 제출했고 전체 수준을 아는 진단이어야 합니다.", "It must be an assessment of this firm with a known level."))
            }
            return (Double(overall), KoreanDay(submitted))
        }
        let (before, after) = (try level("before_assessment"), try level("after_assessment"))
        return GrantOutcome(
            metric: metric, before: before.0, after: after.0, beforeDay: before.1, afterDay: after.1,
            source: Words("수준 진단 두 건", "Two assessments").ko)
    }
}
