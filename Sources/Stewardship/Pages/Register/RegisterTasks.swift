import Access
import District
import Record
import Store
import Web

/// What of the register waits for who looks, on the house's first page.
struct RegisterTasks {
    /// How long before its end a permit is brought up, in days.
    static let ahead = 14.0

    func home(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: UseAsk.roles) else { return [:] }
        let entries = try await visit.spine.district.store.read { try RegisterTable.all(in: $0) }
        let (now, soon) = (visit.now, visit.now.advanced(bySeconds: Self.ahead * 86_400))
        let me = visit.caller.person?.rawValue
        let ended = entries.filter { $0.permit.map { $0.until <= now } ?? false }
        let ending = entries.filter { $0.permit.map { $0.until > now && $0.until <= soon } ?? false }
        let waiting = entries.filter { entry in
            entry.first.map { $0.person != me && entry.fields["owner"] != me } ?? false
        }
        let reopened = entries.filter { $0.reopened != nil }
        var tasks: [JSON] = []
        for (found, word, kind) in [
            (ended, "expired", "danger"), (reopened, "reopened", "warn"), (waiting, "sign", "info"),
            (ending, "ending", "warn"),
        ] where !found.isEmpty {
            tasks.append([
                "href": .string(found.count == 1 ? "/stewardship/uses/\(found[0].id)" : "/stewardship/uses"),
                "text": .string(visit.word("register_task_\(word)")), "count": .string(Show.count(found.count)),
                "kind": .string(kind), "state": .string(visit.word("register_task_state_\(word)")),
            ])
        }
        return ["tasks": .array(tasks)]
    }
}
