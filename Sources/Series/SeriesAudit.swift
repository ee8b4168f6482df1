public import Record
public import Store

/// Holds sealed chunks of readings against the hashes that the Record keeps of them, without opening the series for
/// writing: beside a running house too.
public struct SeriesAudit: Sendable {
    /// What an event on the Record says of a chunk.
    public struct Anchor: Sendable, Hashable {
        /// SHA-256 of the chunk.
        public let sha256: String
        /// The event.
        public let event: Identifier

        /// What an event says of a chunk.
        public init(sha256: String, event: Identifier) {
            self.sha256 = sha256
            self.event = event
        }
    }

    /// Something that does not agree.
    public struct Finding: Sendable, Hashable {
        /// In which way.
        public enum Kind: String, Sendable {
            /// The chunk's bytes are others than when it was sealed.
            case changed = "chunk-changed"
            /// The Record vouches for a chunk that is not there.
            case missing = "chunk-missing"
            /// The chunk says that an event vouches for it, and that event does not.
            case foreign = "chunk-foreign"
        }

        /// In which way.
        public let kind: Kind
        /// The chunk's number.
        public let chunk: Int64
        /// Its series and span, where they are known.
        public let detail: String
    }

    /// What was looked at and found.
    public struct Report: Sendable {
        /// Chunks that agree with the Record.
        public var sound = 0
        /// Chunks that no event vouches for yet.
        public var unanchored = 0
        /// What does not agree.
        public var findings: [Finding] = []
    }

    private let anchors: [Int64: Anchor]

    /// From what the Record says of each chunk; of several events the first counts.
    public init(anchors: [Int64: Anchor]) { self.anchors = anchors }

    /// The events that vouch for chunks.
    public var events: Set<String> { Set(anchors.values.map(\.event.description)) }

    /// Looks at every chunk.
    public func report(in reader: any Reader) throws -> Report {
        var report = Report()
        var seen: Set<Int64> = []
        var last: Int64 = 0
        while true {
            let page = try SeriesStore.verdicts(after: last, limit: 256, in: reader)
            guard let end = page.last?.chunk.id else { break }
            for verdict in page {
                seen.insert(verdict.chunk.id)
                judge(verdict, into: &report)
            }
            last = end
        }
        for (chunk, anchor) in anchors.sorted(by: { $0.key < $1.key }) where !seen.contains(chunk) {
            report.findings.append(Finding(kind: .missing, chunk: chunk, detail: "event \(anchor.event)"))
        }
        return report
    }

    /// The report where there are no readings at all: whatever the Record vouches for is missing.
    public var reportOfNothing: Report {
        Report(
            findings: anchors.sorted { $0.key < $1.key }.map {
                Finding(kind: .missing, chunk: $0.key, detail: "event \($0.value.event)")
            })
    }

    private func judge(_ verdict: ChunkVerdict, into report: inout Report) {
        let chunk = verdict.chunk
        func find(_ kind: Finding.Kind) {
            report.findings.append(
                Finding(kind: kind, chunk: chunk.id, detail: "\(chunk.key) \(chunk.from) – \(chunk.to)"))
        }
        guard let anchor = anchors[chunk.id] else {
            guard verdict.anchored == nil else { return find(.foreign) }
            if verdict.intact { report.unanchored += 1 } else { find(.changed) }
            return
        }
        if verdict.intact, verdict.digest.hex == anchor.sha256 { report.sound += 1 } else { find(.changed) }
    }

    /// Forgets which events vouch for chunks where the Record has no such event: a backup of the readings is a moment
    /// younger than that of the Record, and its last chunks are anchored anew.
    /// - Returns: how many chunks were released.
    public static func release(unknownTo known: Set<String>, in writer: any Writer) throws -> Int {
        let anchored = try writer.query("SELECT DISTINCT anchored FROM series_chunks WHERE anchored IS NOT NULL")
        var released = 0
        for row in anchored {
            let event = try row.text("anchored")
            guard !known.contains(event) else { continue }
            released += try writer.execute(
                "UPDATE series_chunks SET anchored = NULL WHERE anchored = ?", [.text(event)])
        }
        return released
    }
}
