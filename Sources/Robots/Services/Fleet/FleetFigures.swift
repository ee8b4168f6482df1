import Access
public import District
import Record
import Series
import Store
import Synchronization
import Twin

/// How many vehicles one house talks to over a real broker: simulated ones in processes of their own, half by each version,
/// each driving one order after the other by our gateway. In the middle the broker goes away and comes back.
public struct FleetFigures: Sendable {
    /// One measured figure.
    public typealias Row = TrafficFigures.Row

    /// The house: its store, series and account at the broker.
    let spine: Spine
    /// How many vehicles; half speak 2.1, half 3.0.
    let count: Int
    /// How long before and after the broker's restart, in seconds.
    let seconds: Double
    /// Processor time of this process in seconds.
    let cpu: @Sendable () -> Double
    /// Stops the broker and starts it again at the same port.
    let restart: @Sendable () async throws -> Void
    let say: @Sendable (String) -> Void

    /// The site on whose places the vehicles stand.
    public static let site = "haesol-center"
    /// Their maker.
    public static let manufacturer = "bench"

    /// Vehicles of one process: the site has no more places.
    public struct Group: Sendable {
        /// The version of VDA 5050 that they speak.
        public let version: String
        /// How their serial numbers begin.
        public let serial: String
        /// How many there are.
        public let count: Int
    }

    /// So many vehicles in groups, half by each version.
    public static func groups(_ count: Int) -> [Group] {
        ["2.1", "3.0"].flatMap { version in
            stride(from: 0, to: count / 2, by: 50).map { first in
                Group(
                    version: version, serial: "v\(version.prefix(1))-\(first / 50)", count: min(50, count / 2 - first))
            }
        }
    }

    /// - Parameters:
    ///   - spine: a house of its own, with an account at the broker.
    ///   - count: how many vehicles there are in all.
    ///   - seconds: how long is measured before and after the broker's restart.
    ///   - cpu: processor time of this process in seconds.
    ///   - restart: stops the broker and starts it again at the same port.
    ///   - say: told of what is being measured.
    public init(
        spine: Spine, count: Int, seconds: Double, cpu: @escaping @Sendable () -> Double,
        restart: @escaping @Sendable () async throws -> Void, say: @escaping @Sendable (String) -> Void
    ) {
        self.spine = spine
        self.count = count
        self.seconds = seconds
        self.cpu = cpu
        self.restart = restart
        self.say = say
    }

    /// What was heard and done, by vehicle.
    private final class Tally: Sendable {
        struct State {
            var begun: [String: ContinuousClock.Instant] = [:]
            var taken: Set<String> = []
            var finished: [String: Int] = [:]
            var refused: [String] = []
            var latencies: [Double] = []
            var delays: [Double] = []
            var states = 0
            var last: [VehicleID: ContinuousClock.Instant] = [:]
        }
        let state = Mutex(State())
    }

