import Record

/// Format 1: times as differences of differences, values as XOR with their predecessor, qualities as runs.
///
/// After the version: unit (0, or 1 and the text) · count · times (zigzag LEB128 of the second difference in
/// microseconds, modulo 2⁶⁴) · values (a control byte, 16 × zero bytes at the low end + bytes that follow, then those
/// bytes, lowest first) · qualities (quality, run length) until the count is reached.
enum DeltaFormat: ChunkFormat {
    static let version: UInt8 = 1

    static func encode(_ chunk: ChunkCodec.Chunk, into bytes: inout [UInt8]) {
        if let unit = chunk.unit {
            bytes.append(1)
            bytes.append(text: unit)
        } else {
            bytes.append(0)
        }
        bytes.append(varint: UInt64(chunk.readings.count))
        encodeTimes(chunk.readings, into: &bytes)
        encodeValues(chunk.readings, into: &bytes)
        encodeQualities(chunk.readings, into: &bytes)
    }

    static func decode(_ reader: inout ByteReader) throws(SeriesError) -> ChunkCodec.Chunk {
        let unit: String?
        switch try reader.byte() {
        case 0: unit = nil
        case 1: unit = try reader.text()
        default: throw reader.damaged("neither a unit nor none")
        }
        // A time and a value take at least one byte each.
        let count = try reader.count(ofAtLeast: 2)
        var readings: [Reading] = []
        readings.reserveCapacity(count)
        try decodeTimes(&reader, count: count, into: &readings)
        try decodeValues(&reader, into: &readings)
        try decodeQualities(&reader, into: &readings)
        return ChunkCodec.Chunk(unit: unit, readings: readings)
    }

    private static func encodeTimes(_ readings: [Reading], into bytes: inout [UInt8]) {
        var previous: Int64 = 0
        var step: Int64 = 0
        for reading in readings {
            let next = reading.time.microseconds &- previous
            bytes.append(varint: (next &- step).zigzag)
            step = next
            previous = reading.time.microseconds
        }
    }

    private static func decodeTimes(
        _ reader: inout ByteReader, count: Int, into readings: inout [Reading]
    ) throws(SeriesError) {
        var time: Int64 = 0
        var step: Int64 = 0
        for index in 0..<count {
            step &+= try reader.zigzag()
            let next = time &+ step
            guard index == 0 || next > time else { throw reader.damaged("times do not ascend") }
            time = next
            readings.append(Reading(time: Timestamp(microseconds: time), value: 0))
        }
    }

    private static func encodeValues(_ readings: [Reading], into bytes: inout [UInt8]) {
        var previous: UInt64 = 0
        for reading in readings {
            let bits = reading.value.bitPattern
            var change = bits ^ previous
            previous = bits
            guard change != 0 else {
                bytes.append(0)
                continue
            }
            let low = change.trailingZeroBitCount / 8
            let length = 8 - low - change.leadingZeroBitCount / 8
            bytes.append(UInt8(low << 4 | length))
            change >>= UInt64(8 * low)
            for _ in 0..<length {
                bytes.append(UInt8(truncatingIfNeeded: change))
                change >>= 8
            }
        }
    }

    private static func decodeValues(_ reader: inout ByteReader, into readings: inout [Reading]) throws(SeriesError) {
        var bits: UInt64 = 0
        for index in readings.indices {
            let control = try reader.byte()
            let low = Int(control >> 4)
            let length = Int(control & 15)
            guard low + length <= 8 else { throw reader.damaged("a value has more than 64 bits") }
            // A whole-word shift only comes with no bytes, and so with nothing to shift.
            bits ^= try reader.word(bytes: length) << UInt64(8 * low)
            let value = Double(bitPattern: bits)
            guard value.isFinite else { throw reader.damaged("a value is not finite") }
            readings[index].value = value
        }
    }

    private static func encodeQualities(_ readings: [Reading], into bytes: inout [UInt8]) {
        var start = 0
        while start < readings.count {
            let quality = readings[start].quality
            var end = start + 1
            while end < readings.count, readings[end].quality == quality { end += 1 }
            bytes.append(quality.rawValue)
            bytes.append(varint: UInt64(end - start))
            start = end
        }
    }

    private static func decodeQualities(
        _ reader: inout ByteReader, into readings: inout [Reading]
    ) throws(SeriesError) {
        var start = 0
        while start < readings.count {
            let quality = try reader.quality()
            let run = try reader.varint()
            guard run > 0, run <= UInt64(readings.count - start) else {
                throw reader.damaged("a run of qualities has the wrong length")
            }
            for index in start..<start + Int(run) { readings[index].quality = quality }
            start += Int(run)
        }
    }
}
