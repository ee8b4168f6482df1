import Access
import District
import Record

/// A yes that a program waits for: what it asked for in a person's name, and what became of it.
struct Consent: Sendable, Hashable {
    /// What became of it.
    enum State: String, Sendable, Hashable {
        /// Nobody has answered yet.
        case waiting
        /// The person said yes.
        case given
        /// The person said no.
        case refused
        /// The program does not want it any more.
        case withdrawn
    }

    /// Names it in its address; nobody guesses it, and it opens nothing without its person's sign-in.
    let id: String
    /// Whose yes it takes; nil where the program is the zone's own, and any of its officers may say it.
    let person: PersonID?
    /// The token that asked, and what it is called.
    let token: String, program: String
    /// The command.
    let command: String
    /// SHA-256 of the arguments as the form keeps them.
    let arguments: String
    let state: State
    let asked: Timestamp
    let expires: Timestamp
    /// Who said yes.
    let giver: PersonID?
    /// The event with which it began, and what all of it belongs to.
    let event: Identifier, correlation: Identifier

    /// The most that may wait for one person: a program must not bury them in questions.
    static let most = 20

    /// Whether somebody may answer it.
    func isFor(_ caller: Caller) -> Bool {
        guard let asker = caller.person else { return false }
        if let person { return person == asker }
        return !caller.roles.isDisjoint(with: [.zoneOfficer, .administrator])
    }

    /// Whether it can still be answered.
    func isOpen(at now: Timestamp) -> Bool { state == .waiting && now < expires }
}
