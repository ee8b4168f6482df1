import Foundation
import Logging
import Store
import TestKit
import Testing
import Twin

@testable import Record

/// 2026-11-21T04:05:06Z.
let noon = Timestamp(microseconds: 1_795_233_906_000_000)

func later(_ seconds: Double) -> Timestamp { noon.advanced(bySeconds: seconds) }

/// On whose behalf tests ask: a firm, or nil for the zone.
struct Asking: Tenancy {
    let firm: FirmID?

    init(_ firm: FirmID?) { self.firm = firm }

    static let zone = Asking(nil)
}

/// A generator whose seed a failing test prints: SplitMix64 (Steele, Lea, Flood 2014).
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// The event that a draft becomes when the Record learns of it.
func recorded(_ draft: Draft, at now: Timestamp = noon) -> Event {
    Event(
        id: Identifier(at: now), type: draft.type, version: draft.version, stream: draft.stream, streamVersion: 1,
        scope: draft.scope, author: .system("test"), correlation: Identifier(at: now), cause: nil,
        observed: draft.observed ?? now, recorded: now, payload: draft.payload, leaf: nil)
}

extension Writer {
    func apply(_ drafts: [Draft], at now: Timestamp = noon) throws {
        for draft in drafts { try TwinTables.apply(recorded(draft, at: now), in: self) }
    }

    func declare(_ things: [Thing], for tenant: Asking = .zone, observed: Timestamp = noon) throws {
        try apply(TwinEvents.declared(things, observed: observed, for: tenant, in: self))
    }

    func observe(
        _ attribute: String, of id: ThingID, is value: JSON, observed: Timestamp, arrived: Timestamp = later(1000),
        for tenant: Asking = .zone
    ) throws {
        try apply(
            [
                TwinEvents.attributeObserved(
                    attribute, of: id, is: value, observed: observed, at: arrived, for: tenant, in: self)
            ], at: arrived)
    }
}

/// A thing of firm f1, or of the scope given.
func thing(_ id: ThingID, _ kind: ThingKind, in parent: ThingID? = nil, scope: Scope = .firm("f1")) -> Thing {
    Thing(id: id, kind: kind, parent: parent, name: Words("사물 \(id)", "Thing \(id)"), scope: scope)
}

/// A press shop: site, area, line, two presses and a sensor.
let shop = [
    thing("site-1", .site), thing("area-1", .area, in: "site-1"), thing("line-1", .line, in: "area-1"),
    thing("press-1", .machine, in: "line-1"), thing("press-2", .machine, in: "line-1"),
    thing("vib-1", .sensor, in: "press-1"),
]

/// Runs a body on a fresh store of each kind there is, with the Twin's tables: SQLite always, PostgreSQL where
/// `SLIPWAY_TEST_POSTGRES` names a server, in a schema that goes afterwards.
func withStores(_ body: (Store) async throws -> Void) async throws {
    for kind in StoreUnderTest.all { try await kind.withLocation { try await run($0, body) } }
}

/// The same on SQLite alone, for tests that ask how SQLite finds its rows.
func withSQLite(_ body: (Store) async throws -> Void) async throws {
    try await StoreUnderTest.sqlite.withLocation { try await run($0, body) }
}

private func run(_ location: StoreLocation, _ body: (Store) async throws -> Void) async throws {
    let store = try await Store.open(location, logger: Logger(label: "test"))
    try await store.migrate(TwinTables.migrations)
    do {
        try await body(store)
    } catch {
        // A test that fails by throwing must say on which store it did.
        Issue.record("on \(store.dialect): \(error)")
    }
    await store.close()
}

/// The rule that a body's ``TwinError`` names; nil where there is none.
func brokenRule(_ body: () async throws -> Void) async throws -> TwinError.Rule? {
    do {
        try await body()
        return nil
    } catch let error as TwinError {
        return error.rule
    }
}
