import Record
import Store

/// Sealed chunks as the database holds them.
enum ChunkTable {
    /// A chunk with its readings.
    struct Stored: Sendable {
        let id: Int64
        let anchored: String?
        let readings: [Reading]
    }

    /// The chunks of a series that reach into a range, in order of their numbers.
    /// - Returns: the chunks, and the moment from which on there may be more of them than `limit` allowed to read.
    static func overlapping(
        _ series: Int, classes: Int64, from: Timestamp, through: Timestamp, limit: Int, in reader: any Reader
    ) throws -> (chunks: [Stored], completeBefore: Timestamp?) {
        var chunks: [Stored] = []
        var completeBefore: Timestamp?
        for spanClass in SpanClass.all(in: classes) {
            let rows = try reader.query(
                SeriesSQL.overlapping,
                [
                    .integer(Int64(series)), .integer(Int64(spanClass.number)),
                    .integer(spanClass.earliestStart(reaching: from).microseconds), .integer(through.microseconds),
                    .integer(from.microseconds), .integer(Int64(limit)),
                ])
            for row in rows {
                let chunk = try ChunkCodec.decode(row.blob("body"))
                chunks.append(
                    Stored(
                        id: try row.integer("id"), anchored: try row.optionalText("anchored"),
                        readings: chunk.readings))
            }
            if rows.count == limit, let last = rows.last {
                let start = Timestamp(microseconds: try last.integer("from_time"))
                completeBefore = min(start, completeBefore ?? start)
            }
        }
        chunks.sort { $0.id < $1.id }
        return (chunks, completeBefore)
    }

    /// When the first chunk of a series begins after a time.
    static func nextStart(
        _ series: Int, classes: Int64, after time: Timestamp, in reader: any Reader
    ) throws -> Timestamp? {
        var next: Timestamp?
        for spanClass in SpanClass.all(in: classes) {
            let row = try reader.first(
                SeriesSQL.nextStart,
                [.integer(Int64(series)), .integer(Int64(spanClass.number)), .integer(time.microseconds)])
            guard let row else { continue }
            let start = Timestamp(microseconds: try row.integer("from_time"))
            next = min(start, next ?? start)
        }
        return next
    }
}

/// The sealed readings of one series around a time, so that samples in a row need not each ask the database.
struct SealedWindow: Sendable {
    let from: Timestamp
    let through: Timestamp
    let readings: [Reading]

    /// All sealed readings from a time until the next chunk begins.
    init(_ series: Int, classes: Int64, at time: Timestamp, in reader: any Reader) throws {
        from = time
        let next = try ChunkTable.nextStart(series, classes: classes, after: time, in: reader)
        through = Timestamp(microseconds: next.map { $0.microseconds - 1 } ?? .max)
        let chunks = try ChunkTable.overlapping(
            series, classes: classes, from: time, through: time, limit: .max, in: reader
        ).chunks
        var merged: [Reading] = []
        for chunk in chunks { merged.overlay(chunk.readings[...]) }
        readings = merged
    }

    func covers(_ time: Timestamp) -> Bool { from <= time && time <= through }
}
