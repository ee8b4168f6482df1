import Access
import Record

/// A programme of training: what is taught, to whom, and when it counts as done.
struct TrainingProgramme: Sendable, Hashable {
    let id: String
    let title: Words, about: Words
    let audience: Audience
    /// For which roles it is meant; empty for all whom the audience holds.
    let roles: Set<Role>
    /// The kinds of solution that it is about (`vision-inspection`), by which other subjects find it.
    let topics: [String]
    let modules: [Module]
    let rule: CompletionRule
    /// For how many months its credential counts; 0 for ever.
    let months: Int64
    /// Whether nobody can be enrolled any more.
    let isClosed: Bool

    /// Who may be enrolled.
    enum Audience: String, Sendable, CaseIterable {
        case everyone, firms, staff

        var words: Words {
            switch self {
            case .everyone: Words("누구나", "Anyone")
            case .firms: Words("입주기업", "Tenant firms")
            case .staff: Words("관리기관 직원", "Staff of the zone")
            }
        }
    }

    /// A part of it that is taught in one go.
    struct Module: Sendable, Hashable {
        let id: String
        let title: Words
        let minutes: Int64
        /// Whether it ends with a test.
        let isTested: Bool
        /// The certificate of the register of AI that whoever passes it has earned, where it is one, and its version.
        let certificate: Certificate?

        struct Certificate: Sendable, Hashable { let module: String, version: String }
    }

    /// Minutes of all modules.
    var minutes: Int64 { modules.reduce(0) { $0 + $1.minutes } }

    func module(_ id: String) -> Module? { modules.first { $0.id == id } }

    /// Whether somebody may be enrolled, by what they are.
    func isMeant(for person: Caller) -> Bool {
        let fits =
            switch audience {
            case .everyone: true
            case .firms: person.firm != nil
            case .staff: person.firm == nil && !person.roles.isDisjoint(with: Self.staff)
            }
        return fits && (roles.isEmpty || !roles.isDisjoint(with: person.roles))
    }

    /// Whether somebody sees it: whom it is meant for, and whoever runs it.
    func isShown(to caller: Caller) -> Bool {
        audience != .staff || isMeant(for: caller) || !caller.roles.isDisjoint(with: Self.runners)
    }

    /// Who counts as staff where they work for no firm.
    static let staff: Set<Role> = [.zoneOfficer, .administrator, .operator, .inspector]
    /// Who opens programmes, marks attendance and settles sessions.
    static let runners: Set<Role> = [.zoneOfficer, .administrator]

    /// The last day on which a credential counts that was earned on a day; nil where it counts for ever.
    func through(from day: KoreanDay) -> KoreanDay? { months == 0 ? nil : day.adding(months: months) - 1 }
}
