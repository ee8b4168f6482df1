import Record
import Store
import Synchronization

/// Keeps an archive in pieces of one size as it is written.
final class PackPieceWriter: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        var position: Int64 = 0
    }

    private let pack: String
    private let store: Store
    private let state = Mutex(State())

    init(pack: String, store: Store) {
        self.pack = pack
        self.store = store
    }

    /// Takes the next bytes, and writes every piece that is full.
    func take(_ bytes: [UInt8]) async throws {
        state.withLock { $0.waiting += bytes }
        while let (position, piece) = next(PackPieces.size) { try await keep(position, piece) }
    }

    /// Writes the rest.
    func finish() async throws {
        if let (position, piece) = next(1) { try await keep(position, piece) }
    }

    private func next(_ least: Int) -> (Int64, [UInt8])? {
        state.withLock { state in
            guard state.waiting.count >= least else { return nil }
            let piece = Array(state.waiting.prefix(PackPieces.size))
            state.waiting.removeFirst(piece.count)
            defer { state.position += 1 }
            return (state.position, piece)
        }
    }

    private func keep(_ position: Int64, _ piece: [UInt8]) async throws {
        let pack = pack
        try await store.write { try PackPieces.keep(pack, position, piece, in: $0) }
    }
}
