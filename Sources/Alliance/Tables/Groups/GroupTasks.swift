import Access
import Record
import Store

/// Whom a milestone's lateness is told: its owner; where the owner cannot sign in or has left, the chair; where the chair
/// cannot either, the zone's officers. Somebody always has it.
enum GroupTasks {
    /// The open milestones that a person answers for as owner or chair, by due day.
    static func milestones(of person: PersonID, in reader: any Reader) throws -> [Milestone] {
        var found: [Milestone] = []
        for member in try GroupTable.memberships(of: person, in: reader) {
            found += try MilestoneTable.open(of: member.id, in: reader)
            guard try GroupTable.find(member.group, in: reader)?.chair == member.id else { continue }
            found += try MilestoneTable.ownerless(in: member.group, in: reader)
        }
        return found.sorted { ($0.due, $0.id) < ($1.due, $1.id) }
    }

    /// The late milestones that nobody else is told of; for the zone's officers alone.
    static func unheard(by caller: Caller, on today: KoreanDay, in reader: any Reader) throws -> [Milestone] {
        guard caller.person != nil, case .zone? = try? caller.tenant else { return [] }
        return try MilestoneTable.unheard(on: today, in: reader)
    }
}
