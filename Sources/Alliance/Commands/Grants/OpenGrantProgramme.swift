import Access
import District
import Record
import Store

/// Opens a programme to which firms can apply.
struct OpenGrantProgramme {
    /// Kinds of solution, as suppliers name them.
    let solutions: [Field.Choice]

    static let name = "alliance.grant.open"

    static let change = "alliance.grant.change"

    var commands: [Command] { [open, changed, Self.close] }

    private var open: Command {
        Command(
            Form(
                Self.name, title: Words("지원사업 열기", "Open a programme"),
                help: Words("예산과 기간, 대상을 정해 신청을 받습니다.", "Sets budget, period and who may apply."),
                fields: fields, permission: GrantAsk.zone(Self.name), confirmation: .readBack, after: "/alliance/grants"
            )
        ) { ask, _ in
            [
                Draft(
                    GrantEvents.opened, stream: "programme/\(Identifier(at: ask.now))", scope: .everyone,
                    payload: try Self.said(ask))
            ]
        }
    }

    /// Whoever has applied did so by the terms that stood: from then on they stay, and the programme can only be closed.
    private var changed: Command {
        Command(
            Form(
                Self.change, title: Words("지원사업 바꾸기", "Change the programme"),
                help: Words(
                    "첫 신청이 들어오기 전까지 예산과 기간, 대상을 바꿀 수 있습니다.",
                    "Budget, period and who may apply can be changed until the first application."),
                fields: [GrantAsk.programme] + fields, permission: GrantAsk.zone(Self.change), confirmation: .readBack,
                after: "/alliance/grants/programme/{programme}")
        ) { ask, tables in
            let found = try Self.running(ask, tables)
            guard try GrantTable.applications(to: found.id, for: ask.tenant, in: tables).isEmpty else {
                throw GrowthAsk.fault(
                    "programme", "grant.applied",
                    Words(
                        "이미 신청한 기업이 있어 바꿀 수 없습니다. 마감하고 새로 여실 수 있습니다.",
                        "A firm has applied: it can no longer be changed, only closed."), kind: .conflict)
            }
            return [
                Draft(
                    GrantEvents.changed, stream: "programme/\(found.id)", scope: .everyone, payload: try Self.said(ask))
            ]
        }
    }

    private static let close = Command(
        Form(
            "alliance.grant.close", title: Words("지원사업 마감", "Close the programme"),
            help: Words(
                "더는 신청을 받지 않습니다. 이미 받은 신청은 그대로 심사하고, 선정한 지원은 계속합니다. 다시 열 수 없습니다.",
                "Takes no more applications. Those that were filed are still decided, and what was granted goes on. It cannot be opened again."
            ),
            fields: [GrantAsk.programme, Field("reason", Words("사유", "Reason"), .text(maximum: 300))],
            permission: GrantAsk.zone("alliance.grant.close"), confirmation: .readBack,
            after: "/alliance/grants/programme/{programme}")
    ) { ask, tables in
        let found = try running(ask, tables)
        return [
            Draft(
                GrantEvents.closed, stream: "programme/\(found.id)", scope: .everyone,
                payload: [
                    "day": .string(KoreanDay(ask.now).description), "reason": .string(ask.values.text("reason")),
                ])
        ]
    }

    private static func running(_ ask: Ask, _ tables: any Reader) throws -> Programme {
        let found = try GrantAsk.programme(ask, tables)
        guard found.closed == nil else {
            throw GrowthAsk.fault(
                "programme", "grant.closed", Programme.Hindrance.closed.words, kind: .conflict)
        }
        return found
    }

    private var fields: [Field] {
        [
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
        ]
    }

    /// A programme's terms as they were entered.
    private static func said(_ ask: Ask) throws -> [String: JSON] {
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
            "title": ask.values.words("title").json, "runner": .string(ask.values.text("runner")),
            "kind": .string(ask.values.text("kind")), "budget": .decimal(budget), "most": .decimal(most),
            "opens": .string(opens.description), "closes": .string(closes.description),
            "headcount": ask.values.integer("headcount").map { .decimal($0) } ?? .null,
            "solutions": .array((ask.values["solutions"]?.elements ?? []).compactMap { $0["kind"] }),
        ]
    }
}
