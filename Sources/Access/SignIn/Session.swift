public import Record

/// Someone signed in on some device. The token itself is with the browser alone.
public struct Session: Sendable, Hashable {
    /// Names it in lists; gives no access.
    public let id: String
    /// Who is signed in.
    public let person: PersonID
    /// The secret that forms of this session carry, against cross-site requests.
    public let csrf: String
    /// From where it was opened.
    public let address: String
    /// With what it was opened.
    public let agent: String
    /// When it was opened.
    public let created: Timestamp
    /// When it was last used, to within a minute.
    public let seen: Timestamp

    /// Unused for so long, it ends: 12 hours, in seconds.
    public static let idle: Double = 12 * 3600
    /// However much used, it ends: 7 days, in seconds.
    public static let longest: Double = 7 * 86_400

    /// When it ends if it is not used again.
    public var expires: Timestamp {
        min(seen.advanced(bySeconds: Self.idle), created.advanced(bySeconds: Self.longest))
    }

    /// Whether its last use should be written down: once a minute is enough, a write per request is not.
    public func needsTouch(at now: Timestamp) -> Bool { now.seconds(since: seen) >= 60 }

    /// Whether a form's secret is this session's; compared in constant time.
    public func accepts(csrf offered: String) -> Bool { Secret.isEqual(csrf, offered) }
}

/// A session just opened, with the token that is told once.
public struct OpenedSession: Sendable {
    /// For the cookie: 43 characters of base64url.
    public let token: String
    /// The session.
    public let session: Session
}
