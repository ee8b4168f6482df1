import Access
import District
import Record

/// Launches a boat on a slipway.
enum LaunchBoat {
    static let form = Form(
        "toys.boat.launch",
        title: Words("배 띄우기", "Launch a boat"),
        help: Words("선대에서 배를 물에 띄웁니다.", "Lets a boat down a slipway into the water."),
        fields: [
            Field("name", Words("배 이름", "Name"), .text(maximum: 60)),
            Field("slip", Words("선대", "Slipway"), .reference(kind: "thing", source: "/api/things")),
            Field("length", Words("길이", "Length"), .number(0.1...400, unit: "m")),
        ],
        permission: .roles([.worker, .operator]).orToken("command:toys.boat.launch"))

    static let command = Command(form) { ask, tables in
        let slip = ThingID(ask.values.text("slip"))
        let length = ask.values.number("length") ?? 0
        let tenant = try ask.tenant
        let others = try BoatTable.boats(on: slip, for: tenant, in: tables)
        guard Boat.mayLaunch(metres: length, after: others) else {
            throw Refusal(
                .conflict, "slip.held",
                Words("경보가 난 선대입니다. 지금은 띄울 수 없습니다.", "This slipway is in alarm: no boat can be launched now."))
        }
        return [
            Draft(
                "toys.boat.launched", stream: "boat/\(Identifier(at: ask.now))",
                scope: tenant.firm.map { .firm($0) } ?? .zone,
                payload: [
                    "name": .string(ask.values.text("name")), "slip": .string(slip.rawValue),
                    "metres": .number(length),
                ])
        ]
    }
}
