/// The shortest tour of a picker from the depot past some places and back.
struct Tour: Sendable, Hashable {
    /// How long it is, in units of the hall.
    let length: Int
    /// The places in the order in which they are come to first, each once.
    let stops: [PickStop]
    /// Every corner and place that is passed, from the depot to the depot.
    let path: [PickStop]
    /// The places that nobody can come to as aisles are closed; they are not in the tour.
    let unreachable: [PickStop]

    /// The shortest tour of all (Ratliff and Rosenthal 1983), also where aisles are closed or entered from one end only; exact,
    /// in time that grows with the number of aisles and places alone.
    /// - Parameters:
    ///   - stops: where something is taken, in any order, also more than once.
    ///   - hall: where.
    static func exact(_ stops: [PickStop], _ hall: PickHall) -> Tour {
        let wanted = Set(stops)
        let reached = wanted.filter(hall.reaches)
        let aisles = needs(reached, hall)
        let (length, walks, crossings) = best(aisles, hall)
        let path = Walkway(aisles, walks, crossings, hall).path(from: PickStop(hall.depot, 0))
        var left = reached
        let order = path.filter { left.remove($0) != nil }
        return Tour(length: length, stops: order, path: path, unreachable: wanted.subtracting(reached).sorted())
    }

    /// How long the exact tour is, in units of the hall; places that nobody can come to are left out.
    static func length(_ stops: [PickStop], _ hall: PickHall) -> Int {
        best(needs(Set(stops).filter(hall.reaches), hall), hall).length
    }

    private static func needs(_ stops: Set<PickStop>, _ hall: PickHall) -> [AisleNeed] {
        var positions = Array(repeating: [Int](), count: hall.doors.count)
        for stop in stops { positions[stop.aisle].append(stop.position) }
        return positions.indices.map {
            AisleNeed(positions: positions[$0].sorted(), door: hall.doors[$0], hasDepot: $0 == hall.depot)
        }
    }

    /// The shortest way to each state, aisle for aisle, and back along it.
    private static func best(
        _ aisles: [AisleNeed], _ hall: PickHall
    ) -> (length: Int, walks: [AisleWalk], crossings: [Crossing]) {
        struct Step {
            var length = AisleNeed.never
            var crossing = Crossing.none
            var walk = AisleWalk.none
            var before = TourState.nothing
        }
        let states = TourState.allCases
        var table: [[Step]] = []
        for (index, aisle) in aisles.enumerated() {
            var steps = Array(repeating: Step(), count: states.count)
            let costs = AisleWalk.allCases.map { aisle.cost($0, hall.length) }
            for before in states {
                let begun =
                    index == 0 ? (before == .nothing ? 0 : AisleNeed.never) : table[index - 1][before.rawValue].length
                guard begun < AisleNeed.never else { continue }
                for crossing in Crossing.allCases where index > 0 || crossing == .none {
                    guard let crossed = index == 0 ? before : before.after(crossing) else { continue }
                    let ways = crossing.ways
                    let there = begun + (ways.back + ways.front) * hall.pitch
                    for walk in AisleWalk.allCases where costs[walk.rawValue] < AisleNeed.never {
                        guard let state = crossed.after(walk) else { continue }
                        let length = there + costs[walk.rawValue]
                        if length < steps[state.rawValue].length {
                            steps[state.rawValue] = Step(length: length, crossing: crossing, walk: walk, before: before)
                        }
                    }
                }
            }
            table.append(steps)
        }
        let last = table[table.count - 1]
        var state = states.filter(\.isWhole).min { last[$0.rawValue].length < last[$1.rawValue].length } ?? .nothing
        let length = last[state.rawValue].length
        var (walks, crossings): ([AisleWalk], [Crossing]) = ([], [])
        for steps in table.reversed() {
            let step = steps[state.rawValue]
            walks.append(step.walk)
            crossings.append(step.crossing)
            state = step.before
        }
        return (length, walks.reversed(), crossings.reversed().dropFirst() + [.none])
    }
}
