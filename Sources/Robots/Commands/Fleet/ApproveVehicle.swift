import Access
import District
import Record
import Store

/// The zone says whose a robot is, before its firm takes it in: a serial number that somebody speaks under proves nothing, and
/// whoever enrols a robot drives it.
enum ApproveVehicle {
    static let form = Form(
        "robots.vehicle.approve",
        title: Words("로봇 소유 확인", "Confirm whose a robot is"),
        help: Words(
            "로봇이 어느 기업의 것인지 확인합니다. 확인된 기업의 로봇 담당자만 그 로봇을 등록할 수 있습니다.",
            "Says which firm a robot belongs to: only that firm's operators can then enrol it."),
        fields: [
            EnrolVehicle.manufacturer, EnrolVehicle.serial,
            Field("firm", Words("기업", "Firm"), .reference(kind: "firm", source: "/api/v1/choices/firm")),
        ],
        permission: .roles([.zoneOfficer]).orToken("command:robots.vehicle.approve"), confirmation: .readBack)

    static let command = Command(form) { ask, tables in
        let vehicle = try EnrolVehicle.vehicle(ask)
        let firm = FirmID(ask.values.text("firm"))
        guard try Directory.firm(firm, for: try ask.tenant, in: tables) != nil else {
            let words = Words("그런 기업이 없습니다.", "There is no such firm.")
            throw Refusal(.notFound, "vehicle.no-firm", of: "firm", "known", words)
        }
        guard try !VehicleTable.isEnrolled(vehicle.thing, in: tables) else { throw EnrolVehicle.taken }
        return [
            Draft(
                VehicleTable.approved, stream: "vehicle/\(vehicle.thing)", scope: .firm(firm),
                payload: [
                    "thing": .string(vehicle.thing.rawValue), "manufacturer": .string(vehicle.manufacturer),
                    "serial": .string(vehicle.serial), "firm": .string(firm.rawValue),
                ])
        ]
    }
}