    /// All figures.
    /// - Throws: ``HandbookError`` where the site has too few places, or what the store throws.
    public func rows() async throws -> [Row] {
        let book = Handbook(shipped: Robots.shippedData)
        let fleet = Fleet(desk: try VDADesk(from: book))
        let plan = try SampleSites.plans(book).first { $0.id == Self.site }
        guard let plan else { throw HandbookError(file: "site-\(Self.site).json", place: "", rule: "is there") }
        let compiled: CompiledSite
        do { compiled = try SiteCompiler.compile(plan) } catch {
            throw HandbookError(file: "site-\(Self.site).json", place: "", rule: "can be driven")
        }
        let vehicles = Self.groups(count).flatMap { group in
            (1...group.count).map { number in
                VehicleID(
                    manufacturer: Self.manufacturer, serial: "\(group.serial)-\(number < 10 ? "0" : "")\(number)")
            }
        }
        try await enrol(vehicles, plan)
        let tally = Tally()
        let gateway = FleetGateway(spine: spine, fleet: fleet, air: FleetAir())
        let news = fleet.news.listen()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await gateway.run() }
            group.addTask {
                for await one in news { Self.note(one, tally) }
            }
            let rows = try await measure(fleet, vehicles, compiled, tally)
            group.cancelAll()
            return rows
        }
    }

    private func enrol(_ vehicles: [VehicleID], _ plan: SitePlan) async throws {
        let zone = try Caller.system("bench").tenant
        let site = Thing(id: ThingID(plan.id), kind: .site, name: plan.name, firm: nil, scope: .zone)
        try await spine.district.transact { transaction in
            let origin = Origin(author: .system("bench"))
            try transaction.record(try TwinEvents.declared([site], for: zone, in: transaction.writer), origin: origin)
            for vehicle in vehicles {
                let name = Words(vehicle.serial, vehicle.serial)
                try transaction.record(
                    try EnrolVehicle.drafts(vehicle, name, at: site, sample: true, for: zone, in: transaction.writer),
                    origin: origin)
            }
        }
    }

    private static func note(_ one: FleetNews, _ tally: Tally) {
        let now = ContinuousClock.now
        tally.state.withLock { state in
            switch one {
            case .report(let report) where report.presence == .here:
                state.states += 1
                state.last[report.vehicle] = now
                state.delays.append(report.came.seconds(since: report.said))
                if let begun = state.begun[report.order], state.taken.insert(report.order).inserted {
                    state.latencies.append((now - begun) / .seconds(1))
                }
            case .finished(_, let order, _): state.finished[order, default: 0] += 1
            case .refused(_, let order, let why): state.refused.append("\(order) \(why.rawValue)")
            default: break
            }
        }
    }

    // MARK: - Measured

    private func measure(
        _ fleet: Fleet, _ vehicles: [VehicleID], _ site: CompiledSite, _ tally: Tally
    ) async throws -> [Row] {
        try await until("all are here", 120) {
            await fleet.standings().count { $0.presence == .here && $0.factsheet != nil } == vehicles.count
        }
        say("… \(vehicles.count) vehicles are here")
        let drivers = vehicles.map { vehicle in Task { await drive(fleet, vehicle, site, tally) } }
        try await Task.sleep(for: .seconds(5))
        tally.state.withLock { ($0.states, $0.delays, $0.latencies) = (0, [], []) }
        let (begin, before) = (ContinuousClock.now, cpu())
        let ages = await stored(vehicles)
        let (wall, spent) = ((ContinuousClock.now - begin) / .seconds(1), cpu() - before)
        let calm = tally.state.withLock { $0 }
        say("… the broker goes away")
        let gone = ContinuousClock.now
        try await restart()
        let up = ContinuousClock.now
        try await until("all are back", 180) {
            tally.state.withLock { state in vehicles.allSatisfy { state.last[$0].map { $0 > up } ?? false } }
        }
        let back = (ContinuousClock.now - gone) / .seconds(1)
        say("… all are back after \(Int(back)) s")
        try await Task.sleep(for: .seconds(seconds))
        drivers.forEach { $0.cancel() }
        try await until("all orders are over", 180) {
            tally.state.withLock { $0.begun.keys.allSatisfy { [finished = $0.finished] in finished[$0] != nil } }
        }
        let end = tally.state.withLock { $0 }
        let how =
            "\(vehicles.count) simulated vehicles in processes of their own, half 2.1, half 3.0, Mosquitto on loopback, SQLite"
        return [
            Row(name: "fleet: state messages", value: Double(calm.states) / wall, unit: "messages/s", how: how),
            Row(
                name: "fleet: state said → on the floor, p95", value: Self.p95(calm.delays) * 1000, unit: "ms",
                how: "by the vehicle's clock of the same machine, \(calm.delays.count) states"),
            Row(
                name: "fleet: state → stored, p95", value: Self.p95(ages), unit: "s",
                how:
                    "age of the newest stored place of each vehicle, looked at once a second; written at most once a second"
            ),
            Row(
                name: "fleet: order → acknowledged, p95", value: Self.p95(calm.latencies) * 1000, unit: "ms",
                how:
                    "journaled, sent, taken, said; \(calm.latencies.count) orders; the vehicles look four times a second"
            ),
            Row(
                name: "fleet: processor time", value: spent / wall, unit: "cores",
                how: "the house alone, without the vehicles"),
            Row(
                name: "fleet: all back after the broker's restart", value: back, unit: "s",
                how: "from its stop until each of the \(vehicles.count) was heard again"),
            Row(
                name: "fleet: orders lost / done twice / refused",
                value: Double(
                    end.finished.values.count { $0 != 1 } + end.begun.count - end.finished.count + end.refused.count),
                unit: "orders",
                how:
                    "\(end.begun.count) orders over \(Int(seconds * 2)) s and the restart; \(end.refused.prefix(3).joined(separator: ", "))"
            ),
        ]
    }

    /// One order after the other: out by three nodes and back to the place.
    private func drive(_ fleet: Fleet, _ vehicle: VehicleID, _ site: CompiledSite, _ tally: Tally) async {
        guard let home = await fleet.standing(vehicle)?.report?.lastNode, let start = site.number(home) else { return }
        var (number, fence) = (0, Int64(Timestamp.now().microseconds))
        while !Task.isCancelled {
            number += 1
            fence += 1
            let order = "\(vehicle.serial)-\(number)"
            let here = await fleet.standing(vehicle)?.report?.lastNode
            let steps = Self.way(site, from: here.flatMap { site.number($0) } ?? start)
            tally.state.withLock { $0.begun[order] = .now }
            await fleet.drive(
                vehicle, Route(order: order, site: Self.site, steps: steps, released: steps.count, fence: fence))
            while !Task.isCancelled {
                let isOver = tally.state.withLock { state in
                    state.finished[order] != nil || state.refused.contains { $0.hasPrefix("\(order) ") }
                }
                if isOver { break }
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// Three nodes on, as the ways lead.
    private static func way(_ site: CompiledSite, from start: Int32) -> [Route.Step] {
        var nodes = [start]
        while nodes.count < 4 {
            let next = site.roadmap.next[Int(nodes[nodes.count - 1])]
            guard let following = next.first(where: { !nodes.contains($0) }) ?? next.first else { break }
            nodes.append(following)
        }
        return nodes.enumerated().map { index, node in
            let spot = site.spots[Int(node)]
            let passage = index == 0 ? nil : site.passage(nodes[index - 1], node)
            return Route.Step(
                sequence: 2 * index, node: spot.name, edge: passage?.edge, map: spot.map, x: spot.x, y: spot.y,
                speed: passage?.speed)
        }
    }

    /// How old the newest stored place of each vehicle is, looked at once a second.
    private func stored(_ vehicles: [VehicleID]) async -> [Double] {
        var ages: [Double] = []
        let end = ContinuousClock.now.advanced(by: .seconds(seconds))
        while ContinuousClock.now < end {
            try? await Task.sleep(for: .seconds(1))
            let now = Timestamp.now()
            ages += vehicles.compactMap { vehicle in
                spine.series.latest(SeriesKey(vehicle.thing, "position_x")).map { now.seconds(since: $0.time) }
            }
        }
        return ages
    }

    private func until(_ what: String, _ seconds: Double, _ holds: () async -> Bool) async throws {
        let end = ContinuousClock.now.advanced(by: .seconds(seconds))
        while ContinuousClock.now < end {
            if await holds() { return }
            try await Task.sleep(for: .milliseconds(250))
        }
        throw HandbookError(file: "fleet", place: what, rule: "comes about within \(Int(seconds)) s")
    }

    private static func p95(_ values: [Double]) -> Double {
        values.isEmpty ? .nan : values.sorted()[(values.count - 1) * 95 / 100]
    }
}
