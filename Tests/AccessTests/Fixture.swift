import Access
import Foundation
import Logging
@testable import Record
import Store

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

/// Runs a body on a fresh store with Access' tables.
func withStore(_ body: (Store) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "access-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try await Store.open(.sqlite(folder.appending(path: "s.sqlite").path), logger: Logger(label: "test"))
    try await store.migrate(AccessTables.migrations)
    try await body(store)
    await store.close()
}
