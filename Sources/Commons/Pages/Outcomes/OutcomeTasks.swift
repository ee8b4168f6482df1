import Access
import District
import Record
import Store
import Web

/// What of promises waits for an officer, on the first page.
enum OutcomeTasks {
    static func home(_ visit: Visit) async throws -> [String: JSON] {
        guard visit.caller.roles.contains(.zoneOfficer) else { return [:] }
        let going = try await visit.spine.district.store.read { try OutcomeTable.going(in: $0) }
        func task(_ key: String, _ kind: String, _ found: [Promise]) -> [JSON] {
            guard let first = found.first else { return [] }
            return [
                [
                    "href": .string(found.count == 1 ? OutcomeView.path(first.id) : "/commons/outcomes"),
                    "text": .string(visit.word(key)), "count": .string(Show.count(found.count)), "kind": .string(kind),
                    "state": .string(visit.word("outcomes_task_state")),
                ]
            ]
        }
        let tasks =
            task("outcomes_task_reached", "warn", going.filter { $0.step == .reached })
            + task("outcomes_task_dropped", "danger", going.filter { $0.step == .dropped && $0.group != nil })
            + task("outcomes_task_unset", "warn", going.filter(\.lacksMilestone))
            + task("outcomes_task_dayless", "info", going.filter { $0.due == nil })
        return tasks.isEmpty ? [:] : ["tasks": .array(tasks)]
    }
}
