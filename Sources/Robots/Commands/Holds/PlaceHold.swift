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
                "thing", Words("로봇이나 장소", "Robot or place"),
                .reference(kind: HoldTargets.thing, source: "/api/v1/robots/holds/choices/\(HoldTargets.thing)"),
                help: Words("이름을 치고 목록에서 고르세요.", "Type a name and choose from the list."),
                condition: .init("what", is: "thing")),
            Field(
                "zone", Words("구역", "Zone"),
                .reference(kind: HoldTargets.zone, source: "/api/v1/robots/holds/choices/\(HoldTargets.zone)"),
                help: Words(
                    "이름을 치고 목록에서 고르세요. 지도에서 구역을 눌러도 됩니다.", "Type a name and choose, or press the zone on the map."),
                condition: .init("what", is: "zone")),
            Field("reason", Words("사유", "Why"), .text(maximum: 200), required: false),
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
            let target = try meant(ask.values.text("zone"), try HoldTargets.zones(for: tenant, in: reader), "zone")
            guard let reach = Hold.Reach(kind: "zone", target: target) else { throw missing("zone") }
            return reach
        default:
            let typed = ask.values.text("thing")
            if try Things.find(ThingID(typed), for: tenant, in: reader) != nil {
                guard try isObeyed(ThingID(typed), for: tenant, in: reader) else { throw idle }
                return .thing(ThingID(typed))
            }
            return .thing(ThingID(try meant(typed, try HoldTargets.things(for: tenant, in: reader), "thing")))
        }
    }

    /// What was chosen from a list, or is the only one of a name.
    private static func meant(_ typed: String, _ known: [Named], _ field: String) throws(Refusal) -> String {
        if known.contains(where: { $0.id == typed }) { return typed }
        let named = known.filter { $0.names.contains(typed) }
        guard named.count < 2 else { throw several(field, named) }
        guard let one = named.first else { throw missing(field) }
        return one.id
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
        return Refusal(.invalid, "hold.idle", of: "thing", "driven", words)
    }()

    private static func missing(_ field: String) -> Refusal {
        Refusal(
            .invalid, "hold.target",
            Words("그런 로봇이나 장소를 찾을 수 없습니다.", "There is no such robot or place."),
            faults: [
                Refusal.Fault(
                    field: field, rule: "known",
                    words: Words(
                        "그런 이름이 없습니다. 목록에서 골라 주세요.", "There is none of that name. Please choose from the list."))
            ])
    }

    private static func several(_ field: String, _ named: [Named]) -> Refusal {
        let full = named.prefix(4).compactMap { $0.names.last }.joined(separator: ", ")
        return Refusal(
            .invalid, "hold.target", Words("같은 이름이 여럿입니다.", "Several have that name."),
            faults: [
                Refusal.Fault(
                    field: field, rule: "unique",
                    words: Words("여럿 가운데 하나를 골라 주세요: \(full)", "Please choose one: \(full)"))
            ])
    }
}
