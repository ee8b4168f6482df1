/// Stations at work: what is open where, what shelves still hold, and whose turn it is.
struct StationFloor {
    private struct Open {
        let order: Int
        var left: [String: Int]
    }

    private let orders: [StationOrder]
    private let shelves: [StationShelf]
    private let work: StationWork
    private let rule: StationWork.Rule
    private var waiting: [Int]
    private var open: [[Open]]
    private var clock: [Int]
    private var stock: [[String: Int]]
    /// Which shelves hold an item.
    private var holders: [String: [Int]] = [:]
    /// Until when a shelf is at a station.
    private var busy: [Int]
    private var (station, done): ([String: Int], [String: Int]) = ([:], [:])
    private var short: [String: [String: Int]] = [:]
    private var visits: [Stations.Visit] = []

    init(_ orders: [StationOrder], _ shelves: [StationShelf], _ work: StationWork, _ rule: StationWork.Rule) {
        self.orders = orders
        self.shelves = shelves
        self.work = work
        self.rule = rule
        waiting = Array(orders.indices)
        open = Array(repeating: [], count: max(1, work.stations))
        clock = (0..<max(1, work.stations)).map { work.busy.indices.contains($0) ? max(0, work.busy[$0]) : 0 }
        stock = shelves.map { $0.stock.filter { $0.value > 0 } }
        busy = Array(repeating: 0, count: shelves.count)
        for (shelf, items) in stock.enumerated() { for item in items.keys { holders[item, default: []].append(shelf) } }
    }

    var result: Stations {
        Stations(
            station: station, visits: visits, done: done, short: short,
            late: orders.filter { order in done[order.id].map { $0 > order.due } ?? false }.map(\.id))
    }

    /// The station that is free first opens orders and has one shelf brought.
    /// - Returns: whether there was anything to do.
    mutating func step() -> Bool {
        let working = clock.indices.filter { !open[$0].isEmpty || !waiting.isEmpty }
        guard let here = working.min(by: { (clock[$0], $0) < (clock[$1], $1) }) else { return false }
        while open[here].count < work.slots(at: here), let next = choose(here) {
            waiting.removeAll { $0 == next }
            station[orders[next].id] = here
            open[here].append(Open(order: next, left: orders[next].lines))
        }
        close(here)
        guard !open[here].isEmpty else { return true }
        if let shelf = shelf(here) { bring(shelf, here) } else { setAside(here) }
        close(here)
        return true
    }

    /// The next order for a station.
    private func choose(_ here: Int) -> Int? {
        guard let first = waiting.first else { return nil }
        guard rule == .shared else { return first }
        let window = waiting.prefix(max(1, work.window))
        let soonest = window.min { (orders[$0].due, $0) < (orders[$1].due, $1) } ?? first
        // What is due soon does not wait for company.
        if isPressing(soonest, orders[soonest].lines, here) { return soonest }
        let coming = coming(here)
        return window.map { (order: $0, extra: extra($0, coming)) }
            .min { ($0.extra, orders[$0.order].due, $0.order) < ($1.extra, orders[$1.order].due, $1.order) }?.order
    }

    /// Whether an order will be late unless it goes first.
    private func isPressing(_ order: Int, _ left: [String: Int], _ here: Int) -> Bool {
        let needs = left.count * work.visit + left.values.reduce(0, +) * work.pick
        return orders[order].due - clock[here] < 3 * needs + work.slots(at: here) * work.visit
    }

    /// The shelves that will come to a station for what is open there: always the one that serves most of what is left.
    private func coming(_ here: Int) -> Set<Int> {
        var left: [String: Int] = [:]
        for order in open[here] { left.merge(order.left, uniquingKeysWith: +) }
        var coming: Set<Int> = []
        while !left.isEmpty {
            var served: [Int: Int] = [:]
            for (item, count) in left {
                for shelf in holders[item] ?? [] { served[shelf, default: 0] += min(count, stock[shelf][item] ?? 0) }
            }
            let best = served.filter { !coming.contains($0.key) && $0.value > 0 }
                .max { ($0.value, $1.key) < ($1.value, $0.key) }
            guard let shelf = best?.key else { break }
            coming.insert(shelf)
            for (item, count) in left {
                let rest = count - (stock[shelf][item] ?? 0)
                left[item] = rest > 0 ? rest : nil
            }
        }
        return coming
    }

    /// How many of an order's lines need a shelf that does not come anyway, of a thousand.
    private func extra(_ order: Int, _ coming: Set<Int>) -> Int {
        let lines = orders[order].lines
        let missing = lines.count { item, count in
            !(holders[item] ?? []).contains { coming.contains($0) && (stock[$0][item] ?? 0) >= count }
        }
        return lines.isEmpty ? 0 : missing * 1000 / lines.count
    }

    /// The shelf that serves most of what is open at a station, first of what is due soon; one that is elsewhere just now only
    /// where no other serves anything.
    private func shelf(_ here: Int) -> Int? {
        let pressing = rule == .shared ? open[here].filter { isPressing($0.order, $0.left, here) } : []
        let next = pressing.min { (orders[$0.order].due, $0.order) < (orders[$1.order].due, $1.order) }
        return next.flatMap { shelf(for: [$0], here) } ?? shelf(for: open[here], here)
    }

    private func shelf(for open: [Open], _ here: Int) -> Int? {
        var served: [Int: Int] = [:]
        for order in open {
            for (item, count) in order.left {
                for shelf in holders[item] ?? [] { served[shelf, default: 0] += min(count, stock[shelf][item] ?? 0) }
            }
        }
        let useful = served.filter { $0.value > 0 }
        let free = useful.filter { busy[$0.key] <= clock[here] }
        return (free.isEmpty ? useful : free).max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    private mutating func bring(_ shelf: Int, _ here: Int) {
        let arrival = max(clock[here], busy[shelf]) + work.visit
        var picks: [Stations.Pick] = []
        let byDue = open[here].indices.sorted {
            (orders[open[here][$0].order].due, $0) < (orders[open[here][$1].order].due, $1)
        }
        for slot in byDue {
            for item in open[here][slot].left.keys.sorted() {
                let count = min(open[here][slot].left[item] ?? 0, stock[shelf][item] ?? 0)
                guard count > 0 else { continue }
                picks.append(.init(order: orders[open[here][slot].order].id, item: item, count: count))
                let (rest, held) = ((open[here][slot].left[item] ?? 0) - count, (stock[shelf][item] ?? 0) - count)
                open[here][slot].left[item] = rest > 0 ? rest : nil
                stock[shelf][item] = held > 0 ? held : nil
                if held <= 0 { holders[item]?.removeAll { $0 == shelf } }
            }
        }
        visits.append(.init(station: here, shelf: shelves[shelf].id, at: arrival, picks: picks))
        clock[here] = arrival + picks.reduce(0) { $0 + $1.count } * work.pick
        busy[shelf] = clock[here]
    }

    /// Orders that nothing is left to take for are done.
    private mutating func close(_ here: Int) {
        for order in open[here] where order.left.isEmpty { done[orders[order.order].id] = clock[here] }
        open[here].removeAll { $0.left.isEmpty }
    }

    /// No shelf holds anything of what is open: those orders are short.
    private mutating func setAside(_ here: Int) {
        for order in open[here] { short[orders[order.order].id] = order.left }
        open[here] = []
    }
}
