import Access
import District
import Record
import Store
import Twin

/// Holds a vehicle, a place or the whole fleet: one button, no second question, and it outlasts every restart.
enum PlaceHold {
    static let event = "robots.hold.placed"

    static let form = Form(
        "robots.hold.place",
        title: Words("로봇 멈춤", "Hold robots"),
        help: Words(
            "로봇이 바로 멈추고, 사람이 풀 때까지 움직이지 않습니다. 장소를 고르면 그 안의 로봇이 모두 멈춥니다.",
            "Robots stop at once and stay until a person releases them. For a place: all robots in it."),
        fields: [
            Field(
                "what", Words("무엇을 멈출까요?", "What is to be held?"),
                .choice([
                    .init("thing", Words("로봇 한 대나 한 장소", "One robot or one place")),
                    .init("zone", Words("지도 위의 구역", "A zone of the map")),
                    .init("fleet", Words("로봇 전체", "The whole fleet")),
                ])),
            Field(
                "thing", Words("로봇이나 장소", "Robot or place"), .reference(kind: "thing", source: "/api/things"),
                condition: .init("what", is: "thing")),
            Field(
                "zone", Words("구역(현장/구역)", "Zone (site/zone)"), .text(maximum: 200),
                condition: .init("what", is: "zone")),
            Field("reason", Words("까닭", "Why"), .text(maximum: 200), required: false),
        ],
        permission: .roles([.operator, .safetyManager, .zoneOfficer]).orToken("command:robots.hold.place"),
        surfaces: [.web, .http, .cli, .voice, .mcp])

    static let command = Command(form) { ask, reader in
        let reach = try reach(ask, in: reader)
        let tenant = try ask.tenant
        let scope = tenant.firm.map { Scope.firm($0) } ?? .zone
        // Pressed again it is the same hold: that somebody did is on the Record, and one release ends it.
        let known = try HoldTable.standing(reach, .person, of: scope, in: reader)
        return [
            draft(
                id: known?.id ?? "\(Identifier(at: ask.now))", reach, .person, ask.values.text("reason"), scope: scope)
        ]
    }

    /// The event that holds.
    static func draft(
        id: String, _ reach: Hold.Reach, _ cause: Hold.Cause, _ reason: String, scope: Scope, source: String? = nil
    ) -> Draft {
        var payload: [String: JSON] = [
            "hold": .string(id), "reach": .string(reach.parts.kind), "target": .string(reach.parts.target),
            "cause": .string(cause.rawValue), "reason": .string(reason),
        ]
        if let source { payload["source"] = .string(source) }
        return Draft(event, stream: "hold/\(id)", scope: scope, payload: payload)
    }

    private static func reach(_ ask: Ask, in reader: any Reader) throws -> Hold.Reach {
        let tenant = try ask.tenant
        switch ask.values.text("what") {
        case "fleet": return .fleet
        case "zone":
            guard let reach = Hold.Reach(kind: "zone", target: ask.values.text("zone")),
                case .zone(let site, let zone) = reach,
                try SiteTable.find(site, for: tenant, in: reader) != nil,
                try SiteTable.compiled(site, in: reader)?.area(zone) != nil
            else { throw missing("zone") }
            return reach
        default:
            let thing = ThingID(ask.values.text("thing"))
            guard try Things.find(thing, for: tenant, in: reader) != nil else { throw missing("thing") }
            guard try isObeyed(thing, for: tenant, in: reader) else { throw idle }
            return .thing(thing)
        }
    }

    /// Whether any vehicle would stop: it is one, or sites are in it, or it is on a site's plan, by itself or by what it holds.
    private static func isObeyed(_ thing: ThingID, for tenant: Tenant, in reader: any Reader) throws -> Bool {
        if try VehicleTable.find(thing, for: tenant, in: reader) != nil { return true }
        for site in try SiteTable.list(for: tenant, in: reader) where site.withdrawn == nil {
            let drawn = Set((try SiteTable.compiled(site.id, in: reader)?.plan.things ?? []) + [site.id])
            for one in drawn.sorted() {
                if one == thing.rawValue { return true }
                let above = try Things.path(to: ThingID(one), for: tenant, in: reader)
                if above.contains(where: { $0.id == thing }) { return true }
            }
        }
        return false
    }

    private static let idle: Refusal = {
        let words = Words(
            "로봇 지도에 없는 곳이라 멈출 로봇이 없습니다. 건물이나 지도 위의 구역을 골라 주세요.",
            "No robot's map knows this place, so none would stop. Please choose the building, or a zone of the map.")
        return Refusal(.invalid, "hold.idle", words, faults: [.init(field: "thing", rule: "driven", words: words)])
    }()

    private static func missing(_ field: String) -> Refusal {
        Refusal(
            .notFound, "hold.target",
            Words("그런 로봇이나 장소를 찾을 수 없습니다.", "There is no such robot or place."),
            faults: [
                Refusal.Fault(
                    field: field, rule: "known", words: Words("목록에서 골라 주세요.", "Please choose from the list."))
            ])
    }
}
