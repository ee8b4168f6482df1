import District
import Record

/// Nodes of a draft: put, moved, removed.
enum EditNode {
    static let all = [put, move, remove]

    static let node = Field("node", Words("지점", "Node"), .text(maximum: SiteLimits.text))
    private static let x = Field("x", Words("x 좌표", "x"), .number(-SiteLimits.reach...SiteLimits.reach, unit: "m"))
    private static let y = Field("y", Words("y 좌표", "y"), .number(-SiteLimits.reach...SiteLimits.reach, unit: "m"))
    static let names = [
        Field("name_ko", Words("이름(한국어)", "Name (Korean)"), .text(maximum: SiteLimits.text), required: false),
        Field("name_en", Words("이름(영어)", "Name (English)"), .text(maximum: SiteLimits.text), required: false),
    ]
    static let map = Field("map", Words("층", "Floor"), .text(maximum: SiteLimits.text))

    static let put = SiteEditing.command(
        "robots.site-node.put", title: Words("지점 그리기", "Draw a node"),
        help: Words(
            "초안에 지점을 넣거나 고칩니다. 지점을 비우면 새로 만듭니다.", "Puts or changes a node of the draft; without an id a new one."),
        fields: [
            Field(
                "node", Words("지점", "Node"), .text(maximum: SiteLimits.text), required: false), map, x, y,
            Field("kind", Words("종류", "Kind"), .choice(SitePlan.Kind.allCases.map { .init($0.rawValue, $0.words) })),
        ] + names + [
            Field("thing", Words("트윈의 사물", "Thing"), .reference(kind: "thing", source: "/api/things"), required: false),
            Field(
                "loading", Words("물건 싣기", "Loading"),
                .choice([
                    .init(Mission.Stop.Loading.person.rawValue, Words("사람이 싣고 알림", "A person loads and says so")),
                    .init(Mission.Stop.Loading.automatic.rawValue, Words("저절로 실림(컨베이어 등)", "By itself (a conveyor)")),
                ]), required: false,
                help: Words("비우면 그대로 둡니다. 처음에는 사람이 싣습니다.", "Left empty it stays as it is; at first a person loads.")),
        ]
    ) { ask, plan in
        let given = ask.values.text("node")
        return .node(
            SitePlan.Node(
                id: given.isEmpty ? SitePlan.free("n", among: plan.nodes.map(\.id)) : try SiteEditing.id(given, "node"),
                map: ask.values.text("map"), x: ask.values.number("x") ?? 0, y: ask.values.number("y") ?? 0,
                name: SiteEditing.name(ask), kind: SitePlan.Kind(rawValue: ask.values.text("kind")) ?? .way,
                thing: ask.values["thing"]?.text.map { ThingID($0) },
                loading: Mission.Stop.Loading(rawValue: ask.values.text("loading"))
                    ?? plan.nodes.first { $0.id == given }?.loading ?? .person))
    }

    static let move = SiteEditing.command(
        "robots.site-node.move", title: Words("지점 옮기기", "Move a node"),
        help: Words("초안의 지점을 옮깁니다.", "Moves a node of the draft."), fields: [node, x, y]
    ) { ask, _ in
        .move(node: ask.values.text("node"), x: ask.values.number("x") ?? 0, y: ask.values.number("y") ?? 0)
    }

    static let remove = SiteEditing.command(
        "robots.site-node.remove", title: Words("지점 지우기", "Remove a node"),
        help: Words("초안에서 지점과 그 지점의 길을 지웁니다.", "Takes a node and its edges out of the draft."), fields: [node]
    ) { ask, _ in .removeNode(ask.values.text("node")) }
}
