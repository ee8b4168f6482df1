import Access
public import District
import Record
import Store
import Twin

/// How fast a centre promises, releases, picks and packs, with a simulated day of order lines in its tables. Reads no clock
/// itself.
public struct DayFigures: Sendable {
    /// One measured figure.
    public struct Row: Sendable {
        /// What was measured.
        public let name: String
        /// How much it is.
        public let value: Double
        /// What it is counted in.
        public let unit: String
        /// On what it was measured.
        public let how: String
    }

    /// The house that is measured: its room Fulfilment on a store of its own.
    let district: District
    /// Seconds since some moment, which only grow.
    let seconds: @Sendable () -> Double
    /// Told of what is being measured.
    let say: @Sendable (String) -> Void

    /// - Parameters:
    ///   - district: a house that is open, and empty.
    ///   - seconds: seconds since some moment, which only grow.
    ///   - say: told of what is being measured.
    public init(
        district: District, seconds: @escaping @Sendable () -> Double, say: @escaping @Sendable (String) -> Void
    ) {
        self.district = district
        self.seconds = seconds
        self.say = say
    }

    static let centre = "bench-center"
    static let scope = Scope.firm(FirmID("firm-bench"))
    private static let system = Caller.system("bench")
    private static let owner = Tenant.firm(FirmID("firm-bench"))
    /// Items and places of the hall; a few items are in most orders.
    private static let items = 500
    /// Lines of an order.
    private static let lines = 4
    /// Orders an hour at ten times the mean of a day of a million lines.
    private static let busy = 10.0 * 1_000_000 / Double(lines) / 86_400

    /// Measures a day.
    /// - Parameters:
    ///   - lines: order lines that are taken in all.
    ///   - writers: how many order at once.
    ///   - floor: orders that are then picked and packed.
    public func rows(lines: Int, beside writers: Int = 64, floor: Int = 400) async throws -> [Row] {
        try await hall()
        var rows: [Row] = []
        let orders = max(writers, lines / Self.lines)
        say("\(orders) orders of \(Self.lines) lines, \(writers) at once")
        let start = seconds()
        let full = try await take(orders, beside: writers, pace: nil)
        let took = seconds() - start
        let how = "\(orders) orders of \(Self.lines) lines out of \(Self.items) items of 3 lots, \(writers) at once"
        rows.append(
            Row(name: "order lines promised", value: Double(orders * Self.lines) / took, unit: "lines/s", how: how))
        rows += Self.times("promise, as fast as it goes", full, how)
        say("the same at a busy hour's pace")
        let paced = try await take(max(writers, Int(Self.busy * 20)), beside: writers, pace: Self.busy)
        rows += Self.times(
            "promise, busy hour", paced,
            "\(writers) at once, together \(Int(Self.busy)) orders/s: ten times the mean of a day of a million lines")
        say("the same while the floor is released")
        let service = ReleaseService(district: district)
        async let released = release(floor, by: service)
        let beside = try await take(max(writers, Int(Self.busy * 20)), beside: writers, pace: Self.busy)
        rows += Self.times("promise, busy hour beside the release", beside, "the same, orders released meanwhile")
        let (count, elapsed) = try await released
        rows.append(
            Row(
                name: "orders released", value: Double(count) / max(elapsed, 0.001), unit: "orders/s",
                how: "batched and routed exactly out of \(orders) that wait, beside the intake"))
        rows += try await walk()
        return rows
    }

    // MARK: - The hall

    private func hall() async throws {
        let (system, zone) = (Origin(author: .system("bench")), try Self.system.tenant)
        let firm = Firm(id: FirmID("firm-bench"), name: "bench", registration: "1", headcount: 42)
        try await district.record([try AccessEvents.firmRegistered(firm)], origin: system)
        let thing = Thing(
            id: ThingID(Self.centre), kind: .building, name: Words("벤치 물류센터", "Bench centre"), firm: firm.id,
            scope: Self.scope)
        try await district.record(
            try await district.store.read { try TwinEvents.declared([thing], for: zone, in: $0) }, origin: system)
        for number in 0..<Self.items {
            try await perform(
                RegisterItem.name,
                [
                    "code": .string("I\(number)"), "name": .string("상품 \(number)"), "lots": true, "weight": 200,
                    "length": 60, "width": 50, "height": 40, "price": 1_000, "shelf_life": 300, "minimum_life": 2,
                ])
            try await perform(
                RegisterPlace.name,
                [
                    "name": .string("P-\(number)"), "kind": "pick", "aisle": .decimal(Int64(number / 50)),
                    "position": .decimal(Int64(number % 50)), "sequence": .decimal(Int64(number)),
                ])
        }
        try await perform(
            SetCentre.name,
            [
                "cutoffs": "11:00 16:00 22:00", "weekends": true, "capacity": 10_000_000, "floor": 100_000,
                "handling": 0,
                "carriers": [["id": "bench", "name": "bench", "days": 1, "fee": 3000, "weekends": true]],
            ])
        let now = district.clock()
        for number in 0..<Self.items {
            var drafts: [Draft] = []
            var moves: [Move] = []
            for lot in 1...3 {
                let expiry = now.advanced(bySeconds: Double(100 + lot) * 86_400)
                drafts.append(
                    Draft(
                        StockTable.opened, stream: "lot/I\(number)/L\(lot)", scope: Self.scope,
                        payload: [
                            "item": .string("I\(number)"), "lot": .string("L\(lot)"),
                            "expiry": .string(expiry.description),
                        ]))
                moves.append(
                    Move(
                        "I\(number)", lot: "L\(lot)", 5_000_000,
                        to: Spot(location: Place.id("P-\(number)", in: Self.centre))))
            }
            let event = StockEvent(StockEvent.received, centre: Self.centre, step: "receiving", moves: moves)
            try await district.record(
                drafts + [event.draft(stream: "goods/bench", scope: Self.scope)], origin: system)
        }
    }

