import Access
import District
import Record
import Store

/// Opens a programme to which firms can apply.
struct OpenGrantProgramme {
    /// Kinds of solution, as suppliers name them.
    let solutions: [Field.Choice]

    static let name = "alliance.grant.open"

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("지원사업 열기", "Open a programme"),
                help: Words("예산과 기간, 대상을 정해 신청을 받습니다.", "Sets budget, period and who may apply."),
                fields: [
                    Field("title", Words("사업 이름", "Title"), .text(maximum: 100)),
                    Field("title_en", Words("영문 이름", "Title in English"), .text(maximum: 100), required: false),
                    Field("runner", Words("운영 기관", "Run by"), .text(maximum: 100)),
                    Field(
                        "kind", Words("종류", "Kind"),
                        .choice(GrantKind.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                    Field("budget", Words("예산", "Budget"), .integer(GrowthAsk.amounts, unit: "원")),
                    Field(
                        "most", Words("신청 한 건의 한도", "Most for one application"), .integer(GrowthAsk.amounts, unit: "원")),
                    GrowthAsk.dayField("opens", Words("신청 시작일", "Opens"), required: true),
                    GrowthAsk.dayField("closes", Words("신청 마감일", "Closes"), required: true),
                    Field(
                        "headcount", Words("대상 상시근로자 수(이하)", "Firms of at most"), .integer(1...100_000, unit: "명"),
                        required: false, help: Words("비워 두면 규모 제한이 없습니다.", "Any size where left blank.")),
                    Field(
                        "solutions", Words("지원하는 솔루션", "Kinds of solution"),
                        .list([Field("kind", Words("종류", "Kind"), .choice(solutions))], maximum: 20), required: false,
                        help: Words("비워 두면 모두 지원합니다.", "All where left blank.")),
                ], permission: GrantAsk.zone(Self.name), confirmation: .readBack, after: "/alliance/grants")
        ) { ask, _ in
            let (opens, closes) = (try GrowthAsk.day(ask, "opens"), try GrowthAsk.day(ask, "closes"))
            guard opens <= closes else {
                throw GrowthAsk.fault("closes", "grant.period", Words("마감일이 시작일보다 빠릅니다.", "It closes before it opens."))
            }
            let (budget, most) = (ask.values.integer("budget") ?? 0, ask.values.integer("most") ?? 0)
            guard most <= budget else {
                throw GrowthAsk.fault(
                    "most", "grant.most", Words("한 건의 한도가 예산보다 큽니다.", "The most for one is more than the budget."))
            }
            return [
                Draft(
                    GrantEvents.opened, stream: "programme/\(Identifier(at: ask.now))", scope: .everyone,
                    payload: [
                        "title": ask.values.words("title").json,
                        "runner": .string(ask.values.text("runner")), "kind": .string(ask.values.text("kind")),
                        "budget": .decimal(budget), "most": .decimal(most),
                        "opens": .string(opens.description), "closes": .string(closes.description),
                        "headcount": ask.values.integer("headcount").map { .decimal($0) } ?? .null,
                        "solutions": .array(
                            (ask.values["solutions"]?.elements ?? []).compactMap { $0["kind"] }),
                    ])
            ]
        }
    }
}
