/// What came of checking a pack, and what it cannot tell.
public struct PackReport: Sendable {
    /// What is wrong, all of it.
    public internal(set) var findings: [PackFinding] = []
    /// Events, streams and documents that were checked.
    public internal(set) var events = 0, streams = 0, documents = 0
    /// The checkpoint's size; 0 where there is none.
    public internal(set) var size: Int64 = 0
    /// The checkpoint's root.
    public internal(set) var root: TreeHash?
    /// Whose pack it is, and of which period, as its manifest says.
    public internal(set) var subject = "", from = "", until = "", made = ""
    /// The witnesses whose cosignatures hold, by a key from elsewhere.
    public internal(set) var witnesses: [String] = []
    /// The independent time, and whether the authority's signature was checked.
    public internal(set) var time: (moment: Timestamp, isVerified: Bool)?
    /// What this check cannot tell.
    public internal(set) var limits: [Words] = []

    /// Whether everything holds.
    public var isSound: Bool { findings.isEmpty }

    mutating func add(_ kind: PackFinding.Kind, _ detail: String) {
        findings.append(PackFinding(kind: kind, detail: detail))
    }

    /// The report for programs.
    public var json: JSON {
        [
            "sound": .bool(isSound), "events": .number(Double(events)), "streams": .number(Double(streams)),
            "documents": .number(Double(documents)), "size": .decimal(size),
            "root": root.map { .string($0.bytes.base64) } ?? .null, "subject": .string(subject),
            "from": .string(from), "until": .string(until), "made": .string(made),
            "witnesses": .array(witnesses.map { .string($0) }),
            "time": time.map { ["at": .string($0.moment.description), "verified": .bool($0.isVerified)] } ?? .null,
            "findings": .array(
                findings.prefix(500).map {
                    [
                        "kind": .string($0.kind.rawValue), "detail": .string($0.detail), "ko": .string($0.words.ko),
                        "en": .string($0.words.en),
                    ]
                }),
            "findingCount": .number(Double(findings.count)),
            "limits": .array(limits.map { ["ko": .string($0.ko), "en": .string($0.en)] }),
        ]
    }
}