    @discardableResult
    private func perform(_ name: String, _ values: [String: JSON]) async throws -> Outcome {
        try await work(name, values.merging(["centre": .string(Self.centre)]) { $1 })
    }

    /// A step of the floor's, which names no centre.
    @discardableResult
    private func work(_ name: String, _ values: [String: JSON]) async throws -> Outcome {
        try await district.perform(name, values, by: Self.system, confirmed: true)
    }

    // MARK: - Orders

    /// Takes orders; how long each took, in seconds.
    /// - Parameter pace: orders a second, all together; nil for as fast as it goes.
    private func take(_ orders: Int, beside writers: Int, pace: Double?) async throws -> [Double] {
        try await withThrowingTaskGroup(of: [Double].self) { group in
            for writer in 0..<writers {
                let mine = orders / writers + (writer < orders % writers ? 1 : 0)
                group.addTask { try await one(writer, mine, pause: pace.map { Double(writers) / $0 }) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func one(_ writer: Int, _ orders: Int, pause: Double?) async throws -> [Double] {
        var draw = PlanDraw(seed: UInt64(writer + 1))
        var times: [Double] = []
        times.reserveCapacity(orders)
        for number in 0..<orders {
            if let pause {
                // Nobody orders in step with others: the first at any moment, the next after some while.
                let part = Double(draw.below(1000)) / 1000
                try await Task.sleep(for: .seconds(number == 0 ? pause * part : pause * (0.5 + part)))
            }
            let lines = (0..<Self.lines).map { _ -> JSON in
                let part = Double(draw.below(10_000)) / 10_000
                let item = min(Self.items - 1, Int(part * part * Double(Self.items)))
                return ["item": .string("I\(item)"), "quantity": .decimal(Int64(draw.below(3) + 1))]
            }
            let start = seconds()
            try await perform(
                PlaceOrder.name,
                [
                    "delivery": "carrier", "address": "시흥시 예시로 1", "name": "예시", "partial": true,
                    "lines": .array(lines),
                ])
            times.append(seconds() - start)
        }
        return times
    }

    private static func times(_ what: String, _ times: [Double], _ how: String) -> [Row] {
        let sorted = times.sorted()
        return [(50, "p50"), (95, "p95"), (99, "p99")].compactMap { percent, name in
            guard !sorted.isEmpty else { return nil }
            let value = sorted[min(sorted.count - 1, sorted.count * percent / 100)] * 1000
            return Row(name: "\(what), \(name)", value: value, unit: "ms", how: how)
        }
    }

    // MARK: - The floor

    private func release(_ most: Int, by service: ReleaseService) async throws -> (Int, Double) {
        let start = seconds()
        var count = 0
        while count < most {
            try await service.release()
            let now = try await district.store.read { reader in
                try OrderTable.stages(for: Self.owner, in: reader)[.released] ?? 0
            }
            guard Int(now) > count else { break }
            count = Int(now)
        }
        return (count, seconds() - start)
    }

    /// Picks what was released, eight at once, and packs it.
    private func walk() async throws -> [Row] {
        let tasks = try await district.store.read {
            try TourTable.openTasks(in: Self.centre, for: Self.owner, in: $0)
        }
        say("\(tasks.count) picks")
        var start = seconds()
        try await share(tasks) { task in
            try await work(
                ConfirmPick.name,
                [
                    "tour": .string(task.tour), "task": .decimal(task.task), "place": .string(task.place),
                    "item": .string(task.item), "quantity": .decimal(task.left),
                ])
        }
        let picked = Row(
            name: "picks confirmed", value: Double(tasks.count) / (seconds() - start), unit: "picks/s",
            how: "\(tasks.count) scans, eight people at once")
        let orders = Array(Set(tasks.map(\.order))).sorted()
        say("\(orders.count) orders packed")
        start = seconds()
        try await share(orders) { order in
            try await work(
                PackOrder.name, ["order": .string(order), "parcels": [["carton": "3호"]], "reason": "bench"])
        }
        return [
            picked,
            Row(
                name: "orders packed", value: Double(orders.count) / (seconds() - start), unit: "orders/s",
                how: "\(orders.count) orders, a carton each, eight people at once"),
        ]
    }

    private func share<Work: Sendable>(
        _ work: [Work], by people: Int = 8, _ body: @escaping @Sendable (Work) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for person in 0..<people {
                group.addTask {
                    for index in stride(from: person, to: work.count, by: people) { try await body(work[index]) }
                }
            }
            try await group.waitForAll()
        }
    }
}
