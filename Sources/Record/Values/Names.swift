/// A short text that names one thing of one kind, so that a firm is never taken for a person.
public protocol Name: RawRepresentable<String>, Sendable, Hashable, Comparable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    /// A name from its text.
    init(rawValue: String)
}

extension Name {
    /// A name from its text.
    public init(_ text: String) { self.init(rawValue: text) }
    /// A name written in code.
    public init(stringLiteral value: String) { self.init(rawValue: value) }
    /// The text.
    public var description: String { rawValue }
    /// By text.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A tenant firm of the district.
public struct FirmID: Name {
    /// The text.
    public let rawValue: String
    /// A name from its text.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A person who can sign in, or is spoken of.
public struct PersonID: Name {
    /// The text.
    public let rawValue: String
    /// A name from its text.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A thing of the Twin: site, line, machine, sensor, zone, robot …
public struct ThingID: Name {
    /// The text.
    public let rawValue: String
    /// A name from its text.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Whom a row or an event concerns, and so who may see it.
public enum Scope: Sendable, Hashable {
    /// One firm's own.
    case firm(FirmID)
    /// The zone administration's.
    case zone
    /// One person's own.
    case person(PersonID)
    /// Shared by the two firms of a contract.
    case contract(FirmID, FirmID)
    /// Anyone's.
    case everyone

    /// `firm:f1`, `zone`, `person:p1`, `contract:f1:f2`, `public`: as kept in columns and on the Record.
    public var text: String {
        switch self {
        case .firm(let firm): "firm:\(firm)"
        case .zone: "zone"
        case .person(let person): "person:\(person)"
        case .contract(let one, let other): "contract:\(one):\(other)"
        case .everyone: "public"
        }
    }

    /// From its text; nil where it is none.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts.count) {
        case ("firm", 2): self = .firm(FirmID(parts[1]))
        case ("zone", 1): self = .zone
        case ("person", 2): self = .person(PersonID(parts[1]))
        case ("contract", 3): self = .contract(FirmID(parts[1]), FirmID(parts[2]))
        case ("public", 1): self = .everyone
        default: return nil
        }
    }
}

/// Who did it. An AI's act carries the model as its author and the register's entry that allows it.
public enum Author: Sendable, Hashable {
    case person(PersonID)
    /// A device or a gateway, by its credential's name.
    case machine(String)
    /// A use of AI, by its register entry.
    case model(String)
    /// A rule that a person signed, by its name.
    case rule(String)
    /// Slipway itself: a service or a migration.
    case system(String)

    /// `person:p1`, `machine:gw-3`, `model:sensing.tail`, `rule:…`, `system:…`.
    public var text: String {
        switch self {
        case .person(let id): "person:\(id)"
        case .machine(let name): "machine:\(name)"
        case .model(let name): "model:\(name)"
        case .rule(let name): "rule:\(name)"
        case .system(let name): "system:\(name)"
        }
    }

    /// From its text; nil where it is none.
    public init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let name = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "person": self = .person(PersonID(name))
        case "machine": self = .machine(name)
        case "model": self = .model(name)
        case "rule": self = .rule(name)
        case "system": self = .system(name)
        default: return nil
        }
    }
}
