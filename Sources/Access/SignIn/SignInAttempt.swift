public import Record
public import Store

/// One attempt to sign in, in three steps, because the middle one is slow and must hold neither transaction nor
/// event loop:
///
/// ```swift
/// let attempt = try await store.write { try SignInAttempt(account: a, address: ip, at: now(), in: $0) }
/// let matches = try await offTheLoop { try attempt.verify(password) }
/// let opened = try await store.write { try attempt.conclude(matches, at: now(), in: $0) }
/// guard let opened else { throw AccessError.wrongCredentials }
/// ```
public struct SignInAttempt: Sendable {
    private let account: String
    private let address: String
    private let person: PersonID?
    private let hash: PasswordHash?

    /// Begins an attempt and counts it.
    /// - Throws: ``AccessError`` with code `throttled`.
    public init(account: String, address: String, at now: Timestamp, in transaction: any Writer) throws {
        self.account = "account:" + Credentials.normal(account)
        self.address = "address:" + String(address.prefix(100))
        try Throttle.enter([(self.account, .account), (self.address, .address)], at: now, in: transaction)
        let found = try Credentials.find(account, in: transaction)
        person = found?.person
        hash = found?.hash
    }

    /// Whether the password is right. Slow, and equally slow where there is no such account.
    public func verify(_ password: String) throws -> Bool { try PasswordHash.verify(password, against: hash) }

    /// Ends the attempt: opens a session where the password was right.
    /// - Returns: nil where it was wrong; the caller answers ``AccessError/wrongCredentials`` after this is durable.
    public func conclude(
        _ matches: Bool, agent: String = "", at now: Timestamp, in transaction: any Writer
    ) throws -> OpenedSession? {
        guard matches, let person else { return nil }
        // The password may have been changed, or the person have left, while it was being verified.
        let current = try Credentials.find(String(account.dropFirst("account:".count)), in: transaction)
        guard current?.person == person, current?.hash == hash else { return nil }
        try Throttle.succeed(account: account, address: address, in: transaction)
        return try Sessions.open(
            person, address: String(address.dropFirst("address:".count)), agent: agent, at: now, in: transaction)
    }
}
