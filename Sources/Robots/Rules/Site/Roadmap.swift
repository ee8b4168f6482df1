/// A site as planners see it: nodes by number, who follows whom, and what cannot be used at once. Compiled from a
/// ``SitePlan`` or from a grid; nothing in it changes while vehicles drive.
struct Roadmap: Sendable {
    /// The names of the nodes, by number; empty for a grid, whose names are its numbers.
    let names: [String]
    /// Where a vehicle may drive from each node, ascending.
    let next: [[Int32]]
    /// What each of those ways costs: seconds at the speed allowed, weighted by zones. Same shape as `next`; empty where all cost 1.
    let cost: [[Float]]
    /// For each node the other nodes that nobody may stand on meanwhile, because swept footprints overlap, or because both are
    /// one lift's cabin; symmetric, ascending. Empty where no two overlap.
    let conflicts: [[Int32]]
    /// Where a vehicle may wait for ever without standing in anybody's way: escapes, parking and chargers.
    let refuges: Set<Int32>

    /// How many nodes there are.
    var count: Int { next.count }

    /// A roadmap of these parts.
    init(
        names: [String] = [], next: [[Int32]], cost: [[Float]] = [], conflicts: [[Int32]] = [], refuges: Set<Int32> = []
    ) {
        self.names = names
        self.next = next
        self.cost = cost
        self.conflicts = conflicts
        self.refuges = refuges
    }
}
