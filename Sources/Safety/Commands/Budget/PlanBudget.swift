import Access
import District
import Record
import Store

/// What the commands about the budget ask in the same way.
enum BudgetAsk {
    static let people: Set<Role> = [.executive, .safetyManager]
    /// The largest amount taken, in won.
    static let amounts: ClosedRange<Int64> = 1...1_000_000_000_000

    static func fault(_ field: String, _ rule: String, _ words: Words, kind: Refusal.Kind = .invalid) -> Refusal {
        Refusal(kind, "budget.\(rule)", of: field, rule, words)
    }

    static func firm(_ ask: Ask) throws(Refusal) -> FirmID {
        guard let firm = ask.caller.firm else {
            throw Refusal(
                .forbidden, "budget.no-firm", Words("기업에 소속된 사람만 할 수 있습니다.", "Only people of a firm can do this."))
        }
        return firm
    }

    static func year(_ ask: Ask) -> Int { ask.values.integer("year").map { Int($0) } ?? HalfYear(ask.now).year }

    static func item(_ ask: Ask, _ tables: any Reader) throws -> BudgetLine {
        guard let line = try BudgetTable.find(ask.values.text("item"), for: ask.tenant, in: tables),
            line.firm == ask.caller.firm
        else {
            throw fault("item", "item", Words("그런 예산 항목이 없습니다.", "There is no such item."), kind: .notFound)
        }
        return line
    }

    static func personal(_ ask: Ask, _ field: String, about id: String) -> [String: PersonalContent] {
        let text = ask.values.text(field)
        guard !text.isEmpty else { return [:] }
        return [field: PersonalContent(of: ask.caller.person ?? PersonID(id), .string(text))]
    }
}

