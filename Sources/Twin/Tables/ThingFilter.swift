public import Record

/// Which things a list shows, and in which order.
public struct ThingFilter: Sendable, Hashable {
    /// What a list is sorted by; things alike in it follow by identifier.
    public enum Order: String, Sendable, Hashable, CaseIterable {
        case name, id, kind, declared
    }

    /// Looked for in names and identifier, as written; empty for all.
    public var words: String
    /// The kinds shown; empty for all.
    public var kinds: Set<ThingKind>
    /// Only what is directly part of this thing.
    public var parent: ThingID?
    /// Whether what was taken out of the district is shown too.
    public var includesRetired: Bool
    /// What the list is sorted by.
    public var order: Order
    /// Whether the last comes first.
    public var descending: Bool
    /// In which language names are sorted.
    public var language: Language

    /// Which things a list shows, and in which order.
    public init(
        words: String = "", kinds: Set<ThingKind> = [], parent: ThingID? = nil, includesRetired: Bool = false,
        order: Order = .name, descending: Bool = false, language: Language = .ko
    ) {
        self.words = words
        self.kinds = kinds
        self.parent = parent
        self.includesRetired = includesRetired
        self.order = order
        self.descending = descending
        self.language = language
    }

    /// The `ORDER BY`, ending in the identifier.
    var sql: String {
        let direction = descending ? "DESC" : "ASC"
        let column =
            switch order {
            case .name: "name_\(language.rawValue)"
            case .id: "id"
            case .kind: "kind"
            case .declared: "declared"
            }
        return order == .id ? "id \(direction)" : "\(column) \(direction), id \(direction)"
    }
}
