import Access
import District
import Record
import Store
import Web

/// What is promised to a firm under which condition, what is paid of it, and the jobs that are counted.
struct PromiseIncentive {
    let national: NationalProgrammes

    var commands: [Command] { [Self.promise, Self.pay, count] }

    private static let promise = Command(
        Form(
            "alliance.investment.promise", title: Words("투자 인센티브 약속", "Promise an incentive"),
            help: Words(
                "무엇을 언제까지 주기로 했고, 기업은 무엇을 지키기로 했는지 적습니다.", "What will be given by when, and what the firm must keep."),
            fields: [
                InvestmentAsk.found, Field("what", Words("투자 인센티브", "Incentive"), .text(maximum: 200)),
                Field("amount", Words("약속한 금액", "Amount"), .integer(GrowthAsk.amounts, unit: "원")),
                GrowthAsk.dayField("due", Words("지급 기한", "To be paid by"), required: true),
                Field(
                    "jobs", Words("조건: 유지할 고용", "Condition: jobs to be kept"), .integer(1...1_000_000, unit: "명"),
                    required: false),
                Field(
                    "jobs_by", Words("조건 확인일", "Day of the condition"), .text(maximum: 10), required: false,
                    help: Words("고용 조건이 있으면 적습니다. 예: 2027-12-31", "Where jobs are a condition, such as 2027-12-31"),
                    spoken: .day),
            ], permission: InvestmentAsk.permission("alliance.investment.promise"), confirmation: .readBack)
    ) { ask, tables in
        let (found, due) = (try InvestmentAsk.found(ask, tables), try GrowthAsk.day(ask, "due"))
        let jobs = ask.values.integer("jobs")
        guard (jobs == nil) == ask.values.text("jobs_by").isEmpty else {
            throw GrowthAsk.fault(
                "jobs_by", "investment.condition",
                Words("고용 조건은 인원과 확인일을 함께 적어 주세요.", "A condition needs both the jobs and the day."))
        }
        return [
            Draft(
                InvestmentEvents.promised, stream: "investment/\(found.id)", scope: found.scope,
                payload: [
                    "incentive": .string("\(Identifier(at: ask.now))"), "what": .string(ask.values.text("what")),
                    "amount": .decimal(ask.values.integer("amount") ?? 0), "due": .string(due.description),
                    "jobs": jobs.map { .decimal($0) } ?? .null,
                    "jobs_by": jobs == nil ? .null : .string(try GrowthAsk.day(ask, "jobs_by").description),
                ])
        ]
    }

    private static let pay = Command(
        Form(
            "alliance.investment.pay", title: Words("투자 인센티브 지급 등록", "Record a payment"),
            help: Words("약속한 금액 안에서 지급한 것을 등록합니다.", "Records what was paid, within what was promised."),
            fields: [
                Field(
                    "incentive", Words("투자 인센티브", "Incentive"), .reference(kind: "investment-incentive", source: nil)),
                Field("amount", Words("지급액", "Amount"), .integer(GrowthAsk.amounts, unit: "원")),
                GrowthAsk.dayField("day", Words("지급일", "Day")),
                GrowthAsk.sourceField(Words("예: 이체 확인증", "For example: the transfer slip")),
            ], permission: InvestmentAsk.permission("alliance.investment.pay"), confirmation: .readBack)
    ) { ask, tables in
        let tenant = try ask.tenant
        guard
            let incentive = try InvestmentTable.incentive(ask.values.text("incentive"), for: tenant, in: tables),
            let found = try InvestmentTable.find(incentive.caseID, for: tenant, in: tables)
        else {
            throw GrowthAsk.fault(
                "incentive", "investment.incentive", Words("그런 투자 인센티브가 없습니다.", "There is no such incentive."),
                kind: .notFound)
        }
        let (amount, day) = (ask.values.integer("amount") ?? 0, try GrowthAsk.past(ask, "day"))
        guard incentive.paid + amount <= incentive.promised else {
            let left = incentive.promised - incentive.paid
            throw GrowthAsk.fault(
                "amount", "investment.exceeded",
                Words("약속에서 남은 것은 \(Show.count(left))원입니다.", "Of the promise \(Show.count(left)) won is left."),
                kind: .conflict)
        }
        guard found.stage != .lost else {
            throw GrowthAsk.fault(
                "incentive", "investment.lost",
                Words("무산된 투자 건에는 지급할 수 없습니다.", "The case was lost: nothing more is paid."), kind: .conflict)
        }
        let counts = try InvestmentTable.counts(of: found.id, for: tenant, in: tables)
        switch incentive.standing(on: KoreanDay(ask.now), counts: counts) {
        case .pending, .unpaid, .kept: break
        // Nobody knows whether the condition was kept: unknown is not kept.
        case .unknown:
            throw GrowthAsk.fault(
                "incentive", "investment.uncounted",
                Words(
                    "고용 조건을 지켰는지 아직 모릅니다. 조건 확인일 이후의 고용을 먼저 등록해 주세요.",
                    "Whether the condition was kept is unknown: count the jobs from its day on first."),
                kind: .conflict)
        case .broken(let short):
            throw GrowthAsk.fault(
                "incentive", "investment.broken",
                Words(
                    "고용 조건이 \(short)명 모자라 지급할 수 없습니다. 환수를 검토해 주세요.",
                    "The condition is \(short) jobs short: nothing more is paid, and a clawback is due to be looked at."
                ),
                kind: .conflict)
        }
        return [
            Draft(
                InvestmentEvents.paid, stream: "investment/\(found.id)", scope: found.scope,
                payload: [
                    "incentive": .string(incentive.id), "amount": .decimal(amount),
                    "day": .string(day.description), "source": .string(ask.values.text("source")),
                ])
        ]
    }

