import Access
import District
import Record
import ServiceLifecycle
import Store

/// Releases orders as the floor takes them, and asks nobody: a centre whose pickers are quick gets more, one that is full
/// gets none. Tours are planned on a read, while orders are taken; what others did meanwhile is looked at when they are
/// recorded, which is short.
struct ReleaseService: Service {
    let district: District

    func run() async throws {
        await beat(every: .seconds(15), in: district, failing: "orders could not be released") { try await release() }
    }

    /// One round over all centres; one that fails does not stop those behind it.
    func release() async throws {
        let zone = try Caller.system("fulfilment.release").tenant
        for centre in try await district.store.read({ try CentreTable.all(for: zone, in: $0) }) {
            do {
                try await release(centre)
            } catch {
                district.report("orders of \(centre.terms.centre) could not be released", error)
            }
        }
    }

    private func release(_ centre: CentreTable.Centre) async throws {
        let now = district.clock()
        let plan = try await district.store.read { try ReleaseOrders.plan(centre, at: now, $0) }
        guard !plan.tours.isEmpty else { return }
        try await district.transact { transaction in
            let drafts = ReleaseOrders.drafts(
                try ReleaseOrders.holding(plan, centre, transaction.writer), centre, at: now)
            guard !drafts.isEmpty else { return }
            try transaction.record(drafts, origin: Origin(author: .system("fulfilment.release")))
        }
    }
}
