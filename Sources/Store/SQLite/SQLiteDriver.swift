import Foundation
import GRDB
import Logging

/// SQLite in WAL mode: many readers beside one writer, which commits in groups.
final class SQLiteDriver: Driver {
    private let pool: DatabasePool
    private let writer: GroupCommitter

    var dialect: Dialect { .sqlite }

    init(path: String, epilogue: (@Sendable (any Writer) throws -> Void)?, logger: Logger) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 6
        configuration.prepareDatabase { database in
            // GRDB prefers NORMAL, which may lose the last commits with the power: acknowledged means durable.
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // What is erased leaves no trace in free pages.
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(sql: "PRAGMA foreign_keys = ON")
        }
        do {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            pool = try DatabasePool(path: path, configuration: configuration)
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
        writer = GroupCommitter(pool: pool, epilogue: epilogue, logger: logger)
    }

    func read<T: Sendable>(_ body: @Sendable @escaping (any Reader) throws -> T) async throws -> T {
        do {
            return try await pool.read { database in try body(SQLiteTransaction(database)) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_MISUSE {
            // What GRDB answers once its pool is closed.
            throw StoreError(.closed, "the store is closed")
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }

    func write<T: Sendable>(_ body: @Sendable @escaping (any Writer) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            writer.submit(WriteJob(body, resuming: continuation))
        }
    }

    func copy(to path: String) async throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StoreError(.location, "\(path) exists already")
        }
        do {
            // Takes a snapshot as a reader does: nobody waits for it.
            try await pool.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }

    func close() async {
        await writer.stop()
        do {
            try pool.close()
        } catch {
            // A reader still at work keeps its connection; it closes when that reader ends.
            writer.logger.notice("store closes late", metadata: ["reason": "\(error)"])
        }
    }
}
