import Record
import Store

/// Whom a milestone's lateness is told: its owner, and where the owner is from outside and cannot sign in, the chair.
enum GroupTasks {
    /// The open milestones that a person answers for in this way, by due day.
    static func milestones(of person: PersonID, in reader: any Reader) throws -> [Milestone] {
        var found: [Milestone] = []
        for member in try GroupTable.memberships(of: person, in: reader) {
            found += try MilestoneTable.open(of: member.id, in: reader)
            guard try GroupTable.find(member.group, in: reader)?.chair == member.id else { continue }
            let others = try GroupTable.members(of: member.group, in: reader).filter { $0.person == nil }
            for other in others { found += try MilestoneTable.open(of: other.id, in: reader) }
        }
        return found.sorted { ($0.due, $0.id) < ($1.due, $1.id) }
    }
}
