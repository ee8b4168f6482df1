import Access
import Foundation
import Logging
import Store
import TestKit
import Testing

@testable import Record

/// 2026-11-21T04:05:06Z.
let noon = Timestamp(microseconds: 1_795_233_906_000_000)

func later(_ seconds: Double) -> Timestamp { noon.advanced(bySeconds: seconds) }

/// The event that a draft becomes, with the part of its personal content that the vault still has.
func recorded(_ draft: Draft, version: Int64 = 1) -> (event: Event, disclosed: [String: JSON]) {
    let event = Event(
        id: Identifier(at: noon), type: draft.type, version: draft.version, stream: draft.stream,
        streamVersion: version, scope: draft.scope, author: .system("test"), correlation: Identifier(at: noon),
        cause: nil, observed: draft.observed ?? noon, recorded: noon, payload: draft.payload, leaf: nil)
    return (event, draft.personal.mapValues(\.content))
}

func apply(_ drafts: [Draft], in transaction: any Writer) throws {
    for draft in drafts {
        let (event, disclosed) = recorded(draft)
        try AccessTables.apply(event, disclosed: disclosed, in: transaction)
    }
}

/// Adds a person with roles.
func add(_ person: Person, in transaction: any Writer) throws {
    try apply(
        [AccessEvents.personAdded(person)] + person.roles.sorted().map { AccessEvents.roleGranted($0, to: person) },
        in: transaction)
}

/// Runs a body on a fresh store of each kind there is, with Access' tables: SQLite always, PostgreSQL where
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
    try await store.migrate(AccessTables.migrations)
    do {
        try await body(store)
    } catch {
        // A test that fails by throwing must say on which store it did.
        Issue.record("on \(store.dialect): \(error)")
    }
    await store.close()
}
