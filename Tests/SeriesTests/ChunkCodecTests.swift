import Record
import Testing

@testable import Series

@Suite("The chunk codec")
struct ChunkCodecTests {
    private func randomValue(_ generator: inout SeededGenerator) -> Double {
        switch Int.random(in: 0..<9, using: &generator) {
        case 0: return -0.0
        case 1: return 0
        case 2: return .leastNonzeroMagnitude
        case 3: return -.greatestFiniteMagnitude
        case 4: return Double(bitPattern: .random(in: 1...0xF_FFFF_FFFF_FFFF, using: &generator))  // subnormal
        case 5, 6: return (Double.random(in: -1e4...1e4, using: &generator) * 100).rounded() / 100
        default:
            let value = Double(bitPattern: generator.next())
            return value.isFinite ? value : 1
        }
    }

    private func randomChunk(_ generator: inout SeededGenerator) -> ChunkCodec.Chunk {
        let count = Int.random(in: 0...600, using: &generator)
        let wide = Bool.random(using: &generator)
        var times = Set(
            (0..<count).map { _ in
                wide ? Int64.random(in: .min ... .max, using: &generator) : .random(in: -5000...5000, using: &generator)
            })
        if Bool.random(using: &generator) { times.formUnion([.min, .max, 0, -1]) }
        let readings = times.sorted().map {
            Reading(
                time: Timestamp(microseconds: $0), value: randomValue(&generator),
                quality: Quality.allCases.randomElement(using: &generator) ?? .good)
        }
        return ChunkCodec.Chunk(
            unit: [nil, "", "mm/s", "°C"].randomElement(using: &generator) ?? nil, readings: readings)
    }

    private func isIdentical(_ one: ChunkCodec.Chunk, _ other: ChunkCodec.Chunk) -> Bool {
        one.unit == other.unit && one.readings.count == other.readings.count
            && zip(one.readings, other.readings).allSatisfy { $0.isIdentical(to: $1) }
    }

    @Test("gives back every bit of whatever it was given", arguments: 1...200 as ClosedRange<UInt64>)
    func roundTrip(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        let chunk = randomChunk(&generator)
        #expect(isIdentical(try ChunkCodec.decode(ChunkCodec.encode(chunk)), chunk), "seed \(seed)")
    }

    @Test(
        "throws a typed error on cut or altered bytes, or reads them as another chunk; it never traps",
        arguments: 1...60 as ClosedRange<UInt64>)
    func damage(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        let bytes = ChunkCodec.encode(randomChunk(&generator))
        for _ in 0..<100 {
            let cut = Array(bytes.prefix(.random(in: 0..<bytes.count, using: &generator)))
            #expect(throws: SeriesError.self, "seed \(seed)") { try ChunkCodec.decode(cut) }
            var altered = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                altered[.random(in: 0..<altered.count, using: &generator)] = UInt8(truncatingIfNeeded: generator.next())
            }
            do throws(SeriesError) {
                let read = try ChunkCodec.decode(altered)
                #expect(zip(read.readings, read.readings.dropFirst()).allSatisfy { $0.time < $1.time })
                #expect(read.readings.allSatisfy { $0.value.isFinite })
            } catch {
                #expect(error.code == .damaged)
            }
        }
        let noise = (0..<200).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        #expect(throws: SeriesError.self) { try ChunkCodec.decode([2] + noise) }
        #expect(throws: SeriesError.self) { try ChunkCodec.decode(bytes + [0]) }
    }

    @Test("a count beyond the bytes is refused before memory is asked for")
    func hugeCount() {
        let bytes: [UInt8] = [1, 0] + [UInt8](repeating: 0xFF, count: 9) + [1]
        #expect(throws: SeriesError.self) { try ChunkCodec.decode(bytes) }
    }

    @Test("a released chunk reads, and hashes, as it always did")
    func released() throws {
        let bytes: [UInt8] = [
            1, 1, 4, 109, 109, 47, 115, 3, 128, 137, 122, 0, 3, 0x62, 0x04, 0x40, 0, 0x71, 0x80, 0, 2, 1, 1,
        ]
        let chunk = ChunkCodec.Chunk(
            unit: "mm/s",
            readings: [
                Reading(time: .second(1), value: 2.5), Reading(time: .second(2), value: 2.5),
                Reading(time: Timestamp(microseconds: 2_999_998), value: -2.5, quality: .uncertain),
            ])
        #expect(try ChunkCodec.decode(bytes) == chunk)
        #expect(ChunkCodec.encode(chunk) == bytes)
    }

    @Test("the hash belongs to one series")
    func digest() {
        let bytes = ChunkCodec.encode(ChunkCodec.Chunk(unit: nil, readings: [Reading(time: .second(1), value: 1)]))
        let hashes = Set(
            [("a", "bc"), ("ab", "c"), ("a", "bd")].map { thing, property in
                ChunkCodec.digest(of: bytes, key: SeriesKey(ThingID(thing), property))
            })
        #expect(hashes.count == 3)
    }

    @Test("journal rows round-trip, and damage to them is a typed error", arguments: 1...60 as ClosedRange<UInt64>)
    func journal(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        let entries = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
            JournalEntry(
                series: .random(in: 0..<50, using: &generator),
                reading: Reading(
                    time: Timestamp(microseconds: .random(in: .min ... .max, using: &generator)),
                    value: randomValue(&generator), quality: Quality.allCases.randomElement(using: &generator) ?? .good)
            )
        }
        let bytes = JournalCodec.encode(entries)
        let read = try JournalCodec.decode(bytes, known: 50)
        #expect(read.map(\.series) == entries.map(\.series))
        #expect(zip(read, entries).allSatisfy { $0.reading.isIdentical(to: $1.reading) }, "seed \(seed)")
        for _ in 0..<50 {
            let cut = Array(bytes.prefix(.random(in: 0..<bytes.count, using: &generator)))
            #expect(throws: SeriesError.self) { try JournalCodec.decode(cut, known: 50) }
            var altered = bytes
            altered[.random(in: 0..<altered.count, using: &generator)] = UInt8(truncatingIfNeeded: generator.next())
            do throws(SeriesError) {
                let read = try JournalCodec.decode(altered, known: 50)
                #expect(read.allSatisfy { (0..<50).contains($0.series) && $0.reading.value.isFinite })
            } catch {
                #expect(error.code == .damaged)
            }
        }
    }
}
