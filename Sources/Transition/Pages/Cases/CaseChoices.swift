import Access
import District
import Record
import Store
import Web

/// What the search boxes of forms offer about cases and statistics: words, where an identifier is sent.
struct CaseChoices {
    let shelf: CaseShelf

    static let condition = "/api/v1/transition/choices/condition", claim = "/api/v1/transition/choices/claim"
    static let economy = "/api/v1/transition/choices/economy"

    var routes: [Web.Route] {
        [
            .get(Self.condition, .signedIn) { try await choose($0, Self.conditions) },
            .get(Self.claim, .signedIn) { try await choose($0, Self.claims) },
            .get(Self.economy, .signedIn) { visit in
                let onlooker = visit.onlooker
                let found = try await visit.spine.district.store.read { try EconomyTable.named(for: onlooker, in: $0) }
                return Self.matching(found.map { ($0.id, $0.shown(visit.language)) }, visit)
            },
        ]
    }

    /// A part of a case, as a form's field sends it: `malmo.outcomes.3`.
    static func name(_ part: String, of body: String) -> String { "\(body).\(part)" }

    /// The part of a case that a field means: its name with the case's before it, or by itself.
    static func part(_ sent: String, of body: String) -> String {
        sent.hasPrefix("\(body).") ? String(sent.dropFirst(body.count + 1)) : sent
    }

    static func conditions(_ body: CityCase) -> [(id: String, words: Words)] {
        body.conditions.map { (name($0.id, of: body.id), $0.words) }
    }

    static func claims(_ body: CityCase) -> [(id: String, words: Words)] {
        body.claims.map { (name($0.place, of: body.id), $0.claim.words) }
    }

    private func choose(
        _ visit: Visit, _ parts: @escaping @Sendable (CityCase) -> [(id: String, words: Words)]
    ) async throws -> Reply {
        let all = try await visit.spine.district.store.read { [shelf] in try shelf.all(in: $0) }
        return Self.matching(all.flatMap(parts).map { ($0.id, $0.words[visit.language]) }, visit)
    }

    private static func matching(_ all: [(id: String, label: String)], _ visit: Visit) -> Reply {
        let words = (visit.query["q"] ?? "").lowercased()
        let found = all.filter { words.isEmpty || $0.id == words || $0.label.lowercased().contains(words) }
        return .choices(found.prefix(20).map { ($0.id, $0.label) })
    }
}
