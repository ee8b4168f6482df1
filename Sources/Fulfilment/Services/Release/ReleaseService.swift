import Access
import District
import Record
import ServiceLifecycle
import Store

/// Releases orders as the floor takes them, and asks nobody: a centre whose pickers are quick gets more, one that is full
/// gets none.
struct ReleaseService: Service {
    let district: District

    func run() async throws {
        await beat(every: .seconds(15)) {
            do {
                try await release()
            } catch {
                district.report("orders could not be released", error)
            }
        }
    }

    /// One round over all centres.
    func release() async throws {
        let zone = try Caller.system("fulfilment.release").tenant
        let centres = try await district.store.read { try CentreTable.all(for: zone, in: $0) }
        for centre in centres {
            let now = district.clock()
            try await district.transact { transaction in
                let drafts = try ReleaseOrders.release(centre, at: now, transaction.writer)
                guard !drafts.isEmpty else { return }
                try transaction.record(drafts, origin: Origin(author: .system("fulfilment.release")))
            }
        }
    }
}
