import Foundation
import Record
import Store
import Synchronization
import TestKit
import Testing

@testable import Access
@testable import District

/// A district of its own for one test, with a clock that moves only when told and rooms that the test declares.
struct Quay: Sendable {
    let district: District
    let clock: Clock
    let store: Store

    /// Runs a test on a fresh, opened district.
    static func with(
        _ kind: StoreUnderTest, rooms: [any Capability], _ body: (Quay) async throws -> Void
    ) async throws {
        let clock = Clock()
        let sequencer = Sequencer(clock: clock.read)
        try await kind.withStore(epilogue: { _ = try sequencer.sequence(in: $0, limit: 4096) }) { store in
            let quay = try Quay(store: store, rooms: rooms, clock: clock)
            try await quay.district.open()
            try await body(quay)
        }
    }

    init(store: Store, rooms: [any Capability], clock: Clock) throws {
        self.store = store
        self.clock = clock
        district = try District(store: store, rooms: rooms, clock: clock.read, logger: .quiet)
    }

    /// The same store as a district with other rooms: the next release.
    func reopened(rooms: [any Capability]) async throws -> Quay {
        let quay = try Quay(store: store, rooms: rooms, clock: clock)
        try await quay.district.open()
        return quay
    }

    /// Numbers what is not numbered yet, as the Record's service does on PostgreSQL.
    func number() async throws {
        let sequencer = Sequencer(clock: clock.read)
        try await store.write { try sequencer.sequenceAll(in: $0) }
    }

    /// Every event there is, in the order of the leaves.
    func events() async throws -> [Event] {
        try await number()
        return try await store.read { [district] in try district.log.events(fromLeaf: 0, limit: 100_000, in: $0) }
    }

    /// The types of all events, in the order of the leaves.
    func types() async throws -> [String] { try await events().map(\.type) }

    /// Puts people on the Record, so that they can be found again by their names.
    func enrol(_ callers: Caller...) async throws {
        for caller in callers {
            guard let id = caller.person else { continue }
            let person = Person(id: id, name: "Kim \(id)", firm: caller.firm, roles: caller.roles)
            let drafts =
                [try AccessEvents.personAdded(person)]
                + caller.roles.sorted().map { AccessEvents.roleGranted($0, to: person) }
            try await district.record(drafts, origin: Origin(author: .system("test")))
        }
    }

    @discardableResult
    func record(_ type: String, stream: String = "thing/1", payload: [String: JSON] = [:]) async throws -> [Event] {
        try await district.record(
            [Draft(type, stream: stream, scope: .zone, payload: payload)], origin: Origin(author: .system("test")))
    }

    /// The refusal that a request meets, nil where it is done.
    func refusal(
        _ name: String, _ values: [String: JSON] = [:], by caller: Caller, key: String? = nil, confirmed: Bool = false
    ) async throws -> Refusal? {
        do {
            _ = try await district.perform(name, values, by: caller, key: key, confirmed: confirmed)
            return nil
        } catch let refusal as Refusal {
            return refusal
        }
    }
}

/// A clock that stands still until it is moved.
final class Clock: Sendable {
    private let now = Mutex(Timestamp(microseconds: 1_795_000_000_000_000))

    var read: TimeSource { { [self] in now.withLock { $0 } } }
    func advance(by seconds: Double) { now.withLock { $0 = $0.advanced(bySeconds: seconds) } }
}

/// A room made of parts that a test hands in.
struct Shed: Capability {
    var name = "shed"
    let title = Words("창고", "Shed")
    var migrations: [Migration] = []
    var commands: [Command] = []
    var projections: [Projection] = []
    var reactions: [Reaction] = []
    var aiUses: [AIUse] = []
    var upcasts: [Upcast] = []
}

extension Caller {
    static func person(_ id: PersonID, _ roles: Set<Role>, firm: FirmID? = nil) -> Caller {
        Caller(.person(id), name: "\(id)", roles: roles, firm: firm)
    }
    static let officer = person("officer", [.zoneOfficer])
    static let colleague = person("colleague", [.zoneOfficer])
    static let worker = person("worker", [.worker], firm: "f1")
}

/// Asserts that a body is refused with a kind and a code.
func expectRefusal(
    _ kind: Refusal.Kind, _ code: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async throws {
    do {
        try await body()
        Issue.record("was not refused", sourceLocation: sourceLocation)
    } catch let refusal as Refusal {
        #expect(refusal.kind == kind, sourceLocation: sourceLocation)
        #expect(refusal.code == code, sourceLocation: sourceLocation)
    }
}
