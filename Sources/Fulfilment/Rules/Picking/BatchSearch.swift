/// The search behind ``Batching``: batches as lists of orders with the exact length of each tour, and changes of them.
///
/// Orders stand for their places in the list given; there are as many batches as orders, most of them empty. All buffers are made
/// once: a step costs two short loops over the aisles, or two looks into the memory of tours already measured.
final class BatchSearch {
    typealias Numbers = UnsafeMutablePointer<Int>

    let count: Int
    let capacity: Int
    /// By how many items a batch may be too heavy while the search goes on.
    let leeway: Int
    /// What an item too many counts, in units of length.
    var weight = 0.0
    /// How many items too many there are in all.
    var excess = 0
    var draw: PlanDraw
    /// Exchanges tried so far.
    var steps = 0
    /// How many items each order is.
    let items: Numbers
    /// Whose batch each order is in.
    let home: Numbers
    /// How many orders each batch has, what they weigh and how long its tour is.
    let sizes: Numbers
    let loads: Numbers
    let costs: Numbers
    /// The sum of all tours.
    var length = 0

    private let meter: TourMeter
    private let words: Int
    private let masks: UnsafeMutablePointer<UInt64>
    private let scratch: UnsafeMutablePointer<UInt64>
    /// What each order adds to the key of its batch, and the keys of the batches.
    private let keys: UnsafeMutablePointer<UInt64>
    private let batchKeys: UnsafeMutablePointer<UInt64>
    private let memory: TourMemory
    /// The orders of each batch, `stride` places a batch.
    private let slots: Numbers
    private let stride: Int

    init(_ orders: [PickOrder], _ hall: PickHall, capacity: Int, seed: UInt64) {
        func numbers(_ count: Int) -> Numbers {
            let buffer = Numbers.allocate(capacity: max(1, count))
            buffer.initialize(repeating: 0, count: max(1, count))
            return buffer
        }
        func wide(_ count: Int) -> UnsafeMutablePointer<UInt64> {
            let buffer = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, count))
            buffer.initialize(repeating: 0, count: max(1, count))
            return buffer
        }
        count = orders.count
        self.capacity = capacity
        meter = TourMeter(hall)
        words = meter.size
        (items, home, sizes) = (numbers(count), numbers(count), numbers(count))
        (loads, costs) = (numbers(count), numbers(count))
        (masks, scratch) = (wide(count * words), wide(words))
        (keys, batchKeys) = (wide(count), wide(count))
        leeway = max(0, capacity) * 2 / 25
        let least = max(1, orders.map(\.items).min() ?? 1)
        stride = max(1, min(count, orders.contains { $0.items < 1 } ? count : (capacity + leeway) / least))
        slots = numbers(count * stride)
        memory = TourMemory(bits: count > 30 ? 18 : 12)
        draw = PlanDraw(seed: seed)
        for (index, order) in orders.enumerated() {
            items[index] = order.items
            meter.mark(order.stops, in: masks + index * words)
            keys[index] = draw.next()
        }
        set(orders.indices.map { [$0] })
    }

    deinit {
        for buffer in [items, home, sizes, loads, costs, slots] { buffer.deallocate() }
        for buffer in [masks, scratch, keys, batchKeys] { buffer.deallocate() }
        memory.free()
    }

    /// The batches that hold something.
    var batches: [[Int]] { (0..<count).filter { sizes[$0] > 0 }.map(members) }

    /// The orders of a batch.
    func members(_ batch: Int) -> [Int] { (0..<sizes[batch]).map { slots[batch * stride + $0] } }

    @inline(__always)
    func member(_ batch: Int, _ place: Int) -> Int { slots[batch * stride + place] }

    /// Puts these batches in the place of all that is; they hold every order once.
    func set(_ batches: [[Int]]) {
        for batch in 0..<count { (sizes[batch], loads[batch], costs[batch], batchKeys[batch]) = (0, 0, 0, 0) }
        for (batch, orders) in batches.enumerated() {
            for order in orders { put(order, into: batch) }
        }
        (length, excess) = (0, 0)
        for batch in 0..<count where sizes[batch] > 0 {
            costs[batch] = tour(batch)
            length += costs[batch]
            excess += max(0, loads[batch] - capacity)
        }
    }

    /// An order into a batch; its cost is the caller's to set.
    @inline(__always)
    func put(_ order: Int, into batch: Int) {
        slots[batch * stride + sizes[batch]] = order
        sizes[batch] += 1
        loads[batch] += items[order]
        batchKeys[batch] ^= keys[order]
        home[order] = batch
    }

    /// An order out of its batch; the cost is the caller's to set.
    @inline(__always)
    func take(_ order: Int) {
        let batch = home[order]
        let first = slots + batch * stride
        var place = 0
        while first[place] != order { place += 1 }
        sizes[batch] -= 1
        first[place] = first[sizes[batch]]
        loads[batch] -= items[order]
        batchKeys[batch] ^= keys[order]
    }

    /// The length of a batch's tour.
    func tour(_ batch: Int) -> Int { tour(batch, without: -1, -1, with: -1, -1) }

    /// The length of a batch's tour without some of its orders and with others; −1 stands for none.
    @inline(__always)
    func tour(_ batch: Int, without out: Int, _ out2: Int = -1, with added: Int, _ added2: Int = -1) -> Int {
        var key = batchKeys[batch]
        if out >= 0 { key ^= keys[out] }
        if out2 >= 0 { key ^= keys[out2] }
        if added >= 0 { key ^= keys[added] }
        if added2 >= 0 { key ^= keys[added2] }
        if key == 0 { return 0 }
        if let known = memory[key] { return known }
        for word in 0..<words { scratch[word] = 0 }
        for place in 0..<sizes[batch] {
            let order = slots[batch * stride + place]
            if order != out, order != out2 { lay(order) }
        }
        if added >= 0 { lay(added) }
        if added2 >= 0 { lay(added2) }
        let length = meter.length(scratch)
        memory[key] = length
        return length
    }

    @inline(__always)
    private func lay(_ order: Int) {
        let mask = masks + order * words
        for word in 0..<words { scratch[word] |= mask[word] }
    }
}
