import Access
import District
import Record
import Store
import Twin

/// What failed in an inspection becomes something to be done.
struct InspectionReactions {
    let policy: ActionPolicy

    /// An action for each failure, due by how bad it is. One that is still open for the same question of the same round
    /// is not opened again: its age goes on counting from the day on which it was found first.
    var openActions: Reaction {
        Reaction(
            "safety.inspection-actions", to: "safety.inspection.submitted", yields: ["safety.action.opened"]
        ) { [policy] event, tables in
            guard case .firm(let firm) = event.scope else { return [] }
            let schedule = event.payload["schedule"]?.text ?? ""
            return try (event.payload["failures"]?.elements ?? []).compactMap { failure in
                let source = Self.source(schedule, failure["question"]?.text ?? "")
                let before = try ActionTable.of(source.kind, source.id, for: Tenant.firm(firm), in: tables)
                guard !before.contains(where: { $0.state == .open }) else { return nil }
                // What cannot be read is taken for the worst.
                let band = RiskBand(rawValue: failure["severity"]?.text ?? "") ?? .severe
                return ActionDrafts.open(
                    "점검 부적합 조치: \(failure["ko"]?.text ?? "")", at: ThingID(event.payload["place"]?.text ?? ""),
                    scope: event.scope, source: source, band: band, step: .administrative,
                    due: policy.due(band, from: KoreanDay(event.recorded)), now: event.recorded)
            }
        }
    }

    /// What such an action follows from: a question of a round, whichever inspection found it.
    static func source(_ schedule: String, _ question: String) -> SafetyAction.Source {
        SafetyAction.Source(kind: "inspection", id: "\(schedule)/\(question)")
    }
}
