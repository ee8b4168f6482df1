import Access
import District
import Record
import Store

/// A picker calls the lead to where he stands; the call stands on the wall until the lead came.
enum CallLead {
    static let all = [call, came]

    static let call = Command(
        Form(
            "fulfilment.lead.call", title: Words("반장 부르기", "Call the lead"),
            help: Words(
                "지금 있는 위치로 반장을 부릅니다. 현장 현황에 바로 나타납니다.", "Calls the lead to where you are; the wall shows it at once."),
            fields: [Field("tour", Words("피킹 묶음", "Tour"), .text(maximum: 60))],
            permission: .roles(StartPicking.roles), surfaces: [.web, .http], after: "/fulfilment/pick")
    ) { ask, tables in
        let (tenant, said) = (try ask.tenant, ask.values.text("tour"))
        guard let person = ask.caller.person,
            let tour = try TourTable.find(said.hasPrefix("tour/") ? said : "tour/\(said)", for: tenant, in: tables)
        else { throw PickRefusals.unknown }
        guard tour.person == person.rawValue else { throw PickRefusals.others }
        // Who calls twice is called for once.
        guard try !CallTable.open(for: tenant, in: tables).contains(where: { $0.person == person.rawValue }) else {
            throw GoodsAsk.conflict("lead.called", "tour", Words("이미 반장을 불렀습니다.", "The lead is called already."))
        }
        let task = try TourTable.tasks(of: tour.id, for: tenant, in: tables).first { $0.state == .open }
        let place = try task.flatMap { try PlaceTable.find($0.place, for: tenant, in: tables)?.name }
        return [
            Draft(
                CallTable.called, stream: "call/\(Identifier(at: ask.now))", scope: tour.scope,
                payload: [
                    "centre": .string(tour.centre), "tour": .string(tour.id), "person": .string(person.rawValue),
                    "place": .string(place ?? ""),
                ])
        ]
    }

    static let came = Command(
        Form(
            "fulfilment.lead.come", title: Words("호출에 응답", "Answer a call"),
            help: Words("부른 사람에게 갔다고 기록합니다.", "It is put on record that you came."),
            fields: [Field("call", Words("호출", "Call"), .text(maximum: 60))],
            permission: .roles(GoodsAsk.leads), surfaces: [.web, .http], after: "/fulfilment/wall")
    ) { ask, tables in
        let id = ask.values.text("call")
        guard let call = try CallTable.open(for: try ask.tenant, in: tables).first(where: { $0.id == id }) else {
            throw GoodsAsk.conflict(
                "lead.none", "call", Words("이미 응답했거나 없는 호출입니다.", "This call is answered, or there is none."))
        }
        return [Draft(CallTable.came, stream: call.id, scope: call.scope, payload: ["person": .string(call.person)])]
    }
}
