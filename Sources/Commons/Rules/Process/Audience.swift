import Access
import District
import Record

/// Who may take part in a part of a process.
enum Audience: String, Sendable, CaseIterable {
    /// Everybody who is signed in.
    case everyone
    /// Those who live in or near the zone.
    case citizens
    /// Those who work in the zone, in a firm or for its administration.
    case people
    /// Those on a census: asked where ballots are cast, and nowhere else.
    case census

    var words: Words {
        switch self {
        case .everyone: Words("로그인한 누구나", "everybody signed in")
        case .citizens: Words("시민", "citizens")
        case .people: Words("구역에서 일하는 사람", "people who work in the zone")
        case .census: Words("선거인 명부에 있는 사람", "those on the census")
        }
    }

    /// Whether somebody belongs to it, as far as their account tells; a census is held against its own list.
    func admits(_ caller: Caller) -> Bool {
        guard caller.person != nil else { return false }
        return switch self {
        case .everyone, .census: true
        case .citizens: caller.roles.contains(.citizen)
        case .people: caller.firm != nil || !caller.roles.isDisjoint(with: [.zoneOfficer, .operator, .inspector])
        }
    }

    /// The choices of a form; without a census for what is not voted on.
    static func choices(census: Bool) -> Field.Kind {
        .choice(allCases.filter { census || $0 != .census }.map { Field.Choice($0.rawValue, $0.words) })
    }
}
