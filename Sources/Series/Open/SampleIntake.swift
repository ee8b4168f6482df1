/// Gives samples the numbers of their series, and notes which series and units are new with them.
struct SampleIntake: Sendable {
    /// Series that are not in memory yet, numbered from the memory's count on.
    private(set) var created: [OpenSeries] = []
    /// Units that series without one were given.
    private(set) var adopted: [Int: String] = [:]
    private var createdIndex: [SeriesKey: Int] = [:]

    /// Places samples, in their order.
    /// - Parameter outcome: takes the counts of new series and of strange units.
    mutating func place(_ samples: [Sample], in memory: SeriesMemory, _ outcome: inout Appended) -> [JournalEntry] {
        var entries: [JournalEntry] = []
        entries.reserveCapacity(samples.count)
        // Sources send the same series in the same order: the one after the last is tried before the dictionary.
        var guess = 0
        for sample in samples {
            let number: Int
            if guess < memory.series.count, memory.series[guess].key == sample.series {
                number = guess
            } else if let known = memory.index[sample.series] ?? createdIndex[sample.series] {
                number = known
            } else {
                number = memory.series.count + created.count
                createdIndex[sample.series] = number
                created.append(OpenSeries(sample.series, unit: sample.unit))
                outcome.newSeries += 1
            }
            guess = number + 1
            var entry = JournalEntry(series: number, reading: sample.reading)
            if let given = sample.unit, given != unit(of: number, in: memory) {
                judge(&entry, sample.series, given: given, memory, &outcome)
            }
            entries.append(entry)
        }
        return entries
    }

    private func unit(of number: Int, in memory: SeriesMemory) -> String? {
        if number >= memory.series.count { return created[number - memory.series.count].unit }
        return memory.series[number].unit ?? adopted[number]
    }

    private mutating func judge(
        _ entry: inout JournalEntry, _ key: SeriesKey, given: String, _ memory: SeriesMemory, _ outcome: inout Appended
    ) {
        if let expected = unit(of: entry.series, in: memory) {
            outcome.unitMismatch += 1
            if entry.reading.quality == .good { entry.reading.quality = .uncertain }
            let suspect = UnitSuspect(series: key, expected: expected, given: given)
            if !outcome.unitSuspects.contains(suspect) { outcome.unitSuspects.append(suspect) }
        } else if entry.series >= memory.series.count {
            created[entry.series - memory.series.count].unit = given
        } else {
            adopted[entry.series] = given
        }
    }
}
