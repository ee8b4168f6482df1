import Logging
import Synchronization

/// PostgreSQL through a small pool of libpq connections.
///
/// Writes of one process go in groups: whatever waits shares one SERIALIZABLE transaction and its flush, each in a
/// savepoint of its own. So writers of one node never race each other; a race lost to another node repeats the group.
final class PostgreSQLDriver: Driver {
    private struct Pool {
        var idle: [PostgreSQLConnection]
        var waiting: [CheckedContinuation<PostgreSQLConnection, Never>] = []
        var closed = false
    }

    /// How many connections a store holds.
    static let connections = 8
    /// How often a write is tried before the conflict is passed on.
    static let attempts = 24
    /// How often an unreachable server is tried, a quarter of a second apart: long enough for its restart.
    static let patience = 40

    private struct Waiting {
        var jobs: [WriteJob] = []
        var isDraining = false
    }

    /// The most writes of one group: bounds how long the first of them waits for the last.
    static let mostInGroup = 256

    private let waiting = Mutex(Waiting())
    private let pool: Mutex<Pool>
    private let logger: Logger

    var dialect: Dialect { .postgresql }

    private init(settings: PostgreSQLSettings, logger: Logger) {
        pool = Mutex(Pool(idle: (0..<Self.connections).map { _ in PostgreSQLConnection(settings: settings) }))
        self.logger = logger
    }

    /// Opens the pool after one connection has proved that the server is there.
    static func connect(_ url: String, logger: Logger) async throws -> PostgreSQLDriver {
        let driver = PostgreSQLDriver(settings: try PostgreSQLSettings(url), logger: logger)
        // At start a wrong address or password should be said at once, not after a wait.
        _ = try await driver.transaction("BEGIN READ ONLY", patience: 0) { try $0.query("SELECT 1") }
        return driver
    }

    func copy(to path: String) async throws {
        throw StoreError(.location, "a PostgreSQL store is copied by pg_dump")
    }

    func read<T: Sendable>(_ body: @Sendable @escaping (any Reader) throws -> T) async throws -> T {
        try await transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") { try body($0) }
    }

    func write<T: Sendable>(_ body: @Sendable @escaping (any Writer) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let isFirst = waiting.withLock { state in
                state.jobs.append(WriteJob(body, resuming: continuation))
                defer { state.isDraining = true }
                return !state.isDraining
            }
            if isFirst { Task { await drain() } }
        }
    }

    /// Commits group after group until nothing waits.
    private func drain() async {
        while true {
            let group = waiting.withLock { state in
                let group = Array(state.jobs.prefix(Self.mostInGroup))
                state.jobs.removeFirst(group.count)
                state.isDraining = !group.isEmpty
                return group
            }
            guard !group.isEmpty else { return }
            await commit(group)
        }
    }

    private func commit(_ group: [WriteJob]) async {
        do {
            let answers = try await transaction("BEGIN ISOLATION LEVEL SERIALIZABLE") { transaction in
                try group.map { job -> @Sendable () -> Void in
                    do {
                        return try transaction.savepoint { try job.run(transaction) }
                    } catch let error as StoreError where error.code == .conflict || error.code == .unavailable {
                        // The whole group is lost and runs again.
                        throw error
                    } catch {
                        return { job.fail(error) }
                    }
                }
            }
            for answer in answers { answer() }
        } catch {
            for job in group { job.fail(error) }
        }
    }

    func close() async {
        let first = pool.withLock { state in
            defer { state.closed = true }
            return !state.closed
        }
        guard first else { return }
        // Whoever holds a connection gives it back when done; then there is nothing under way any more.
        for _ in 0..<Self.connections {
            let connection = await acquire()
            do {
                try await connection.run { $0.close() }
            } catch {
                logger.notice("a connection closes late", metadata: ["reason": "\(error)"])
            }
        }
    }

    private func transaction<T: Sendable>(
        _ begin: String, patience: Int = patience,
        _ body: @Sendable @escaping (PostgreSQLTransaction) throws -> T
    ) async throws -> T {
        var conflicts = 0
        var absences = 0
        while true {
            guard !pool.withLock({ $0.closed }) else { throw StoreError(.closed, "the store is closed") }
            let connection = await acquire()
            do {
                defer { release(connection) }
                return try await connection.run { try Self.once(begin, $0, body) }
            } catch let error as StoreError where error.code == .conflict {
                // A lost serialisation race: nothing was written. The pause is random, growing, at most 50 ms.
                conflicts += 1
                guard conflicts < Self.attempts else { throw error }
                try await Task.sleep(for: .microseconds(Int.random(in: 200...min(50_000, 1000 << min(conflicts, 6)))))
            } catch let error as StoreError where error.code == .unavailable {
                // The connection broke before the commit: nothing was written.
                absences += 1
                guard absences <= patience else { throw error }
                logger.notice("the database does not answer", metadata: ["reason": "\(error.message)"])
                try await Task.sleep(for: .milliseconds(250))
            }
        }
    }

    private static func once<T>(
        _ begin: String, _ connection: PostgreSQLConnection, _ body: (PostgreSQLTransaction) throws -> T
    ) throws -> T {
        try connection.ensureConnected()
        _ = try connection.execute(begin, [])
        let result: T
        do {
            result = try body(PostgreSQLTransaction(connection))
        } catch {
            if connection.isAlive { _ = try connection.execute("ROLLBACK", []) }
            throw error
        }
        do {
            _ = try connection.execute("COMMIT", [])
        } catch let error as StoreError where error.code == .unavailable {
            throw StoreError(.outcomeUnknown, error.message)
        }
        return result
    }

    private func acquire() async -> PostgreSQLConnection {
        await withCheckedContinuation { continuation in
            let free = pool.withLock { state -> PostgreSQLConnection? in
                if let connection = state.idle.popLast() { return connection }
                state.waiting.append(continuation)
                return nil
            }
            if let free { continuation.resume(returning: free) }
        }
    }

    private func release(_ connection: PostgreSQLConnection) {
        let next = pool.withLock { state -> CheckedContinuation<PostgreSQLConnection, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.idle.append(connection)
            return nil
        }
        next?.resume(returning: connection)
    }
}
