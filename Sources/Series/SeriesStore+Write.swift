import Logging
import Store
import Synchronization

extension SeriesStore {
    /// Runs a transaction, unless another has taken the readings over.
    /// - Parameters:
    ///   - proof: a query that finds a row exactly where the transaction was committed.
    ///   - id: the query's argument.
    func write(
        proof: String, _ id: Int64, _ body: @Sendable @escaping (any Writer) throws -> Void
    ) async throws {
        let own = state.withLock { $0.epoch }
        do {
            try await store.write { transaction in
                guard try transaction.first(SeriesSQL.heldEpoch(transaction.dialect))?.integer("epoch") == own else {
                    throw Self.superseded
                }
                try body(transaction)
            }
        } catch let error as StoreError where error.code == .outcomeUnknown {
            guard try await wasCommitted(proof: proof, id) else { throw error }
        }
    }

    /// Whether a commit whose answer was lost did happen. Asks until the database answers, because to guess wrong
    /// either way would lose what was acknowledged or write it twice.
    func wasCommitted(proof: String, _ id: Int64) async throws -> Bool {
        let own = state.withLock { $0.epoch }
        while true {
            do {
                // The lost transaction may still be at work; it holds the epoch until it has ended.
                _ = try await store.write { try $0.execute(SeriesSQL.awaitWrites) }
                return try await store.read { reader in
                    guard try reader.first(SeriesSQL.epoch)?.integer("epoch") == own else { throw Self.superseded }
                    return try reader.first(proof, [.integer(id)]) != nil
                }
            } catch let error as StoreError where error.code == .unavailable || error.code == .outcomeUnknown {
                guard !queue.withLock({ $0.isClosed }) else { throw error }
                logger.warning("waiting to learn the outcome of a commit", metadata: ["reason": "\(error)"])
            }
        }
    }

    private static var superseded: SeriesError {
        SeriesError(.superseded, "another has taken the readings over")
    }
}
