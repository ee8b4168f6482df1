import Access
import District
import Record
import ServiceLifecycle
import Store

/// What the desk does by the clock: whoever still waits when it closes is called, and what was said there is forgotten
/// when it has been kept long enough.
struct DeskSweep: Service {
    let spine: Spine
    let hours: DeskHours

    /// How long what was said at the desk is kept after it was finished, in seconds: thirty days.
    static let memory = 30 * 86_400.0
    private static let author = Origin(author: .system("citizen.desk"))

    func run() async throws { await beat(every: .seconds(60)) { await sweep() } }

    /// Looks once.
    func sweep() async {
        do { try await close() } catch {
            spine.district.report("those who wait could not be put on the list of calls", error)
        }
        do { try await forget() } catch {
            spine.district.report("what was said at the desk could not be forgotten", error)
        }
    }

    private func close() async throws {
        let district = spine.district
        guard !hours.isOpen(at: district.clock()) else { return }
        let zone = try Caller.system("citizen.desk").tenant
        while true {
            // The invented ones of the sample wait at any hour, so that there is something to look at.
            let waiting = try await district.store.read { try HandoverTable.all(.waiting, for: zone, in: $0) }
                .filter { !$0.subject.rawValue.hasPrefix(DeskSample.callers) }
            guard !waiting.isEmpty else { return }
            // Somebody may take one at this moment: the table keeps theirs, for only who waits is put off.
            try await district.record(waiting.map { DeskAsk.draft(DeskEvents.deferred, $0) }, origin: Self.author)
        }
    }

    private func forget() async throws {
        let district = spine.district
        let before = district.clock().advanced(bySeconds: -Self.memory)
        let zone = try Caller.system("citizen.desk").tenant
        while true {
            let over = try await district.store.read {
                try HandoverTable.over(before: before, limit: 50, for: zone, in: $0)
            }
            guard !over.isEmpty else { return }
            let log = district.log
            try await district.transact { transaction in
                try transaction.record(over.map { DeskAsk.draft(DeskEvents.forgotten, $0) }, origin: Self.author)
                // Of somebody unknown everything goes, the vault's copy too. What somebody known has in the vault is
                // theirs in every room, and goes when they are forgotten; the desk shows it no more.
                for one in over where one.subject.rawValue.hasPrefix("caller-") {
                    _ = try log.erase(one.subject, in: transaction.writer)
                }
            }
        }
    }
}
