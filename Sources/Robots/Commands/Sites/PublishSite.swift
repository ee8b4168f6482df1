import Access
import District
import Record
import Store
import Twin

/// Publishes a plan of a site: what was drawn, or a file.
enum PublishSite {
    static let name = "robots.site.publish"

    static let sources: [Field.Choice] = [
        .init("file", Words("도면 파일", "A file")), .init("text", Words("붙여 넣은 도면", "Pasted text")),
    ]
    /// What of a file or of pasted text is asked.
    static let files: [Field] = [
        Field(
            "file", Words("도면 파일", "File"), .attachment(maximumBytes: PlanFile.largest),
            help: Words(
                "Slipway JSON, GeoJSON, LIF(VDMA), MovingAI 격자를 읽습니다.",
                "Slipway JSON, GeoJSON, LIF (VDMA) and MovingAI grids are read."),
            condition: .init("source", is: "file")),
        Field(
            "plan", Words("도면", "Plan"), .longText(maximum: PlanFile.largest),
            condition: .init("source", is: "text")),
    ]

    static let command = Command(
        Form(
            name, title: Words("로봇 현장 도면 펴내기", "Publish a site's plan"),
            help: Words(
                "도면을 검사해 이상이 없으면 새 판으로 펴냅니다. 로봇은 다음 출발부터 새 판을 따릅니다.",
                "The plan is checked and becomes the new edition. Vehicles follow it from their next leg."),
            fields: [
                SiteAsk.site,
                Field(
                    "source", Words("무엇을 펴낼까요", "What is published"),
                    .choice([.init("draft", Words("그려 둔 초안", "The draft"))] + sources)),
            ] + files,
            permission: SiteAsk.permission(name))
    ) { ask, tables in
        let thing = try SiteAsk.thing(ask, tables)
        let site = thing.id.rawValue
        let given = try plan(ask, thing, tables)
        try checkOwner(given, thing)
        // What citizens adopted stands on every plan, whoever drew it.
        let rules = CivicRule.fitting(try CivicTable.standing(at: site, in: tables), on: given)
        let plan = given.with(rules.kept)
        do throws(SiteFaults) {
            _ = try SiteCompiler.compile(plan)
        } catch {
            throw error.refusal
        }
        let json = plan.json
        guard json.canonicalText.utf8.count <= largest else {
            throw Refusal(
                .tooLarge, "site.size",
                Words(
                    "도면이 \(largest / 1000) kB를 넘습니다. 현장을 나누어 주세요.",
                    "The plan is over \(largest / 1000) kB: divide the site.")
            )
        }
        try SiteInUse.check(plan, for: ask.tenant, in: tables)
        let last = try SiteTable.find(site, for: ask.tenant, in: tables)
        if let last, last.withdrawn == nil, last.edition == plan.edition {
            throw Refusal(
                .conflict, "site.same", Words("지금 쓰는 판과 같은 도면입니다.", "This is the edition that stands already."))
        }
        return [
            SiteAsk.draft(
                SiteTable.Events.published, thing,
                [
                    "number": .number(Double((last?.number ?? 0) + 1)), "edition": .string(plan.edition), "plan": json,
                    "nodes": .number(Double(plan.nodes.count)), "edges": .number(Double(plan.edges.count)),
                ])
        ] + rules.newly.map { CivicTable.draft(CivicTable.applied, $0.onTheMap) }
    }

    /// The most bytes of a plan as one event carries it.
    static let largest = 900_000

    private static func plan(_ ask: Ask, _ thing: Thing, _ tables: any Reader) throws -> SitePlan {
        switch ask.values.text("source") {
        case "draft":
            guard let draft = try SiteTable.draft(thing.id.rawValue, in: tables) else {
                throw Refusal(.conflict, "site.no-draft", Words("그려 둔 초안이 없습니다.", "There is no draft."))
            }
            return draft.plan
        default: return try file(ask, thing, tables)
        }
    }

    /// Refuses a plan of another site.
    static func checkOwner(_ plan: SitePlan, _ thing: Thing) throws(Refusal) {
        guard plan.id != thing.id.rawValue else { return }
        let words = Words(
            "‘\(plan.name.ko)’(\(plan.id))의 도면입니다. 현장을 확인해 주세요.",
            "It is a plan of “\(plan.name.en)” (\(plan.id)): check the site.")
        throw Refusal(
            .invalid, "site.other", Words("다른 현장의 도면입니다.", "This is another site's plan."),
            faults: [.init(field: "site", rule: "same", words: words)])
    }

    /// The plan of the file or the text that somebody sends.
    static func file(_ ask: Ask, _ thing: Thing, _ tables: any Reader) throws -> SitePlan {
        guard ask.values.text("source") == "file" else {
            return try read(Array(ask.values.text("plan").utf8), thing, field: "plan")
        }
        guard let file = try Attachments.find(ask.values.text("file"), for: ask.tenant, in: tables) else {
            let words = Words("첨부 파일을 다시 올려 주세요.", "Please upload the file again.")
            throw Refusal(
                .invalid, "site.file", Words("첨부 파일을 찾을 수 없습니다.", "The file is not there."),
                faults: [.init(field: "file", rule: "attachment", words: words)])
        }
        return try read(file.bytes, thing, field: "file")
    }

    private static func read(_ bytes: [UInt8], _ thing: Thing, field: String) throws(Refusal) -> SitePlan {
        do throws(PlanFaults) {
            return try PlanFile.read(bytes, site: thing.id.rawValue, name: thing.name)
        } catch {
            throw Refusal(
                .invalid, "site.plan-file", Words("도면 파일을 읽을 수 없습니다.", "The file cannot be read as a plan."),
                faults: error.faults.map {
                    .init(
                        field: $0.place.isEmpty ? field : "\(field).\($0.place)", line: $0.line, rule: $0.rule,
                        words: $0.words)
                })
        }
    }
}

/// Nobody drives by a site's plan any more.
enum WithdrawSite {
    static let command = Command(
        Form(
            "robots.site.withdraw", title: Words("로봇 현장 닫기", "Withdraw a site"),
            help: Words(
                "이 현장에서는 새 임무를 받지 않습니다. 도면의 모든 판은 기록에 남습니다.",
                "No new missions are taken here. Every edition stays on the Record."),
            fields: [
                SiteAsk.site, Field("reason", Words("사유", "Reason"), .text(maximum: 200)),
            ],
            permission: SiteAsk.permission("robots.site.withdraw"), confirmation: .readBack)
    ) { ask, tables in
        let thing = try SiteAsk.thing(ask, tables)
        guard let site = try SiteTable.find(thing.id.rawValue, for: ask.tenant, in: tables), site.withdrawn == nil
        else {
            throw Refusal(.conflict, "site.not-standing", Words("운영 중인 현장이 아닙니다.", "This site is not in use."))
        }
        try SiteInUse.checkWithdrawal(of: site.id, for: ask.tenant, in: tables)
        return [
            SiteAsk.draft(
                SiteTable.Events.withdrawn, thing,
                ["edition": .string(site.edition), "reason": .string(ask.values.text("reason"))])
        ]
    }
}
