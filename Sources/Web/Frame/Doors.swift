import Access
import Dispatch
import District
import Record
import Store

/// How people and programs come in: sessions, tokens, the first sign-in by a one-time link.
struct Doors: Sendable {
    let district: District
    let settings: WebSettings

    /// A session that is open.
    struct Open: Sendable {
        let caller: Caller
        let csrf: String
    }

    func session(_ token: String, at now: Timestamp) async throws -> Open? {
        guard let found = try await district.store.read({ try Sessions.find(token: token, at: now, in: $0) }) else {
            return nil
        }
        if found.session.needsTouch(at: now) {
            try await district.store.write { try Sessions.touch(found.session, at: now, in: $0) }
        }
        return Open(caller: found.caller, csrf: found.session.csrf)
    }

    func caller(ofToken key: String, at now: Timestamp) async throws -> Caller? {
        guard let token = try await district.store.read({ try APITokens.find(key: key, at: now, in: $0) }) else {
            return nil
        }
        if token.needsTouch(at: now) {
            try await district.store.write { try APITokens.touch(token, at: now, in: $0) }
        }
        return token.caller
    }

    /// Signs in; the slow comparison holds neither a transaction nor a cooperative thread.
    func signIn(account: String, password: String, address: String, agent: String) async throws -> OpenedSession {
        let clock = district.clock
        let attempt = try await district.store.write {
            try SignInAttempt(account: account, address: address, at: clock(), in: $0)
        }
        let matches = try await Self.aside { try attempt.verify(password) }
        let opened = try await district.store.write {
            try attempt.conclude(matches, agent: agent, at: clock(), in: $0)
        }
        guard let opened else { throw AccessError.wrongCredentials }
        return opened
    }

    func signOut(_ token: String) async throws {
        let now = district.clock()
        try await district.store.write { transaction in
            guard let found = try Sessions.find(token: token, at: now, in: transaction) else { return }
            _ = try Sessions.revoke(found.session.id, of: found.session.person, in: transaction)
        }
    }

    /// Uses a one-time link up: records the person and their roles, and gives them an account and a session.
    func setUp(
        link: String, name: String, account: String, password: String, language: Language, address: String,
        agent: String
    ) async throws -> OpenedSession {
        if let refused = PasswordRules.refusals(of: password, account: account).first { throw refused }
        let hash = try await Self.aside { try PasswordHash(password, account: account) }
        let clock = district.clock
        return try await district.transact { transaction in
            let now = clock()
            let link = try SetupLink.use(link, at: now, in: transaction.writer)
            let person = link.person ?? PersonID("p-\(Identifier(at: now))")
            try transaction.record(
                try link.drafts(person: person, name: name, language: language),
                origin: Origin(author: .person(person)))
            try Credentials.set(person: person, account: account, hash: hash, at: now, in: transaction.writer)
            return try Sessions.open(person, address: address, agent: agent, at: now, in: transaction.writer)
        }
    }

    /// The cookie that carries a session.
    func cookie(_ token: String) -> String {
        "slipway_session=\(token); Path=/; HttpOnly; SameSite=Lax; Max-Age=604800"
            + (settings.isSecure ? "; Secure" : "")
    }

    private static func aside<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async { continuation.resume(with: Result { try work() }) }
        }
    }
}
