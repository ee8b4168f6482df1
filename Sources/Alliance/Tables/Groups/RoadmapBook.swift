import Record
import Store

/// Everything that pages show of groups and their roadmaps, read at one moment.
struct RoadmapBook: Sendable {
    let groups: [WorkingGroup]
    /// How many of each group come from where.
    let balances: [String: SectorBalance]
    /// Every milestone, by due day.
    let milestones: [Milestone]
    let roadmap: Roadmap
    /// The milestones' owners.
    let owners: [String: GroupMember]
    /// What came of them, by milestone.
    let outcomes: [String: [GroupOutcome]]
    /// The log of changes, the newest first.
    let changes: [MilestoneEntry]
    let today: KoreanDay

    /// - Parameters:
    ///   - group: whose log of changes is wanted; everybody's where nil.
    init(on today: KoreanDay, changes limit: Int = 40, of group: String? = nil, in reader: any Reader) throws {
        self.today = today
        groups = try GroupTable.all(in: reader)
        balances = try GroupTable.balances(in: reader)
        milestones = try MilestoneTable.all(in: reader)
        roadmap = Roadmap(milestones)
        owners = Dictionary(
            try GroupTable.owners(in: reader).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        outcomes = try MilestoneTable.outcomes(in: reader)
        changes = try MilestoneTable.changes(of: group, limit: limit, in: reader)
    }

    /// A group's milestones, by due day.
    func milestones(of group: String) -> [Milestone] { milestones.filter { $0.group == group } }
    /// The late ones, the latest first.
    var late: [Milestone] { milestones.filter { $0.isLate(on: today) } }
    /// What a group is called.
    func title(of group: String) -> Words { groups.first { $0.id == group }?.title ?? Words("–", "–") }
}
