/// The shortest path of one vehicle through the gaps of a ``Timetable``: best-first search over safe intervals (Phillips and
/// Likhachev, ICRA 2011), one step a way. For roadmaps without conflicts.
struct SafeIntervals: ~Copyable {
    private struct Label {
        var node: Int32
        /// When it gets there, and until before when it may be there.
        var time: Int32
        var until: Int32
        var begin: Int32
        var parent: Int32
        /// The next label of the same node.
        var other: Int32
    }

    private let ways: Ways
    private var labels: [Label] = []
    private let newest: Flat<Int32>
    private var touched: [Int32] = []
    /// Labels by the arrival they promise, and those that promise one before the goal is free, by how far they have still.
    private var buckets: [[Int32]] = []
    private var early: [[Int32]] = []
    /// From when on nobody passes the goal any more.
    private var opening: Int32 = 0
    private var shortest: Int32 = 0

    init(_ ways: Ways) {
        self.ways = ways
        newest = Flat(ways.count, -1)
    }

    /// The path of least arrival, at most `bound` steps long; nil where there is none.
    mutating func path(
        from start: Int32, to goal: Int32, _ distances: Distances.Table, _ table: borrowing Timetable, bound: Int32
    ) -> [Int32]? {
        defer { clear() }
        shortest = Int32(distances[Int(start)])
        opening = 0
        var passing = table.first(goal)
        while passing >= 0 {
            opening = table.stay(passing).until
            passing = table.stay(passing).next
        }
        guard max(shortest, opening) <= bound else { return nil }
        let first = table.first(start)
        add(start, 0, first >= 0 ? table.stay(first).from : Timetable.ever, 0, -1, shortest)
        var cost = 0
        var near = early.count > 0 ? 0 : Int.max
        while true {
            // Nobody can arrive before the goal is free, so until then whoever is nearest goes first.
            let index: Int32
            if let last = near < early.count ? early[near].popLast() : nil {
                index = last
            } else if near < early.count {
                near += 1
                continue
            } else if let last = cost < buckets.count ? buckets[cost].popLast() : nil {
                index = last
            } else if cost < buckets.count, Int32(cost) + shortest <= bound {
                cost += 1
                continue
            } else {
                return nil
            }
            let label = labels[Int(index)]
            if label.node == goal, label.until == Timetable.ever { return trace(index) }
            for way in ways.start[label.node]..<ways.start[label.node + 1] {
                let node = ways.target[way]
                guard distances[Int(node)] != Distances.never else { continue }
                let far = Int32(distances[Int(node)])
                enter(node, label, index, far, bound, table)
                if Int(far) < near, Int(far) < early.count, !early[Int(far)].isEmpty { near = Int(far) }
            }
        }
    }

    /// Adds every gap of a node that can be entered from a label.
    private mutating func enter(
        _ node: Int32, _ label: Label, _ parent: Int32, _ rest: Int32, _ most: Int32, _ table: borrowing Timetable
    ) {
        var begin: Int32 = 0
        var left: Int32 = -1
        var index = table.first(node)
        while begin <= label.until {
            let end = index >= 0 ? table.stay(index).from : Timetable.ever
            let time = max(label.time + 1, begin)
            if time < end, time <= label.until, time + rest <= most {
                // Whoever leaves the node just then must not come here.
                let isSwap = time == begin && time == label.until && left >= 0 && table.who(label.node, time) == left
                if !isSwap { add(node, time, end, begin, parent, rest) }
            }
            guard index >= 0 else { break }
            let stay = table.stay(index)
            guard stay.until != Timetable.ever else { break }
            begin = stay.until
            left = stay.vehicle
            index = stay.next
        }
    }

    private mutating func add(
        _ node: Int32, _ time: Int32, _ until: Int32, _ begin: Int32, _ parent: Int32, _ rest: Int32
    ) {
        var index = newest[node]
        if index < 0 { touched.append(node) }
        while index >= 0 {
            if labels[Int(index)].begin == begin, labels[Int(index)].time <= time { return }
            index = labels[Int(index)].other
        }
        labels.append(
            Label(node: node, time: time, until: until, begin: begin, parent: parent, other: newest[node]))
        newest[node] = Int32(labels.count - 1)
        if time + rest <= opening {
            while early.count <= Int(rest) { early.append([]) }
            early[Int(rest)].append(Int32(labels.count - 1))
        } else {
            let cost = Int(time + rest - shortest)
            while buckets.count <= cost { buckets.append([]) }
            buckets[cost].append(Int32(labels.count - 1))
        }
    }

    private func trace(_ last: Int32) -> [Int32] {
        var path = [Int32](repeating: labels[Int(last)].node, count: Int(labels[Int(last)].time) + 1)
        var index = last
        while labels[Int(index)].parent >= 0 {
            let (label, before) = (labels[Int(index)], labels[Int(labels[Int(index)].parent)])
            for time in before.time..<label.time { path[Int(time)] = before.node }
            index = label.parent
        }
        return path
    }

    private mutating func clear() {
        for node in touched { newest[node] = -1 }
        touched.removeAll(keepingCapacity: true)
        labels.removeAll(keepingCapacity: true)
        for index in early.indices where !early[index].isEmpty { early[index].removeAll(keepingCapacity: true) }
        for index in buckets.indices where !buckets[index].isEmpty { buckets[index].removeAll(keepingCapacity: true) }
    }
}
