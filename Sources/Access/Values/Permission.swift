/// Who may take a route or give a command.
///
/// ```swift
/// .anyone                                                             // a public page
/// .signedIn                                                           // any person; no token
/// .member                                                             // people of a firm or of the zone; no token
/// .roles([.safetyManager, .zoneOfficer])                              // people with one of the roles; no token
/// .roles([.safetyManager]).orToken("command:sensing.alarm.acknowledge")  // and tokens with that scope and a role
/// .tokenScope("readings:write")                                       // tokens with that scope; no person
/// ```
/// A token passes only where a scope is named that it carries: a forgotten scope refuses it. Slipway itself passes.
public struct Permission: Sendable, Hashable {
    /// Which callers, before token scopes are looked at.
    public enum Audience: Sendable, Hashable {
        /// Everyone, known or not.
        case anyone
        /// Everyone known.
        case known
        /// Those with one of the roles.
        case roles(Set<Role>)
        /// No person at all: the route is for programs.
        case programs
    }

    /// Which callers, before token scopes are looked at.
    public let audience: Audience
    /// The scopes with which a token passes too, any of them; empty where none does.
    public let scopes: [String]
    /// Whether people pass only where they belong to a firm or to the zone.
    private let isForMembers: Bool

    private init(_ audience: Audience, scopes: [String] = [], isForMembers: Bool = false) {
        self.audience = audience
        self.scopes = scopes
        self.isForMembers = isForMembers
    }

    /// Everyone, known or not.
    public static let anyone = Permission(.anyone)
    /// Every person signed in.
    public static let signedIn = Permission(.known)
    /// Every person signed in who belongs to a firm or to the zone.
    public static let member = Permission.signedIn.ofMembers
    /// People with one of the roles.
    public static func roles(_ roles: Set<Role>) -> Permission { Permission(.roles(roles)) }
    /// Tokens that carry the scope, and nobody else.
    public static func tokenScope(_ scope: String) -> Permission { Permission(.programs, scopes: [scope]) }

    /// The same, but only those who belong to a firm or to the zone: the page shows what these own, and an inspector, say,
    /// who belongs to none would find nothing there.
    public var ofMembers: Permission { Permission(audience, scopes: scopes, isForMembers: true) }

    /// The same, and also tokens that carry one of the scopes; where roles are named, the token must have one of them too.
    public func orToken(_ scopes: String...) -> Permission {
        Permission(audience, scopes: scopes, isForMembers: isForMembers)
    }

    /// Checks a caller.
    /// - Throws: ``AccessError`` with code `signInRequired` (nobody known) or `forbidden` (known, but may not).
    public func check(_ caller: Caller) throws(AccessError) {
        if audience == .anyone { return }
        switch caller.identity {
        case .system: return
        case .anonymous: throw .signInRequired
        case .person:
            guard audience != .programs else { throw .forbidden("token") }
        case .token:
            guard scopes.contains(where: { caller.carries($0) }) else { throw .forbidden("scope") }
        }
        if isForMembers { _ = try caller.tenant }
        if case .roles(let roles) = audience, roles.isDisjoint(with: caller.roles) { throw .forbidden("role") }
    }

    /// Whether a caller may, for pages that show only what can be done.
    public func allows(_ caller: Caller) -> Bool {
        do throws(AccessError) {
            try check(caller)
            return true
        } catch {
            return false
        }
    }
}

extension Caller {
    /// Whether the token carries a scope: by name, by its beginning (`command:citizen.*`), by its kind (`command:*`) or
    /// by `*`.
    public func carries(_ scope: String) -> Bool {
        if tokenScopes.contains(scope) || tokenScopes.contains("*") { return true }
        if tokenScopes.contains(where: { $0.hasSuffix(".*") && scope.hasPrefix($0.dropLast()) }) { return true }
        guard let colon = scope.firstIndex(of: ":") else { return false }
        return tokenScopes.contains("\(scope[...colon])*")
    }
}
