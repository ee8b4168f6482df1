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
    /// Those on the list of voters of the process.
    case census

    var words: Words {
        switch self {
        case .everyone: Words("로그인한 누구나", "everybody signed in")
        case .citizens: Words("시민", "citizens")
        case .people: Words("구역에서 일하는 사람", "people who work in the zone")
        case .census: Words("선거인 명부에 있는 사람", "those on the list of voters")
        }
    }

    /// What whoever does not belong to it can do to belong.
    var remedy: Words {
        switch self {
        case .everyone: Words("로그인하면 할 수 있습니다.", "Sign in and you may.")
        case .citizens:
            Words(
                "시민 계정이 있으면 할 수 있습니다. 계정은 구역 관리기관에 신청합니다.",
                "With a citizen's account you may; the zone's administration gives one.")
        case .people:
            Words(
                "구역 안 기업에서 일하면 회사의 계정 담당자에게 등록해 달라고 하세요.",
                "If you work for a firm in the zone, ask whoever keeps its accounts to add you.")
        case .census:
            Words(
                "명부에 없다면 그 투표 화면에서 ‘명부에 넣어 달라고 하기’로 신청하세요. 담당자가 이유를 붙여 결정합니다.",
                "If you are not on it, ask for it on the vote's page with “Ask to be on the list”. An officer decides, with a reason."
            )
        }
    }

    /// Whether somebody belongs to it, as far as their account tells.
    /// - Parameter isListed: whether their account stands on the list of voters; asked for a census alone.
    func admits(_ caller: Caller, isListed: () throws -> Bool) rethrows -> Bool {
        guard caller.person != nil else { return false }
        return switch self {
        case .everyone: true
        case .census: try isListed()
        case .citizens: caller.roles.contains(.citizen)
        case .people: caller.firm != nil || !caller.roles.isDisjoint(with: [.zoneOfficer, .operator, .inspector])
        }
    }

    /// The choices of a form.
    static let choices = Field.Kind.choice(allCases.map { Field.Choice($0.rawValue, $0.words) })
}
