public import Logging
public import Store

extension RecordLog {
    /// Opens the store that holds a Record.
    ///
    /// On SQLite the single writer numbers events in the very commit that records them. A tree that was tampered with
    /// must not stop people from working: their events are then kept without a number, the log says so, and
    /// `slipway verify` names what is wrong. On PostgreSQL a leased sequencer numbers them.
    public static func openStore(
        _ location: StoreLocation, clock: @escaping TimeSource, logger: Logger
    ) async throws -> Store {
        // The tables must stand before the first commit that numbers events.
        let founding = try await Store.open(location, logger: logger)
        try await founding.migrate(migrations)
        guard founding.dialect == .sqlite else { return founding }
        await founding.close()
        let sequencer = Sequencer(clock: clock)
        return try await Store.open(
            location,
            epilogue: { transaction in
                do {
                    _ = try transaction.savepoint { try sequencer.sequence(in: transaction, limit: 1 << 20) }
                } catch let error as RecordError {
                    logger.critical("events cannot be numbered", metadata: ["reason": "\(error)"])
                }
            }, logger: logger)
    }
}
