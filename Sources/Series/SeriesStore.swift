public import Logging
public import Record
public import Store
import Synchronization

/// Readings: many and cheap, durable before they are acknowledged.
///
/// An append goes into an append-only journal, many appends sharing one commit, and then into the open chunk of each
/// series in memory. Full or aged chunks are encoded, hashed and stored in the background, and the journal is trimmed.
/// One writer at a time: whoever opens the readings last takes them over, and the one before is refused.
///
/// ```swift
/// let series = try await SeriesStore.open(store, clock: Timestamp.now, logger: logger)
/// let press = SeriesKey("press-1", "vibration")
/// _ = try await series.append([Sample(press, unit: "mm/s", Reading(time: .now(), value: 2.5))])   // durable
/// series.latest(press)?.value   // 2.5
/// ```
public final class SeriesStore: Sendable {
    /// What the append lane, the sealer and the queries share; only these three touch it.
    struct State: Sendable {
        var memory: SeriesMemory
        var windows: [Int: SealedWindow] = [:]
        /// The fencing token of this opening.
        let epoch: Int64
        var nextRow: Int64
        var nextChunk: Int64
        /// A group of appends is between looking sealed readings up and applying its rows.
        var applying = false
        var sealing: Task<Void, any Error>?

        /// Lets go of sealed chunks, unless a group under way may still look them up in memory.
        mutating func releaseSealed() {
            guard !applying else { return }
            for number in memory.releaseSealed() { windows[number] = nil }
        }
    }

    let store: Store
    let clock: TimeSource
    let settings: SeriesSettings
    let logger: Logger
    let state: Mutex<State>
    let queue = Mutex(AppendQueue())

    init(_ store: Store, clock: @escaping TimeSource, settings: SeriesSettings, logger: Logger, state: State) {
        self.store = store
        self.clock = clock
        self.settings = settings
        self.logger = logger
        self.state = Mutex(state)
    }

    /// Opens the readings of a store: makes its tables where they do not exist, and rebuilds the open chunks from the
    /// journal.
    /// - Throws: `StoreError`; ``SeriesError`` with code `damaged` where a journal row does not decode.
    public static func open(
        _ store: Store, clock: @escaping TimeSource, settings: SeriesSettings = .standard, logger: Logger
    ) async throws -> SeriesStore {
        try await store.migrate(SeriesSQL.migrations)
        let state = try await recover(store, settings: settings)
        let series = SeriesStore(store, clock: clock, settings: settings, logger: logger, state: state)
        series.sealInBackground()
        return series
    }

    /// The newest reading of a series by the time it was observed, whenever it arrived.
    public func latest(_ key: SeriesKey) -> Reading? {
        state.withLock { state in
            state.memory.index[key].flatMap { state.memory.series[$0].summary.latest }
        }
    }

    /// The newest reading of every series, in the order in which the series began.
    public func latest() -> [LatestReading] {
        state.withLock { state in
            state.memory.series.compactMap { one in
                one.summary.latest.map {
                    LatestReading(
                        key: one.key, unit: one.unit, reading: $0, arrived: one.summary.arrived,
                        count: one.summary.count)
                }
            }
        }
    }

    /// Every series and how far it reaches, in the order in which they began.
    public func series() -> [SeriesInfo] {
        state.withLock { state in
            state.memory.series.compactMap { one in
                one.summary.latest.map {
                    SeriesInfo(
                        key: one.key, unit: one.unit, first: one.summary.first, last: $0.time,
                        count: one.summary.count)
                }
            }
        }
    }

    /// Ends appending, after what waits is durable, and seals what is due. Open chunks stay in the journal, for the
    /// next start. The store itself is closed by whoever opened it.
    public func close() async {
        await withCheckedContinuation { continuation in
            let idle = queue.withLock { $0.close(continuation) }
            if idle { continuation.resume() }
        }
        do {
            try await sealStale()
        } catch {
            logger.notice("chunks stay open over the close", metadata: ["reason": "\(error)"])
        }
    }
}
