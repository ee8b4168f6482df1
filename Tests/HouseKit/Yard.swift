public import District
import FoundationEssentials
public import Record
import Series
public import Store
public import TestKit

@testable public import Access

/// A district with the rooms under test, for one test: its clock moves only when told.
public struct Yard: Sendable {
    /// The frame.
    public let district: District
    /// The time it has.
    public let clock: Clock
    /// Its tables.
    public let store: Store
    /// The frame and the living parts of the spine, with no broker.
    public let spine: Spine
    /// Its rooms.
    public let rooms: [any Capability]

    /// The room of a type, which the test has put into the house.
    public func room<Room: Capability>(_ type: Room.Type = Room.self) -> Room {
        guard let room = rooms.lazy.compactMap({ $0 as? Room }).first else { fatalError("no \(type) in this yard") }
        return room
    }

    /// Runs a test on a fresh house. The clock stands at Saturday 2026-11-21, 09:00 in Korea.
    public static func with(
        _ rooms: [any Capability], on kind: StoreUnderTest, isSample: Bool = false, _ body: (Yard) async throws -> Void
    ) async throws {
        let clock = Clock()
        let sequencer = Sequencer(clock: clock.read)
        try await kind.withStore(epilogue: { _ = try sequencer.sequence(in: $0, limit: 4096) }) { store in
            try await withTemporaryFolder { folder in
                let readings = try await Store.open(
                    .sqlite(folder.appendingPathComponent("series.sqlite").path), logger: .quiet)
                let series = try await SeriesStore.open(readings, clock: clock.read, logger: .quiet)
                let outcome: Result<Void, any Error>
                do {
                    try await body(try await open(store, clock, rooms, series, isSample: isSample))
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

    private static func open(
        _ store: Store, _ clock: Clock, _ rooms: [any Capability], _ series: SeriesStore, isSample: Bool
    ) async throws -> Yard {
        let district = try District(store: store, rooms: rooms, clock: clock.read, logger: .quiet)
        try await district.open()
        let name = "yard.example/record"
        let spine = Spine(
            district: district, series: series,
            signer: Signer(origin: name, key: try SigningKey(generatingFor: name), clock: clock.read),
            mqtt: nil, isSample: isSample, issuer: try SigningKey(generatingFor: "yard.example/issuer"))
        return Yard(district: district, clock: clock, store: store, spine: spine, rooms: rooms)
    }

    /// The same house after a start with other rooms, or with a later release of these.
    public func reopened(with rooms: [any Capability]) async throws -> Yard {
        try await Self.open(store, clock, rooms, spine.series, isSample: spine.isSample)
    }

    /// Puts a firm of 42 people on the Record.
    public func register(_ firm: String) async throws {
        let firm = Firm(id: FirmID(firm), name: firm, registration: "1", headcount: 42)
        try await district.record([try AccessEvents.firmRegistered(firm)], origin: Origin(author: .system("test")))
    }

    /// Puts a person on the Record, so that they can be found again.
    public func enrol(_ caller: Caller) async throws {
        guard let id = caller.person else { return }
        let person = Person(id: id, name: caller.name ?? "\(id)", firm: caller.firm, roles: caller.roles)
        try await district.record(
            [try AccessEvents.personAdded(person)]
                + caller.roles.sorted().map { AccessEvents.roleGranted($0, to: person) },
            origin: Origin(author: .system("test")))
    }

    /// Does what is asked, confirmed where it is read back.
    @discardableResult
    public func perform(
        _ name: String, _ values: [String: JSON], by caller: Caller, key: String? = nil, offline: Ask.Offline? = nil
    ) async throws -> Outcome {
        try await district.perform(name, values, by: caller, key: key, confirmed: true, offline: offline)
    }

    /// The refusal that a request meets; nil where it is done.
    public func refusal(_ name: String, _ values: [String: JSON], by caller: Caller) async throws -> Refusal? {
        do {
            try await perform(name, values, by: caller)
            return nil
        } catch let refusal as Refusal {
            return refusal
        }
    }

    /// Every event there is, in the order of the leaves; numbered first, as the Record's service does on PostgreSQL.
    public func events() async throws -> [Event] {
        let sequencer = Sequencer(clock: clock.read)
        try await store.write { try sequencer.sequenceAll(in: $0) }
        return try await store.read { [district] in try district.log.events(fromLeaf: 0, limit: 100_000, in: $0) }
    }

    /// The last event of a type.
    public func last(_ type: String) async throws -> Event? { try await events().last { $0.type == type } }

    /// The types of all events, in the order of the leaves.
    public func types() async throws -> [String] { try await events().map(\.type) }

    /// Whether a rebuild from the Record gives the same tables.
    public func rebuildsAlike() async throws -> Bool {
        let before = try await district.dump()
        _ = try await district.rebuild()
        return try await district.dump() == before
    }
}
