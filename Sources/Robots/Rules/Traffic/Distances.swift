/// How far it is from every node to a goal, one table a goal, made when the goal is first asked for and shared by all who have
/// it. Tables that nobody asked for lately make room when the bound on memory is reached.
struct Distances: ~Copyable {
    /// What stands for "no way leads there".
    static var never: UInt16 { .max }

    typealias Table = UnsafePointer<UInt16>

    let ways: Ways
    /// How many tables are kept at most; more only while one question needs more at once.
    private let capacity: Int
    private var tables: [UnsafeMutablePointer<UInt16>] = []
    private var goalOf: [Int32] = []
    private var used: [UInt64] = []
    private var free: [Int] = []
    /// For each node the table that has it as goal, -1 where there is none.
    private let slot: Flat<Int32>
    private let queue: Flat<Int32>
    private var clock: UInt64 = 0
    /// The tables asked for since this time stay.
    private var era: UInt64 = 0
    private var barred: [Bool] = []
    /// What a way costs at present, by its number: its own cost and what traffic adds. Empty: its own cost.
    private var guidance: [UInt16] = []
    /// How many tables there are now.
    var kept: Int { tables.count - free.count }
    /// The tables made so far.
    private(set) var made = 0

    /// - Parameter bytes: how much memory tables may fill.
    init(_ ways: Ways, bytes: Int = 1 << 30) {
        self.ways = ways
        capacity = max(1, bytes / (2 * max(1, ways.count)))
        slot = Flat(ways.count, -1)
        queue = Flat(ways.count, 0)
    }

    deinit { for table in tables { table.deallocate() } }

    /// Nodes nobody drives to from now on; nil where all are open. Forgets all tables.
    mutating func close(_ nodes: [Bool]?) {
        barred = nodes ?? []
        forget()
    }

    /// What ways cost from now on, by their number in ``Ways``. Tables made before stay as they are until they are made again.
    mutating func guide(_ costs: [UInt16]) { guidance = costs }

    /// Forgets all tables.
    mutating func forget() {
        for index in tables.indices where goalOf[index] >= 0 { drop(index) }
    }

    /// From now on tables asked for earlier may make room.
    mutating func begin() { era = clock + 1 }

    private mutating func drop(_ index: Int) {
        slot[goalOf[index]] = -1
        goalOf[index] = -1
        free.append(index)
    }

    /// The table of a goal. It stays where it is until another question begins.
    mutating func table(_ goal: Int32) -> Table {
        clock += 1
        if slot[goal] >= 0 {
            used[Int(slot[goal])] = clock
            return Table(tables[Int(slot[goal])])
        }
        if free.isEmpty, tables.count >= capacity { makeRoom() }
        let index: Int
        if let last = free.popLast() {
            index = last
        } else {
            index = tables.count
            tables.append(.allocate(capacity: max(1, ways.count)))
            goalOf.append(-1)
            used.append(0)
        }
        goalOf[index] = goal
        used[index] = clock
        slot[goal] = Int32(index)
        made += 1
        if ways.isUniform, guidance.isEmpty {
            breadthFirst(goal, tables[index])
        } else {
            cheapestFirst(goal, tables[index])
        }
        return Table(tables[index])
    }

    /// Drops a quarter of the tables that no present question needs, the longest unused first.
    private mutating func makeRoom() {
        let old = tables.indices.filter { goalOf[$0] >= 0 && used[$0] < era }.sorted { used[$0] < used[$1] }
        for index in old.prefix(max(1, capacity / 4)) { drop(index) }
    }

    private func breadthFirst(_ goal: Int32, _ table: UnsafeMutablePointer<UInt16>) {
        table.update(repeating: Self.never, count: ways.count)
        let (starts, sources, queue) = (ways.backStart.base, ways.backSource.base, queue.base)
        if !barred.isEmpty {
            for node in barred.indices where barred[node] { table[node] = Self.never - 1 }
        }
        table[Int(goal)] = 0
        queue[0] = goal
        var (head, tail) = (0, 1)
        while head < tail {
            let node = Int(queue[head])
            head += 1
            let far = min(table[node] + 1, Self.never - 2)
            for index in Int(starts[node])..<Int(starts[node + 1]) {
                let source = Int(sources[index])
                guard table[source] == Self.never else { continue }
                table[source] = far
                queue[tail] = Int32(source)
                tail += 1
            }
        }
        if !barred.isEmpty { leaveBarred(goal, table) }
    }

    /// Dijkstra's search with one bucket for each cost still open, as costs are small whole numbers.
    private func cheapestFirst(_ goal: Int32, _ table: UnsafeMutablePointer<UInt16>) {
        table.update(repeating: Self.never, count: ways.count)
        let own = ways.weight.base
        table[Int(goal)] = 0
        var buckets: [[Int32]] = [[goal]]
        var far = 0
        while far < buckets.count {
            var position = 0
            while position < buckets[far].count {
                let node = buckets[far][position]
                position += 1
                guard Int(table[Int(node)]) == far else { continue }
                for index in ways.backStart[node]..<ways.backStart[node + 1] {
                    let source = Int(ways.backSource[index])
                    let way = Int(ways.backWay[index])
                    let further = far + Int(guidance.isEmpty ? own[way] : guidance[way])
                    guard further < Int(Self.never - 2), further < Int(table[source]) else { continue }
                    if !barred.isEmpty, barred[source] { continue }
                    table[source] = UInt16(further)
                    while buckets.count <= further { buckets.append([]) }
                    buckets[further].append(Int32(source))
                }
            }
            buckets[far] = []
            far += 1
        }
        if !barred.isEmpty { leaveBarred(goal, table) }
    }

    /// Who stands at a closed node may leave it.
    private func leaveBarred(_ goal: Int32, _ table: UnsafeMutablePointer<UInt16>) {
        for node in barred.indices where barred[node] { table[node] = Self.never }
        if barred[Int(goal)] { table.update(repeating: Self.never, count: ways.count) }
        for node in 0..<Int32(ways.count) where barred[Int(node)] && node != goal {
            var best = Int(Self.never)
            for way in ways.start[node]..<ways.start[node + 1] where !barred[Int(ways.target[way])] {
                let far = table[Int(ways.target[way])]
                if far != Self.never { best = min(best, Int(far) + Int(ways.weight[way])) }
            }
            table[Int(node)] = UInt16(min(best, Int(Self.never)))
        }
    }
}
