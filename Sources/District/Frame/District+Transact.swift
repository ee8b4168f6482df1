public import Record
public import Store

/// A transaction of the frame: rows that are no projection (a credential, a token) and the events that tell of them,
/// together or not at all.
public final class FrameTransaction {
    /// The database.
    public let writer: any Writer
    private let ledger: Ledger
    fileprivate var events: [Event] = []

    init(_ writer: any Writer, _ ledger: Ledger) {
        self.writer = writer
        self.ledger = ledger
    }

    /// Records drafts and all that follows from them.
    @discardableResult
    public func record(_ drafts: [Draft], origin: Origin) throws -> [Event] {
        let recorded = try ledger.settle(drafts, origin: origin, in: writer)
        events += recorded
        return recorded
    }
}

extension District {
    /// Runs a transaction that writes rows and records events together.
    ///
    /// The body may run more than once, so it must have no other effect.
    public func transact<T: Sendable>(_ body: @Sendable @escaping (FrameTransaction) throws -> T) async throws -> T {
        let ledger = ledger
        let (result, events) = try await store.write { writer in
            let transaction = FrameTransaction(writer, ledger)
            let result = try body(transaction)
            return (result, transaction.events)
        }
        tell(events)
        return result
    }
}
