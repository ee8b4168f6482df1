import District
import Record
import ServiceLifecycle
import Store

/// Puts each phase on the Record when its first day comes: what can be done follows from the days alone; pages are renewed, and
/// whoever follows the Record learns of it, by this.
struct PhaseService: Service {
    let district: District

    func run() async throws {
        await beat(every: .seconds(15), in: district, failing: "phases of processes were not told") { try await look() }
    }

    /// Records what has begun by now.
    /// - Returns: how many phases did.
    @discardableResult
    func look() async throws -> Int {
        let today = KoreanDay(district.clock())
        // Read and written in one transaction: two nodes never tell twice.
        return try await district.transact { transaction in
            let drafts = try ProcessTable.untold(on: today, in: transaction.writer).map { process, phase in
                Draft(
                    ProcessEvents.began, stream: ProcessEvents.stream(process.id), scope: .everyone,
                    payload: (phase.json.members ?? [:]).merging(["process": .string(process.id)]) { $1 })
            }
            guard !drafts.isEmpty else { return 0 }
            try transaction.record(drafts, origin: Origin(author: .rule("commons.phase-days")))
            return drafts.count
        }
    }
}
