/// Who is at which node when, for all paths of a plan: for each node its stays in order of time, linked in one row.
struct Timetable: ~Copyable {
    /// From a time on until before another, a vehicle is at a node.
    struct Stay {
        var from: Int32
        var until: Int32
        var vehicle: Int32
        var next: Int32
    }

    /// Whoever rests at its goal is there until then.
    static var ever: Int32 { .max }

    private var pool: Flat<Stay>
    private var size = 0
    private var free: Int32 = -1
    private let heads: Flat<Int32>

    init(nodes: Int) {
        heads = Flat(nodes, -1)
        pool = Flat(1 << 16, Stay(from: 0, until: 0, vehicle: -1, next: -1))
    }

    /// The first stay at a node, -1 where there is none.
    @inline(__always) func first(_ node: Int32) -> Int32 { heads[node] }
    @inline(__always) func stay(_ index: Int32) -> Stay { pool[index] }

    /// Enters a path; its vehicle rests at its end for ever.
    mutating func add(_ vehicle: Int32, _ path: [Int32]) {
        var from = 0
        for step in 1...path.count where step == path.count || path[step] != path[from] {
            insert(path[from], Int32(from), step == path.count ? Self.ever : Int32(step), vehicle)
            from = step
        }
    }

    /// Takes a path out again.
    mutating func remove(_ vehicle: Int32, _ path: [Int32]) {
        var from = 0
        for step in 1...path.count where step == path.count || path[step] != path[from] {
            delete(path[from], Int32(from), vehicle)
            from = step
        }
    }

    /// Who is at a node at a time, -1 where nobody is.
    func who(_ node: Int32, _ time: Int32) -> Int32 {
        var index = heads[node]
        while index >= 0, pool[index].from <= time {
            if time < pool[index].until { return pool[index].vehicle }
            index = pool[index].next
        }
        return -1
    }

    private mutating func insert(_ node: Int32, _ from: Int32, _ until: Int32, _ vehicle: Int32) {
        let index: Int32
        if free >= 0 {
            index = free
            free = pool[index].next
        } else {
            if size == pool.count {
                let larger = Flat<Stay>(pool.count * 2, Stay(from: 0, until: 0, vehicle: -1, next: -1))
                larger.base.update(from: pool.base, count: size)
                pool = larger
            }
            index = Int32(size)
            size += 1
        }
        var (before, after) = (Int32(-1), heads[node])
        while after >= 0, pool[after].from < from { (before, after) = (after, pool[after].next) }
        pool[index] = Stay(from: from, until: until, vehicle: vehicle, next: after)
        if before >= 0 { pool.base[Int(before)].next = index } else { heads[node] = index }
    }

    private mutating func delete(_ node: Int32, _ from: Int32, _ vehicle: Int32) {
        var (before, index) = (Int32(-1), heads[node])
        while index >= 0, pool[index].from != from || pool[index].vehicle != vehicle {
            (before, index) = (index, pool[index].next)
        }
        guard index >= 0 else { return }
        if before >= 0 { pool.base[Int(before)].next = pool[index].next } else { heads[node] = pool[index].next }
        pool.base[Int(index)].next = free
        free = index
    }
}
