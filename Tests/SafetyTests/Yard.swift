import District
import Foundation
import Record
import Store
import Synchronization
import TestKit
import Testing
import Twin

@testable import Access
@testable import Safety

/// A district with Safety in it, for one test: its clock moves only when told, and it has two firms, their people and
/// a plant each (`alfa-plant` with the area `alfa-shop` and the machine `alfa-press`, and the same for bravo).
struct Yard: Sendable {
    let district: District
    let clock: Clock
    let store: Store
    let safety: Safety

    /// Runs a test on a fresh, founded yard. The clock stands at Saturday 2026-11-21, 09:00 in Korea.
    static func with(
        _ kind: StoreUnderTest = .sqlite, corrections: String? = nil, _ body: (Yard) async throws -> Void
    ) async throws {
        let clock = Clock()
        let sequencer = Sequencer(clock: clock.read)
        try await kind.withStore(epilogue: { _ = try sequencer.sequence(in: $0, limit: 4096) }) { store in
            let safety = try Safety(corrections: corrections)
            let district = try District(store: store, rooms: [safety], clock: clock.read, logger: .quiet)
            try await district.open()
            let yard = Yard(district: district, clock: clock, store: store, safety: safety)
            try await yard.found()
            try await body(yard)
        }
    }

    private func found() async throws {
        let origin = Origin(author: .system("test"))
        for firm in ["alfa", "bravo"] {
            let id = FirmID(firm)
            try await district.record(
                [try AccessEvents.firmRegistered(Firm(id: id, name: firm, registration: "1", headcount: 42))],
                origin: origin)
            let things = [("plant", ThingKind.site, nil), ("shop", .area, "plant"), ("press", .machine, "shop")].map {
                Thing(
                    id: ThingID("\(firm)-\($0.0)"), kind: $0.1, parent: $0.2.map { ThingID("\(firm)-\($0)") },
                    name: Words("\(firm) \($0.0)", "\(firm) \($0.0)"), firm: id, scope: .firm(id))
            }
            let zone = try Caller.system("test").tenant
            let drafts = try await store.read { try TwinEvents.declared(things, for: zone, in: $0) }
            try await district.record(drafts, origin: origin)
            for caller in [Caller.executive(firm), .manager(firm), .worker(firm), .worker(firm, 2)] {
                try await enrol(caller)
            }
        }
        try await enrol(.officer)
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
        _ name: String, _ values: [String: JSON], by caller: Caller, key: String? = nil, offline: Ask.Offline? = nil
    ) async throws -> Outcome {
        try await district.perform(name, values, by: caller, key: key, confirmed: true, offline: offline)
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

    /// Keeps a file for a firm; its hash.
    func attach(_ text: String, firm: String = "alfa") async throws -> String {
        let now = clock.read()
        return try await store.write {
            try Attachments.keep(Array(text.utf8), scope: .firm(FirmID(firm)), author: .system("test"), at: now, in: $0)
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
    func types() async throws -> [String] {
        try await events().map(\.type)
    }

    /// Whether a rebuild from the Record gives the same tables.
    func rebuildsAlike() async throws -> Bool {
        let before = try await district.dump()
        _ = try await district.rebuild()
        return try await district.dump() == before
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
    static func executive(_ firm: String) -> Caller { person("\(firm)-executive", [.executive], firm: firm) }
    static func manager(_ firm: String) -> Caller { person("\(firm)-manager", [.safetyManager], firm: firm) }
    static func worker(_ firm: String, _ number: Int = 1) -> Caller {
        person("\(firm)-worker-\(number)", [.worker], firm: firm)
    }
    static let officer = person("officer", [.zoneOfficer])
}
