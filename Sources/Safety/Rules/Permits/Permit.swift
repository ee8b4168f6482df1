import Record

/// A permit to work, as its events left it.
struct Permit: Sendable, Hashable {
    /// Where it stands.
    enum State: String, Sendable, Hashable {
        case requested, running, suspended, closed
    }

    /// What makes the work dangerous to others, beside its kind.
    static let traits = ["solvent", "purge", "needs-power"]

    /// Its identifier: the stream `permit/…`.
    let id: String
    /// As people call it: the day and a number of that day.
    let number: String
    let scope: Scope
    /// The firm whose place it is.
    let host: FirmID
    /// The firm that works there for it; nil where its own people do.
    let contractor: FirmID?
    let kind: String
    let thing: ThingID
    /// What is done.
    let work: String
    let from: Timestamp, to: Timestamp
    let state: State
    let requester: String
    let supervisor: PersonID
    let watcher: PersonID?
    let traits: Set<String>
    /// Whether what catches fire at the place was taken away or covered.
    let flammablesCleared: Bool
    /// Facts that are posted: inflow, protective equipment, whom to call; nil where not given, or erased.
    let inflow: String?, equipment: String?, contacts: String?
    /// Who authorised it; nil while nobody has.
    let authoriser: String?
    /// Why it is suspended: `gas`, `closure`, `emergency`, `person`; nil where it is not.
    let suspension: String?
    /// The readings last used, as events carry them.
    let readings: [JSON]
    /// The stream's version.
    let version: Int64

    var stream: String { "permit/\(id)" }
    var isOpen: Bool { state != .closed }
    /// Its kind and the traits of its work, by which clashes are told.
    var marks: Set<String> { traits.union([kind]) }
}

/// Someone named in a permit.
struct PermitMember: Sendable, Hashable {
    let person: PersonID
    /// Whether they are inside now.
    let isInside: Bool
    /// Since when; nil while they are outside.
    let since: Timestamp?
    /// How often they went in.
    let entries: Int64
}

/// A lock that keeps energy away.
struct PermitLock: Sendable, Hashable {
    /// Its number as stamped on it.
    let number: String
    /// The isolation point it closes.
    let point: String
    /// Whose it is: nobody else may take it off.
    let owner: PersonID
    /// When it was put on and tried; nil while it was not.
    let on: Timestamp?
    /// When it came off; nil while it has not.
    let off: Timestamp?

    var isOn: Bool { on != nil && off == nil }
}
