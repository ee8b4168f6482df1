import Foundation
import Logging
import Record
import Series
import Store
import Synchronization
import TestKit

/// A database that a suite runs against.
enum Database: String, CaseIterable, Sendable {
    case sqlite, postgresql

    /// SQLite always, PostgreSQL where `SLIPWAY_TEST_POSTGRES` names a server.
    static let available: [Database] = StoreUnderTest.all.map { $0 == .sqlite ? .sqlite : .postgresql }

    /// Runs a body with a fresh, empty place for a store, which is removed afterwards.
    func withLocation(_ body: (StoreLocation) async throws -> Void) async throws {
        let kind: StoreUnderTest = self == .sqlite ? .sqlite : .postgresql
        try await kind.withLocation(body)
    }

    /// Runs a body with a fresh, empty store.
    func withStore(_ body: (Store) async throws -> Void) async throws {
        try await withLocation { location in
            let store = try await Store.open(location, logger: .quiet)
            do {
                try await body(store)
            } catch {
                await store.close()
                throw error
            }
            await store.close()
        }
    }
}

/// A clock that stands where it is put.
final class HandClock: Sendable {
    private let moment = Mutex(Timestamp(microseconds: 1_800_000_000_000_000))

    var now: Timestamp { moment.withLock { $0 } }
    var source: TimeSource { { [self] in now } }
    func advance(seconds: Double) { moment.withLock { $0 = $0.advanced(bySeconds: seconds) } }
}

extension Timestamp {
    /// So many seconds after the epoch.
    static func second(_ seconds: Int) -> Timestamp { Timestamp(microseconds: Int64(seconds) * 1_000_000) }
    static let ever = Timestamp(microseconds: .max)
    static let never = Timestamp(microseconds: .min)
}

extension SeriesStore {
    /// All readings of a series.
    func all(_ key: SeriesKey) async throws -> [Reading] {
        try await readings(key, from: .never, to: .ever, limit: .max)
    }
}

extension SeriesSettings {
    /// Chunks so small that a short test makes many.
    static let small = SeriesSettings(chunkReadings: 8, maxAge: 60)
}
