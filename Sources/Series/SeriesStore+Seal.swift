import Logging
import Record
import Store
import Synchronization

extension SeriesStore {
    /// The most rotated chunks sealed in one transaction: bounds how long appends of the same commit wait for it.
    private static let mostInSeal = 64

    /// Seals the open chunks whose first reading arrived longer ago than the settings' age, and whatever waits to be
    /// sealed; so what has come in is ready to be anchored within bounded time. To be called now and then.
    public func sealStale() async throws {
        let moment = clock().advanced(bySeconds: -settings.maxAge)
        state.withLock { $0.memory.rotate(openedUpTo: moment) }
        try await seal()
    }

    /// Seals what has been rotated so far.
    func seal() async throws {
        guard let last = state.withLock({ $0.memory.toSeal(atMost: .max).last?.ticket }) else { return }
        while let task = state.withLock({ sealing(&$0, upTo: last) }) { try await task.value }
    }

    /// Starts sealing, where there is something to seal and no one does it.
    func sealInBackground() {
        guard state.withLock({ $0.sealing == nil && !$0.memory.toSeal(atMost: 1).isEmpty }) else { return }
        Task {
            do {
                try await seal()
            } catch {
                // The readings stay in journal and memory; the next append or call of sealStale tries again.
                logger.error("readings could not be sealed", metadata: ["reason": "\(error)"])
            }
        }
    }

    /// The round that is under way, or a new one where chunks up to a ticket still wait.
    private func sealing(_ state: inout State, upTo ticket: Int64) -> Task<Void, any Error>? {
        guard let first = state.memory.toSeal(atMost: 1).first, first.ticket <= ticket else { return nil }
        if let task = state.sealing { return task }
        let task = Task {
            defer { self.state.withLock { $0.sealing = nil } }
            try await sealRound()
        }
        state.sealing = task
        return task
    }

    /// Seals the first of the rotated chunks: chunks, summaries and the journal's trimming in one transaction.
    private func sealRound() async throws {
        let (rotated, classes, firstChunk, firstRow) = state.withLock { state in
            let rotated = Array(state.memory.toSeal(atMost: Self.mostInSeal))
            return (
                rotated, rotated.map { state.memory.series[$0.series].classes }, state.nextChunk,
                state.memory.firstRowNeeded(afterSealing: rotated.last?.ticket ?? 0)
            )
        }
        guard let last = rotated.last else { return }
        var writing = SealWriting(firstChunk: firstChunk, chunkReadings: settings.chunkReadings)
        for (chunk, bits) in zip(rotated, classes) { writing.add(chunk, classes: bits) }
        let done = writing
        let lastChunk = firstChunk + Int64(done.chunks.count) - 1
        try await write(proof: SeriesSQL.chunk, lastChunk) { transaction in
            for chunk in done.chunks { try transaction.execute(SeriesSQL.addChunk, chunk) }
            for summary in done.summaries.values { try transaction.execute(SeriesSQL.summarise, summary) }
            try transaction.execute(SeriesSQL.trim, [.integer(firstRow)])
        }
        state.withLock { state in
            state.nextChunk = lastChunk + 1
            state.memory.markSealed(upTo: last.ticket, classes: done.classes)
            state.releaseSealed()
        }
    }
}
