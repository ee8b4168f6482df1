import Record

/// How long ways of a site take, from anywhere to the places that missions, chargers and refuges are at: worked out once, by
/// Dijkstra's way from each of those places backwards.
struct TravelTimes: Sendable {
    private let numbers: [String: Int32]
    private let seconds: [String: [Float]]

    /// - Parameters:
    ///   - roadmap: the site's, or what a vehicle may drive of it.
    ///   - targets: the places that are driven to.
    ///   - closed: nodes that nobody may drive over now.
    init(_ site: CompiledSite, roadmap: Roadmap? = nil, to targets: [String], closed: Set<Int32> = []) {
        numbers = site.numbers
        let roadmap = roadmap ?? site.roadmap
        var before: [[(node: Int32, seconds: Float)]] = Array(repeating: [], count: roadmap.count)
        for from in roadmap.next.indices where !closed.contains(Int32(from)) {
            for to in roadmap.next[from] where !closed.contains(to) {
                let seconds = Float(site.passage(Int32(from), to)?.seconds ?? 1)
                before[Int(to)].append((Int32(from), seconds))
            }
        }
        var found: [String: [Float]] = [:]
        for target in Set(targets) {
            guard let goal = site.numbers[target] else { continue }
            found[target] = Self.spread(from: goal, before)
        }
        seconds = found
    }

    /// Seconds from a node to a place; nil where there is no way, or either is not known.
    func callAsFunction(_ from: String, _ to: String) -> Double? {
        if from == to { return 0 }
        guard let number = numbers[from], let way = seconds[to], way.indices.contains(Int(number)) else { return nil }
        let value = way[Int(number)]
        return value.isFinite ? Double(value) : nil
    }

    private static func spread(from goal: Int32, _ before: [[(node: Int32, seconds: Float)]]) -> [Float] {
        var best = [Float](repeating: .infinity, count: before.count)
        guard best.indices.contains(Int(goal)) else { return best }
        best[Int(goal)] = 0
        var heap = [(seconds: Float(0), node: goal)]
        while let (time, node) = pop(&heap) {
            guard time <= best[Int(node)] else { continue }
            for step in before[Int(node)] where time + step.seconds < best[Int(step.node)] {
                best[Int(step.node)] = time + step.seconds
                push((time + step.seconds, step.node), onto: &heap)
            }
        }
        return best
    }

    private static func push(_ entry: (seconds: Float, node: Int32), onto heap: inout [(seconds: Float, node: Int32)]) {
        heap.append(entry)
        var at = heap.count - 1
        while at > 0, heap[at].seconds < heap[(at - 1) / 2].seconds {
            heap.swapAt(at, (at - 1) / 2)
            at = (at - 1) / 2
        }
    }

    private static func pop(_ heap: inout [(seconds: Float, node: Int32)]) -> (Float, Int32)? {
        guard let top = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return top }
        heap[0] = last
        var at = 0
        while true {
            let (left, right) = (2 * at + 1, 2 * at + 2)
            var least = at
            if left < heap.count, heap[left].seconds < heap[least].seconds { least = left }
            if right < heap.count, heap[right].seconds < heap[least].seconds { least = right }
            if least == at { return top }
            heap.swapAt(at, least)
            at = least
        }
    }
}
