import District
import Foundation
import HouseKit
import Record
import Series
import ServiceLifecycle
import Store
import TestKit
import Web

@testable import Access
@testable import Sensing

/// A house in a folder of its own, served on a free port of this machine.
struct StandingHouse: Sendable {
    let spine: Spine
    let routes: [Route]
    let client: HTTPClient
    let close: @Sendable () async -> Void

    var district: District { spine.district }

    /// A person of a firm (or of the zone) who is signed in: their cookie, and the secret of their forms.
    func signIn(_ person: String) async throws -> (headers: [(String, String)], csrf: String) {
        let now = district.clock()
        let opened = try await district.store.write {
            try Sessions.open(PersonID(person), address: "127.0.0.1", agent: "test", at: now, in: $0)
        }
        return ([("Cookie", "slipway_session=\(opened.token)")], opened.session.csrf)
    }

    func register(_ firm: String, name: String) async throws {
        try await district.record(
            [try AccessEvents.firmRegistered(Firm(id: FirmID(firm), name: name, registration: "1"))],
            origin: Origin(author: .system("test")))
    }

    func add(_ person: String, name: String, roles: Set<Role>, firm: String? = nil) async throws {
        let person = Person(id: PersonID(person), name: name, firm: firm.map { FirmID($0) }, roles: roles)
        try await district.record(
            [try AccessEvents.personAdded(person)] + roles.sorted().map { AccessEvents.roleGranted($0, to: person) },
            origin: Origin(author: .system("test")))
    }

    /// The key of a new token, and the token.
    func token(
        _ name: String, scopes: Set<String>, firm: String?, roles: Set<Role> = []
    ) async throws -> (key: String, token: APIToken) {
        let now = district.clock()
        let request = APITokenRequest(name: name, scopes: scopes, firm: firm.map { FirmID($0) }, roles: roles)
        return try await district.store.write { try APITokens.issue(request, by: .system("test"), at: now, in: $0) }
    }
}

/// Whom tests speak for.
func firmCaller(_ firm: String, _ roles: Set<Role> = [.safetyManager]) -> Caller {
    Caller(.person(PersonID("p-\(firm)")), name: firm, roles: roles, firm: FirmID(firm))
}

/// A firm's program.
func firmToken(_ firm: String?, _ scopes: Set<String> = ["*"], roles: Set<Role> = []) -> Caller {
    Caller(
        .token("t-\(firm ?? "zone")"), name: "gateway", roles: roles, firm: firm.map { FirmID($0) }, tokenScopes: scopes
    )
}

/// A clock that tests set.
final class TestClock: Sendable {
    private let held: Gate<Timestamp>

    init(_ start: Timestamp) { held = Gate(start) }

    var source: TimeSource { { [held] in held.value } }

    func advance(_ seconds: Double) { held.set(held.value.advanced(bySeconds: seconds)) }

    /// A value behind a lock.
    private final class Gate<Value: Sendable>: @unchecked Sendable {
        private let lock = NSLock()
        private var kept: Value

        init(_ value: Value) { kept = value }

        var value: Value { lock.withLock { kept } }

        func set(_ value: Value) { lock.withLock { kept = value } }
    }
}

/// Runs a body with the spine of a fresh house whose only room is Sensing.
func withSpine(
    on kind: StoreUnderTest = .sqlite, clock: @escaping TimeSource = Timestamp.now,
    _ body: (Spine) async throws -> Void
) async throws {
    try await kind.withLocation { location in
        let store = try await RecordLog.openStore(location, clock: clock, logger: .quiet)
        let district = try District(store: store, rooms: [try Sensing(sampleSeed: nil)], clock: clock, logger: .quiet)
        try await district.open()
        try await withTemporaryFolder { folder in
            let readings = try await Store.open(.sqlite(folder.appendingPathComponent("s.sqlite").path), logger: .quiet)
            let series = try await SeriesStore.open(readings, clock: clock, logger: .quiet)
            let signer = Signer(origin: "test", key: try SigningKey(generatingFor: "test"), clock: clock)
            let spine = Spine(district: district, series: series, signer: signer, mqtt: nil, isSample: false)
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await body(spine)) } catch { outcome = .failure(error) }
            await series.close()
            await readings.close()
            await store.close()
            try outcome.get()
        }
    }
}

/// Runs a body with a served house, which is closed afterwards.
func withHouse(
    services: @escaping @Sendable (Spine, Sensing) -> [any Service] = { _, _ in [] },
    _ body: @escaping @Sendable (StandingHouse) async throws -> Void
) async throws {
    try await withSpine { spine in
        let room = try Sensing(sampleSeed: nil)
        let beside: [any Service] =
            [RecordService(district: spine.district, signer: spine.signer, holder: "test")] + services(spine, room)
        try await serving(spine, rooms: [room], services: beside) { served in
            try await body(
                StandingHouse(spine: spine, routes: served.routes, client: served.client, close: served.close))
        }
    }
}

/// Waits until something is so.
func eventually(_ seconds: Double = 60, _ condition: () async throws -> Bool) async throws -> Bool {
    let start = ContinuousClock.now
    while start.duration(to: .now) < .seconds(seconds) {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(50))
    }
    return try await condition()
}
