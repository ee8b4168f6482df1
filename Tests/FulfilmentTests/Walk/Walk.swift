import Access
import District
import HouseKit
import Record
import Store

@testable import Fulfilment

/// A random walk through the whole flow of a centre: whatever people do, in whatever order, what holds of stock holds
/// after each step.
struct Walk {
    let yard: Yard
    var draw: Draws
    private(set) var orders: [String] = []
    /// What was done, for whoever must find out why something does not hold.
    var trace: [String] = []
    private var lot = 2

    init(_ yard: Yard, seed: UInt64) {
        self.yard = yard
        draw = Draws(seed: seed)
    }

    /// How often a kind of step is done in a hundred.
    private static let chances: [(Step, UInt64)] = [
        (.place, 16), (.receive, 7), (.release, 13), (.pick, 22), (.short, 4), (.pack, 10), (.keep, 4), (.free, 4),
        (.count, 4), (.cancel, 4), (.empty, 8), (.sendBack, 2), (.ship, 8), (.hold, 2), (.shut, 2), (.move, 3),
        (.giveBack, 2),
    ]

    enum Step {
        case place, receive, release, pick, short, pack, keep, free, count, cancel, empty, sendBack, ship, hold, shut
        case move, giveBack
    }

    private mutating func roll(_ below: Int) -> Int { below < 1 ? 0 : Int(draw.next() % UInt64(below)) }

    private mutating func one<T>(_ of: [T]) -> T? { of.isEmpty ? nil : of[roll(of.count)] }

    /// The milk first, so that lots are what most is about.
    private mutating func item() -> String { roll(4) == 0 ? "RICE" : "MILK" }

    private static func places(_ item: String) -> [String] {
        item == "RICE" ? ["A-01-1", "A-02-1", "A-02-2"] : ["C-01-1", "C-02-1"]
    }

    /// Does something. What is refused is done otherwise another time; what the schema alone refuses was overlooked.
    mutating func step() async throws {
        var rest = draw.next() % Self.chances.reduce(0) { $0 + $1.1 }
        let step = Self.chances.first { chance in
            defer { rest = rest >= chance.1 ? rest - chance.1 : 0 }
            return rest < chance.1
        }?.0
        yard.clock.advance(by: Double(1 + roll(90)))
        do {
            try await perform(step ?? .pick)
        } catch let refusal as Refusal {
            trace.append("  refused: \(refusal.code)")
            if refusal.code.hasPrefix("stock."), refusal.code != "stock.held" {
                throw WalkFault(what: "the schema refused \(refusal.code)")
            }
        }
    }

    private mutating func perform(_ step: Step) async throws {
        switch step {
        case .place: try await place()
        case .receive: try await receive()
        case .release: try await yard.release()
        case .pick: try await pick()
        case .short: try await short()
        case .pack: try await pack()
        case .keep, .free: try await keep(step == .keep)
        case .count: try await count()
        case .cancel: if let order = one(orders) { try await act("fulfilment.order.cancel", ["order": .string(order)]) }
        case .empty: try await empty()
        case .sendBack: try await sendBack()
        case .ship: try await ship()
        case .hold: try await hold()
        case .shut: try await shut()
        case .move: try await move()
        case .giveBack: try await giveBack()
        }
    }

    mutating func act(_ name: String, _ values: [String: JSON], by caller: Caller = .lead) async throws {
        let said = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        trace.append("\(name) \(said)")
        try await yard.perform(name, values, by: caller)
    }

    private mutating func order(in states: Set<Order.State>) async throws -> String? {
        var found: [String] = []
        for id in orders { if let state = try await yard.find(id)?.state, states.contains(state) { found.append(id) } }
        return one(found)
    }

    // MARK: - Steps

    private mutating func place() async throws {
        var wanted = [(item(), Int64(1 + roll(5)))]
        if roll(3) == 0 { wanted.append((item(), Int64(1 + roll(3)))) }
        let isPartial = roll(3) == 0
        trace.append("place \(wanted) partial \(isPartial)")
        let id = try await yard.order(wanted, ["partial": .bool(isPartial)])
        trace[trace.count - 1] += " \(id)"
        orders.append(id)
    }

    private mutating func receive() async throws {
        let item = item()
        let quantity = Int64(2 + roll(9))
        let at = one(Self.places(item)) ?? "A-01-1"
        if item == "MILK", roll(2) == 0 { lot += 1 }
        let name = item == "RICE" ? "" : "L\(max(1, lot - roll(2)))"
        trace.append("receive \(item) \(name) \(quantity) at \(at)")
        do {
            try await yard.put(
                item, lot: name, quantity, at: at,
                expiry: name.isEmpty ? nil : "2026-12-\(10 + (lot * 7) % 20)T00:00:00Z")
        } catch let refusal as Refusal where refusal.code == "stock.held" {
            try await yard.put(item, lot: name, quantity, at: at, status: .quarantine)
        }
    }

