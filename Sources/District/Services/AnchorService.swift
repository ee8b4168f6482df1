import Logging
public import Record
public import Series
public import ServiceLifecycle
public import Store

/// Anchors sealed chunks of readings on the Record by their hash, so that sensor evidence cannot be edited either.
public struct AnchorService: Service {
    private let district: District
    private let series: SeriesStore
    private let pause: Duration

    /// Anchors the chunks of a series store, looking as often as `pause` says.
    public init(district: District, series: SeriesStore, pause: Duration = .seconds(5)) {
        self.district = district
        self.series = series
        self.pause = pause
    }

    /// Runs until the house closes.
    public func run() async throws {
        await beat(every: pause) {
            do {
                try await series.sealStale()
                while try await district.anchorChunks(of: series) > 0 {}
            } catch {
                district.logger.error("chunks could not be anchored", metadata: ["reason": "\(error)"])
            }
        }
    }
}

extension District {
    /// The stream of the events that vouch for chunks.
    static let chunkStream = "series/chunks"

    /// Records the hashes of chunks that are sealed and not yet anchored, many to an event.
    ///
    /// The two stores commit one after the other: a crash in between anchors a chunk twice, which proves the same.
    /// - Returns: how many were anchored.
    public func anchorChunks(of series: SeriesStore) async throws -> Int {
        let chunks = try await series.unanchored(limit: 200)
        guard !chunks.isEmpty else { return 0 }
        let listed: [JSON] = chunks.map { chunk in
            [
                "chunk": .decimal(chunk.id), "series": .string(chunk.key.description),
                "from": .string(chunk.from.description), "to": .string(chunk.to.description),
                "count": .number(Double(chunk.count)), "sha256": .string(chunk.sha256.hex),
            ]
        }
        let events = try await record(
            [
                Draft(
                    "series.chunks.sealed", stream: Self.chunkStream, scope: .zone, payload: ["chunks": .array(listed)])
            ],
            origin: Origin(author: .system("series")))
        if let event = events.first { try await series.markAnchored(chunks.map(\.id), event: event.id) }
        return chunks.count
    }
}

extension SeriesAudit {
    /// The hashes of chunks as the Record keeps them.
    public init(of log: RecordLog, in reader: any Reader) throws {
        var anchors: [Int64: Anchor] = [:]
        for event in try log.events(inStream: District.chunkStream, in: reader) {
            for chunk in event.payload["chunks"]?.elements ?? [] {
                guard let id = chunk["chunk"]?.integer, let hash = chunk["sha256"]?.text, anchors[id] == nil else {
                    continue
                }
                anchors[id] = Anchor(sha256: hash, event: event.id)
            }
        }
        self.init(anchors: anchors)
    }
}
