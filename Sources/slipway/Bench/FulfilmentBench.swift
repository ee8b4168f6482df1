import District
import Foundation
import Fulfilment
import Logging
import Record
import Store

/// A centre with a day of order lines: how fast it promises, releases, picks and packs.
struct FulfilmentBench {
    let name: String
    let location: StoreLocation
    /// Order lines that are taken.
    let lines: Int
    let logger: Logger

    func run() async throws -> [Figure] {
        let clock: TimeSource = { Timestamp.now() }
        let store = try await RecordLog.openStore(location, clock: clock, logger: logger)
        let district = try District(store: store, rooms: [try Fulfilment()], clock: clock, logger: logger)
        try await district.open()
        let (start, name) = (ContinuousClock.now, name)
        let figures = DayFigures(
            district: district, seconds: { Elapsed.seconds(since: start) }, say: { Output.error("… \(name): \($0)") })
        let rows: [Figure]
        do {
            rows = try await figures.rows(lines: lines).map {
                Figure(name: "\($0.name), \(name)", value: $0.value, unit: $0.unit, how: $0.how)
            }
        } catch {
            await store.close()
            throw error
        }
        await store.close()
        return rows + [
            Figure(
                name: "memory after it, \(name)", value: Double(ProcessUse.memory()) / 1_048_576, unit: "MB",
                how: "the most that this process ever had")
        ]
    }
}
