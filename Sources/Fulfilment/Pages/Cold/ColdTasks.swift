import Access
import District
import Record
import Store
import Web

/// What of the cold rooms stands on the first page: those that left their limits, or of which nothing is known.
enum ColdTasks {
    static func home(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: [.operator, .safetyManager, .executive]) else { return [:] }
        let tenant = try visit.tenant
        let watches = try await visit.spine.district.store.read { try ColdTable.list(for: tenant, in: $0) }
        let bad = watches.filter { $0.state == "excursion" || $0.state == "unknown" }
        guard !bad.isEmpty else { return [:] }
        let isLost = bad.contains { $0.state == "excursion" }
        return [
            "tasks": [
                [
                    "href": "/fulfilment/cold", "text": .string(visit.word("cold_task")),
                    "count": .string(Show.count(bad.count)), "kind": isLost ? "danger" : "warning",
                    "state": .string(visit.word(isLost ? "cold_task_lost" : "cold_task_unknown")),
                ]
            ]
        ]
    }
}
