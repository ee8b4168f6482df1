import District
import Record

/// What the references of a form are called, for whoever fills it in: a name that was typed out is resolved to what has it,
/// and what was resolved is read back by its name.
struct ReferenceNames: Sendable {
    /// What there is, by kind.
    private var known: [String: [Named]] = [:]

    /// Looks up the kinds of a form's references that were filled in.
    init(_ form: Form, _ entered: [String: String], _ visit: Visit) async throws {
        for (_, kind) in Self.references(form, entered) where known[kind] == nil {
            known[kind] = try await visit.spine.district.named(kind, for: visit.caller)
        }
    }

    /// A name that was typed out instead of being picked means the one that has it; two of a name stay to be picked.
    func resolved(_ form: Form, _ entered: [String: String]) -> [String: String] {
        var entered = entered
        for (place, kind) in Self.references(form, entered) {
            guard let typed = entered[place], let meant = meant(typed, kind) else { continue }
            entered[place] = meant.id
        }
        return entered
    }

    /// What something is called; what no room knows is shown as it was typed.
    func shown(_ id: String, _ kind: String, _ language: Language) -> String {
        known[kind]?.first { $0.id == id }?.shown(language) ?? id
    }

    private func meant(_ typed: String, _ kind: String) -> Named? {
        guard let known = known[kind], !known.contains(where: { $0.id == typed }) else { return nil }
        let text = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        // The search box shows roles in brackets behind a person.
        let bare = text.replacing(/\s\([^()]*\)$/, with: "")
        let meant = known.filter { $0.names.contains(text) || $0.names.contains(bare) }
        return meant.count == 1 ? meant[0] : nil
    }

    /// The fields that were filled in and refer to something, also in the rows of lists, with the kinds.
    private static func references(_ form: Form, _ entered: [String: String]) -> [(place: String, kind: String)] {
        form.fields.flatMap { field -> [(String, String)] in
            if case .list(let inner, _) = field.kind {
                return ListView.rows(of: field.name, in: entered).flatMap { row, filled in
                    inner.compactMap { one in
                        guard case .reference(let kind, _) = one.kind, filled[one.name] != nil else { return nil }
                        return ("\(field.name)[\(row)].\(one.name)", kind)
                    }
                }
            }
            guard case .reference(let kind, _) = field.kind, entered[field.name]?.isEmpty == false else { return [] }
            return [(field.name, kind)]
        }
    }
}
