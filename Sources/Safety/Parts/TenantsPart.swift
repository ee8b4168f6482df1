import Access
import District
import Record
import Web

extension Part {
    /// The tenant firms: how they come in, who they are, and who acts for them.
    static func tenants(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [FirmProfiles.migration, FirmImports.migration, Appointments.migration]
        part.commands = [ProfileFirm.command, ImportFirms.command, AppointRole.command, EndRole.command]
        part.projections = [FirmProfiles.projection, FirmImports.projection, Appointments.projection]
        part.routes = FirmRoutes().routes + OrganisationRoutes().routes
        part.doors = [
            Door(
                "/safety/firms", Words("입주기업", "Tenant firms"),
                Words("명단을 가져오고 기업을 초대합니다.", "Import the list and invite the firms."), roles: [.zoneOfficer]),
            Door(
                "/safety/organisation", Words("안전보건 조직", "Safety organisation"),
                Words("역할을 맡기고 담당을 선임합니다.", "Give roles and appoint people."),
                roles: [.executive, .safetyManager]),
        ]
        part.topics = [
            ("safety.firm.", "safety-firms"), ("safety.tenants.", "safety-firms"),
            ("safety.role.", "safety-firms"),
        ]
        return part
    }
}
