import Access
import District
import Record

extension Part {
    /// The tenant firms: how they come in, who they are, and who acts for them.
    static func tenants(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [FirmProfiles.migration, FirmImports.migration, Appointments.migration]
        part.commands = [ProfileFirm.command, ImportFirms.command, AppointRole.command, EndRole.command]
        part.projections = [FirmProfiles.projection, FirmImports.projection, Appointments.projection]
        part.topics = [
            ("safety.firm.", "safety-firms"), ("safety.tenants.", "safety-firms"),
            ("safety.role.", "safety-firms"),
        ]
        return part
    }
}
