import Access
import District
import Record
import Store

/// Invitations by which firms make their own executive's account: each works once and ends; a new one ends the one before.
struct Invitations: Sendable {
    /// A link that was just made; its token is nowhere kept, so it is shown this once.
    struct Made: Sendable {
        let firm: FirmProfile
        let token: String
        let ends: Timestamp
    }

    /// Which firms are invited.
    enum Choice: Sendable {
        /// Those that never were, and those whose link has ended.
        case waiting
        /// All that are not active yet; links that still work end.
        case everyone
        /// One firm.
        case one(FirmID)
    }

    /// How long a link may work, in days.
    static let days = 1...30
    static let usualDays = 14

    /// Makes the links and records that they were made.
    static func issue(
        _ choice: Choice, days: Int, by caller: Caller, for tenant: Tenant, in transaction: FrameTransaction,
        at now: Timestamp
    ) throws -> [Made] {
        let firms = try FirmProfiles.all(for: tenant, in: transaction.writer).filter { firm in
            switch choice {
            case .waiting: [.none, .expired].contains(firm.activation(at: now))
            case .everyone: firm.activated == nil
            case .one(let id): firm.firm == id && firm.activated == nil
            }
        }
        let ends = now.advanced(bySeconds: Double(days) * 86_400)
        let made = try firms.map { firm in
            try SetupLink.end(roles: [.executive], firm: firm.firm, in: transaction.writer)
            let token = try SetupLink.issue(
                roles: [.executive], firm: firm.firm, lifetime: Double(days) * 86_400, at: now, in: transaction.writer)
            return Made(firm: firm, token: token, ends: ends)
        }
        try transaction.record(
            firms.map { firm in
                Draft(
                    "access.link.issued", stream: "firm/\(firm.firm)", scope: .firm(firm.firm),
                    payload: [
                        "role": .string(Role.executive.rawValue), "expires": .string(ends.description),
                    ])
            }, origin: Origin(author: caller.author))
        return made
    }
}
