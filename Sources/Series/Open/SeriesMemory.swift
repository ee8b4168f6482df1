import Record

/// All series as held in memory. Pure: journal rows go in, in their order; what it then holds depends on nothing else,
/// so that after a crash the same rows rebuild the same memory.
struct SeriesMemory: Sendable {
    private(set) var index: [SeriesKey: Int] = [:]
    private(set) var series: [OpenSeries] = []
    private(set) var rotated: [RotatedChunk] = []
    /// The last journal row applied.
    private(set) var appliedRow: Int64 = 0
    /// Readings in open and rotated chunks.
    private(set) var openReadings = 0
    /// Readings applied since the start: the journal's length, were it never trimmed.
    private(set) var journaled = 0
    /// Where the untrimmed part of the journal began when that was last looked at.
    private(set) var journalStart = 0
    private var nextTicket: Int64 = 1
    private let chunkReadings: Int

    init(chunkReadings: Int, appliedRow: Int64 = 0) {
        self.chunkReadings = chunkReadings
        self.appliedRow = appliedRow
    }

    // MARK: Series

    mutating func add(_ one: OpenSeries) {
        index[one.key] = series.count
        series.append(one)
    }

    mutating func adopt(unit: String, at number: Int) { series[number].unit = unit }

    // MARK: Readings

    /// Takes in a row. `sealed` holds what sealed chunks have at the times that ``mayBeSealed(_:)`` named.
    mutating func apply(_ row: JournalRow, sealed: [SeriesTime: Reading]) -> Appended {
        var outcome = Appended()
        var full: [Int] = []
        for entry in row.entries where row.id > series[entry.series].sealedThrough {
            add(entry, of: row, sealed: sealed, to: &outcome)
            if series[entry.series].open.count == chunkReadings { full.append(entry.series) }
        }
        appliedRow = row.id
        journaled += row.entries.count
        // Only between rows: then `through` says exactly which readings of a series are sealed.
        for number in full { rotate(number) }
        return outcome
    }

    private mutating func add(
        _ entry: JournalEntry, of row: JournalRow, sealed: [SeriesTime: Reading], to outcome: inout Appended
    ) {
        let reading = entry.reading
        let number = entry.series
        var at = series[number].open.count
        var earlier: Reading?
        if let newest = series[number].open.last, newest.time >= reading.time {
            at = series[number].open.index(notBefore: reading.time)
            let found = series[number].open[at]
            if found.time == reading.time {
                if found.isIdentical(to: reading) {
                    outcome.duplicates += 1
                    return
                }
                series[number].open[at] = reading
                outcome.corrected += 1
                note(reading, of: row, in: number, isNew: false, &outcome)
                return
            }
        }
        if reading.time <= series[number].settled {
            earlier = rotatedReading(number, reading.time) ?? sealed[SeriesTime(series: number, time: reading.time)]
            if let earlier, earlier.isIdentical(to: reading) {
                outcome.duplicates += 1
                return
            }
            if earlier != nil { outcome.corrected += 1 }
        }
        if series[number].open.isEmpty {
            series[number].firstRow = row.id
            series[number].firstJournaled = journaled
            series[number].openedAt = row.arrived
        }
        series[number].open.insert(reading, at: at)
        openReadings += 1
        note(reading, of: row, in: number, isNew: earlier == nil, &outcome)
    }

    private func rotatedReading(_ number: Int, _ time: Timestamp) -> Reading? {
        for chunk in rotated.reversed() where chunk.series == number {
            if let found = chunk.readings.reading(at: time) { return found }
        }
        return nil
    }

    private mutating func note(
        _ reading: Reading, of row: JournalRow, in number: Int, isNew: Bool, _ outcome: inout Appended
    ) {
        outcome.stored += 1
        if isNew { series[number].summary.count += 1 }
        if reading.time < series[number].summary.first { series[number].summary.first = reading.time }
        if let latest = series[number].summary.latest, latest.time > reading.time {
            outcome.late += 1
        } else {
            series[number].summary.latest = reading
            series[number].summary.arrived = row.arrived
        }
    }

