import Access
import District
import Record
import Store
import Web

extension Part {
    /// Dangers: reported by anyone in twenty seconds or proposed after alarms; accepted, mended, verified.
    static func hazards(_ book: Handbook) throws(HandbookError) -> Part {
        let policy = try ActionPolicy(book)
        var part = Part()
        part.migrations = [PlaceCodes.migration, HazardTable.migration]
        part.commands = [
            ReportHazard.command, ReportHazard.byCode, AcceptHazard(policy: policy).command, RejectHazard.command,
            JoinHazard.command, ActOnHazard(policy: policy).command, CloseHazard.command, CodePlace.command,
            CodePlace.revoke,
        ]
        part.projections = [PlaceCodes.projection, HazardTable.projection]
        part.reactions = HazardReactions.all
        part.aiUses = [HazardProposal.use]
        part.topics = [("safety.hazard.", "hazards"), ("safety.place.", "hazards")]
        return part
    }

    /// Closed places: what closes them, and who may open them again.
    static func closures(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [ClosureTable.migration]
        part.commands = [OpenZone.command]
        part.projections = [ClosureTable.projection]
        part.topics = [("safety.zone.", "closures")]
        return part
    }
}
