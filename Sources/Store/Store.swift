public import Logging

/// One façade over the database: SQLite in one file, or PostgreSQL.
///
/// ```swift
/// let store = try await Store.open(.sqlite("district.sqlite"), logger: logger)
/// try await store.migrate([Migration("toy.001", ["CREATE TABLE toys (name TEXT PRIMARY KEY)"])])
/// try await store.write { try $0.execute("INSERT INTO toys VALUES (?)", ["boat"]) }   // durable on return
/// ```
public final class Store: Sendable {
    private let driver: any Driver

    /// Which database this is.
    public var dialect: Dialect { driver.dialect }

    private init(driver: any Driver) { self.driver = driver }

    /// Opens a store.
    /// - Parameters:
    ///   - location: where it is.
    ///   - epilogue: run once in every group of commits on SQLite, in the same transaction, before it is made
    ///     durable. PostgreSQL has no such moment and never calls it.
    ///   - logger: bound by the application.
    /// - Throws: ``StoreError``.
    public static func open(
        _ location: StoreLocation, epilogue: (@Sendable (any Writer) throws -> Void)? = nil, logger: Logger
    ) async throws -> Store {
        switch location {
        case .sqlite(let path):
            Store(driver: try SQLiteDriver(path: path, epilogue: epilogue, logger: logger))
        case .postgresql(let url):
            Store(driver: try await PostgreSQLDriver.connect(url, logger: logger))
        }
    }

    /// Runs a query transaction on a consistent snapshot.
    public func read<T: Sendable>(_ body: @Sendable @escaping (any Reader) throws -> T) async throws -> T {
        try await driver.read(body)
    }

    /// Runs a transaction; when this returns, its changes have reached the disk.
    ///
    /// The body may run more than once (a conflict on PostgreSQL is retried), so it must have no other effect.
    public func write<T: Sendable>(_ body: @Sendable @escaping (any Writer) throws -> T) async throws -> T {
        try await driver.write(body)
    }

    /// Applies the steps that have not run here yet, in the order given.
    /// - Throws: ``StoreError`` with code `migration` where a step that ran here was edited since.
    public func migrate(_ migrations: [Migration]) async throws {
        let ledger = "CREATE TABLE IF NOT EXISTS store_migrations (id TEXT PRIMARY KEY, checksum BIGINT NOT NULL)"
        // On SQLite all in one write: the epilogue that follows each may need the very tables that are made here.
        if dialect == .postgresql {
            do {
                _ = try await write { try $0.execute(ledger) }
            } catch is StoreError {
                // Two nodes that make it in the same instant: the one that came second finds it there now.
                _ = try await write { try $0.execute(ledger) }
            }
        }
        try await write { transaction in
            switch transaction.dialect {
            case .sqlite: try transaction.execute(ledger)
            // Nodes that start together take turns; the lock comes before the first look, which fixes what is seen.
            case .postgresql: try transaction.execute("LOCK TABLE store_migrations")
            }
            let applied = Dictionary(
                uniqueKeysWithValues: try transaction.query("SELECT id, checksum FROM store_migrations")
                    .map { (try $0.text("id"), try $0.integer("checksum")) })
            for migration in migrations {
                if let checksum = applied[migration.id] {
                    guard checksum == migration.checksum else {
                        throw StoreError(.migration, "\(migration.id) ran here with other statements than it has now")
                    }
                    continue
                }
                for statement in migration.translated(for: transaction.dialect) { try transaction.execute(statement) }
                try transaction.execute(
                    "INSERT INTO store_migrations (id, checksum) VALUES (?, ?)",
                    [.text(migration.id), .integer(migration.checksum)])
            }
        }
    }

    /// Writes a consistent copy of the whole database to a new file, while others read and write.
    /// - Throws: ``StoreError`` with code `location` where the file exists or the database is no SQLite file.
    public func copy(to path: String) async throws { try await driver.copy(to: path) }

    /// Waits for what is under way and closes. Whatever is asked afterwards fails with `closed`.
    public func close() async { await driver.close() }
}

/// Where a store is.
public enum StoreLocation: Sendable, Hashable {
    /// A file, made where it does not exist.
    case sqlite(String)
    /// A libpq connection URL; `?schema=name` (ours, not libpq's) picks the schema.
    case postgresql(String)

    /// Reads `sqlite:PATH`, a bare path, or `postgres://…`.
    /// - Throws: ``StoreError`` with code `location`.
    public init(_ text: String) throws {
        if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            self = .postgresql(text)
        } else if text.hasPrefix("sqlite:") {
            self = .sqlite(String(text.dropFirst("sqlite:".count)))
        } else if text.isEmpty || text.contains("://") {
            throw StoreError(.location, "a store is a file path, sqlite:PATH or postgres://…, not \(text)")
        } else {
            self = .sqlite(text)
        }
    }
}

/// What a database must do for the façade.
protocol Driver: Sendable {
    var dialect: Dialect { get }
    func read<T: Sendable>(_ body: @Sendable @escaping (any Reader) throws -> T) async throws -> T
    func write<T: Sendable>(_ body: @Sendable @escaping (any Writer) throws -> T) async throws -> T
    func copy(to path: String) async throws
    func close() async
}
