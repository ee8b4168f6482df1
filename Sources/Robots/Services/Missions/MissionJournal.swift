import Access
import District
import Record
import Store

/// How services move missions on: each step is drafted from the row as it stands in the transaction that records it, so that
/// two that act at once never record what cannot be.
struct MissionJournal: Sendable {
    let district: District

    /// All open missions of a site, or of all, the most urgent first.
    func open(site: String? = nil) async throws -> [MissionCase] {
        let zone = try Caller.system("robots.missions").tenant
        return try await district.store.read { try MissionTable.open(site: site, for: zone, in: $0) }
    }

    /// A mission, whosever it is.
    func find(_ id: String) async throws -> MissionCase? {
        let zone = try Caller.system("robots.missions").tenant
        return try await district.store.read { try MissionTable.find(id, for: zone, in: $0) }
    }

    /// Records what a rule drafts from a mission as it stands now; a step that cannot follow any more records nothing.
    /// - Parameter author: `.model(DispatchUse.use.id)` for what matching chose, else the part of the house that acts.
    /// - Returns: the mission after it; nil where nothing was recorded.
    @discardableResult
    func record(
        _ id: String, by author: Author = .system("robots.conductor"),
        _ draft: @Sendable @escaping (MissionCase) throws(MissionFault) -> [Draft]
    ) async throws -> MissionCase? {
        let zone = try Caller.system("robots.missions").tenant
        return try await district.transact { transaction -> MissionCase? in
            guard let kept = try MissionTable.find(id, for: zone, in: transaction.writer) else { return nil }
            let drafts: [Draft]
            do throws(MissionFault) {
                drafts = try draft(kept)
            } catch {
                return nil
            }
            guard !drafts.isEmpty else { return nil }
            try transaction.record(drafts, origin: Origin(author: author))
            return try MissionTable.find(id, for: zone, in: transaction.writer)
        }
    }

    /// Records that its vehicle set out, arrived, waits, or is done; a step that cannot follow records nothing.
    @discardableResult
    func step(_ id: String, _ step: MissionStep, at time: Timestamp? = nil) async throws -> MissionCase? {
        try await record(id) { (kept) throws(MissionFault) in
            guard let draft = try MissionEvents.moved(kept, step, at: time) else { return [] }
            return [draft]
        }
    }

    /// Records that a vehicle got it.
    /// - Parameter author: `.model(DispatchUse.use.id)` where matching chose.
    @discardableResult
    func assign(
        _ id: String, to vehicle: VehicleID, promise: Promise?, by author: Author
    ) async throws -> MissionCase? {
        try await record(id, by: author) { (kept) throws(MissionFault) in
            [try MissionEvents.assigned(kept, to: vehicle, promise: promise, by: author.text)]
        }
    }

    /// Tells people a new time, where it moved by enough to matter, and not while nothing moves, nor once it
    /// has arrived.
    func promise(_ id: String, _ promise: Promise) async throws {
        let now = district.clock()
        try await record(id) { (kept) throws(MissionFault) in
            !kept.mission.isAtGoal && promise.moved(from: kept.promise, said: kept.promised, at: now)
                ? [try MissionEvents.promised(kept, promise)] : []
        }
    }

    /// How much longer than promised a site's missions took.
    func ratios(site: String) async throws -> [Double] {
        try await district.store.read { try MissionTable.ratios(site: site, in: $0) }
    }
}
