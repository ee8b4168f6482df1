/// A name and its password, which no description, log or error of this module ever shows.
public struct BusCredential: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// The name known to the broker.
    public let name: String
    /// The secret.
    public let password: String

    /// A credential of these parts.
    public init(name: String, password: String) {
        self.name = name
        self.password = password
    }

    /// The name alone.
    public var description: String { "\(name):***" }
    /// What `dump` sees: the name alone.
    public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
