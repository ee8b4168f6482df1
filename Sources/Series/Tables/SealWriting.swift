import Record
import Store

/// Rows of the chunk and name tables for chunks that are being sealed, in the order of their rotation.
struct SealWriting: Sendable {
    /// Rows of the chunk table.
    private(set) var chunks: [[SQLValue]] = []
    /// Arguments of the last summary of each series.
    private(set) var summaries: [Int: [SQLValue]] = [:]
    /// The span classes each series has with these chunks.
    private(set) var classes: [Int: Int64] = [:]
    private let firstChunk: Int64
    private let chunkReadings: Int

    init(firstChunk: Int64, chunkReadings: Int) {
        self.firstChunk = firstChunk
        self.chunkReadings = chunkReadings
    }

    /// Takes in a rotated chunk: one big append makes several chunks of it, of nearly equal size.
    /// - Parameter earlier: the span classes its series had before.
    mutating func add(_ rotated: RotatedChunk, classes earlier: Int64) {
        let readings = rotated.readings
        var bits = classes[rotated.series] ?? earlier
        let parts = max(1, readings.count / chunkReadings)
        for part in 0..<parts {
            let range = readings.count * part / parts..<readings.count * (part + 1) / parts
            bits |= add(Array(readings[range]), of: rotated)
        }
        classes[rotated.series] = bits
        let summary = rotated.summary
        summaries[rotated.series] = [
            .integer(rotated.through), .integer(Int64(summary.count)), .integer(summary.first.microseconds),
            .optional(summary.latest?.time.microseconds),
            .optional(summary.latest.map { Int64(bitPattern: $0.value.bitPattern) }),
            .optional(summary.latest.map { Int64($0.quality.rawValue) }), .integer(summary.arrived.microseconds),
            .integer(rotated.settled.microseconds), .integer(bits), .integer(Int64(rotated.series)),
        ]
    }

    /// - Returns: the chunk's span class as a bit.
    private mutating func add(_ readings: [Reading], of rotated: RotatedChunk) -> Int64 {
        guard let from = readings.first?.time, let to = readings.last?.time else { return 0 }
        let body = ChunkCodec.encode(ChunkCodec.Chunk(unit: rotated.unit, readings: readings))
        let spanClass = SpanClass(from: from, to: to)
        chunks.append([
            .integer(firstChunk + Int64(chunks.count)), .integer(Int64(rotated.series)),
            .integer(Int64(spanClass.number)),
            .integer(from.microseconds), .integer(to.microseconds), .integer(Int64(readings.count)),
            .blob(ChunkCodec.digest(of: body, key: rotated.key)), .blob(body),
        ])
        return spanClass.bit
    }
}
