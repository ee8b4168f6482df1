public import Record

/// A run of readings that no longer changes, with the hash by which it is anchored on the Record.
public struct SealedChunk: Sendable, Hashable {
    /// Its number; a later chunk has a higher one, and wins where two hold the same time.
    public let id: Int64
    /// The series.
    public let key: SeriesKey
    /// The time of its first reading.
    public let from: Timestamp
    /// The time of its last reading.
    public let to: Timestamp
    /// How many readings.
    public let count: Int
    /// SHA-256 over the chunk's canonical bytes, see ``ChunkCodec/digest(of:key:)``.
    public let sha256: [UInt8]
}

/// A sealed chunk as it stands in the database, held against its own bytes.
public struct ChunkVerdict: Sendable, Hashable {
    /// What the columns say.
    public let chunk: SealedChunk
    /// The event that anchored it, nil where none has yet. The caller compares that event's hash with ``digest``.
    public let anchored: Identifier?
    /// SHA-256 of the bytes as they are now.
    public let digest: [UInt8]
    /// Whether bytes, hash, range and count agree with each other.
    public let intact: Bool
}
