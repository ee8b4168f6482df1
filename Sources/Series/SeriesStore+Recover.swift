import Record
import Store

extension SeriesStore {
    /// How many journal rows are read at once.
    private static let rowsAtOnce = 256

    /// Takes the readings over and rebuilds memory from names and journal.
    static func recover(_ store: Store, settings: SeriesSettings) async throws -> State {
        let epoch = try await store.write { transaction in
            try transaction.execute(SeriesSQL.takeOver)
            return try transaction.first(SeriesSQL.epoch)?.integer("epoch") ?? 0
        }
        let (names, lastRow, lastChunk) = try await store.read { reader in
            (
                try reader.query(SeriesSQL.names).map(OpenSeries.init),
                try reader.first(SeriesSQL.lastRow)?.optionalInteger("id") ?? 0,
                try reader.first(SeriesSQL.lastChunk)?.optionalInteger("id") ?? 0
            )
        }
        // A trimmed journal may be empty: what was sealed through a row must not be taken to include a new one.
        let sealedThrough = names.map(\.sealedThrough).max() ?? 0
        var state = State(
            memory: SeriesMemory(chunkReadings: settings.chunkReadings, appliedRow: sealedThrough),
            epoch: epoch, nextRow: max(lastRow, sealedThrough) + 1, nextChunk: lastChunk + 1)
        for one in names { state.memory.add(one) }
        var last: Int64 = 0
        while true {
            let (after, known) = (last, state.memory.series.count)
            let rows = try await store.read { reader in
                try reader.query(SeriesSQL.rowsAfter, [.integer(after), .integer(Int64(rowsAtOnce))]).map {
                    JournalRow(
                        id: try $0.integer("id"),
                        arrived: Timestamp(microseconds: try $0.integer("arrived")),
                        entries: try JournalCodec.decode(try $0.blob("body"), known: known))
                }
            }
            guard let next = rows.last?.id else { return state }
            let wanted = rows.flatMap { state.memory.mayBeSealed($0) }
            let classes = Dictionary(
                uniqueKeysWithValues: Set(wanted.map(\.series)).map { number in
                    (number, state.memory.series[number].classes)
                })
            let lookup = SealedLookup(wanted, classes: classes, windows: [:])
            let sealed = wanted.isEmpty ? [:] : try await store.read { try lookup.run($0).readings }
            for row in rows { _ = state.memory.apply(row, sealed: sealed) }
            last = next
        }
    }
}

extension OpenSeries {
    /// From a row of the name table.
    fileprivate init(_ row: Row) throws {
        self.init(
            SeriesKey(ThingID(try row.text("thing")), try row.text("property")), unit: try row.optionalText("unit"))
        summary.count = Int(try row.integer("count"))
        summary.first = Timestamp(microseconds: try row.integer("first_time"))
        summary.arrived = Timestamp(microseconds: try row.integer("arrived"))
        settled = Timestamp(microseconds: try row.integer("settled"))
        classes = try row.integer("classes")
        sealedThrough = try row.integer("through")
        if let time = try row.optionalInteger("latest_time") {
            let quality = Quality(rawValue: UInt8(clamping: try row.integer("latest_quality")))
            summary.latest = Reading(
                time: Timestamp(microseconds: time),
                value: Double(bitPattern: UInt64(bitPattern: try row.integer("latest_bits"))),
                quality: quality ?? .bad)
        }
    }
}
