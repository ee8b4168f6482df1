import Record
import Store

extension District {
    /// Makes every projected table anew from the Record and the vault, in one transaction.
    ///
    /// Credentials and sessions are no projection and stay as they are. Erased content comes back marked as erased.
    /// - Parameter progress: told the number of events read so far.
    /// - Returns: how many events were read.
    public func rebuild(progress: @escaping @Sendable (Int64) -> Void = { _ in }) async throws -> Int64 {
        let (ledger, plan, rooms) = (ledger, plan, rooms)
        return try await store.write { transaction in
            // What was committed a moment ago may not be numbered yet, and would be left out.
            try Sequencer(clock: ledger.clock).sequenceAll(in: transaction)
            for table in plan.projectedTables.reversed() { try transaction.execute("DELETE FROM \(table)") }
            var next: Int64 = 0
            while true {
                let events = try ledger.log.events(fromLeaf: next, limit: 1000, in: transaction)
                for event in events { try ledger.project(event, in: transaction) }
                guard let last = events.last?.leaf else { break }
                next = last + 1
                progress(next)
            }
            for projection in rooms.flatMap(\.projections) {
                try FrameTables.setCursor(District.cursor(projection), next, in: transaction)
            }
            return next
        }
    }

    /// The projected tables' contents as text lines, sorted: what a test or an operator compares before and after.
    public func dump() async throws -> [String: [String]] {
        let tables = plan.projectedTables
        return try await store.read { reader in
            var dump: [String: [String]] = [:]
            for table in tables {
                dump[table] = try reader.query("SELECT * FROM \(table)").map { "\($0.values)" }.sorted()
            }
            return dump
        }
    }
}
