import Foundation
public import Logging
public import Store

/// The stores that a contract suite runs on: SQLite always, PostgreSQL where `SLIPWAY_TEST_POSTGRES` holds the URL of
/// a server.
///
/// ```swift
/// @Test("what is written is read", arguments: StoreUnderTest.all)
/// func roundTrip(_ kind: StoreUnderTest) async throws {
///     try await kind.withStore { store in … }
/// }
/// ```
public enum StoreUnderTest: String, Sendable, CaseIterable, CustomStringConvertible {
    case sqlite, postgresql

    /// The URL of the PostgreSQL server, where there is one to test on.
    public static let server: String? = ProcessInfo.processInfo.environment["SLIPWAY_TEST_POSTGRES"]

    /// What can be tested here; says once where PostgreSQL cannot.
    public static let all: [StoreUnderTest] = {
        if server != nil { return allCases }
        print("PostgreSQL is not tested: SLIPWAY_TEST_POSTGRES holds no URL (postgres://user@127.0.0.1:5432/postgres)")
        return [.sqlite]
    }()

    /// PostgreSQL alone, or nothing.
    public static var postgresqlOnly: [StoreUnderTest] { all.filter { $0 == .postgresql } }

    /// The name in a test's title.
    public var description: String { rawValue }

    /// Runs a body with a fresh, empty place for a store, which is gone afterwards, whether or not the body threw.
    public func withLocation<T: Sendable>(_ body: (StoreLocation) async throws -> T) async throws -> T {
        switch self {
        case .sqlite:
            return try await withTemporaryFolder { folder in
                try await body(.sqlite(folder.appendingPathComponent("district.sqlite").path))
            }
        case .postgresql: return try await Turns.postgresql.take { try await withSchema(body) }
        }
    }

    private func withSchema<T: Sendable>(_ body: (StoreLocation) async throws -> T) async throws -> T {
        let schema = "t_\(UInt64.random(in: 0 ... .max))"
        let server = Self.server ?? ""
        let location = StoreLocation.postgresql(server + (server.contains("?") ? "&" : "?") + "schema=\(schema)")
        let outcome: Result<T, any Error>
        do {
            outcome = .success(try await body(location))
        } catch {
            outcome = .failure(error)
        }
        let broom = try await Store.open(location, logger: .quiet)
        _ = try await broom.write { try $0.execute("DROP SCHEMA \(schema) CASCADE") }
        await broom.close()
        return try outcome.get()
    }

    /// Runs a body with a fresh, empty store, closed and gone afterwards.
    public func withStore<T: Sendable>(
        epilogue: (@Sendable (any Writer) throws -> Void)? = nil, _ body: (Store) async throws -> T
    ) async throws -> T {
        try await withLocation { location in
            let store = try await Store.open(location, epilogue: epilogue, logger: .quiet)
            let outcome: Result<T, any Error>
            do {
                outcome = .success(try await body(store))
            } catch {
                outcome = .failure(error)
            }
            await store.close()
            return try outcome.get()
        }
    }
}

extension Logger {
    /// Says nothing but the worst: tests provoke errors on purpose.
    public static var quiet: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }
}
