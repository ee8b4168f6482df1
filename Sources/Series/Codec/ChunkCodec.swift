import Crypto
import Record

/// Turns a chunk into bytes and back, bit-exactly. The first byte names the format, so that a better one can come
/// later while old chunks, and their hashes, stay as they are.
public enum ChunkCodec {
    /// The readings of one series with the unit they were kept in, in order of time, each time once.
    public struct Chunk: Sendable, Hashable {
        /// The unit of the series when the chunk was sealed (UCUM code).
        public var unit: String?
        /// Strictly ascending by time.
        public var readings: [Reading]

        /// A chunk of readings that ascend strictly by time.
        public init(unit: String?, readings: [Reading]) {
            self.unit = unit
            self.readings = readings
        }
    }

    /// The bytes of a chunk in the newest format.
    public static func encode(_ chunk: Chunk) -> [UInt8] {
        var bytes: [UInt8] = [DeltaFormat.version]
        bytes.reserveCapacity(32 + 9 * chunk.readings.count)
        DeltaFormat.encode(chunk, into: &bytes)
        return bytes
    }

    /// Reads a chunk of any format there ever was.
    /// - Throws: ``SeriesError`` with code `damaged` for any other bytes, and for times that do not ascend.
    public static func decode(_ bytes: [UInt8]) throws(SeriesError) -> Chunk {
        var reader = ByteReader(bytes)
        let chunk: Chunk
        switch try reader.byte() {
        case DeltaFormat.version: chunk = try DeltaFormat.decode(&reader)
        case let version: throw reader.damaged("no chunk format \(version)")
        }
        guard reader.remaining == 0 else { throw reader.damaged("bytes follow the end") }
        return chunk
    }

    /// The hash that anchors a chunk: SHA-256 over thing and property, each as its length (LEB128) and UTF-8, then
    /// the chunk's bytes. So a chunk can neither be changed nor be passed off as another series'.
    public static func digest(of bytes: [UInt8], key: SeriesKey) -> [UInt8] {
        var name: [UInt8] = []
        name.append(text: key.thing.rawValue)
        name.append(text: key.property)
        var hash = SHA256()
        hash.update(data: name)
        hash.update(data: bytes)
        return Array(hash.finalize())
    }
}

/// One way to write a chunk.
protocol ChunkFormat {
    /// The first byte of every chunk written so; never given twice.
    static var version: UInt8 { get }
    static func encode(_ chunk: ChunkCodec.Chunk, into bytes: inout [UInt8])
    static func decode(_ reader: inout ByteReader) throws(SeriesError) -> ChunkCodec.Chunk
}
