import Record

/// An inspector's pack: a firm's half-year as evidence that can be checked without this house.
struct InspectorPack: Sendable, Hashable {
    /// Its identifier; its stream is `pack/` and this.
    let id: String
    /// Whose evidence it is.
    let firm: FirmID
    /// Which half-year.
    let period: HalfYear
    /// For whom it is made.
    let recipient: Recipient
    /// Whether personal content that the vault still holds is opened in it.
    let opensPersonal: Bool
    /// When it was asked for, and by whom.
    let asked: Timestamp
    let author: Author
    /// How far it is.
    let state: State

    /// How far a pack is.
    enum State: Sendable, Hashable {
        /// It is being made.
        case making
        /// It is there.
        case made(Made)
        /// It could not be made, and why.
        case failed(Failure)
    }

    /// Why a pack could not be made.
    enum Failure: String, Sendable {
        /// It would be larger than a pack may be.
        case large
        /// The Record no longer holds what it signed.
        case corrupt
        /// Something else, which the log tells.
        case other

        init(_ error: any Error) {
            switch (error as? RecordError)?.code {
            case .pack: self = .large
            case .corrupt, .inconsistent: self = .corrupt
            default: self = .other
            }
        }
    }

    /// What was made.
    struct Made: Sendable, Hashable {
        /// SHA-256 of the archive, and its size in bytes.
        let sha256: String
        let size: Int64
        /// What it holds.
        let events: Int64, streams: Int64, documents: Int64
        /// The size of the checkpoint that vouches for it.
        let checkpoint: Int64
        /// The names of the witnesses that signed it.
        let witnesses: [String]
        /// The independent time, where there is one.
        let stamped: Timestamp?
        /// When it was made.
        let at: Timestamp

        /// The name under which it is handed out.
        func fileName(_ pack: InspectorPack) -> String { "slipway-\(pack.firm)-\(pack.period)-\(sha256.prefix(8)).zip" }
    }

    var made: Made? {
        guard case .made(let made) = state else { return nil }
        return made
    }

    /// For whom a pack may be made: an office or a purpose, never a person's name.
    enum Recipient: String, Sendable, CaseIterable {
        case labour, fire, agency, court, insurer, headquarters, own

        var words: Words {
            switch self {
            case .labour: Words("고용노동부", "Ministry of Employment and Labor")
            case .fire: Words("소방서", "Fire station")
            case .agency: Words("한국산업안전보건공단", "Occupational safety agency (KOSHA)")
            case .court: Words("수사기관·법원", "Prosecution or court")
            case .insurer: Words("보험자", "Insurer")
            case .headquarters: Words("본사·도급인", "Headquarters or client")
            case .own: Words("자체 점검", "Our own check")
            }
        }
    }

    /// How long a pack's archive is kept, in days; it can be made again at any time.
    static let keptDays: Int64 = 90
    /// How long a link may live, in days.
    static let linkDays: ClosedRange<Int64> = 1...30
}

/// A link by which someone without an account fetches one pack.
struct PackLink: Sendable, Hashable {
    /// Its identifier.
    let id: String
    /// The pack.
    let pack: String
    /// When it was made.
    let made: Timestamp
    /// Until when it works.
    let until: Timestamp
    /// When it was ended early.
    let revoked: Timestamp?
    /// How often the pack was fetched by it, and when last.
    let fetched: Int64
    let last: Timestamp?

    /// How a link stands.
    enum Standing: Sendable, Hashable { case open, expired, revoked }

    func standing(at now: Timestamp) -> Standing { revoked != nil ? .revoked : now >= until ? .expired : .open }
}
