@testable import Fulfilment

/// Shortest ways in a hall from its map alone, and the shortest tour by trying everything: what exact tours are held against.
struct Footpaths {
    private let hall: PickHall
    private var ways: [[Int]]
    static let far = 1 << 30

    init(_ hall: PickHall) {
        self.hall = hall
        let (aisles, length) = (hall.doors.count, hall.length)
        let nodes = aisles * (length + 1)
        var ways = Array(repeating: Array(repeating: Self.far, count: nodes), count: nodes)
        func join(_ one: Int, _ other: Int, _ cost: Int) {
            (ways[one][other], ways[other][one]) = (cost, cost)
        }
        for aisle in 0..<aisles {
            let first = aisle * (length + 1)
            for position in 0..<length {
                let isPassable =
                    switch hall.doors[aisle] {
                    case .open: true
                    case .front: position < length - 1
                    case .back: position > 0
                    case .closed: false
                    }
                if isPassable { join(first + position, first + position + 1, 1) }
            }
            if aisle > 0 {
                join(first, first - length - 1, hall.pitch)
                join(first + length, first - 1, hall.pitch)
            }
        }
        for node in 0..<nodes { ways[node][node] = 0 }
        for middle in 0..<nodes {
            for one in 0..<nodes where ways[one][middle] < Self.far {
                for other in 0..<nodes {
                    ways[one][other] = min(ways[one][other], ways[one][middle] + ways[middle][other])
                }
            }
        }
        self.ways = ways
    }

    func between(_ one: PickStop, _ other: PickStop) -> Int {
        ways[one.aisle * (hall.length + 1) + one.position][other.aisle * (hall.length + 1) + other.position]
    }

    /// The shortest tour past some places that can be reached (Held and Karp).
    func tour(_ stops: [PickStop]) -> Int {
        let stops = Array(Set(stops)).sorted()
        guard !stops.isEmpty else { return 0 }
        let depot = PickStop(hall.depot, 0)
        var best = Array(repeating: Array(repeating: Self.far, count: stops.count), count: 1 << stops.count)
        for last in stops.indices { best[1 << last][last] = between(depot, stops[last]) }
        for set in 1..<(1 << stops.count) {
            for last in stops.indices where best[set][last] < Self.far {
                for next in stops.indices where set & 1 << next == 0 {
                    let there = best[set][last] + between(stops[last], stops[next])
                    best[set | 1 << next][next] = min(best[set | 1 << next][next], there)
                }
            }
        }
        return stops.indices.map { best[(1 << stops.count) - 1][$0] + between(stops[$0], depot) }.min() ?? 0
    }
}
