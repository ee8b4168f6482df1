import Foundation
import Logging
import Record
import Store
import Synchronization
import TestKit
import Testing

/// The databases that the Record's tests run on: SQLite always, PostgreSQL where
/// `SLIPWAY_TEST_POSTGRES` holds the URL of a server.
enum Backend: String, CaseIterable, CustomTestStringConvertible {
    case sqlite, postgresql

    static var available: [Backend] { StoreUnderTest.all.map { $0 == .sqlite ? .sqlite : .postgresql } }
    var testDescription: String { rawValue }
}

/// A Record of its own for one test, with a clock that moves only when told.
final class Yard: Sendable {
    static let origin = "slipway.example/record"

    let store: Store
    let log: RecordLog
    let sequencer: Sequencer
    let key: SigningKey
    let signer: Signer
    let clock: Clock

    private init(store: Store) throws {
        self.store = store
        key = try SigningKey(generatingFor: Self.origin)
        let clock = Clock()
        log = RecordLog(clock: clock.read)
        sequencer = Sequencer(clock: clock.read)
        signer = Signer(origin: Self.origin, key: key, clock: clock.read)
        self.clock = clock
    }

    /// Runs a test on a fresh, migrated store.
    static func with(_ backend: Backend, _ body: (Yard) async throws -> Void) async throws {
        let kind: StoreUnderTest = backend == .sqlite ? .sqlite : .postgresql
        try await kind.withStore { store in
            try await store.migrate(RecordLog.migrations)
            do {
                try await body(Yard(store: store))
            } catch {
                Issue.record(error)
            }
        }
    }

    /// Appends so many events, by turns to three streams, numbers them and signs.
    func fill(_ count: Int) async throws {
        for start in stride(from: 0, to: count, by: 100) {
            let drafts = (start..<min(start + 100, count)).map { number in
                Draft(
                    "toy.boat.launched", stream: "boat/\(number % 3)", scope: .everyone,
                    payload: ["number": .number(Double(number))])
            }
            try await append(drafts)
            clock.advance(by: 1)
        }
        try await number()
        try await sign()
    }

    @discardableResult
    func append(_ drafts: [Draft], cause: Identifier? = nil) async throws -> [Event] {
        try await store.write { [log] transaction in
            try log.append(drafts, origin: Origin(author: .person("p1"), cause: cause), in: transaction)
        }
    }

    func number() async throws {
        while try await store.write({ [sequencer] in try sequencer.sequence(in: $0, limit: 1000) }) > 0 {}
    }

    @discardableResult
    func sign() async throws -> SignedCheckpoint? {
        try await store.write { [signer] in try signer.checkpoint(in: $0) }
    }

    func verify(saved: [SignedCheckpoint] = []) async throws -> VerificationReport {
        try await store.read { [key] in try Verifier(keys: [key.verifier], saved: saved).verify(in: $0) }
    }

    /// What an administrator with the database's password can do.
    @discardableResult
    func tamper(_ sql: String, _ arguments: [SQLValue] = []) async throws -> Int {
        try await store.write { try $0.execute(sql, arguments) }
    }
}

/// A clock that stands still until it is moved.
final class Clock: Sendable {
    private let now = Mutex(Timestamp(microseconds: 1_795_000_000_000_000))

    var read: TimeSource { { [self] in now.withLock { $0 } } }

    func advance(by seconds: Double) { now.withLock { $0 = $0.advanced(bySeconds: seconds) } }
}