    /// Which of a row's readings may meet one of the same time in a sealed chunk.
    func mayBeSealed(_ row: JournalRow) -> [SeriesTime] {
        row.entries.compactMap { entry in
            guard entry.series < series.count else { return nil }
            guard series[entry.series].classes != 0, entry.reading.time <= series[entry.series].settled,
                row.id > series[entry.series].sealedThrough
            else { return nil }
            return SeriesTime(series: entry.series, time: entry.reading.time)
        }
    }

    // MARK: Rotation

    /// Takes the open chunk of a series out, to be sealed.
    mutating func rotate(_ number: Int) {
        guard let newest = series[number].open.last else { return }
        series[number].settled = max(series[number].settled, newest.time)
        rotated.append(
            RotatedChunk(
                ticket: nextTicket, series: number, key: series[number].key, unit: series[number].unit,
                readings: series[number].open, firstRow: series[number].firstRow, through: appliedRow,
                summary: series[number].summary, settled: series[number].settled))
        nextTicket += 1
        series[number].open = []
    }

    /// Rotates the open chunks that got their first reading at a moment or before.
    mutating func rotate(openedUpTo moment: Timestamp) {
        for number in series.indices where series[number].openedAt <= moment { rotate(number) }
    }

    /// Rotates the oldest open chunks where memory or the journal have grown beyond bounds: to half of them, so that
    /// this does not happen at every append.
    mutating func relieve(maxOpen: Int, maxJournal: Int) {
        if journaled - journalStart > maxJournal {
            for number in series.indices where series[number].firstJournaled < journaled - maxJournal / 2 {
                rotate(number)
            }
            journalStart = journaled - maxJournal / 2
        }
        if openReadings >= maxOpen {
            var open = series.reduce(0) { $0 + $1.open.count }
            for number in series.indices.sorted(by: { series[$0].firstJournaled < series[$1].firstJournaled }) {
                guard open > maxOpen / 2 else { return }
                open -= series[number].open.count
                rotate(number)
            }
        }
    }

    /// The first rotated chunks that are not in the chunk table yet.
    func toSeal(atMost limit: Int) -> ArraySlice<RotatedChunk> { rotated.drop(while: \.sealed).prefix(limit) }

    /// The journal rows below this one hold nothing open, once the chunks up to a ticket are sealed.
    func firstRowNeeded(afterSealing ticket: Int64) -> Int64 {
        var first = appliedRow + 1
        for one in series where !one.open.isEmpty { first = min(first, one.firstRow) }
        for chunk in rotated where chunk.ticket > ticket { first = min(first, chunk.firstRow) }
        return first
    }

    /// The chunks up to a ticket are in the chunk table; these span classes came with them.
    mutating func markSealed(upTo ticket: Int64, classes: [Int: Int64]) {
        for at in rotated.indices where rotated[at].ticket <= ticket { rotated[at].sealed = true }
        for (number, bits) in classes { series[number].classes |= bits }
    }

    /// Lets go of the chunks that are in the chunk table.
    /// - Returns: the series they belonged to.
    mutating func releaseSealed() -> [Int] {
        let released = rotated.prefix(while: \.sealed)
        guard !released.isEmpty else { return [] }
        openReadings -= released.reduce(0) { $0 + $1.readings.count }
        defer { rotated.removeFirst(released.count) }
        return released.map(\.series)
    }

    /// What of a series is in memory only, the later overlaying the earlier.
    func unsealed(_ number: Int, _ from: Timestamp, _ to: Timestamp) -> [Reading] {
        var readings: [Reading] = []
        for chunk in rotated where chunk.series == number && !chunk.sealed {
            readings.overlay(chunk.readings.within(from, to))
        }
        readings.overlay(series[number].open.within(from, to))
        return readings
    }
}
