import Access
import District
import Record
import Store
import Twin

extension SampleFleet {
    /// Enrols those whose site is there; nobody twice.
    func found(in spine: Spine) async throws {
        let zone = try Caller.system("sample").tenant
        try await spine.district.transact { transaction in
            let writer = transaction.writer
            for member in Self.members where try !VehicleTable.isEnrolled(member.vehicle.thing, in: writer) {
                guard let site = try Things.find(ThingID(member.site), for: zone, in: writer) else { continue }
                let drafts = try EnrolVehicle.drafts(
                    member.vehicle, member.name, at: site, sample: true, for: zone, in: writer)
                try transaction.record(drafts, origin: Origin(author: .system("sample")))
            }
        }
    }
}
