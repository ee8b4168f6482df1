import District
import Record
import Store
import Web

/// What became of each option that a vote chose, on the page of its result.
enum OutcomesOfVote {
    /// As the page takes it: `{ became, missing [{ name, href, label }] }`; null where nothing was chosen.
    static func json(_ vote: Vote, _ result: JSON, _ visit: Visit) async throws -> JSON {
        let chosen = (result["chosen"]?.elements ?? []).compactMap(\.text)
        guard !chosen.isEmpty else { return .null }
        let items = try await visit.spine.district.store.read { try OutcomeTable.items(of: vote.id, in: $0) }
        let options = chosen.compactMap { id in vote.options.first { $0.id == id } }
        let view = OutcomeView(visit: visit)
        let became = options.flatMap { option in items.filter { $0.option == option.id } }
        // What was chosen is promised by itself; where that failed, an officer finds the form filled in.
        let missing =
            view.isOfficer
            ? options.filter { option in option.effect == nil && !items.contains { $0.option == option.id } } : []
        return [
            "became": view.became(became),
            "missing": .array(
                missing.map { option in
                    guard
                        case .object(var members) = view.promising(
                            title: option.name, summary: option.summary, planned: Int64(option.cost), vote: vote.id,
                            proposal: option.proposal)
                    else { return .null }
                    members["name"] = .string(option.name)
                    return .object(members)
                }),
        ]
    }
}
