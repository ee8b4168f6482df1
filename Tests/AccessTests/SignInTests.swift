import Record
import Store
import Testing

@testable import Access

@Suite struct SignInTests {
    static let kim = Person(id: "kim", name: "김하나", firm: "f1", roles: [.worker, .safetyManager])

    /// A cheap hash: these tests are about tables, not about scrypt.
    static func hash(_ password: String) throws -> PasswordHash {
        try PasswordHash(password, salt: [7], cost: PasswordHash.Cost(logN: 4, r: 8, p: 1))
    }

    static func withKim(_ body: (Store) async throws -> Void) async throws {
        try await withStores { store in
            try await store.write { transaction in
                try add(kim, in: transaction)
                try Credentials.set(
                    person: "kim", account: " Kim@Example.kr", hash: hash("open sesame"), at: noon, in: transaction)
            }
            try await body(store)
        }
    }

    static func signIn(
        _ store: Store, _ password: String, account: String = "kim@example.kr", from address: String = "10.0.0.1",
        at now: Timestamp = noon
    ) async throws -> OpenedSession? {
        let attempt = try await store.write {
            try SignInAttempt(account: account, address: address, at: now, in: $0)
        }
        // scrypt is slow, and what a wrong password costs is PasswordTests' business.
        let matches = password == "wrong" ? false : try attempt.verify(password)
        return try await store.write { try attempt.conclude(matches, agent: "test", at: now, in: $0) }
    }

    @Test("The right password opens a session that says who asks")
    func signIn() async throws {
        try await Self.withKim { store async throws in
            let opened = try #require(try await Self.signIn(store, "open sesame", account: "KIM@example.kr "))
            #expect(opened.token.count == 43)
            let found = try await store.read { try Sessions.find(token: opened.token, at: later(1), in: $0) }
            let (session, caller) = try #require(found)
            #expect(caller.identity == .person("kim"))
            #expect(caller.name == "김하나")
            #expect(caller.roles == [.worker, .safetyManager])
            #expect(try caller.tenant == .firm("f1"))
            #expect(session.accepts(csrf: opened.session.csrf))
            #expect(!session.accepts(csrf: opened.token))
            let stored = try await store.read { try $0.query("SELECT * FROM access_sessions") }
            #expect(!stored.contains { $0.values.contains(.text(opened.token)) })
            #expect(try await store.read { try Sessions.find(token: "wrong", at: noon, in: $0) } == nil)
        }
    }

    @Test("A wrong password, and an account that does not exist, open nothing")
    func refused() async throws {
        try await Self.withKim { store async throws in
            #expect(try await Self.signIn(store, "open sesamf") == nil)
            #expect(try await Self.signIn(store, "open sesame", account: "lee@example.kr") == nil)
            #expect(try await store.read { try $0.query("SELECT * FROM access_sessions") }.isEmpty)
        }
    }

    @Test("Whoever left, or changed the password meanwhile, is not let in by an attempt under way")
    func overtaken() async throws {
        try await Self.withKim { store async throws in
            let attempt = try await store.write {
                try SignInAttempt(account: "kim@example.kr", address: "a", at: noon, in: $0)
            }
            try await store.write {
                try Credentials.set(
                    person: "kim", account: "kim@example.kr", hash: Self.hash("another one"), at: noon, in: $0)
            }
            #expect(try await store.write { try attempt.conclude(true, at: noon, in: $0) } == nil)
            let opened = try #require(try await Self.signIn(store, "another one"))
            try await store.write { try apply([AccessEvents.personLeft(Self.kim)], in: $0) }
            #expect(try await store.read { try Sessions.find(token: opened.token, at: noon, in: $0) } == nil)
            #expect(try await Self.signIn(store, "another one") == nil)
        }
    }

    @Test("An account name belongs to one person")
    func taken() async throws {
        try await Self.withKim { store async throws in
            await #expect {
                try await store.write {
                    try Credentials.set(
                        person: "lee", account: "KIM@example.kr", hash: Self.hash("x"), at: noon, in: $0)
                }
            } throws: { ($0 as? AccessError)?.code == .taken }
            #expect(try await store.read { try !Credentials.areEmpty(in: $0) })
            #expect(try await store.read { try Credentials.account(of: "kim", in: $0) } == "kim@example.kr")
        }
    }

    @Test(
        "After some failures the wait doubles with each, up to a quarter of an hour",
        arguments: [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (14, 512), (15, 900), (4000, 900)]
            as [(Int64, Int64)])
    func delays(failures: Int64, seconds: Int64) {
        #expect(ThrottleRule.account.delay(failures: failures) == seconds)
    }

    @Test("The fifth failure makes an account wait, wherever the sixth attempt comes from, and success forgets")
    func throttled() async throws {
        try await Self.withKim { store async throws in
            for number in 0..<5 {
                #expect(try await Self.signIn(store, "wrong", from: "10.0.0.\(number)") == nil)
            }
            await #expect {
                _ = try await Self.signIn(store, "open sesame", from: "10.0.9.9")
            } throws: { error in
                let error = error as? AccessError
                return error?.code == .throttled && error?.retryAfterSeconds == 1
            }
            #expect(try await Self.signIn(store, "open sesame", at: later(1)) != nil)
            #expect(try await Self.signIn(store, "wrong", at: later(1)) == nil)
            #expect(try await Self.signIn(store, "open sesame", at: later(1)) != nil)
        }
    }

    @Test("An address that guesses at many accounts waits too, and a good account of its own does not help it")
    func addressThrottled() async throws {
        try await Self.withKim { store async throws in
            for number in 0..<21 {
                #expect(try await Self.signIn(store, "wrong", account: "a\(number)") == nil)
            }
            await #expect(throws: AccessError.self) { _ = try await Self.signIn(store, "open sesame") }
            #expect(try await Self.signIn(store, "open sesame", at: later(2)) != nil)
            // Twenty-one are still counted: one more failure makes the wait twice as long.
            #expect(try await Self.signIn(store, "wrong", account: "b", at: later(4)) == nil)
            await #expect { _ = try await Self.signIn(store, "wrong", account: "c", at: later(4)) } throws: {
                ($0 as? AccessError)?.retryAfterSeconds == 2
            }
            #expect(try await Self.signIn(store, "open sesame", from: "10.0.0.2", at: later(4)) != nil)
        }
    }

    @Test("Attempts begun at once are all counted before any is verified")
    func parallel() async throws {
        try await Self.withKim { store async throws in
            for _ in 0..<5 {
                _ = try await store.write {
                    try SignInAttempt(account: "kim@example.kr", address: "a", at: noon, in: $0)
                }
            }
            await #expect(throws: AccessError.self) {
                _ = try await store.write {
                    try SignInAttempt(account: "kim@example.kr", address: "b", at: noon, in: $0)
                }
            }
        }
    }

    @Test("Failures are forgotten after a day, and their rows go")
    func forgotten() async throws {
        try await Self.withKim { store async throws in
            for _ in 0..<5 { _ = try await Self.signIn(store, "wrong") }
            try await store.write { try AccessTables.prune(at: later(86_401), in: $0) }
            #expect(try await store.read { try $0.query("SELECT * FROM access_throttle") }.isEmpty)
        }
    }
}
