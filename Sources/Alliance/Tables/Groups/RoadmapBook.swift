import Record
import Store

/// Everything that pages show of groups and their roadmaps, read at one moment.
struct RoadmapBook: Sendable {
    let groups: [WorkingGroup]
    /// How many of each group come from where.
    let balances: [String: SectorBalance]
    /// The milestones' owners.
    let owners: [String: GroupMember]
    /// The log of changes, the newest first.
    let changes: [MilestoneEntry]
    let today: KoreanDay
    private let plan: RoadmapPlan
    private let titles: [String: Words]

    /// - Parameters:
    ///   - group: whose log of changes is wanted; everybody's where nil.
    ///   - shelf: where the plan is kept from one book to the next.
    init(
        on today: KoreanDay, changes limit: Int = 40, of group: String? = nil, shelf: RoadmapShelf = RoadmapShelf(),
        in reader: any Reader
    ) throws {
        self.today = today
        plan = try shelf.plan(on: today, in: reader)
        groups = try GroupTable.all(in: reader)
        titles = Dictionary(groups.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
        balances = try GroupTable.balances(in: reader)
        owners = Dictionary(
            try GroupTable.owners(in: reader).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        changes = try MilestoneTable.changes(of: group, limit: limit, in: reader)
    }

    /// Every milestone, by due day.
    var milestones: [Milestone] { plan.milestones }
    var roadmap: Roadmap { plan.roadmap }
    /// When each may be expected.
    var expected: [String: KoreanDay] { plan.expected }
    /// What came of them, by milestone.
    var outcomes: [String: [GroupOutcome]] { plan.outcomes }
    /// A group's milestones, by due day.
    func milestones(of group: String) -> [Milestone] { plan.own[group] ?? [] }
    /// The late ones, the latest first.
    var late: [Milestone] { milestones.filter { $0.isLate(on: today) } }
    /// What a group is called.
    func title(of group: String) -> Words { titles[group] ?? Words("–", "–") }
}
