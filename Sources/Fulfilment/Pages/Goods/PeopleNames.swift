import Access
import District
import Record
import Store

/// Who did something, as pages name them.
enum PeopleNames {
    /// The names of the people among these authors, as events name them; whoever is no person stands for itself.
    static func of(
        _ authors: some Sequence<String>, for tenant: Tenant, in reader: any Reader
    ) throws -> [String: String] {
        var names: [String: String] = [:]
        for text in Set(authors) {
            guard case .person(let id) = Author(text) else { continue }
            names[text] = try Directory.person(id, for: tenant, in: reader)?.name ?? id.rawValue
        }
        return names
    }
}
