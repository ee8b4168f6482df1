public import Record
public import Store

/// A person's own rows, of which no firm and no officer is told: what a citizen asked for in their own name.
public struct OwnRows: Sendable, Hashable {
    /// Whose.
    public let person: PersonID

    init(_ person: PersonID) { self.person = person }

    /// What rows of the person's own carry.
    public var scope: Scope { .person(person) }

    /// For a `WHERE` clause over a column that keeps `Scope.text`.
    public func condition(column: String) -> (sql: String, arguments: [SQLValue]) {
        ("\(column) = ?", [.text(scope.text)])
    }
}

extension Caller {
    /// The caller's own rows, where it is a person.
    public var own: OwnRows? { person.map { OwnRows($0) } }
}