    private var count: Command {
        let programmes =
            [Field.Choice(JobCount.whole, Words("투자 건 전체", "The whole case"))]
            + national.programmes.map { Field.Choice($0.id, $0.words) }
        let youth = national.youth.map { Field.Choice($0.id, $0.words) }
        func number(_ name: String, _ label: Words, required: Bool = false) -> Field {
            Field(
                name, label, .integer(0...1_000_000, unit: "명"), required: required,
                help: required
                    ? nil : Words("세지 않았으면 비워 둡니다. 0이 아닙니다.", "Leave blank where not counted: it is not zero."))
        }
        return Command(
            Form(
                "alliance.investment.count", title: Words("고용 집계 등록", "Count jobs"),
                help: national.skilled,
                fields: [
                    InvestmentAsk.found,
                    Field("programme", Words("어느 제도로 세나", "Counted for"), .choice(programmes)),
                    GrowthAsk.dayField("day", Words("기준일", "Day")),
                    number("created", Words("새로 만든 일자리(누계)", "Jobs created, in all"), required: true),
                    number("kept", Words("그 가운데 지금 있는 일자리", "Of those, there now"), required: true),
                    number("youth", Words("지금 있는 일자리 가운데 청년", "Of those there now: young people")),
                    Field("youth_rule", Words("청년의 나이 기준", "Who is young"), .choice(youth), required: false),
                    number("skilled", Words("지금 있는 일자리 가운데 숙련", "Of those there now: skilled people")),
                    GrowthAsk.sourceField(),
                ], permission: InvestmentAsk.permission("alliance.investment.count"))
        ) { ask, tables in
            let (found, day) = (try InvestmentAsk.found(ask, tables), try GrowthAsk.past(ask, "day"))
            let (created, kept) = (ask.values.integer("created") ?? 0, ask.values.integer("kept") ?? 0)
            guard kept <= created else {
                throw GrowthAsk.fault(
                    "kept", "investment.kept", Words("만든 일자리보다 많습니다.", "It is more than was created."))
            }
            for field in ["youth", "skilled"] where ask.values.integer(field) ?? 0 > kept {
                throw GrowthAsk.fault(field, "investment.part", Words("지금 있는 일자리보다 많습니다.", "It is more than is there."))
            }
            let rule = ask.values.text("youth_rule")
            guard ask.values.integer("youth") == nil || !rule.isEmpty else {
                throw GrowthAsk.fault(
                    "youth_rule", "investment.youth",
                    Words("법마다 청년의 나이가 다릅니다. 기준을 골라 주세요.", "Laws differ on who is young: please choose."))
            }
            func optional(_ field: String) -> JSON { ask.values.integer(field).map { .decimal($0) } ?? .null }
            return [
                Draft(
                    InvestmentEvents.counted, stream: "investment/\(found.id)", scope: found.scope,
                    payload: [
                        "programme": .string(ask.values.text("programme")), "day": .string(day.description),
                        "created": .decimal(created), "kept": .decimal(kept),
                        "youth": optional("youth"), "youth_rule": .string(rule), "skilled": optional("skilled"),
                        "source": .string(ask.values.text("source")),
                    ])
            ]
        }
    }
}
