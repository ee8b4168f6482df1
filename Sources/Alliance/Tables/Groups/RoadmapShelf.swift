import Record
import Store
import Synchronization

/// All milestones with what follows from them on a day: the part of the book that costs time, and says nobody's name.
struct RoadmapPlan: Sendable {
    /// Every milestone, by due day.
    let milestones: [Milestone]
    /// The same by group.
    let own: [String: [Milestone]]
    let roadmap: Roadmap
    /// When each may be expected.
    let expected: [String: KoreanDay]
    /// What came of them, by milestone.
    let outcomes: [String: [GroupOutcome]]

    init(on today: KoreanDay, in reader: any Reader) throws {
        milestones = try MilestoneTable.all(in: reader)
        own = Dictionary(grouping: milestones, by: \.group)
        roadmap = Roadmap(milestones)
        expected = roadmap.expected(on: today)
        outcomes = try MilestoneTable.outcomes(in: reader)
    }
}

/// Keeps the plan until a milestone changes or the day does: everybody may ask for the roadmap, as often as they like.
final class RoadmapShelf: Sendable {
    private struct Kept {
        let name: String
        let plan: RoadmapPlan
    }

    private let kept = Mutex<Kept?>(nil)

    /// The plan of a day; worked out anew where something has changed since.
    func plan(on today: KoreanDay, in reader: any Reader) throws -> RoadmapPlan {
        let name = "\(today) \(try MilestoneTable.version(in: reader))"
        if let plan = kept.withLock({ $0?.name == name ? $0?.plan : nil }) { return plan }
        let plan = try RoadmapPlan(on: today, in: reader)
        kept.withLock { $0 = Kept(name: name, plan: plan) }
        return plan
    }
}
