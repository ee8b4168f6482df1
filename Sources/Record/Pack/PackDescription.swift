/// What a pack says of itself, in its manifest.
public struct PackDescription: Sendable {
    /// How the format is called.
    static let format = "slipway-pack/1"

    /// Whose evidence it is.
    public let firm: FirmID
    /// What people call the firm.
    public let firmName: String
    /// How the events' types begin.
    public let types: String
    /// The period.
    public let period: Range<Timestamp>
    /// When it was made.
    public let made: Timestamp
    /// By whom.
    public let author: Author
    /// For whom or what, in words.
    public let purpose: String

    /// What a pack says of itself.
    public init(
        firm: FirmID, firmName: String, types: String, period: Range<Timestamp>, made: Timestamp, author: Author,
        purpose: String
    ) {
        self.firm = firm
        self.firmName = firmName
        self.types = types
        self.period = period
        self.made = made
        self.author = author
        self.purpose = purpose
    }

    var json: [String: JSON] {
        [
            "format": .string(Self.format), "made": .string(made.description), "by": .string(author.text),
            "for": .string(purpose), "types": .string(types),
            "subject": ["scope": .string(Scope.firm(firm).text), "name": .string(firmName)],
            "period": [
                "from": .string(period.lowerBound.description), "until": .string(period.upperBound.description),
            ],
        ]
    }
}

/// A file that an event of the pack names by its SHA-256.
public struct PackDocument: Sendable {
    /// Its SHA-256, as events name it.
    public let hash: String
    /// How its name ends: `pdf`.
    public let ending: String
    /// The file.
    public let bytes: [UInt8]

    /// A file.
    public init(hash: String, ending: String, bytes: [UInt8]) {
        self.hash = hash
        self.ending = ending
        self.bytes = bytes
    }

    /// Where it stands in the pack.
    public var name: String { "documents/\(hash).\(ending)" }
}

/// What vouches for a pack's events: a checkpoint, who else signed it, and an independent time, where there is one.
public struct PackSeal: Sendable {
    /// The checkpoint, with the cosignatures it has.
    public let checkpoint: SignedCheckpoint
    /// The witnesses whose cosignatures are under it.
    public let witnesses: [VerifierKey]
    /// The authority's time-stamp.
    public let timestamp: TimeStamp?
    /// Why there is none.
    public let noTime: Words

    /// What vouches for a pack's events.
    public init(checkpoint: SignedCheckpoint, witnesses: [VerifierKey], timestamp: TimeStamp?, noTime: Words) {
        self.checkpoint = checkpoint
        self.witnesses = witnesses
        self.timestamp = timestamp
        self.noTime = noTime
    }
}

/// The names of a pack's own files.
enum PackFile {
    static let events = "events.jsonl"
    static let proofs = "proofs.jsonl"
    static let streams = "streams.jsonl"
    static let personal = "personal.jsonl"
    static let checkpoint = "checkpoint"
    static let witnessed = "checkpoint.witnessed"
    static let witnesses = "witness-keys"
    static let timestamp = "timestamp.tsr"
    static let key = "verifier-key"
    static let manifest = "manifest.json"
    static let seal = "manifest.note"

    /// The first line of the note that seals a manifest: no checkpoint begins so.
    static let sealMark = "slipway evidence pack"

    /// What is signed: the manifest's hash.
    static func sealText(_ manifest: String) -> String { "\(sealMark)\nsha256:\(manifest)\n" }
}
