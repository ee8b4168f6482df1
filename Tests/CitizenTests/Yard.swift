import District
import Foundation
import Record
import Series
import Store
import Synchronization
import TestKit
import Testing

@testable import Access
@testable import Citizen

/// A district with Citizen in it, for one test: its clock moves only when told, and it has two firms and their people.
struct Yard: Sendable {
    let district: District
    let clock: Clock
    let store: Store
    let citizen: Citizen
    let spine: Spine

    /// Runs a test on a fresh, founded yard. The clock stands at Saturday 2026-11-21, 09:00 in Korea.
    static func with(
        _ kind: StoreUnderTest = .sqlite, corrections: String? = nil, rooms more: [any Capability] = [],
        isSample: Bool = false, _ body: (Yard) async throws -> Void
    ) async throws {
        let clock = Clock()
        let sequencer = Sequencer(clock: clock.read)
        try await kind.withStore(epilogue: { _ = try sequencer.sequence(in: $0, limit: 4096) }) { store in
            try await Folder.with { folder in
                let citizen = try Citizen(corrections: corrections)
                let district = try District(
                    store: store, rooms: [citizen] + more, clock: clock.read, logger: .quiet)
                try await district.open()
                let readings = try await Store.open(.sqlite("\(folder)/series.sqlite"), logger: .quiet)
                let series = try await SeriesStore.open(readings, clock: clock.read, logger: .quiet)
                let name = "citizen.example/record"
                let spine = Spine(
                    district: district, series: series,
                    signer: Signer(origin: name, key: try SigningKey(generatingFor: name), clock: clock.read),
                    mqtt: nil, isSample: isSample)
                let yard = Yard(district: district, clock: clock, store: store, citizen: citizen, spine: spine)
                try await yard.found()
                let outcome: Result<Void, any Error>
                do {
                    try await body(yard)
                    outcome = .success(())
                } catch {
                    outcome = .failure(error)
                }
                await series.close()
                await readings.close()
                try outcome.get()
            }
        }
    }

    private func found() async throws {
        for firm in ["alfa", "bravo"] {
            try await district.record(
                [
                    try AccessEvents.firmRegistered(
                        Firm(id: FirmID(firm), name: firm, registration: "1", headcount: 42))
                ], origin: Origin(author: .system("test")))
            for caller in [Caller.manager(firm), .worker(firm)] { try await enrol(caller) }
        }
        for caller in [Caller.officer, .resident, .neighbour] { try await enrol(caller) }
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

    /// Does what is asked, confirmed where it is read back.
    @discardableResult
    func perform(
        _ name: String, _ values: [String: JSON], by caller: Caller, key: String? = nil
    ) async throws -> Outcome {
        try await district.perform(name, values, by: caller, key: key, confirmed: true)
    }

    /// The refusal that a request meets; nil where it is done.
    func refusal(_ name: String, _ values: [String: JSON], by caller: Caller) async throws -> Refusal? {
        do {
            try await perform(name, values, by: caller)
            return nil
        } catch let refusal as Refusal {
            return refusal
        }
    }

    /// Every event there is, in the order of the leaves; numbered first, as the Record's service does on PostgreSQL.
    func events() async throws -> [Event] {
        let sequencer = Sequencer(clock: clock.read)
        try await store.write { try sequencer.sequenceAll(in: $0) }
        return try await store.read { [district] in try district.log.events(fromLeaf: 0, limit: 100_000, in: $0) }
    }

    /// The last event of a type.
    func last(_ type: String) async throws -> Event? { try await events().last { $0.type == type } }

    /// The types of all events, in the order of the leaves.
    func types() async throws -> [String] { try await events().map(\.type) }

    /// Whether a rebuild from the Record gives the same tables.
    func rebuildsAlike() async throws -> Bool {
        let before = try await district.dump()
        _ = try await district.rebuild()
        return try await district.dump() == before
    }
}

/// A folder for one test.
enum Folder {
    static func with<T>(_ body: (String) async throws -> T) async throws -> T {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("citizen-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(path)
    }
}

/// A clock that stands still until it is moved.
final class Clock: Sendable {
    private let now = Mutex(Timestamp(iso8601: "2026-11-21T09:00:00+09:00") ?? Timestamp(microseconds: 0))

    var read: TimeSource { { [self] in now.withLock { $0 } } }
    func advance(by seconds: Double) { now.withLock { $0 = $0.advanced(bySeconds: seconds) } }
    func set(_ text: String) { now.withLock { $0 = Timestamp(iso8601: text) ?? $0 } }
}

extension Caller {
    static func person(_ id: String, _ roles: Set<Role>, firm: String? = nil) -> Caller {
        Caller(.person(PersonID(id)), name: id, roles: roles, firm: firm.map { FirmID($0) })
    }
    static func manager(_ firm: String) -> Caller { person("\(firm)-manager", [.safetyManager], firm: firm) }
    static func worker(_ firm: String) -> Caller { person("\(firm)-worker", [.worker], firm: firm) }
    static let officer = person("officer", [.zoneOfficer])
    /// Somebody who lives here, with an account.
    static let resident = person("resident", [.citizen])
    /// Somebody else who lives here.
    static let neighbour = person("neighbour", [.citizen])
}
