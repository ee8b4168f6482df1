/// A ``Roadmap`` as planners walk it: neighbours in rows one behind the other, forwards and backwards. It never changes, so
/// that tables, planners and the execution of one site share it.
final class Ways: @unchecked Sendable {
    let count: Int
    /// Ways out of node n are `target[start[n]..<start[n+1]]`, each with its cost in quanta (at least 1).
    let start: Flat<Int32>
    let target: Flat<Int32>
    let weight: Flat<UInt16>
    /// Ways into node n, and which way forwards each of them is.
    let backStart: Flat<Int32>
    let backSource: Flat<Int32>
    let backWay: Flat<Int32>
    /// Nodes that conflict with n are `conflict[conflictStart[n]..<conflictStart[n+1]]`.
    let conflictStart: Flat<Int32>
    let conflict: Flat<Int32>
    let isRefuge: Flat<Bool>
    /// Whether nodes conflict anywhere; planners are quicker where none do.
    let hasConflicts: Bool
    /// Whether there are refuges at all: where a roadmap names none (a grid), every node serves as one.
    let hasRefuges: Bool
    /// Whether all ways cost 1.
    let isUniform: Bool
    /// The most ways out of any node.
    let degree: Int
    /// Quanta in one unit of cost.
    let scale: Double

    init(_ roadmap: Roadmap) {
        count = roadmap.count
        var starts: [Int32] = [0]
        var targets: [Int32] = []
        var costs: [Float] = []
        var most = 0
        // The longest shortest way leaves every node at most once, by its dearest way.
        var bound = 1.0
        for (node, ways) in roadmap.next.enumerated() {
            targets += ways
            let prices = ways.indices.map { roadmap.cost.isEmpty ? 1 : max(0, roadmap.cost[node][$0]) }
            costs += prices
            bound += Double(prices.max() ?? 0)
            starts.append(Int32(targets.count))
            most = max(most, ways.count)
        }
        degree = most
        isUniform = costs.allSatisfy { $0 == 1 }
        // A quantum so large that no table's 16 bits overflow; a tenth of a second is as fine as a site needs.
        let scale = isUniform ? 1 : min(10, 60_000 / bound)
        weight = Flat(costs.map { UInt16(max(1, min(4_000, (Double($0) * scale).rounded()))) })
        self.scale = scale
        start = Flat(starts)
        target = Flat(targets)
        var into = [[(Int32, Int32)]](repeating: [], count: roadmap.count)
        for node in 0..<roadmap.count {
            for way in starts[node]..<starts[node + 1] { into[Int(targets[Int(way)])].append((Int32(node), way)) }
        }
        var backStarts: [Int32] = [0]
        for list in into { backStarts.append(backStarts[backStarts.count - 1] + Int32(list.count)) }
        backStart = Flat(backStarts)
        backSource = Flat(into.joined().map(\.0))
        backWay = Flat(into.joined().map(\.1))
        var conflictStarts: [Int32] = [0]
        var conflicts: [Int32] = []
        for node in 0..<roadmap.count {
            if !roadmap.conflicts.isEmpty { conflicts += roadmap.conflicts[node].filter { $0 != Int32(node) } }
            conflictStarts.append(Int32(conflicts.count))
        }
        conflictStart = Flat(conflictStarts)
        conflict = Flat(conflicts)
        hasConflicts = !conflicts.isEmpty
        isRefuge = Flat(roadmap.count, false)
        for node in roadmap.refuges { isRefuge[node] = true }
        hasRefuges = !roadmap.refuges.isEmpty
    }

    /// Whether a way leads from one node to the other.
    @inline(__always)
    func leads(_ from: Int32, _ to: Int32) -> Bool {
        for way in start[from]..<start[from + 1] where target[way] == to { return true }
        return false
    }

    /// Whether two nodes are one or may not be used at once.
    @inline(__always)
    func clash(_ one: Int32, _ other: Int32) -> Bool {
        if one == other { return true }
        guard hasConflicts else { return false }
        for index in conflictStart[one]..<conflictStart[one + 1] where conflict[index] == other { return true }
        return false
    }

    /// The nodes that nobody is sent to while these are closed: they themselves, and all from which no refuge can be reached any
    /// more over open ways.
    func barred(_ closed: Set<Int32>) -> [Bool] {
        var open = [Bool](repeating: !hasRefuges, count: count)
        var queue: [Int32] = []
        if hasRefuges {
            for node in 0..<Int32(count) where isRefuge[node] && !closed.contains(node) {
                open[Int(node)] = true
                queue.append(node)
            }
        }
        while let node = queue.popLast() {
            for index in backStart[node]..<backStart[node + 1] {
                let source = backSource[index]
                guard !open[Int(source)], !closed.contains(source) else { continue }
                open[Int(source)] = true
                queue.append(source)
            }
        }
        for node in closed where node >= 0 && node < Int32(count) { open[Int(node)] = false }
        return open.map { !$0 }
    }
}
