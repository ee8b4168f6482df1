import Access
import District
import Record
import Store
import Twin

/// A place comes to a centre, as a thing of the Twin too, or is described anew.
enum RegisterPlace {
    static let name = "fulfilment.place.register"

    static let form = Form(
        name, title: Words("위치 등록", "Register a place"),
        help: Words("선반, 도크, 작업대 등 물건이 놓이는 곳을 등록합니다.", "Where goods may lie: racks, docks, workbenches."),
        fields: [
            GoodsAsk.centre,
            Field(
                "name", Words("위치 이름", "Name"), .text(maximum: 30), help: Words("예: A-03-2", "Such as A-03-2")),
            Field(
                "kind", Words("용도", "What for"), .choice(Place.Kind.allCases.map { .init($0.rawValue, $0.words) })),
            Field("aisle", Words("통로", "Aisle"), .integer(0...999, unit: nil), required: false),
            Field("position", Words("통로 안 자리", "Position"), .integer(0...9_999, unit: nil), required: false),
            Field("level", Words("단", "Level"), .integer(0...50, unit: nil), required: false),
            Field("volume", Words("용적", "Volume"), .integer(1...1_000_000_000, unit: "cm3"), required: false),
            Field("weight", Words("견디는 무게", "Bears"), .integer(1...1_000_000_000, unit: "g"), required: false),
            Field(
                "climate", Words("온도", "Temperature"),
                .choice(Item.Climate.allCases.map { .init($0.rawValue, $0.words) }), required: false),
            Field(
                "hazards", Words("둘 수 있는 위험물 등급", "Hazard classes that may lie there"), .text(maximum: 80),
                required: false, help: Words("예: 3 8", "Such as 3 8")),
            Field("sequence", Words("피킹 순서", "Picking order"), .integer(0...10_000_000, unit: nil), required: false),
            Field("node", Words("로봇 정차 지점", "Node of the robots' site"), .text(maximum: 60), required: false),
            Field(
                "zone", Words("구역", "Zone"), .text(maximum: 30), required: false,
                help: Words(
                    "같은 구역의 위치는 위험할 때 한꺼번에 닫힙니다. 예: B", "Places of one zone are closed together in danger. Such as B")),
        ], permission: GoodsAsk.permission(name, GoodsAsk.leads), after: "/fulfilment/places")

    static let command = Command(form) { ask, tables in
        let centre = try GoodsAsk.centre(ask, tables)
        return try drafts([try place(ask.values.members, in: centre.id)], centre, for: ask.tenant, tables)
    }

    /// The place as it was entered.
    static func place(_ values: [String: JSON], in centre: String) throws(Refusal) -> Place {
        var values = values
        let name = (values["name"]?.text ?? "").uppercased()
        guard Place.isName(name) else {
            throw GoodsAsk.invalid(
                "place.name", "name",
                Words("위치 이름은 영문, 숫자, -로 30자까지입니다.", "A place's name has letters, figures or -, at most 30."))
        }
        if let zone = values["zone"]?.text.map({ $0.uppercased() }), !zone.isEmpty {
            guard Place.isName(zone) else {
                throw GoodsAsk.invalid(
                    "place.zone", "zone",
                    Words("구역 이름은 영문, 숫자, -로 30자까지입니다.", "A zone's name has letters, figures or -, at most 30."))
            }
            values["zone"] = .string(zone)
        } else {
            values["zone"] = nil
        }
        let hazards = (values["hazards"]?.text ?? "").split { $0 == " " || $0 == "," }.map(String.init)
        guard hazards.allSatisfy(Item.hazards.contains) else {
            throw GoodsAsk.invalid(
                "place.hazard", "hazards", Words("그런 위험물 등급이 없습니다.", "There is no such hazard class."))
        }
        values["name"] = .string(name)
        values["place"] = .string(Place.id(name, in: centre))
        values["centre"] = .string(centre)
        values["hazards"] = .array(hazards.map { .string($0) })
        // Entered in cubic centimetres, kept in cubic millimetres.
        values["volume"] = values["volume"]?.integer.map { .decimal($0 * 1_000) }
        guard let place = Place(values) else {
            throw GoodsAsk.invalid("place.kind", "kind", Words("용도를 골라 주세요.", "Please choose what it is for."))
        }
        return place
    }

    /// The events that bring places: things of the Twin (a zone before what lies in it), and places. A place that is there
    /// already becomes part of the zone that is said now.
    static func drafts(
        _ places: [Place], _ centre: GoodsAsk.Centre, for tenant: some Tenancy, _ tables: any Reader,
        sample: Bool = false
    ) throws -> [Draft] {
        guard case .firm(let firm) = centre.scope else { return [] }
        let isThere = { (id: String) in try Things.find(ThingID(id), for: tenant, in: tables) != nil }
        let zones = try Set(places.compactMap(\.zone)).sorted().filter { try !isThere(Place.zone($0, in: centre.id)) }
        let areas = zones.map { zone in
            Thing(
                id: ThingID(Place.zone(zone, in: centre.id)), kind: .area, parent: ThingID(centre.id),
                name: Words("\(zone) 구역", "Zone \(zone)"), firm: firm, scope: centre.scope, sample: sample)
        }
        let shelves = try places.filter { try $0.zone != nil || !isThere($0.id) }.map { place in
            Thing(
                id: ThingID(place.id), kind: .shelf,
                parent: ThingID(place.zone.map { Place.zone($0, in: centre.id) } ?? centre.id),
                name: Words(place.name, place.name), firm: firm, scope: centre.scope, sample: sample)
        }
        return try TwinEvents.declared(areas + shelves, for: tenant, in: tables)
            + places.map { place in
                Draft(Place.registered, stream: "place/\(place.id)", scope: centre.scope, payload: place.json)
            }
    }
}
