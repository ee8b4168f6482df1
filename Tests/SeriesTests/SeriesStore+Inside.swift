import Synchronization

@testable import Series

extension SeriesStore {
    /// Readings held in memory, sealed or not.
    var openReadings: Int { state.withLock { $0.memory.openReadings } }

    /// Seals what has been rotated, but leaves open chunks open.
    func finishSealing() async throws { try await seal() }

    /// Whether a journal row was committed, as asked after a lost answer.
    func wasWritten(row id: Int64) async throws -> Bool { try await wasCommitted(proof: SeriesSQL.row, id) }
}
