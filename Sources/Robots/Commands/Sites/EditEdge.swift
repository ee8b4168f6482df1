import District
import Record

/// Edges and floors of a draft.
enum EditEdge {
    static let all = [join, part, floor]

    static let join = SiteEditing.command(
        "robots.site-edge.join", title: Words("길 잇기", "Join two nodes"),
        help: Words(
            "초안에 길을 넣거나 고칩니다. 길을 비우면 새로 만듭니다.", "Puts or changes an edge of the draft; without an id a new one."),
        fields: [
            Field("edge", Words("길", "Edge"), .text(maximum: SiteLimits.text), required: false),
            Field("from", Words("시작 지점", "From"), .text(maximum: SiteLimits.text)),
            Field("to", Words("끝 지점", "To"), .text(maximum: SiteLimits.text)),
            Field("one_way", Words("일방통행", "One way"), .flag, required: false),
            Field("speed", Words("최고 속도", "Speed"), .number(0...SiteLimits.speed, unit: "m/s"), required: false),
            Field(
                "slope", Words("경사", "Slope"), .number(-SiteLimits.slope...SiteLimits.slope, unit: "%"), required: false
            ),
            Field("width", Words("가장 좁은 폭", "Narrowest width"), .number(0...100, unit: "m"), required: false),
            Field("lift", Words("승강기", "Lift"), .text(maximum: SiteLimits.text), required: false),
            Field("door", Words("문", "Door"), .text(maximum: SiteLimits.text), required: false),
        ]
    ) { ask, plan in
        let given = ask.values.text("edge")
        return .edge(
            SitePlan.Edge(
                id: given.isEmpty ? SitePlan.free("e", among: plan.edges.map(\.id)) : try SiteEditing.id(given, "edge"),
                from: ask.values.text("from"), to: ask.values.text("to"), isTwoWay: !ask.values.flag("one_way"),
                speed: ask.values.number("speed") ?? 1, slope: ask.values.number("slope") ?? 0,
                width: ask.values.number("width"), lift: ask.values["lift"]?.text, door: ask.values["door"]?.text))
    }

    static let part = SiteEditing.command(
        "robots.site-edge.part", title: Words("길 지우기", "Remove an edge"),
        help: Words("초안에서 길을 지웁니다.", "Takes an edge out of the draft."),
        fields: [Field("edge", Words("길", "Edge"), .text(maximum: SiteLimits.text))]
    ) { ask, _ in .removeEdge(ask.values.text("edge")) }

    static let floor = SiteEditing.command(
        "robots.site-floor.put", title: Words("층 넣기", "Add a floor"),
        help: Words("초안에 층을 넣거나 이름을 고칩니다.", "Puts or renames a floor of the draft."),
        fields: [EditNode.map] + EditNode.names
    ) { ask, _ in
        let id = try SiteEditing.id(ask.values.text("map"), "map")
        return .floor(SitePlan.Floor(id: id, name: SiteEditing.name(ask) ?? Words(id, id)))
    }
}
