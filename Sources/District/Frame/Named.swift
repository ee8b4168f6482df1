public import Access
import Store

/// Something of the district that people call by name: what a reference in a form may be.
public struct Named: Sendable, Hashable {
    /// Its identifier.
    public let id: String
    /// What people call it, in any language.
    public let names: [String]

    /// Something that people call by name.
    public init(_ id: String, _ names: [String]) {
        self.id = id
        self.names = names.filter { !$0.isEmpty }
    }

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
