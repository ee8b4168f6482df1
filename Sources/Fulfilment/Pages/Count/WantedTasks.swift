import Access
import District
import Record
import Store
import Web

/// What the floor has to do, on the first page of those who do it: places to be counted, lots to be checked, goods to be put
/// away; and for leads the counts to be approved and the places that are closed.
enum WantedTasks {
    static func home(_ visit: Visit) async throws -> [String: JSON] {
        let (isFloor, isLead) = (
            !visit.caller.roles.isDisjoint(with: GoodsAsk.floor), !visit.caller.roles.isDisjoint(with: GoodsAsk.leads)
        )
        guard isFloor || isLead else { return [:] }
        let tenant = try visit.tenant
        let found = try await visit.spine.district.store.read { reader in
            try PlaceTable.centres(for: tenant, in: reader).reduce(into: Found()) { found, centre in
                if isFloor {
                    found.wanted.formUnion(try WantedTable.list(in: centre, for: tenant, in: reader).map(\.place))
                    found.checks += try CheckTable.list(at: centre, for: tenant, in: reader).count
                    found.waiting += try FloorStock.waiting(in: centre, for: tenant, in: reader).count
                }
                guard isLead else { return }
                found.counts += try CountTable.list(.submitted, at: centre, for: tenant, in: reader).count
                found.closed += try PlaceTable.closed(in: centre, for: tenant, in: reader).count
            }
        }
        let tasks = [
            ("/fulfilment/count", "floor_wanted_task", found.wanted.count, "warn"),
            ("/fulfilment/count", "floor_task_approve", found.counts, "warn"),
            ("/fulfilment/places", "floor_task_closed", found.closed, "warn"),
            ("/fulfilment/check", "floor_task_check", found.checks, "info"),
            ("/fulfilment/putaway", "floor_task_putaway", found.waiting, "info"),
        ].filter { $0.2 > 0 }
        guard !tasks.isEmpty else { return [:] }
        return [
            "tasks": .array(
                tasks.map { href, text, count, kind in
                    [
                        "href": .string(href), "text": .string(visit.word(text)), "count": .string(Show.count(count)),
                        "kind": .string(kind), "state": .string(visit.word("floor_task_state")),
                    ]
                })
        ]
    }

    private struct Found: Sendable {
        var wanted: Set<String> = []
        var checks = 0
        var waiting = 0
        var counts = 0
        var closed = 0
    }
}
