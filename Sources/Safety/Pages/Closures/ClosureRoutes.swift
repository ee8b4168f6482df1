import Access
import District
import Record
import Store
import Twin
import Web

/// What is closed, why, what still stands against opening it, and what was opened again.
struct ClosureRoutes {
    var routes: [Route] { [.get("/safety/closures", .signedIn) { try await page($0) }] }

    /// The first page says before all else that something is closed.
    func home(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: HazardAsk.reporters.union([.zoneOfficer])) else { return [:] }
        let tenant = try visit.tenant
        let (closed, names) = try await visit.spine.district.store.read { reader in
            let closed = try ClosureTable.closed(for: tenant, in: reader)
            return (closed, try HazardRoutes.names(closed.prefix(3).map(\.thing), visit.language, tenant, reader))
        }
        guard !closed.isEmpty else { return [:] }
        let shown = closed.prefix(3).map { closure in
            "\(names[closure.thing] ?? closure.thing.rawValue) (\(closure.reason.words[visit.language]))"
        }
        let rest = closed.count > 3 ? " +\(closed.count - 3)" : ""
        return [
            "headline": [
                "kind": "danger", "text": .string("\(visit.word("closures_headline")): \(closed.count)"),
                "detail": .string(shown.joined(separator: ", ") + rest), "href": "/safety/closures",
                "action": .string(visit.word("closures_look")),
            ]
        ]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (tenant, district) = (try visit.tenant, visit.spine.district)
        let (closed, past) = try await district.store.read { reader in
            let closed = try ClosureTable.closed(for: tenant, in: reader)
            let past = try ClosureTable.past(limit: 25, for: tenant, in: reader)
            let names = try HazardRoutes.names((closed + past).map(\.thing), visit.language, tenant, reader)
            func entry(_ closure: Closure) throws -> JSON {
                var entry: [String: JSON] = [
                    "place": .string(names[closure.thing] ?? closure.thing.rawValue),
                    "reason": .string(closure.reason.words[visit.language]),
                    "closed": Show.time(closure.closed, visit.language, now: visit.now),
                ]
                if let page = closure.reason.page(closure.source) { entry["source_href"] = .string(page) }
                if let event = closure.event { entry["trace_href"] = .string("/trace/\(event)") }
                if let opened = closure.opened {
                    entry["opened"] = Show.time(opened, visit.language)
                    return .object(entry)
                }
                if closure.reason == .stop {
                    entry["obstacle"] = .string(visit.word("closures_by_resume"))
                } else if let obstacle = try OpenZone.obstacle(closure, for: tenant, in: reader) {
                    entry["obstacle"] = .string(obstacle.words[visit.language])
                } else if OpenZone.command.form.permission.allows(visit.caller) {
                    entry["open_href"] = .string("/do/safety.zone.open?closure=\(closure.id)&next=/safety/closures")
                } else {
                    entry["obstacle"] = .string(visit.word("closures_by_manager"))
                }
                return .object(entry)
            }
            return (try closed.map(entry), try past.map(entry))
        }
        return .page(
            "closures", title: visit.word("closures_title"), ["closed": .array(closed), "past": .array(past)],
            live: true)
    }
}
