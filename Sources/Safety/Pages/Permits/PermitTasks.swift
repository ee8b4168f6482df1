import Access
import District
import Record
import Store
import Web

/// What permits put on the first page: somebody inside where work was stopped, and requests to be authorised.
enum PermitTasks {
    static func home(_ visit: Visit) async throws -> [String: JSON] {
        guard let tenant = try? visit.caller.tenant, !PermitRoutes.everyone.isDisjoint(with: visit.caller.roles) else {
            return [:]
        }
        let (open, inside) = try await visit.spine.district.store.read { reader in
            let open = try PermitTable.open(for: tenant, in: reader)
            return (open, try PermitTable.inside(of: open.map(\.id), in: reader))
        }
        let stopped = open.filter { $0.state == .suspended && inside[$0.id] != nil }
        let waiting = open.filter { permit in
            permit.state == .requested && visit.now < permit.to && permit.requester != visit.caller.author.text
                && (permit.supervisor == visit.caller.person
                    || !visit.caller.roles.isDisjoint(with: [.safetyManager, .executive])
                        && permit.host == visit.caller.firm)
        }
        let tasks = [
            task(stopped, "danger", "evacuate", visit, isLife: true), task(waiting, "warn", "authorise", visit),
        ]
        return ["tasks": .array(tasks.compactMap { $0 })]
    }

    private static func task(_ permits: [Permit], _ kind: String, _ word: String, _ visit: Visit, isLife: Bool = false)
        -> JSON?
    {
        guard let first = permits.first else { return nil }
        return [
            "href": .string(permits.count == 1 ? "/safety/permits/\(first.id)" : "/safety/permits"),
            "text": .string(visit.word("permits_task_\(word)")), "count": .string(Show.count(permits.count)),
            "kind": .string(kind), "life": .bool(isLife),
            "state": .string(visit.word("permits_task_\(word)_state")),
        ]
    }
}
