import Synchronization

@testable import Series

extension SeriesStore {
    /// Readings held in memory, sealed or not.
    var openReadings: Int { state.withLock { $0.memory.openReadings } }

    /// Seals what has been rotated, but leaves open chunks open.
    func finishSealing() async throws { try await seal() }
}
