import Access
import District
import Logging
import Record
import Series
import ServiceLifecycle
import Store
import Synchronization

/// Keeps in Series which floor each vehicle is on, by its place in the plan's list: x and y alone do not say it. The
/// vehicles' places themselves are written by whoever hears them.
struct FloorRecorder: Service {
    let spine: Spine
    let source: FloorSource

    /// The series.
    static let property = "floor"
    /// How often it is written although nothing changed, so that any hour has a beginning, in seconds.
    private static let again = 300.0

    private final class Memory: Sendable {
        let written = Mutex<[ThingID: (index: Int, at: Timestamp)]>([:])
    }
    private let memory = Memory()

    init(spine: Spine, source: FloorSource) {
        self.spine = spine
        self.source = source
    }

    func run() async throws {
        await beat(every: .seconds(2), in: spine.district, failing: "which floor vehicles are on is not stored") {
            try await write()
        }
    }

    private func write() async throws {
        let (zone, now) = (try Caller.system("robots.floor").tenant, spine.district.clock())
        let sites = try await spine.district.store.read { reader in
            try SiteTable.standing(in: reader).compactMap { try SiteTable.compiled($0.id, in: reader)?.plan }
        }
        var samples: [Sample] = []
        for plan in sites {
            for vehicle in try await source.vehicles(plan.id, zone, spine) where vehicle.state != .lost {
                guard let index = plan.maps.firstIndex(where: { $0.id == vehicle.place?.map }) else { continue }
                let isDue = memory.written.withLock { written in
                    let last = written[vehicle.thing]
                    guard last?.index != index || now.seconds(since: last?.at ?? now) > Self.again else { return false }
                    written[vehicle.thing] = (index, now)
                    return true
                }
                guard isDue else { continue }
                samples.append(
                    Sample(
                        SeriesKey(vehicle.thing, Self.property), unit: nil, Reading(time: now, value: Double(index))))
            }
        }
        if !samples.isEmpty { _ = try await spine.series.append(samples) }
    }
}
