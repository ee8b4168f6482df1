import Record

/// That somebody knows a module: who, in which version, how well, and until when.
struct Certificate: Sendable, Hashable {
    let id: String
    let person: PersonID
    let module: String, version: String
    /// Out of 100.
    let score: Int64
    let passed: KoreanDay, expires: KoreanDay
    let evidence: String?
    let revoked: Timestamp?

    /// From how many days before its end on it is called for renewal.
    static let notice: Int64 = 30

    /// Where it stands on a day.
    func state(on day: KoreanDay, _ module: TrainingModule?) -> State {
        if revoked != nil { return .revoked }
        let end = end(module)
        if end < day { return .expired }
        if let module, score < module.pass { return .short }
        if let module, !module.accepted.contains(version) { return .outdated }
        return end < day + Self.notice ? .ending : .valid
    }

    /// The last day on which it counts: whoever issued it may let it end sooner than the module does, and never later.
    func end(_ module: TrainingModule?) -> KoreanDay {
        module.map { min(expires, $0.expiry(passed: passed)) } ?? expires
    }

    enum State: String, Sendable, Hashable {
        case valid, ending, expired, short, outdated, revoked

        /// Whether it opens a door.
        var counts: Bool { self == .valid || self == .ending }

        var words: Words {
            switch self {
            case .valid: Words("유효", "Valid")
            case .ending: Words("곧 만료", "Expires soon")
            case .expired: Words("만료", "Expired")
            case .short: Words("점수 미달", "Below the pass mark")
            case .outdated: Words("지난 버전", "Old version")
            case .revoked: Words("취소됨", "Revoked")
            }
        }

        var badge: String {
            switch self {
            case .valid: "ok"
            case .ending: "warn"
            case .expired, .short, .outdated: "danger"
            case .revoked: "off"
            }
        }
    }
}
