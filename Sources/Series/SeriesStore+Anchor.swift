public import Record
import Store
import Synchronization

extension SeriesStore {
    /// Sealed chunks that no event anchors yet, in the order of their numbers.
    public func unanchored(limit: Int) async throws -> [SealedChunk] {
        try await store.read { reader in
            try reader.query(SeriesSQL.unanchored, [.integer(Int64(limit))]).map(SealedChunk.init)
        }
    }

    /// Notes which event holds the hashes of chunks. A chunk keeps the first event that anchored it.
    public func markAnchored(_ ids: [Int64], event: Identifier) async throws {
        try await store.write { transaction in
            for id in ids {
                try transaction.execute(SeriesSQL.markAnchored, [.text(event.description), .integer(id)])
            }
        }
    }

    /// The event that anchors the chunk which holds a reading; nil while that chunk is open or not anchored, and where
    /// there is no such reading.
    public func anchor(of key: SeriesKey, at time: Timestamp) async throws -> Identifier? {
        let end = Timestamp(microseconds: time.microseconds &+ 1)
        let snapshot = state.withLock { state in
            state.memory.index[key].map { number in
                (number, state.memory.series[number].classes, state.memory.unsealed(number, time, end).isEmpty)
            }
        }
        guard let (number, classes, isSealed) = snapshot, isSealed else { return nil }
        return try await store.read { reader in
            try ChunkTable.overlapping(number, classes: classes, from: time, through: time, limit: .max, in: reader)
                .chunks.last { $0.readings.reading(at: time) != nil }?
                .anchored.flatMap { Identifier($0) }
        }
    }

    /// Holds sealed chunks against their own bytes.
    ///
    /// The caller compares each ``ChunkVerdict/digest`` with the anchoring event, and looks for anchored chunks that
    /// are missing here.
    /// - Parameters:
    ///   - id: chunks after this number; the last one's number continues where a call ended.
    ///   - limit: at most so many.
    /// - Returns: a verdict on every chunk, in the order of their numbers.
    public func verdicts(after id: Int64 = 0, limit: Int = 256) async throws -> [ChunkVerdict] {
        try await store.read { try Self.verdicts(after: id, limit: limit, in: $0) }
    }

    /// The same, of a store that another may be writing to.
    static func verdicts(after id: Int64, limit: Int, in reader: any Reader) throws -> [ChunkVerdict] {
        try reader.query(SeriesSQL.chunksAfter, [.integer(id), .integer(Int64(limit))]).map(ChunkVerdict.init)
    }

    /// Holds every sealed chunk against its own bytes.
    /// - Returns: those that do not agree, see ``ChunkVerdict/intact``.
    public func verify() async throws -> [ChunkVerdict] {
        var broken: [ChunkVerdict] = []
        var last: Int64 = 0
        while true {
            let page = try await verdicts(after: last)
            guard let id = page.last?.chunk.id else { return broken }
            broken += page.filter { !$0.intact }
            last = id
        }
    }
}

extension SealedChunk {
    /// From a row of the chunk table joined with its name, which may be missing where someone meddled.
    fileprivate init(_ row: Row) throws {
        id = try row.integer("id")
        key = SeriesKey(
            ThingID(try row.optionalText("thing") ?? ""), try row.optionalText("property") ?? "")
        from = Timestamp(microseconds: try row.integer("from_time"))
        to = Timestamp(microseconds: try row.integer("to_time"))
        count = Int(try row.integer("count"))
        sha256 = try row.blob("sha256")
    }
}

extension ChunkVerdict {
    fileprivate init(_ row: Row) throws {
        chunk = try SealedChunk(row)
        anchored = try row.optionalText("anchored").flatMap { Identifier($0) }
        let body = try row.blob("body")
        digest = ChunkCodec.digest(of: body, key: chunk.key)
        let readings: [Reading]
        do {
            readings = try ChunkCodec.decode(body).readings
        } catch {
            // Bytes that do not decode hold nothing, which no chunk's columns say.
            readings = []
        }
        intact =
            digest == chunk.sha256 && readings.count == chunk.count && readings.first?.time == chunk.from
            && readings.last?.time == chunk.to
    }
}
