import District
import Foundation
import Logging
import Record
import Series
import ServiceLifecycle
import Store
import Synchronization
import TestKit
import Web

@testable import Access
@testable import Citizen

/// A house with Citizen in it, for one test: its clock moves only when told, and a practice city answers on loopback
/// where the test asks for one. The clock stands at Monday 2026-11-23, 10:00 in Korea, when the desk is open.
struct TalkHouse: Sendable {
    let spine: Spine
    let citizen: Citizen
    let clock: TalkClock
    /// The practice city, where there is one.
    let city: CitySandbox?

    var district: District { spine.district }

    /// Runs a test on a fresh yard; the room's own services run beside it.
    static func with(
        _ kind: StoreUnderTest = .sqlite, at start: String = "2026-11-23T10:00:00+09:00", hasCity: Bool = true,
        corrections: String? = nil, isServed: Bool = true, _ body: (TalkHouse) async throws -> Void
    ) async throws {
        let clock = TalkClock(start)
        try await kind.withLocation { location in
            let store = try await RecordLog.openStore(location, clock: clock.read, logger: .quiet)
            let citizen = try Citizen(corrections: corrections ?? patient())
            let district = try District(store: store, rooms: [citizen], clock: clock.read, logger: .quiet)
            try await district.open()
            try await withTemporaryFolder { folder in
                let readings = try await Store.open(.sqlite(folder.appendingPathComponent("s").path), logger: .quiet)
                let series = try await SeriesStore.open(readings, clock: clock.read, logger: .quiet)
                let signer = Signer(origin: "test", key: try SigningKey(generatingFor: "test"), clock: clock.read)
                let spine = Spine(district: district, series: series, signer: signer, mqtt: nil, isSample: false)
                let city = hasCity ? CitySandbox() : nil
                let yard = TalkHouse(spine: spine, citizen: citizen, clock: clock, city: city)
                let outcome: Result<Void, any Error>
                do { outcome = .success(try await yard.serve(isServed, body)) } catch { outcome = .failure(error) }
                await series.close()
                await readings.close()
                await store.close()
                try outcome.get()
            }
        }
    }

    /// A handbook by which the city is waited for as long as a loaded machine needs.
    private static func patient() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("slipway-patient-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let endpoint: JSON = ["on": false, "url": "", "send_seconds": 20, "ask_seconds": 10]
        try Data(endpoint.canonical).write(to: folder.appendingPathComponent("city-endpoint.json"), options: .atomic)
        return folder.path
    }

    private func serve(_ isServed: Bool, _ body: (TalkHouse) async throws -> Void) async throws {
        var tasks: [Task<Void, Never>] = []
        if let city {
            let port = Port()
            tasks.append(
                Task {
                    try? await SideServer({ await city.answer($0) }).run(host: "127.0.0.1", port: 0, logger: .quiet) {
                        port.set($0)
                    }
                })
            spine.outside.name("http://127.0.0.1:\(try await port.opened())", for: "city")
        } else {
            spine.outside.name("", for: "city")
        }
        if isServed {
            for service in citizen.services(in: spine) {
                tasks.append(Task { try? await service.run() })
            }
        }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(self)) } catch { outcome = .failure(error) }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        try outcome.get()
    }

    /// Every event there is, in the order of the leaves.
    func events() async throws -> [Event] {
        let sequencer = Sequencer(clock: clock.read)
        try await district.store.write { try sequencer.sequenceAll(in: $0) }
        return try await district.store.read { [district] in
            try district.log.events(fromLeaf: 0, limit: 100_000, in: $0)
        }
    }

    /// The events of a type.
    func events(_ type: String) async throws -> [Event] { try await events().filter { $0.type == type } }

    /// What an event says, personal content disclosed.
    func payload(_ event: Event) async throws -> [String: JSON] {
        try await district.store.read { [district] in try district.payload(of: event, in: $0) }
    }

    /// Puts a person on the Record, so that they can be found again.
    func enrol(_ caller: Caller) async throws {
        guard let id = caller.person else { return }
        let person = Person(id: id, name: caller.name ?? "\(id)", firm: caller.firm, roles: caller.roles)
        try await district.record(
            [try AccessEvents.personAdded(person)]
                + caller.roles.sorted().map { AccessEvents.roleGranted($0, to: person) },
            origin: Origin(author: .system("test")))
    }

    /// Whether a rebuild from the Record gives the same tables.
    func rebuildsAlike() async throws -> Bool {
        let before = try await district.dump()
        _ = try await district.rebuild()
        return try await district.dump() == before
    }
}

/// A clock that stands still until it is moved.
final class TalkClock: Sendable {
    private let now: Mutex<Timestamp>

    init(_ start: String) { now = Mutex(Timestamp(iso8601: start) ?? Timestamp(microseconds: 0)) }

    var read: TimeSource { { [self] in now.withLock { $0 } } }
    func advance(by seconds: Double) { now.withLock { $0 = $0.advanced(bySeconds: seconds) } }
    func set(_ text: String) { now.withLock { $0 = Timestamp(iso8601: text) ?? $0 } }
}

/// The port a server came to listen on.
private final class Port: Sendable {
    private let number = Mutex(0)
    func set(_ port: Int) { number.withLock { $0 = port } }
    func opened() async throws -> Int {
        for _ in 0..<200 {
            let port = number.withLock { $0 }
            if port > 0 { return port }
            try await Task.sleep(for: .milliseconds(25))
        }
        throw StoreError(.unavailable, "the practice city did not come up")
    }
}