    private mutating func pick() async throws {
        guard let task = one(try await yard.tasks()) else { return try await yard.release() }
        var values = Yard.scan(task)
        values["quantity"] = .decimal(roll(4) == 0 ? Int64(1 + roll(Int(task.left))) : task.left)
        try await act("fulfilment.pick.confirm", values, by: .picker)
    }

    private mutating func pack() async throws {
        guard let order = try await order(in: [.picked]) else { return }
        trace.append("pack \(order)")
        try await yard.pack(order, carton: roll(2) == 0 ? "냉장" : "3호")
    }

    private mutating func short() async throws {
        guard let task = one(try await yard.tasks()) else { return }
        try await act("fulfilment.pick.short", Yard.short(task, Int64(roll(Int(task.left)))), by: .picker)
    }

    private mutating func keep(_ isKept: Bool) async throws {
        let name = "L\(1 + roll(lot))"
        if isKept {
            try await act("fulfilment.lot.quarantine", ["item": "MILK", "lot": .string(name), "reason": "recall"])
        } else {
            trace.append("free \(name)")
            try await yard.free(lot: name)
        }
    }

    private mutating func count() async throws {
        let item = item()
        guard let at = one(Self.places(item)) else { return }
        let held = try await yard.held(at: at)
        try await act("fulfilment.count.open", ["place": .string(Yard.place(at))], by: .picker)
        guard let count = try await yard.last(CountTable.opened)?.payload["count"] else { return }
        var lines = held.map { (item: $0.item, lot: $0.lot, quantity: $0.quantity) }
        if let index = lines.indices.last, roll(3) > 0 {
            lines[index].quantity = max(0, lines[index].quantity + Int64(roll(4)) - 2)
        }
        let said: [JSON] = lines.map {
            ["item": .string($0.item), "lot": .string($0.lot), "quantity": .decimal($0.quantity)]
        }
        do {
            try await act("fulfilment.count.submit", ["count": count, "lines": .array(said)], by: .picker)
        } catch let refusal as Refusal {
            trace.append("  refused: \(refusal.code)")
        }
        if try await yard.last(CountTable.submitted)?.payload["waits"] == true {
            try await act("fulfilment.count.approve", ["count": count], by: .lead)
        }
    }

    private mutating func empty() async throws {
        guard let order = one(orders) else { return }
        let place = one(["A-02-1", "C-01-1", "C-02-1", "Q-01"]) ?? "Q-01"
        var values: [String: JSON] = ["place": .string(Yard.place(place))]
        if roll(4) == 0 {
            values["outcome"] = roll(2) == 0 ? "lost" : "damaged"
            values["reason"] = "-"
            values["place"] = "Q-01"
        }
        if let box = one(try await yard.boxes(order)), roll(2) == 0 {
            values["container"] = .string(box.sscc)
            return try await act("fulfilment.container.empty", values, by: .picker)
        }
        try await act("fulfilment.pick.back", values.merging(["order": .string(order)]) { $1 }, by: .picker)
    }

    private mutating func sendBack() async throws {
        guard let order = try await order(in: [.delivered, .settled]) else { return }
        try await act(
            "fulfilment.return.ask",
            ["order": .string(order), "reason": "unwanted", "lines": [["line": 1, "quantity": 1]]])
        guard let back = try await yard.last(ReturnEvents.asked) else { return }
        let lot = try await yard.lines(order).first?.item == "MILK" ? "L1" : ""
        let values: [String: JSON] = [
            "return": .string(back.stream), "line": 1, "quantity": 1, "lot": .string(lot), "place": "RET-1",
        ]
        // Whatever lot comes back is taken in: one that was never sent is marked.
        try await act("fulfilment.return.receive", values.merging(["other": true]) { $1 }, by: .picker)
        let isRice = lot.isEmpty
        try await act(
            "fulfilment.return.grade",
            values.merging(["grade": "a", "note": "-", "to": isRice ? "A-02-1" : "C-01-1"]) { $1 }, by: .picker)
    }

