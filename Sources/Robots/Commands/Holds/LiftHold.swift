import Access
import District
import Record
import Store

/// Lets held vehicles go on. Nothing but a person's word ends a hold; the values are read back first, because robots move.
enum LiftHold {
    static let event = "robots.hold.lifted"

    static let form = Form(
        "robots.hold.lift",
        title: Words("멈춤 풀기", "Release a hold"),
        help: Words(
            "멈춘 로봇이 다시 움직입니다. 주변에 사람이나 물건이 없는지 먼저 확인해 주세요.",
            "Held robots move again. Please make sure first that nobody and nothing is in their way."),
        fields: [
            Field("hold", Words("멈춤", "Hold"), .reference(kind: "hold", source: nil)),
            Field("seen", Words("현장을 확인했습니다", "The place was checked"), .flag),
        ],
        permission: .roles([.operator, .zoneOfficer]).orToken("command:robots.hold.lift"),
        confirmation: .readBack, surfaces: [.web, .http, .cli], assents: ["seen"])

    static let command = Command(form) { ask, reader in
        guard let hold = try HoldTable.find(ask.values.text("hold"), for: try ask.tenant, in: reader) else {
            throw Refusal(.notFound, "hold.unknown", Words("그런 멈춤이 없습니다.", "There is no such hold."))
        }
        guard hold.lifted == nil else {
            throw Refusal(.conflict, "hold.lifted", Words("이미 풀린 멈춤입니다.", "This hold was released before."))
        }
        if hold.cause == .evacuation, try HoldTable.isEmergencyOpen(behind: hold.id, in: reader) {
            throw Refusal(
                .conflict, "hold.emergency",
                Words(
                    "비상 상황이 아직 해제되지 않았습니다. 해제된 뒤에 풀 수 있습니다.",
                    "The emergency is not over yet: release the hold after the all-clear."))
        }
        return [
            Draft(
                event, stream: "hold/\(hold.id)", scope: hold.scope, payload: ["hold": .string(hold.id)])
        ]
    }
}
