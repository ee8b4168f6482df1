import Access
import District
import Record
import Store
import Twin

/// What the small commands of the map page share: each makes one change of a site's draft.
enum SiteEditing {
    /// A command that changes the draft by one step.
    static func command(
        _ name: String, title: Words, help: Words, fields: [Field],
        edit: @escaping @Sendable (Ask, SitePlan) throws -> PlanEdit
    ) -> Command {
        Command(
            Form(
                name, title: title, help: help, fields: [SiteAsk.site] + fields,
                permission: SiteAsk.permission(name), surfaces: [.web, .http, .cli])
        ) { ask, tables in
            let thing = try SiteAsk.thing(ask, tables)
            let base = try SiteAsk.base(thing, tables)
            let edit = try edit(ask, base.plan)
            try CivicRule.check(edit, on: base.plan, CivicTable.applied(at: thing.id.rawValue, in: tables))
            let plan = try edit.applied(to: base.plan)
            guard plan.nodes.count <= SiteLimits.nodes, plan.edges.count <= SiteLimits.edges else {
                throw Refusal(.tooLarge, "site.size", Words("도면이 너무 큽니다.", "The plan is too large."))
            }
            var payload: [String: JSON] = ["edit": edit.json]
            if base.isNew { payload["start"] = base.plan.json }
            return [SiteAsk.draft(SiteTable.Events.edited, thing, payload)]
        }
    }

    /// An id that vehicles take.
    static func id(_ text: String, _ field: String) throws(Refusal) -> String {
        guard SiteCheck.isID(text) else {
            let words = Words("영문·숫자·-_.만 쓸 수 있습니다.", "Only letters, digits and -_. are possible.")
            throw Refusal(.invalid, "site.id", of: field, "id", words)
        }
        return text
    }

    /// A name in both languages, where one was given.
    static func name(_ ask: Ask) -> Words? {
        let name = ask.values.words("name_ko", english: "name_en")
        return name.ko.isEmpty ? nil : name
    }

    /// Takes a file as the draft, with all its faults: they are shown on the map, and mended there.
    static let load = Command(
        Form(
            "robots.site-draft.load", title: Words("도면 파일을 초안으로 불러오기", "Load a file as the draft"),
            help: Words(
                "파일을 초안으로 불러와 지도에 보여 줍니다. 고칠 곳은 지도에 표시되고, 펴내기 전까지 로봇은 지금 판을 따릅니다.",
                "The file is shown on the map with what is wrong marked. Vehicles follow the standing edition until you publish."
            ),
            fields: [
                SiteAsk.site,
                Field("source", Words("무엇을 불러올까요", "What is loaded"), .choice(PublishSite.sources)),
            ] + PublishSite.files,
            permission: SiteAsk.permission("robots.site-draft.load"), surfaces: [.web, .http, .cli])
    ) { ask, tables in
        let thing = try SiteAsk.thing(ask, tables)
        let plan = try PublishSite.file(ask, thing, tables)
        try PublishSite.checkOwner(plan, thing)
        guard plan.json.canonicalText.utf8.count <= PublishSite.largest, plan.nodes.count <= SiteLimits.nodes,
            plan.edges.count <= SiteLimits.edges
        else {
            throw Refusal(.tooLarge, "site.size", Words("도면이 너무 큽니다.", "The plan is too large."))
        }
        let base = try SiteAsk.base(thing, tables)
        var payload: [String: JSON] = ["edit": PlanEdit.whole(plan).json]
        if base.isNew { payload["start"] = base.plan.json }
        return [SiteAsk.draft(SiteTable.Events.edited, thing, payload)]
    }

    static let undo = ending(
        "robots.site-draft.undo", SiteTable.Events.undone,
        title: Words("한 단계 되돌리기", "Undo"), help: Words("초안의 마지막 손질을 되돌립니다.", "Takes the draft's last step back."))

    static let discard = ending(
        "robots.site-draft.discard", SiteTable.Events.discarded,
        title: Words("초안 버리기", "Discard the draft"),
        help: Words("펴내지 않은 초안을 버립니다. 운영 중인 판은 그대로입니다.", "The standing edition stays as it is."))

    private static func ending(_ name: String, _ event: String, title: Words, help: Words) -> Command {
        Command(
            Form(name, title: title, help: help, fields: [SiteAsk.site], permission: SiteAsk.permission(name))
        ) { ask, tables in
            let thing = try SiteAsk.thing(ask, tables)
            guard try SiteTable.draft(thing.id.rawValue, in: tables) != nil else {
                throw Refusal(.conflict, "site.no-draft", Words("그려 둔 초안이 없습니다.", "There is no draft."))
            }
            return [SiteAsk.draft(event, thing, [:])]
        }
    }
}

extension SitePlan.Kind {
    /// What people call it.
    var words: Words {
        switch self {
        case .way: Words("지나는 곳", "Way")
        case .station: Words("작업 지점", "Station")
        case .charger: Words("충전기", "Charger")
        case .parking: Words("대기소", "Parking")
        case .escape: Words("비켜서는 곳", "Lay-by")
        }
    }
}

extension SitePlan.Zone.Rule {
    static let names = ["named", "blocked", "speed", "cost", "capacity"]

    /// What people call a rule.
    static func words(_ name: String) -> Words {
        switch name {
        case "blocked": Words("통행 금지", "No driving")
        case "speed": Words("속도 제한", "Speed limit")
        case "cost": Words("되도록 피함", "Avoided")
        case "capacity": Words("대수 제한", "Limited number")
        default: Words("이름만", "A name only")
        }
    }
}
