import Access
import District
import Record
import Store

/// Takes the most urgent tour that nobody walks; whoever has one already goes on with it.
enum StartPicking {
    static let name = "fulfilment.pick.start"
    static let roles: Set<Role> = [.worker, .operator]

    static let command = Command(
        Form(
            name, title: Words("피킹 시작", "Start picking"),
            help: Words("가장 급한 피킹 묶음을 맡습니다.", "Takes the most urgent picking tour."),
            fields: [
                Field(
                    "centre", Words("물류센터", "Centre"),
                    .reference(kind: "centre", source: "/api/v1/fulfilment/centres"), required: false)
            ], permission: .roles(roles), surfaces: [.web, .http, .voice, .mcp], after: "/fulfilment/pick")
    ) { ask, tables in
        let tenant = try ask.tenant
        guard let person = ask.caller.person else { throw PickRefusals.noTour }
        let centre = ask.values.text("centre")
        let tours = try TourTable.open(in: centre.isEmpty ? nil : centre, for: tenant, in: tables)
        guard !tours.contains(where: { $0.person == person.rawValue }) else { throw PickRefusals.hasTour }
        guard let tour = tours.first(where: { $0.state == .open }) else { throw PickRefusals.noTour }
        return [
            Draft(
                TourEvents.taken, stream: tour.id, scope: tour.scope,
                payload: ["centre": .string(tour.centre), "person": .string(person.rawValue)])
        ]
    }
}

/// Why a pick is not taken.
enum PickRefusals {
    static let noTour = Refusal(
        .conflict, "pick.none", Words("지금 맡을 피킹이 없습니다.", "There is no picking to be done now."))
    static let hasTour = Refusal(
        .conflict, "pick.has-tour", Words("이미 맡은 피킹이 있습니다. 먼저 끝내 주세요.", "You have a tour already: finish it first."))
    static let unknown = Refusal(.notFound, "pick.unknown", Words("그런 피킹이 없습니다.", "There is no such pick."))
    static let done = Refusal(
        .conflict, "pick.done", Words("이미 끝났거나 다시 짜인 피킹입니다.", "This pick is done, or was planned anew."))
    static let others = Refusal(
        .forbidden, "pick.others", Words("다른 사람이 맡은 피킹입니다.", "Somebody else walks this tour."))

    static func place(_ wanted: String) -> Refusal {
        OrderRefusals.about(
            .invalid, "pick.place", "place",
            Words("다른 위치입니다. \(wanted) 라벨을 스캔하세요.", "Wrong place: scan the label of \(wanted)."))
    }

    static func item(_ wanted: String) -> Refusal {
        OrderRefusals.about(
            .invalid, "pick.item", "item",
            Words("다른 상품입니다. \(wanted)을(를) 스캔하세요.", "Wrong item: scan \(wanted)."))
    }

    static func lot(_ wanted: String) -> Refusal {
        OrderRefusals.about(
            .invalid, "pick.lot", "lot", Words("다른 로트입니다. \(wanted) 로트를 집으세요.", "Wrong lot: take \(wanted)."))
    }

    static func quantity(_ wanted: Int64) -> Refusal {
        OrderRefusals.about(
            .invalid, "pick.quantity", "quantity",
            Words(
                "\(wanted)개까지 집습니다. 모자라면 ‘재고 부족’을 누르세요.", "Take \(wanted) at most; press “short” where there are fewer."
            ))
    }
}
