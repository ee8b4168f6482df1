public import Record

/// On whose behalf a query asks. Every query of a room takes one and limits itself by ``Tenancy/condition(column:)``.
public enum Tenant: Tenancy, Hashable {
    /// One firm: its own rows, its contracts, and what is public.
    case firm(FirmID)
    /// The zone: every firm's rows, by explicit authority.
    case zone(ZoneAuthority)

    /// The firm, nil for the zone.
    public var firm: FirmID? {
        switch self {
        case .firm(let firm): firm
        case .zone: nil
        }
    }
}

/// Proof that a caller holds the zone's role; only Access can make one, out of that caller.
public struct ZoneAuthority: Sendable, Hashable {
    /// Who exercises it.
    public let author: Author

    init?(_ caller: Caller) {
        if case .system = caller.identity {
            author = caller.author
        } else if caller.roles.contains(.zoneOfficer) {
            author = caller.author
        } else {
            return nil
        }
    }
}
