import Access
import District
import Record
import Store
import Web

/// The pages of incidents, and what of them waits on the first page.
struct IncidentRoutes {
    let law: IncidentLaw

    private static let readers = Permission.roles([.worker, .operator, .safetyManager, .executive, .zoneOfficer])

    var routes: [Route] {
        let view = IncidentView(law: law)
        return [
            .get("/safety/incidents", Self.readers) { try await IncidentListPage(view: view).page($0) },
            .get("/safety/incidents/{incident}", Self.readers) { try await IncidentPage(view: view).page($0) },
            .get("/safety/incidents/{incident}/form30", .roles(IncidentAsk.managers)) {
                try await Form30Page(view: view).page($0)
            },
        ]
    }

    /// Forms that are due, and how badly somebody is hurt where nobody has said so.
    func home(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: IncidentAsk.managers.union([.zoneOfficer])) else { return [:] }
        let (tenant, today) = (try visit.tenant, KoreanDay(visit.now))
        let (unfiled, orders) = try await visit.spine.district.store.read { reader in
            (
                try IncidentTable.unfiled(for: tenant, in: reader),
                try OrderTable.open(for: tenant, in: reader).filter { $0.due < today }
            )
        }
        func task(_ word: String, _ count: Int, _ kind: String, _ state: String) -> [JSON] {
            guard count > 0 else { return [] }
            return [
                [
                    "href": "/safety/incidents", "text": .string(visit.word(word)), "count": .string("\(count)"),
                    "kind": .string(kind), "state": .string(visit.word(state)),
                ]
            ]
        }
        let late = unfiled.filter { $0.form30Due < today }.count
        let open = unfiled.filter { $0.form30 == .undecided }.count
        let tasks =
            task("incidents_task_late", late, "danger", "incidents_form30_late")
            + task("incidents_task_due", unfiled.count - late, "warn", "incidents_form30_due")
            + task("incidents_task_open", open, "unknown", "incidents_undecided")
            + task("incidents_task_orders", orders.count, "danger", "incidents_order_late")
        return tasks.isEmpty ? [:] : ["tasks": .array(tasks)]
    }
}
