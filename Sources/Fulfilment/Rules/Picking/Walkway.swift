/// The ways that a tour uses, as a graph: every corner and place with the ways that leave it. Each has an even number of them
/// and all hang together, so that one walk goes over each exactly once.
struct Walkway {
    private var ways: [PickStop: [PickStop: Int]] = [:]

    /// - Parameters:
    ///   - walks: how each aisle is walked.
    ///   - crossings: how one comes from each aisle to the next; as many as aisles, the last none.
    init(_ aisles: [AisleNeed], _ walks: [AisleWalk], _ crossings: [Crossing], _ hall: PickHall) {
        for (aisle, (walk, crossing)) in zip(walks, crossings).enumerated() {
            let need = aisles[aisle]
            let (top, places) = (hall.length, need.positions)
            switch walk {
            case .none: break
            case .through: line(aisle, [0] + places + [top], 1)
            case .twice: line(aisle, [0] + places + [top], 2)
            case .fromFront: line(aisle, [0] + places, 2)
            case .fromBack: line(aisle, places + [top], 2)
            case .fromBoth:
                // An aisle that is entered from the back alone is touched at its front end for the depot only.
                let gap = need.door == .back ? (below: 0, above: places.first ?? top) : need.gap ?? (0, top)
                line(aisle, [0] + places.filter { $0 <= gap.below }, 2)
                line(aisle, places.filter { $0 >= gap.above } + [top], 2)
            }
            let count = crossing.ways
            if count.back > 0 { join(PickStop(aisle, top), PickStop(aisle + 1, top), count.back) }
            if count.front > 0 { join(PickStop(aisle, 0), PickStop(aisle + 1, 0), count.front) }
        }
    }

    private mutating func line(_ aisle: Int, _ positions: [Int], _ count: Int) {
        for (one, other) in zip(positions, positions.dropFirst()) where one != other {
            join(PickStop(aisle, one), PickStop(aisle, other), count)
        }
    }

    private mutating func join(_ one: PickStop, _ other: PickStop, _ count: Int) {
        ways[one, default: [:]][other, default: 0] += count
        ways[other, default: [:]][one, default: 0] += count
    }

    /// One walk over every way, from a corner and back to it (Hierholzer 1873); the same for the same ways.
    func path(from start: PickStop) -> [PickStop] {
        var left = ways
        var (stack, path): ([PickStop], [PickStop]) = ([start], [])
        while let here = stack.last {
            if let next = left[here]?.keys.min() {
                for (one, other) in [(here, next), (next, here)] {
                    let count = (left[one]?[other] ?? 0) - 1
                    left[one]?[other] = count > 0 ? count : nil
                }
                stack.append(next)
            } else {
                path.append(here)
                stack.removeLast()
            }
        }
        return path.reversed()
    }
}
