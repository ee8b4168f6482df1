import Access
import District
import Record
import Store
import Web

extension Part {
    /// Dangers: reported by anyone in twenty seconds or proposed after alarms; accepted, mended, verified.
    static func hazards(_ book: Handbook) throws(HandbookError) -> Part {
        let (policy, phrases) = (try ActionPolicy(book), try Phrases(book))
        var part = Part()
        part.migrations = [PlaceCodes.migration, HazardTable.migration]
        part.commands = [
            ReportHazard.command, ReportHazard.byCode, AcceptHazard(policy: policy).command, RejectHazard.command,
            JoinHazard.command, ActOnHazard(policy: policy).command, CloseHazard.command, CodePlace.command,
            CodePlace.revoke,
        ]
        part.projections = [PlaceCodes.projection, HazardTable.projection]
        part.reactions = HazardReactions.all
        part.aiUses = [HazardProposal.use, NearMiss.use]
        let forms = WorkerFormRoutes(phrases: phrases)
        part.names = ["hazard": SafetyNames.hazards]
        part.routes =
            ReportRoutes(phrases: phrases).routes + HazardRoutes().routes + PlaceRoutes().routes + forms.routes
        part.offline = { try await forms.kept($0) }
        part.doors = [
            Door(
                "/safety/hazards", Words("위험·아차사고", "Hazards and near misses"),
                Words("신고된 위험을 판단하고 조치합니다.", "Judge what was reported, and have it mended."),
                roles: [.worker, .operator, .safetyManager, .executive, .zoneOfficer]),
            Door(
                "/safety/places", Words("신고 QR", "QR codes for reports"),
                Words("설비에 붙일 QR을 만들고 인쇄합니다.", "Make and print the codes that stick on machines."),
                roles: [.safetyManager, .executive]),
        ]
        part.home = { try await HazardRoutes().tasks($0) }
        part.topics = [("safety.hazard.", "hazards"), ("safety.place.", "hazards")]
        return part
    }

    /// Closed places: what closes them, and who may open them again.
    static func closures(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [ClosureTable.migration]
        part.commands = [OpenZone.command]
        part.projections = [ClosureTable.projection]
        part.routes = ClosureRoutes().routes
        part.doors = [
            Door(
                "/safety/closures", Words("닫힌 구역", "Closed places"),
                Words("무엇이 왜 닫혔고 언제 열 수 있는지 봅니다.", "What is closed, why, and when it may open."),
                roles: [.worker, .operator, .safetyManager, .executive, .zoneOfficer])
        ]
        part.home = { try await ClosureRoutes().home($0) }
        part.topics = [("safety.zone.", "closures")]
        return part
    }
}
