import Record
import Store
import Synchronization

extension SeriesStore {
    /// Makes samples durable: when this returns they have reached the disk and every query sees them.
    ///
    /// A sample with the time, value and quality of a reading already there is folded; one with the time of a reading
    /// but another value or quality replaces it. One in another unit than its series has is kept with quality
    /// uncertain. While the disk is slower than the samples come, this waits.
    /// - Throws: ``SeriesError`` with code `value` and the sample's index for NaN or infinity, before anything is
    ///   stored; with code `superseded` where another has taken the readings over; `StoreError` where the database
    ///   refuses. In each case nothing was stored.
    public func append(_ samples: [Sample]) async throws -> Appended {
        for (index, sample) in samples.enumerated() where !sample.reading.value.isFinite {
            throw SeriesError(.value, at: index, "\(sample.series) has the value \(sample.reading.value)")
        }
        guard !samples.isEmpty else { return Appended() }
        return try await withCheckedThrowingContinuation { continuation in
            enqueue(AppendQueue.Waiting(samples: samples, arrived: clock(), answer: continuation))
        }
    }

    private func enqueue(_ append: AppendQueue.Waiting) {
        let (taken, start) = queue.withLock { $0.add(append) }
        guard taken else {
            append.answer.resume(throwing: SeriesError(.closed, "the series store is closed"))
            return
        }
        if start { Task { await drain() } }
    }

    /// The lane: one group at a time, so that rows are applied in the order of the journal.
    private func drain() async {
        while true {
            let group = queue.withLock { $0.next(readings: settings.groupReadings) }
            guard !group.isEmpty else { break }
            do {
                let outcomes = try await commit(group)
                for (append, outcome) in zip(group, outcomes) { append.answer.resume(returning: outcome) }
            } catch {
                for append in group { append.answer.resume(throwing: error) }
            }
        }
        for continuation in queue.withLock({ $0.takeClosing() }) { continuation.resume() }
    }

    private func commit(_ group: [AppendQueue.Waiting]) async throws -> [Appended] {
        try await relieve()
        var intake = SampleIntake()
        var outcomes = [Appended](repeating: Appended(), count: group.count)
        var rows: [JournalRow] = []
        let first = state.withLock { state in
            state.applying = true
            // Numbers are not given twice, even where the commit fails.
            defer { state.nextRow += Int64(group.count) }
            return state.nextRow
        }
        defer {
            state.withLock { state in
                state.applying = false
                state.releaseSealed()
            }
        }
        for (offset, append) in group.enumerated() {
            let entries = state.withLock { intake.place(append.samples, in: $0.memory, &outcomes[offset]) }
            rows.append(JournalRow(id: first + Int64(offset), arrived: append.arrived, entries: entries))
        }
        let sealed = try await sealedReadings(for: rows)
        try await persist(rows, intake)
        state.withLock { state in
            for one in intake.created { state.memory.add(one) }
            for (number, unit) in intake.adopted { state.memory.adopt(unit: unit, at: number) }
        }
        for (offset, row) in rows.enumerated() {
            outcomes[offset].merge(state.withLock { $0.memory.apply(row, sealed: sealed) })
        }
        sealInBackground()
        return outcomes
    }

    private func persist(_ rows: [JournalRow], _ intake: SampleIntake) async throws {
        let known = state.withLock { $0.memory.series.count }
        let encoded = rows.map { row in
            [.integer(row.id), .integer(row.arrived.microseconds), .blob(JournalCodec.encode(row.entries))]
                as [SQLValue]
        }
        try await write(proof: SeriesSQL.row, rows.last?.id ?? 0) { transaction in
            for (offset, one) in intake.created.enumerated() {
                let key = one.key
                try transaction.execute(
                    SeriesSQL.addName,
                    [
                        .integer(Int64(known + offset)), .text(key.thing.rawValue), .text(key.property),
                        .optional(one.unit), .integer(one.summary.first.microseconds),
                        .integer(one.settled.microseconds),
                    ])
            }
            for (number, unit) in intake.adopted {
                try transaction.execute(SeriesSQL.adoptUnit, [.text(unit), .integer(Int64(number))])
            }
            for row in encoded { try transaction.execute(SeriesSQL.addRow, row) }
        }
    }

    /// What sealed chunks hold at the times of samples that are old enough to meet a sealed reading.
    private func sealedReadings(for rows: [JournalRow]) async throws -> [SeriesTime: Reading] {
        let (wanted, classes, windows) = state.withLock { state in
            let wanted = rows.flatMap { state.memory.mayBeSealed($0) }
            let numbers = Set(wanted.map(\.series))
            return (
                wanted,
                Dictionary(uniqueKeysWithValues: numbers.map { ($0, state.memory.series[$0].classes) }),
                state.windows.filter { numbers.contains($0.key) }
            )
        }
        guard !wanted.isEmpty else { return [:] }
        let lookup = SealedLookup(wanted, classes: classes, windows: windows)
        let found = try await store.read { try lookup.run($0) }
        state.withLock { state in
            if state.windows.values.reduce(0, { $0 + $1.readings.count }) > SealedLookup.mostWindowReadings {
                state.windows = [:]
            }
            state.windows.merge(found.windows) { _, new in new }
        }
        return found.readings
    }

    /// Waits until there is room for more readings in memory.
    private func relieve() async throws {
        while true {
            let isFull = state.withLock { state in
                state.memory.relieve(maxOpen: settings.maxOpenReadings, maxJournal: settings.maxJournalReadings)
                return state.memory.openReadings >= settings.maxOpenReadings
            }
            guard isFull else { return }
            try await seal()
        }
    }
}

extension Appended {
    /// Adds what the open chunks made of the samples to what their names and units did.
    fileprivate mutating func merge(_ other: Appended) {
        stored += other.stored
        corrected += other.corrected
        duplicates += other.duplicates
        late += other.late
    }
}
