import Record

/// Turns the readings of one append into a journal row's bytes: written once, read only after a crash or restart,
/// so it is quick rather than small (about 10 bytes a reading).
///
/// Version 1 · count · for each reading: 4 × zigzag of the step in series numbers + quality · zigzag of the step in
/// time · the value's eight bytes, lowest first.
enum JournalCodec {
    private static let version: UInt8 = 1

    static func encode(_ entries: [JournalEntry]) -> [UInt8] {
        var bytes: [UInt8] = [version]
        bytes.reserveCapacity(16 + 14 * entries.count)
        bytes.append(varint: UInt64(entries.count))
        var series: Int64 = 0
        var time: Int64 = 0
        for entry in entries {
            let number = Int64(entry.series)
            bytes.append(varint: (number - series).zigzag << 2 | UInt64(entry.reading.quality.rawValue))
            bytes.append(varint: (entry.reading.time.microseconds &- time).zigzag)
            withUnsafeBytes(of: entry.reading.value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
            series = number
            time = entry.reading.time.microseconds
        }
        return bytes
    }

    /// - Parameter known: how many series there are; a reading of another one is damage.
    static func decode(_ bytes: [UInt8], known: Int) throws(SeriesError) -> [JournalEntry] {
        var reader = ByteReader(bytes)
        guard try reader.byte() == version else { throw reader.damaged("no such journal format") }
        let count = try reader.count(ofAtLeast: 10)
        var entries: [JournalEntry] = []
        entries.reserveCapacity(count)
        var series: Int64 = 0
        var time: Int64 = 0
        for _ in 0..<count {
            let head = try reader.varint()
            guard let quality = Quality(rawValue: UInt8(head & 3)) else { throw reader.damaged("no such quality") }
            series &+= Int64(zigzag: head >> 2)
            time &+= try reader.zigzag()
            let value = Double(bitPattern: try reader.word(bytes: 8))
            guard series >= 0, series < Int64(known), value.isFinite else {
                throw reader.damaged("a reading of no series, or not finite")
            }
            let reading = Reading(time: Timestamp(microseconds: time), value: value, quality: quality)
            entries.append(JournalEntry(series: Int(series), reading: reading))
        }
        guard reader.remaining == 0 else { throw reader.damaged("bytes follow the end") }
        return entries
    }
}

/// A reading with the number of its series.
struct JournalEntry: Sendable, Hashable {
    var series: Int
    var reading: Reading
}

/// The readings of one append, in the order they came.
struct JournalRow: Sendable {
    /// Rises from row to row; decides which of two readings of the same time is the later.
    var id: Int64
    /// When they arrived.
    var arrived: Timestamp
    var entries: [JournalEntry]
}
