import District
import Record

/// Zones of a draft.
enum EditZone {
    static let all = [put, remove]

    static let put = SiteEditing.command(
        "robots.site-zone.put", title: Words("구역 그리기", "Draw a zone"),
        help: Words("초안에 구역을 넣거나 고칩니다.", "Puts or changes a zone of the draft."),
        fields: [
            Field("zone", Words("구역", "Zone"), .text(maximum: SiteLimits.text), required: false), EditNode.map,
        ] + EditNode.names + [
            Field(
                "corners", Words("꼭짓점", "Corners"),
                .list(
                    [
                        Field("x", Words("x 좌표", "x"), .number(-SiteLimits.reach...SiteLimits.reach, unit: "m")),
                        Field("y", Words("y 좌표", "y"), .number(-SiteLimits.reach...SiteLimits.reach, unit: "m")),
                    ], maximum: SiteLimits.corners)),
            Field(
                "rule", Words("규칙", "Rule"),
                .choice(SitePlan.Zone.Rule.names.map { .init($0, SitePlan.Zone.Rule.words($0)) })),
            Field(
                "value", Words("값", "Value"), .number(0...1000, unit: nil), required: false,
                help: Words("속도 m/s, 비용 배수, 또는 대수", "Speed in m/s, times the cost, or how many vehicles")),
            Field("thing", Words("트윈의 사물", "Thing"), .reference(kind: "thing", source: "/api/things"), required: false),
        ]
    ) { ask, plan in
        let given = ask.values.text("zone")
        let id = given.isEmpty ? SitePlan.free("z", among: plan.zones.map(\.id)) : try SiteEditing.id(given, "zone")
        guard let rule = SitePlan.Zone.Rule(name: ask.values.text("rule"), value: ask.values.number("value")) else {
            let words = Words("이 규칙에는 값이 필요합니다.", "This rule needs a value.")
            throw Refusal(.invalid, "site.zone", of: "value", "required", words)
        }
        return .zone(
            SitePlan.Zone(
                id: id, name: SiteEditing.name(ask) ?? Words("구역 \(id)", "Zone \(id)"), map: ask.values.text("map"),
                corners: (ask.values["corners"]?.elements ?? []).map {
                    SitePlan.Point(x: $0["x"]?.double ?? 0, y: $0["y"]?.double ?? 0)
                }, rule: rule, thing: ask.values["thing"]?.text.map { ThingID($0) }))
    }

    static let remove = SiteEditing.command(
        "robots.site-zone.remove", title: Words("구역 지우기", "Remove a zone"),
        help: Words("초안에서 구역을 지웁니다.", "Takes a zone out of the draft."),
        fields: [Field("zone", Words("구역", "Zone"), .text(maximum: SiteLimits.text))]
    ) { ask, _ in .removeZone(ask.values.text("zone")) }
}
