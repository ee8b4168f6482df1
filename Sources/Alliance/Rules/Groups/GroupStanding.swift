import Access
import District
import Record

/// What somebody is to a group, and so what they may do there. The rights of a chair and of an owner are a person's, not a
/// role's: a professor leads one group and is a guest in the next.
struct GroupStanding: Sendable, Hashable {
    /// The group.
    let group: String
    /// Whether they act for the zone.
    let isOfficer: Bool
    /// The member they are, where they are one.
    let member: String?
    /// Whether they lead it.
    let isChair: Bool

    init(of caller: Caller, in group: WorkingGroup, _ members: [GroupMember]) {
        self.group = group.id
        if case .zone? = try? caller.tenant { isOfficer = true } else { isOfficer = false }
        member = caller.person.flatMap { person in members.first { $0.isActive && $0.person == person }?.id }
        isChair = member != nil && member == group.chair
    }

    /// Whether they hold meetings, take members in and set milestones.
    var leads: Bool { isOfficer || isChair }
    /// Whether they read minutes.
    var isInside: Bool { isOfficer || member != nil }
    /// Whether they say what becomes of a milestone.
    func answers(for milestone: Milestone) -> Bool { leads || (member != nil && member == milestone.owner) }
}

/// Whose names somebody reads: of every group whoever acts for the zone or a firm of the district, of their own groups
/// its members. No citizen, no guest of a trial and no program does, though each of them can sign in.
struct NameReading: Sendable, Hashable {
    private let isColleague: Bool
    private let groups: Set<String>

    /// - Parameter memberships: what they are in groups.
    init(_ caller: Caller, _ memberships: [GroupMember]) {
        let acts = (try? caller.tenant) != nil && !caller.roles.isSubset(of: [.citizen, .guest])
        isColleague = caller.person != nil && acts
        groups = Set(memberships.filter { $0.isActive && $0.person == caller.person }.map(\.group))
    }

    /// Whether they read the names of a group's members.
    func reads(_ group: String) -> Bool { isColleague || groups.contains(group) }
}
