import CPostgreSQL
import Dispatch

/// One libpq connection and the thread-confining queue its blocking calls run on.
///
/// Unchecked, because the pointer and the caches are touched on `queue` only.
final class PostgreSQLConnection: @unchecked Sendable {
    private let settings: PostgreSQLSettings
    private let queue = DispatchQueue(label: "slipway.postgresql")
    private var handle: OpaquePointer?
    private var prepared: [String: String] = [:]

    init(settings: PostgreSQLSettings) { self.settings = settings }

    deinit { if let handle { PQfinish(handle) } }

    /// Runs a body on the connection's own queue, off the cooperative threads.
    func run<T: Sendable>(_ body: @Sendable @escaping (PostgreSQLConnection) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body(self) }) }
        }
    }

    /// Connects where there is no live connection.
    func ensureConnected() throws {
        if let handle {
            if PQstatus(handle) == CONNECTION_OK { return }
            PQfinish(handle)
            self.handle = nil
        }
        prepared = [:]
        let fresh = PQconnectdb(settings.connectionText)
        guard let fresh, PQstatus(fresh) == CONNECTION_OK else {
            let reason = fresh.map { String(cString: PQerrorMessage($0)) } ?? "out of memory"
            if let fresh { PQfinish(fresh) }
            throw StoreError(.unavailable, settings.redacted(reason))
        }
        PQsetNoticeProcessor(fresh, { _, _ in }, nil)
        handle = fresh
        do {
            _ = try execute("SET synchronous_commit = on", [])
            if let schema = settings.schema {
                _ = try execute("CREATE SCHEMA IF NOT EXISTS \(schema)", [])
                _ = try execute("SET search_path TO \(schema)", [])
            }
        } catch {
            // A connection set up by half would write into another schema.
            close()
            throw error
        }
    }

    /// Whether the server is still there, as far as libpq knows.
    var isAlive: Bool { handle.map { PQstatus($0) == CONNECTION_OK } ?? false }

    /// Runs one statement with `?` placeholders, prepared once per connection and SQL text.
    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> PostgreSQLResult {
        guard let handle else { throw StoreError(.unavailable, "not connected") }
        let name = try statement(for: sql)
        let parameters = PostgreSQLParameters(arguments)
        let result = parameters.withPointers { values, lengths, formats in
            PQexecPrepared(handle, name, Int32(arguments.count), values, lengths, formats, 0)
        }
        return try PostgreSQLResult(result, connection: handle, sql: sql)
    }

    /// Streams rows through COPY.
    func copy(into table: String, columns: [String], rows: [[SQLValue]]) throws {
        guard let handle else { throw StoreError(.unavailable, "not connected") }
        let sql = "COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN"
        let start = PQexec(handle, sql)
        defer { PQclear(start) }
        guard PQresultStatus(start) == PGRES_COPY_IN else { throw StoreError.postgresql(start, handle, sql: sql) }
        var buffer: [UInt8] = []
        for row in rows {
            PostgreSQLCopy.append(row, to: &buffer)
            if buffer.count > 64 * 1024 {
                try put(buffer, handle, sql)
                buffer.removeAll(keepingCapacity: true)
            }
        }
        try put(buffer, handle, sql)
        guard PQputCopyEnd(handle, nil) == 1 else { throw StoreError.postgresql(nil, handle, sql: sql) }
        var failure: StoreError?
        while let result = PQgetResult(handle) {
            if PQresultStatus(result) != PGRES_COMMAND_OK {
                failure = failure ?? StoreError.postgresql(result, handle, sql: sql)
            }
            PQclear(result)
        }
        if let failure { throw failure }
    }

    func close() {
        if let handle { PQfinish(handle) }
        handle = nil
    }

    private func put(_ bytes: [UInt8], _ handle: OpaquePointer, _ sql: String) throws {
        guard !bytes.isEmpty else { return }
        let sent = bytes.withUnsafeBytes { raw in
            PQputCopyData(handle, raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count))
        }
        guard sent == 1 else { throw StoreError.postgresql(nil, handle, sql: sql) }
    }

    private func statement(for sql: String) throws -> String {
        if let name = prepared[sql] { return name }
        guard let handle else { throw StoreError(.unavailable, "not connected") }
        let name = "s\(prepared.count)"
        let result = PQprepare(handle, name, PostgreSQLPlaceholders.numbered(sql), 0, nil)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else {
            throw StoreError.postgresql(result, handle, sql: sql)
        }
        prepared[sql] = name
        return name
    }
}
