import District
import Foundation
import Logging
import Record
import Series
import Store
import Web

/// A house that stands: its stores are open and its tables are of this release.
struct OpenHouse: Sendable {
    let folder: DataFolder
    let store: Store
    let seriesStore: Store
    let district: District
    let series: SeriesStore
    let signer: Signer
    let rooms: [any Room]

    /// Opens the stores and brings them up to date.
    /// - Parameter origin: the name under which checkpoints are signed, where it was asked for.
    static func open(
        _ options: HouseOptions, origin: String? = nil, sampleSeed: UInt64? = nil, logger: Logger
    ) async throws -> OpenHouse {
        let folder = try DataFolder(options.data)
        let rooms = try Rooms.all(sampleSeed: sampleSeed, handbook: folder.handbook)
        let (store, district) = try await openDistrict(options, rooms: rooms, logger: logger)
        let clock = district.clock
        let seriesLocation: StoreLocation =
            if case .postgresql(let url) = try StoreLocation(options.store ?? folder.recordLocation) {
                .postgresql(url)
            } else {
                .sqlite(folder.seriesLocation)
            }
        let seriesStore = try await Store.open(seriesLocation, logger: logger)
        let series = try await SeriesStore.open(seriesStore, clock: clock, logger: logger)
        let key = try folder.signingKey(origin: origin)
        let signer = Signer(origin: key.name, key: key, clock: clock)
        return OpenHouse(
            folder: folder, store: store, seriesStore: seriesStore, district: district, series: series, signer: signer,
            rooms: rooms)
    }

    /// Opens what the Record can rebuild, and refuses while another Slipway works in the same folder.
    static func openDistrict(
        _ options: HouseOptions, rooms opened: [any Room]? = nil, logger: Logger
    ) async throws -> (Store, District) {
        let folder = try DataFolder(options.data)
        if let console = folder.readConsole(), console.process != getpid(), console.isRunning {
            throw Complaint(
                "이 데이터 폴더에서 Slipway가 실행 중입니다(프로세스 \(console.process)). / Slipway is running in this data folder (process \(console.process))."
            )
        }
        let rooms = try opened ?? Rooms.all(sampleSeed: nil, handbook: folder.handbook)
        let location = try StoreLocation(options.store ?? folder.recordLocation)
        let clock: TimeSource = { Timestamp.now() }
        let store = try await RecordLog.openStore(location, clock: clock, logger: logger)
        let district = try District(store: store, rooms: rooms, clock: clock, logger: logger)
        try await district.open()
        return (store, district)
    }

    /// Seals, anchors and closes.
    func close() async throws {
        await series.close()
        await seriesStore.close()
        await store.close()
    }
}