/// Plans an item of a year's budget for prevention.
enum PlanBudget {
    static let command = Command(
        Form(
            "safety.budget.plan", title: Words("안전보건 예산 항목 편성", "Plan a budget item"),
            help: Words("재해 예방에 쓸 예산을 항목별로 세웁니다.", "Plans what will be spent on prevention, item by item."),
            fields: [
                Field("name", Words("항목", "Item"), .text(maximum: 100)),
                Field(
                    "purpose", Words("용도", "Purpose"),
                    .choice(BudgetPurpose.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                Field("amount", Words("금액", "Amount"), .integer(BudgetAsk.amounts, unit: "원")),
                Field(
                    "year", Words("연도", "Year"), .integer(2020...2100, unit: nil), required: false,
                    help: Words("비워 두면 올해입니다.", "This year where left blank.")),
            ],
            permission: .roles(BudgetAsk.people).orToken("command:safety.budget.plan"),
            surfaces: [.web, .http, .cli, .mcp, .voice])
    ) { ask, _ in
        let firm = try BudgetAsk.firm(ask)
        return [
            Draft(
                "safety.budget.planned", stream: "budget/\(Identifier(at: ask.now))", scope: .firm(firm),
                payload: [
                    "name": .string(ask.values.text("name")), "purpose": .string(ask.values.text("purpose")),
                    "amount": ask.values["amount"] ?? 0, "year": .number(Double(BudgetAsk.year(ask))),
                ])
        ]
    }
}

/// Changes what an item is planned with; what it was stays on the Record.
enum ReviseBudget {
    static let command = Command(
        Form(
            "safety.budget.revise", title: Words("예산 항목 변경", "Revise a budget item"),
            help: Words("편성액을 바꾸고 이유를 남깁니다.", "Changes what is planned, with the reason."),
            fields: [
                Field("item", Words("항목", "Item"), .reference(kind: "budget-item", source: nil)),
                Field("amount", Words("새 금액", "New amount"), .integer(BudgetAsk.amounts, unit: "원")),
                Field("reason", Words("사유", "Reason"), .text(maximum: 300), isPersonal: true),
            ],
            permission: .roles([.executive]).orToken("command:safety.budget.revise"), confirmation: .readBack)
    ) { ask, tables in
        let item = try BudgetAsk.item(ask, tables)
        return [
            Draft(
                "safety.budget.revised", stream: "budget/\(item.id)", scope: .firm(item.firm),
                payload: [
                    "amount": ask.values["amount"] ?? 0, "before": .number(Double(item.planned)),
                    "year": .number(Double(item.year)),
                ], personal: BudgetAsk.personal(ask, "reason", about: "budget-\(item.id)"))
        ]
    }
}

/// Records money spent of an item, with its receipt.
enum SpendBudget {
    static let command = Command(
        Form(
            "safety.budget.spend", title: Words("예산 집행 등록", "Record spending"),
            help: Words("쓴 금액과 영수증을 등록합니다.", "Records what was spent, with its receipt."),
            fields: [
                Field("item", Words("항목", "Item"), .reference(kind: "budget-item", source: nil)),
                Field("amount", Words("금액", "Amount"), .integer(BudgetAsk.amounts, unit: "원")),
                Field(
                    "day", Words("쓴 날", "Day"), .text(maximum: 10), required: false,
                    help: Words("예: 2026-11-20. 비워 두면 오늘입니다.", "For example 2026-11-20; today where left blank.")),
                Field("file", Words("영수증·계약서", "Receipt or contract"), .attachment(maximumBytes: 20 << 20)),
                Field("note", Words("설명", "Note"), .text(maximum: 300), required: false, isPersonal: true),
            ],
            permission: .roles(BudgetAsk.people).orToken("command:safety.budget.spend"),
            surfaces: [.web, .http, .cli, .mcp, .voice])
    ) { ask, tables in
        let item = try BudgetAsk.item(ask, tables)
        let today = KoreanDay(ask.now)
        guard let day = ask.values.day("day", blank: today), day <= today else {
            throw BudgetAsk.fault("day", "day", Words("오늘까지의 날짜를 적어 주세요.", "Please give a day up to today."))
        }
        guard HalfYear(day).year == item.year else {
            throw BudgetAsk.fault(
                "day", "year", Words("\(item.year)년 예산 항목입니다.", "This item is of the budget of \(item.year)."))
        }
        try DutyFile.check(ask.values.text("file"), for: ask.tenant, field: "file", in: tables)
        return [
            Draft(
                "safety.budget.spent", stream: "budget/\(item.id)", scope: .firm(item.firm),
                payload: [
                    "amount": ask.values["amount"] ?? 0, "day": .string(day.description),
                    "file": .string(ask.values.text("file")), "year": .number(Double(item.year)),
                ], personal: BudgetAsk.personal(ask, "note", about: "budget-\(item.id)"))
        ]
    }
}

/// The executive holds the plan against the ledger: evidence of SAPA Decree 4(4).
enum ReviewBudget {
    static let command = Command(
        Form(
            "safety.budget.review", title: Words("예산 집행 점검", "Review the budget"),
            help: Words(
                "편성한 예산이 용도에 맞게 집행되었는지 확인합니다. 90% 미만으로 집행했으면 이유를 남깁니다.",
                "Holds the plan against what was spent. Below 90 % the reason must be said."),
            fields: [
                Field("year", Words("연도", "Year"), .integer(2020...2100, unit: nil), required: false),
                Field(
                    "reason", Words("적게 집행한 이유와 계획", "Why less was spent, and what follows"), .longText(maximum: 1000),
                    required: false, isPersonal: true),
            ],
            permission: .roles([.executive]), confirmation: .readBack)
    ) { ask, tables in
        let (firm, year) = (try BudgetAsk.firm(ask), BudgetAsk.year(ask))
        let lines = try BudgetTable.lines(of: firm, in: year, for: ask.tenant, tables)
        guard !lines.isEmpty else {
            throw BudgetAsk.fault(
                "year", "empty", Words("\(year)년에 편성한 예산이 없습니다.", "No budget was planned for \(year)."), kind: .conflict
            )
        }
        let (planned, spent) = (lines.reduce(0) { $0 + $1.planned }, lines.reduce(0) { $0 + $1.spent })
        guard Double(spent) >= Double(planned) * BudgetLine.expectedShare || !ask.values.text("reason").isEmpty else {
            let share = planned > 0 ? spent * 100 / planned : 0
            throw BudgetAsk.fault(
                "reason", "underspent",
                Words(
                    "편성액의 \(share)%만 집행했습니다. 이유를 적어 주세요.",
                    "Only \(share) % of the plan was spent: please say why."))
        }
        return [
            Draft(
                "safety.budget.reviewed", stream: "budget-year/\(firm)/\(year)", scope: .firm(firm),
                payload: [
                    "year": .number(Double(year)), "planned": .number(Double(planned)),
                    "spent": .number(Double(spent)), "items": .number(Double(lines.count)),
                ], personal: BudgetAsk.personal(ask, "reason", about: "budget-\(firm)"))
        ]
    }
}
