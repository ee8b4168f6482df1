import District
import Foundation
import Record
import Store
import Synchronization
import TestKit
import Testing

@testable import Access
@testable import Stewardship

/// A district with Stewardship and a room that declares uses of AI, for one test: its clock moves only when told.
struct Yard: Sendable {
    let district: District
    let clock: Clock
    let store: Store

    /// Runs a test on a fresh, founded yard. The clock stands at Saturday 2026-11-21, 09:00 in Korea.
    static func with(
        _ kind: StoreUnderTest = .sqlite, uses: [AIUse] = MillRoom.uses, areCertified: Bool = true,
        _ body: (Yard) async throws -> Void
    ) async throws {
        let clock = Clock()
        let sequencer = Sequencer(clock: clock.read)
        try await kind.withStore(epilogue: { _ = try sequencer.sequence(in: $0, limit: 4096) }) { store in
            let yard = try await open(store, clock, uses: uses)
            for caller in [Caller.owner, .first, .second, .citizen] { try await yard.enrol(caller) }
            if areCertified { try await yard.certify() }
            try await body(yard)
        }
    }

    /// The same house after a release that declares other uses.
    func released(_ uses: [AIUse]) async throws -> Yard { try await Self.open(store, clock, uses: uses) }

    private static func open(_ store: Store, _ clock: Clock, uses: [AIUse]) async throws -> Yard {
        let rooms: [any Capability] = [MillRoom(aiUses: uses), try Stewardship()]
        let district = try District(store: store, rooms: rooms, clock: clock.read, logger: .quiet)
        try await district.open()
        try await RegisterService.adopt(district)
        return Yard(district: district, clock: clock, store: store)
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

    /// Gives everybody who approves or operates the certificates for it, as whoever runs the training would.
    func certify() async throws {
        let drafts = [Caller.owner, .first, .second].compactMap(\.person).flatMap { person in
            ApprovalGate.Module.allCases.map { module in
                CertificateIssued(
                    certificate: "\(person)-\(module.rawValue)", person: person, module: module.rawValue,
                    version: "2026.1", score: 90, passed: "2026-11-01", expires: "2027-10-31"
                ).draft
            }
        }
        try await district.record(drafts, origin: Origin(author: .system("test")))
    }

    /// Does what is asked, confirmed where it is read back.
    @discardableResult
    func perform(_ name: String, _ values: [String: JSON], by caller: Caller) async throws -> Outcome {
        try await district.perform(name, values, by: caller, confirmed: true)
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

    /// Whether a rebuild from the Record gives the same tables.
    func rebuildsAlike() async throws -> Bool {
        let before = try await district.dump()
        _ = try await district.rebuild()
        return try await district.dump() == before
    }
}

/// A room that uses AI: one use of its own, and one that asks a model outside.
struct MillRoom: Capability {
    let name = "mill"
    let title = Words("물레방아", "Mill")
    let aiUses: [AIUse]

    static func grain(model: String = "grain/1") -> AIUse {
        AIUse(
            "mill.grain", title: Words("곡식 구분", "Sorting grain"),
            purpose: Words("곡식의 종류를 제안합니다.", "Proposes which grain it is."), model: model,
            evidence: Words("사진", "A picture"), override: Words("사람이 고릅니다.", "A person chooses."))
    }
    static let outside = AIUse(
        "mill.outside", title: Words("외부 모델", "Outside model"), purpose: Words("묻습니다.", "Asks."),
        model: "as configured", evidence: Words("답", "The answer"), override: Words("무시합니다.", "Ignore it."),
        callsOutside: true)
    static let uses = [grain(), outside]
}

/// A clock that stands still until it is moved.
final class Clock: Sendable {
    private let now = Mutex(Timestamp(iso8601: "2026-11-21T09:00:00+09:00") ?? Timestamp(microseconds: 0))

    var read: TimeSource { { [self] in now.withLock { $0 } } }
    func advance(by seconds: Double) { now.withLock { $0 = $0.advanced(bySeconds: seconds) } }
}

extension Caller {
    static func person(_ id: String, _ roles: Set<Role>) -> Caller {
        Caller(.person(PersonID(id)), name: id, roles: roles)
    }
    static let owner = person("owner", [.zoneOfficer])
    static let first = person("first", [.zoneOfficer])
    static let second = person("second", [.administrator])
    static let citizen = person("citizen", [.citizen])
}
