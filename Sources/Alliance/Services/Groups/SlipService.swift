import District
import Record
import ServiceLifecycle
import Store

/// Finds the milestones whose due day has passed with them unreached, and puts it on the Record once for each due day: from
/// there the owner's list, the public page and the other rooms have it.
struct SlipService: Service {
    let district: District

    func run() async throws {
        await beat(every: .seconds(15), in: district, failing: "late milestones were not found") { try await look() }
    }

    /// Records what has slipped by now.
    /// - Returns: how many did.
    @discardableResult
    func look() async throws -> Int {
        let today = KoreanDay(district.clock())
        var found = 0
        while true {
            // Read and written in one transaction: two nodes never tell twice.
            let some = try await district.transact { transaction in
                let drafts = try MilestoneTable.unrecorded(on: today, in: transaction.writer)
                    .filter { $0.slips(on: today) }.map { $0.slipping(on: today) }
                guard !drafts.isEmpty else { return 0 }
                try transaction.record(drafts, origin: Origin(author: .rule("alliance.milestone-slip")))
                return drafts.count
            }
            guard some > 0 else { return found }
            found += some
        }
    }
}
