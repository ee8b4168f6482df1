import Access
import District
import Record
import Store
import Web

/// Counts that pickers want, on the first page of those who count.
enum WantedTasks {
    static func home(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: GoodsAsk.floor) else { return [:] }
        let tenant = try visit.tenant
        let wanted = try await visit.spine.district.store.read { reader in
            try PlaceTable.centres(for: tenant, in: reader).flatMap {
                try WantedTable.list(in: $0, for: tenant, in: reader)
            }
        }
        let places = Set(wanted.map(\.place))
        guard !places.isEmpty else { return [:] }
        return [
            "tasks": [
                [
                    "href": "/fulfilment/count", "text": .string(visit.word("floor_wanted_task")),
                    "count": .string(Show.count(places.count)), "kind": "warning",
                    "state": .string(visit.word("floor_wanted")),
                ]
            ]
        ]
    }
}
