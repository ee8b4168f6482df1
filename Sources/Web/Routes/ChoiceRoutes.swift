import Access
import District
import Record
import Store
import Twin

/// What a form's search box offers: things, people and firms by their names, of whoever asks.
struct ChoiceRoutes {
    /// The kinds of reference that can be looked up here.
    static let kinds: Set<String> = ["thing", "person", "firm"]

    /// As many as a person reads through.
    private static let most = 20

    var routes: [Route] {
        [
            .get("/api/v1/choices/thing", .signedIn) { visit in
                let (tenant, words) = (try visit.tenant, visit.query["q"] ?? "")
                let found = try await visit.spine.district.store.read {
                    try Things.list(ThingFilter(words: words), for: tenant, limit: Self.most, in: $0)
                }
                return .choices(found.rows.map { ($0.id.rawValue, $0.name[visit.language]) })
            },
            .get("/api/v1/choices/person", .signedIn) { visit in
                let (tenant, words) = (try visit.tenant, visit.query["q"] ?? "")
                let found = try await visit.spine.district.store.read {
                    try Directory.people(for: tenant, containing: words, limit: Self.most, in: $0)
                }
                return .choices(
                    found.rows.filter(\.active).map { person in
                        let roles = person.roles.sorted().map { $0.words[visit.language] }.joined(separator: ", ")
                        return (person.id.rawValue, "\(person.name ?? "–") (\(roles))")
                    })
            },
            .get("/api/v1/choices/firm", .signedIn) { visit in
                let (tenant, words) = (try visit.tenant, visit.query["q"] ?? "")
                let found = try await visit.spine.district.store.read {
                    try Directory.firms(for: tenant, containing: words, limit: Self.most, in: $0)
                }
                return .choices(found.rows.map { ($0.id.rawValue, $0.name) })
            },
        ]
    }
}
