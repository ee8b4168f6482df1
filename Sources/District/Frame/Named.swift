public import Access
public import Record
import Store

/// Something of the district that people call by name: what a reference in a form may be.
public struct Named: Sendable, Hashable {
    /// Its identifier.
    public let id: String
    /// What people call it, in any language.
    public let names: [String]
    /// What pages show for it; nil where that is the first of its names.
    public let label: Words?

    /// Something that people call by name.
    public init(_ id: String, _ names: [String], label: Words? = nil) {
        self.id = id
        self.names = names.filter { !$0.isEmpty }
        self.label = label
    }

    /// What pages show for it: never its identifier, where it has a name.
    public func shown(_ language: Language) -> String { label?[language] ?? names.first ?? id }

    /// As many as are offered of one kind.
    public static let most = 2000
}

extension District {
    /// What a reference of a kind may be, for whoever asks: things, people and firms by name, open alarms, hazards …;
    /// none where they may see none, or no room knows the kind.
    public func named(_ kind: String, for caller: Caller) async throws -> [Named] {
        let rooms = rooms
        return try await store.read { reader in
            for room in rooms {
                if let named = try room.named(kind, for: caller, in: reader) { return named }
            }
            return []
        }
    }
}
