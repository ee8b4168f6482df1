import Access
import District
import Record
import Store

/// Whoever walks a tour gives it back; a lead takes it from somebody who went home. What was picked stays in its totes.
enum GiveBackTour {
    static let name = "fulfilment.tour.give-back"
    static let tour = Field(
        "tour", Words("피킹 묶음", "Tour"), .text(maximum: 60), required: false,
        help: Words("비워 두면 지금 맡은 묶음입니다.", "Left out, the one you walk."))

    static let command = Command(
        Form(
            name, title: Words("피킹 돌려주기", "Give a tour back"),
            help: Words(
                "맡은 피킹을 다른 사람이 이어서 할 수 있게 돌려줍니다. 집은 물건은 바구니에 그대로 둡니다.",
                "Somebody else may go on with it. What was picked stays in its totes."),
            fields: [tour], permission: GoodsAsk.permission(name, StartPicking.roles),
            surfaces: [.web, .http], after: "/fulfilment/pick")
    ) { ask, tables in
        let tour = try find(ask, tables)
        return [draft(tour, by: ask.caller.person)]
    }

    /// The tour that is meant, which somebody walks: one's own, or anybody's for a lead.
    static func find(_ ask: Ask, _ tables: any Reader) throws -> PickTour {
        let (tenant, said, person) = (try ask.tenant, ask.values.text("tour"), ask.caller.person)
        let found =
            said.isEmpty
            ? try person.flatMap { try TourTable.open(in: nil, of: $0.rawValue, for: tenant, in: tables).first }
            : try TourTable.find(said.hasPrefix("tour/") ? said : "tour/\(said)", for: tenant, in: tables)
        guard let found else {
            throw GoodsAsk.conflict("tour.none", "tour", Words("맡은 피킹이 없습니다.", "There is no such tour."))
        }
        guard found.state == .taken else {
            throw GoodsAsk.conflict(
                "tour.free", "tour", Words("아무도 맡지 않은 피킹입니다.", "Nobody walks this tour."))
        }
        // A worker gives back their own alone.
        guard found.person == person?.rawValue || !ask.caller.roles.isDisjoint(with: GoodsAsk.leads) else {
            throw PickRefusals.others
        }
        return found
    }

    static func draft(_ tour: PickTour, by person: PersonID?) -> Draft {
        var payload: [String: JSON] = ["centre": .string(tour.centre)]
        if let walker = tour.person { payload["person"] = .string(walker) }
        if let person { payload["by"] = .string(person.rawValue) }
        return Draft(TourEvents.givenBack, stream: tour.id, scope: tour.scope, payload: payload)
    }
}

/// A lead hands a tour from one to another.
enum HandOverTour {
    static let name = "fulfilment.tour.hand-over"

    static let command = Command(
        Form(
            name, title: Words("피킹 넘기기", "Hand a tour over"),
            help: Words("맡은 사람이 자리를 비우면 다른 사람에게 넘깁니다.", "From whoever walks it to somebody else."),
            fields: [
                Field("tour", Words("피킹 묶음", "Tour"), .text(maximum: 60)),
                Field("person", Words("맡을 사람", "Who goes on"), .reference(kind: "person", source: nil)),
            ], permission: GoodsAsk.permission(name, GoodsAsk.leads), surfaces: [.web, .http],
            after: "/fulfilment/wall")
    ) { ask, tables in
        let tour = try GiveBackTour.find(ask, tables)
        let said = ask.values.text("person")
        guard let owner = CentreTable.Centre.owner(tour.scope),
            let person = try Directory.person(PersonID(said), for: owner, in: tables), person.firm == owner.firm,
            !person.roles.isDisjoint(with: StartPicking.roles)
        else {
            throw GoodsAsk.invalid(
                "tour.person", "person",
                Words("이 물류센터에서 피킹하는 사람이 아닙니다.", "They do not pick in this centre."))
        }
        guard try TourTable.open(in: nil, of: said, for: ask.tenant, in: tables).isEmpty else {
            throw GoodsAsk.conflict(
                "tour.busy", "person", Words("이미 다른 피킹을 맡고 있습니다.", "They walk another tour already."))
        }
        return [
            GiveBackTour.draft(tour, by: ask.caller.person),
            Draft(
                TourEvents.taken, stream: tour.id, scope: tour.scope,
                payload: ["centre": .string(tour.centre), "person": .string(said)]),
        ]
    }
}