    mutating func ship() async throws {
        try await act(
            "fulfilment.manifest.open", ["centre": .string(Yard.centre), "carrier": "hanbit"], by: .picker)
        guard let manifest = try await yard.last(ShipEvents.opened)?.stream else { return }
        let boxes = try await yard.store.read { try ParcelTable.boxes(on: manifest, for: Yard.owner, in: $0) }
        for box in boxes {
            try await act(
                "fulfilment.manifest.scan", ["manifest": .string(manifest), "sscc": .string(box.sscc)], by: .picker)
        }
        do {
            try await act("fulfilment.manifest.hand-over", ["manifest": .string(manifest)], by: .picker)
        } catch let refusal as Refusal {
            // Whoever may not leave comes off the list, and the walk goes on.
            trace.append("  refused: \(refusal.code)")
            if refusal.code.hasPrefix("stock.") { throw WalkFault(what: "hand-over met \(refusal.code)") }
            for box in boxes {
                try await act(
                    "fulfilment.manifest.remove",
                    ["manifest": .string(manifest), "sscc": .string(box.sscc), "reason": "-"], by: .picker)
            }
        }
        for order in Set(boxes.map(\.order)).sorted() where try await yard.find(order)?.state == .shipped {
            try await act("fulfilment.order.deliver", ["order": .string(order)])
        }
    }

    private mutating func hold() async throws {
        guard let order = one(orders), let found = try await yard.find(order) else { return }
        try await act("fulfilment.order.\(found.isHeld ? "resume" : "hold")", ["order": .string(order)])
    }

    private mutating func shut() async throws {
        guard let place = one(Self.places(item())) else { return }
        try await act("fulfilment.place.close", ["place": .string(Yard.place(place)), "why": "-"])
        try await act("fulfilment.place.open", ["place": .string(Yard.place(place))])
    }

    private mutating func move() async throws {
        let item = item()
        let places = Self.places(item)
        guard let from = one(places), let to = one(places), let held = one(try await yard.held(at: from)),
            held.status == .available
        else { return }
        try await act(
            "fulfilment.goods.relocate",
            [
                "item": .string(held.item), "lot": .string(held.lot), "from": .string(Yard.place(from)),
                "place": .string(Yard.place(to)), "quantity": .decimal(Int64(1 + roll(Int(held.quantity)))),
                "why": "-",
            ], by: .picker)
    }

    private mutating func giveBack() async throws {
        try await act("fulfilment.pick.start", [:], by: .picker)
        if roll(2) == 0 { try await act("fulfilment.tour.give-back", [:], by: .picker) }
    }

    // MARK: - What must hold

    /// What came in less what left, by item and lot, as far as the Record has been read.
    private var received: [String: Int64] = [:]
    private var leaf: Int64 = 0

    /// What does not hold by now.
    mutating func broken() async throws -> [String] {
        var failures: [String] = []
        for event in try await yard.events(from: leaf) {
            leaf += 1
            if event.type == "district.reaction.failed" {
                failures.append("a reaction failed: \(event.payload)")
            }
            for move in StockEvent(event.type, event.payload)?.moves ?? [] {
                if move.from == nil { received["\(move.item) \(move.lot)", default: 0] += move.quantity }
                if move.to == nil { received["\(move.item) \(move.lot)", default: 0] -= move.quantity }
            }
        }
        let (ids, balance) = (orders, received)
        return failures
            + (try await yard.store.read { try WalkRules($0, orders: ids, received: balance).broken })
    }
}

/// Something that must not be.
struct WalkFault: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
}

extension Yard {
    /// The events from a leaf on.
    func events(from leaf: Int64) async throws -> [Event] {
        let sequencer = Sequencer(clock: clock.read)
        try await store.write { try sequencer.sequenceAll(in: $0) }
        return try await store.read { [district] in
            try district.log.events(fromLeaf: leaf, limit: 100_000, in: $0)
        }
    }

    /// Lets a lot go by two people.
    func free(lot: String) async throws {
        let values: [String: JSON] = ["item": "MILK", "lot": .string(lot), "note": "-"]
        let asked = try await district.perform("fulfilment.lot.free", values, by: .lead, confirmed: true)
        guard let stream = asked.events.first?.stream else { return }
        _ = try await district.perform(
            "district.request.sign", ["request": .string(String(stream.dropFirst("request/".count)))],
            by: .person("haesol-lead-2", [.operator], firm: Self.firm), confirmed: true)
    }

    /// What lies at a place.
    func held(at place: String) async throws -> [(item: String, lot: String, status: StockStatus, quantity: Int64)] {
        try await store.read { reader in
            try StockTable.held(in: Self.centre, location: Self.place(place), for: Self.owner, in: reader)
                .map { ($0.item, $0.lot, $0.spot.status, $0.quantity) }
        }
    }
}
