public import Record

/// What a person or a token is in the district; permissions name roles, never people.
public enum Role: String, Sendable, Hashable, CaseIterable {
    /// Officer of the zone administration; the only role with authority over every firm's rows.
    case zoneOfficer
    /// Head of a firm.
    case executive
    /// Answers for safety and health in a firm.
    case safetyManager
    /// Works in a firm.
    case worker
    /// Runs robots and fulfilment.
    case `operator`
    /// Inspects on behalf of an authority.
    case inspector
    /// Lives in or near the zone.
    case citizen
    /// Belongs to a firm from outside that tries its robots here: sees the test sites and its own bookings.
    case guest
    /// Runs this installation: accounts, tokens, settings.
    case administrator

    /// What people call it.
    public var words: Words {
        switch self {
        case .zoneOfficer: Words("관리기관 담당자", "Zone officer")
        case .executive: Words("경영책임자", "Executive")
        case .safetyManager: Words("안전관리자", "Safety manager")
        case .worker: Words("근로자", "Worker")
        case .operator: Words("운영자", "Operator")
        case .inspector: Words("점검관", "Inspector")
        case .citizen: Words("시민", "Citizen")
        case .guest: Words("시험 참가자", "Trial guest")
        case .administrator: Words("시스템 관리자", "Administrator")
        }
    }

    /// Roles from their texts, separated by spaces as columns keep them; an unknown one gives no right.
    static func set(_ text: String) -> Set<Role> {
        Set(text.split(separator: " ").compactMap { Role(rawValue: String($0)) })
    }
}

extension Set<Role> {
    /// Their texts in order, separated by spaces.
    var text: String { map(\.rawValue).sorted().joined(separator: " ") }
}

extension Role: Comparable {
    /// By their texts, so that lists of roles are always the same.
    public static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }
}
