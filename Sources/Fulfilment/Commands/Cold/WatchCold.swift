import Access
import District
import Record
import Store
import Twin

/// Says which thing measures the temperature of a centre's chilled or frozen places.
enum WatchCold {
    static let form = Form(
        "fulfilment.cold.watch",
        title: Words("보관 온도 감시", "Watch a storage temperature"),
        help: Words(
            "물류센터의 냉장·냉동 구역 온도를 재는 설비를 정합니다. 온도를 벗어나면 그곳의 재고가 자동으로 격리됩니다.",
            "Names the thing that measures a centre's chilled or frozen places. When it leaves its limits, what lies there is quarantined by itself."
        ),
        fields: [
            Field("centre", Words("물류센터", "Centre"), .reference(kind: "thing", source: "/api/things")),
            Field(
                "climate", Words("보관 구역", "Places"),
                .choice([.init("chilled", Words("냉장", "Chilled")), .init("frozen", Words("냉동", "Frozen"))])),
            Field("sensor", Words("온도를 재는 설비", "What measures it"), .reference(kind: "thing", source: "/api/things")),
            Field(
                "property", Words("측정 항목", "Property"), .text(maximum: 60), required: false,
                help: Words("비워 두면 온도(temperature)입니다.", "Empty means temperature.")),
        ],
        permission: .roles([.operator, .safetyManager, .executive]).orToken("command:fulfilment.cold.watch"),
        after: "/fulfilment/cold")

    static let command = Command(form) { ask, reader in
        let tenant = try ask.tenant
        guard let firm = tenant.firm else {
            throw Refusal(
                .forbidden, "cold.firm", Words("물류센터의 담당자만 정할 수 있습니다.", "Only the centre's own people may say this."))
        }
        for field in ["centre", "sensor"]
        where try Things.find(ThingID(ask.values.text(field)), for: tenant, in: reader) == nil {
            let words = Words("목록에서 골라 주세요.", "Please choose from the list.")
            throw Refusal(.notFound, "cold.unknown", of: field, "known", words)
        }
        let (centre, climate) = (ask.values.text("centre"), ask.values.text("climate"))
        let property = ask.values.text("property")
        return [
            draft(
                centre: centre, climate: climate, sensor: ask.values.text("sensor"),
                property: property.isEmpty ? "temperature" : property, scope: .firm(firm))
        ]
    }

    /// The event: one watch for the places of a climate of a centre.
    static func draft(centre: String, climate: String, sensor: String, property: String, scope: Scope) -> Draft {
        let id = "\(centre)/\(climate)"
        return Draft(
            ColdTable.watched, stream: "cold/\(id)", scope: scope,
            payload: [
                "watch": .string(id), "centre": .string(centre), "climate": .string(climate),
                "sensor": .string(sensor), "property": .string(property),
            ])
    }
}

/// Ends such a watch: what nobody watches is shown as unknown.
enum UnwatchCold {
    static let form = Form(
        "fulfilment.cold.unwatch",
        title: Words("보관 온도 감시 끝내기", "End the watch of a temperature"),
        help: Words("이 구역의 온도를 더는 감시하지 않습니다.", "The temperature of these places is no longer watched."),
        fields: [
            Field("watch", Words("감시", "Watch"), .reference(kind: "fulfilment-cold", source: nil)),
            Field("reason", Words("사유", "Why"), .text(maximum: 200)),
        ],
        permission: .roles([.operator, .safetyManager, .executive]).orToken("command:fulfilment.cold.unwatch"),
        confirmation: .readBack, after: "/fulfilment/cold")

    static let command = Command(form) { ask, reader in
        guard let watch = try ColdTable.find(ask.values.text("watch"), for: try ask.tenant, in: reader) else {
            throw Refusal(.notFound, "cold.unknown", Words("그런 감시가 없습니다.", "There is no such watch."))
        }
        return [
            Draft(
                ColdTable.unwatched, stream: "cold/\(watch.id)", scope: watch.scope,
                payload: ["watch": .string(watch.id), "reason": .string(ask.values.text("reason"))])
        ]
    }
}
