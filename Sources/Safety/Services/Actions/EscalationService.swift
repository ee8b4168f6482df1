import District
import Record
import ServiceLifecycle
import Store

/// Tells the next level of an action that is late, once for each: by the handbook's rule, which a district signs for.
struct EscalationService: Service {
    let district: District
    let policy: ActionPolicy

    func run() async throws {
        await beat(every: .seconds(60), in: district, failing: "late actions were not escalated") {
            try await escalate()
        }
    }

    /// Escalates whatever is due to be by now.
    /// - Returns: how many were.
    @discardableResult
    func escalate() async throws -> Int {
        let (policy, today) = (policy, KoreanDay(district.clock()))
        var (count, last) = (0, "")
        while true {
            let after = last
            let (late, recorded) = try await district.transact { transaction in
                let late = try ActionTable.late(on: today, after: after, limit: 500, in: transaction.writer)
                // Read and written in one transaction: two nodes never tell twice.
                let drafts = late.compactMap { action -> Draft? in
                    guard let level = policy.level(action, on: today), level.rank > action.escalated?.rank ?? 0 else {
                        return nil
                    }
                    return ActionAsk.draft(
                        "safety.action.escalated", action,
                        [
                            "level": .string(level.rawValue),
                            "overdue_days": .decimal(action.overdueDays(on: today) ?? 0),
                            "edition": .string(policy.edition),
                        ])
                }
                try transaction.record(drafts, origin: Origin(author: .rule("safety.action-escalation")))
                return (late, drafts.count)
            }
            count += recorded
            guard let end = late.last?.id, late.count == 500 else { return count }
            last = end
        }
    }
}
