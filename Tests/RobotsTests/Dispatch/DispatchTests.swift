import Foundation
import Record
import TestKit
import Testing

@testable import Robots

struct DispatchTests {
    private func decide(
        _ vehicles: [DispatchVehicle], _ jobs: [DispatchJob], chargers: [String] = ["0"], refuges: [String] = [],
        forecast: Double = 0, travel: (@Sendable (VehicleID, String, String) -> Double?)? = nil,
        ever: (@Sendable (VehicleID, String, String) -> Double?)? = nil
    ) -> DispatchDecision {
        Dispatch.decide(
            DispatchState(
                now: Corridor.start, vehicles: vehicles, jobs: jobs, chargers: chargers, refuges: refuges,
                forecast: forecast, travel: travel ?? Corridor.travel, ever: ever))
    }

    @Test("the nearest of two gets it, and the same state gives the same answer whatever the order")
    func nearest() {
        let vehicles = [Corridor.vehicle(1, at: 0), Corridor.vehicle(2, at: 80)]
        let jobs = [Corridor.job("m1", [90, 100]), Corridor.job("m2", [10, 20])]
        let decision = decide(vehicles, jobs)
        #expect(decision.assignments.map(\.mission) == ["m2", "m1"])
        #expect(decide(vehicles.reversed(), jobs.reversed()).assignments == decision.assignments)
    }

    @Test("regret: the mission with no other choice keeps its vehicle")
    func regret() {
        // Both are nearest to 1, but b would suffer far more from 2 being its vehicle.
        let vehicles = [Corridor.vehicle(1, at: 100), Corridor.vehicle(2, at: 60)]
        let jobs = [Corridor.job("a", [85, 80]), Corridor.job("b", [160, 170])]
        let given = Dictionary(
            uniqueKeysWithValues: decide(vehicles, jobs).assignments.map { ($0.mission, $0.vehicle.serial) })
        #expect(given == ["a": "nr-02", "b": "nr-01"])
    }

    @Test("clinical goes before food, even food that was given but not begun")
    func clinical() {
        let one = Corridor.vehicle(1)
        let jobs = [
            Corridor.job("latte", [5, 10], asked: -600, holder: one.id),
            Corridor.job("blood", [50, 100], .clinical, asked: 0),
        ]
        #expect(decide([one], jobs).queues[one.id] == ["blood", "latte"])
    }

    @Test("what is too heavy, beyond the factsheet or unreachable is refused at once with its reason")
    func refused() {
        let island: @Sendable (VehicleID, String, String) -> Double? = { vehicle, from, to in
            (from == "99") != (to == "99") ? nil : Corridor.travel(vehicle, from, to)
        }
        var sweeping = Corridor.job("sweep", [1, 2])
        sweeping.actions = ["sweep"]
        let jobs = [
            Corridor.job("heavy", [1, 2], load: 51), Corridor.job("island", [5, 99]), sweeping,
            Corridor.job("good", [1, 2], load: 50),
        ]
        let decision = decide([Corridor.vehicle(1), Corridor.vehicle(2)], jobs, travel: island)
        let reasons = Dictionary(uniqueKeysWithValues: decision.refused.map { ($0.mission, $0.reason) })
        #expect(reasons == ["heavy": .heavy, "island": .unreachable, "sweep": .unable])
        #expect(decision.assignments.map(\.mission) == ["good"])
        // A way that is closed for now is waited for.
        let closed = decide([Corridor.vehicle(1)], [jobs[1]], travel: island, ever: Corridor.travel)
        #expect(closed.refused.isEmpty && closed.waiting["island"] == .closed)
    }

    @Test("what is not known of a vehicle is not taken to be so")
    func unknown() {
        var vehicle = Corridor.vehicle(1)
        vehicle.load = nil
        let heavy = decide([vehicle], [Corridor.job("m", [1, 2], load: 5)])
        #expect(heavy.assignments.isEmpty && heavy.refused.isEmpty)
        let dark = decide([Corridor.vehicle(1, charge: nil)], [Corridor.job("m", [1, 2])])
        #expect(dark.assignments.isEmpty && dark.waiting["m"] == .battery)
        vehicle = Corridor.vehicle(1)
        vehicle.isAvailable = false
        #expect(decide([vehicle], [Corridor.job("m", [1, 2])]).waiting["m"] == .nobody)
    }

    @Test(
        "a mission is given only with the charge to do it and to be back at a charger with a reserve",
        arguments: [(60.0, true), (24.0, true), (22.0, false), (5.0, false)])
    func battery(_ charge: Double, _ isGiven: Bool) {
        // 400 m there, 400 m back at 0.01 %/s and two stops: 8.1 % and the reserve of 15 %.
        let vehicle = Corridor.vehicle(1, charge: charge, drain: 0.01)
        let decision = decide([vehicle], [Corridor.job("m", [200, 400])])
        #expect(decision.assignments.isEmpty != isGiven)
        #expect(decide([vehicle], [Corridor.job("m", [200, 400])], chargers: []).assignments.isEmpty)
    }

    @Test("a given mission moves only for a clear gain, and never once it was begun")
    func sticky() {
        let (one, two) = (Corridor.vehicle(1, at: 0), Corridor.vehicle(2, at: 40))
        #expect(decide([one, two], [Corridor.job("m", [50, 60], holder: one.id)]).assignments.isEmpty)
        let far = Corridor.vehicle(3, at: 500)
        #expect(
            decide([two, far], [Corridor.job("m", [50, 60], holder: far.id)]).assignments.map(\.vehicle) == [two.id])
        // Who cannot work any more loses it.
        var broken = Corridor.vehicle(1)
        broken.isAvailable = false
        #expect(decide([broken], [Corridor.job("m", [5, 6], holder: broken.id)]).released == ["m"])
    }

    @Test("what a person gave to a vehicle stays there, whatever is nearer or fuller, until that vehicle is lost")
    func chosen() {
        let (near, far) = (Corridor.vehicle(1, at: 50, charge: 100), Corridor.vehicle(2, at: 500, charge: 12))
        var job = Corridor.job("m", [50, 60], holder: far.id)
        #expect(decide([near, far], [job]).assignments.map(\.vehicle) == [near.id])
        job.isChosen = true
        let kept = decide([near, far], [job])
        #expect(kept.assignments.isEmpty && kept.released.isEmpty && kept.queues[far.id] == ["m"])
        // It cannot work just now: the mission waits for it.
        var held = far
        held.isAvailable = false
        let waiting = decide([near, held], [job])
        #expect(waiting.assignments.isEmpty && waiting.released.isEmpty && waiting.waiting["m"] != nil)
        // Nobody knows where it is, or it was taken away: another gets it.
        held.isLost = true
        #expect(decide([near, held], [job]).assignments.map(\.vehicle) == [near.id])
        #expect(decide([near], [job]).assignments.map(\.vehicle) == [near.id])
    }

    @Test("how fast a battery empties is measured: driving whole, standing a fifth, charging and silence not at all")
    func discharge() {
        var discharge = Discharge()
        func say(_ seconds: Double, _ charge: Double, driving: Bool = true, charging: Bool = false) {
            var report = VehicleReport(
                vehicle: Corridor.vehicle(1).id, said: Corridor.start,
                came: Corridor.start.advanced(bySeconds: seconds))
            (report.charge, report.isDriving, report.isCharging) = (charge, driving, charging)
            discharge.hear(report)
        }
        for second in stride(from: 0.0, through: 590, by: 10) { say(second, 90 - second * 0.02) }
        #expect(discharge.rate == nil)
        for second in stride(from: 600.0, through: 1000, by: 10) { say(second, 90 - second * 0.02) }
        #expect(abs((discharge.rate ?? 0) - 0.02) < 0.0001)
        // Charged meanwhile, and silent for an hour: nothing is learned of it.
        say(1010, 60, charging: true)
        say(5000, 95)
        say(9000, 20)
        #expect(abs((discharge.rate ?? 0) - 0.02) < 0.0001)
        for second in stride(from: 9010.0, through: 12_000, by: 10) {
            say(second, 20 - (second - 9010) * 0.004, driving: false)
        }
        #expect(abs((discharge.rate ?? 0) - 0.02) < 0.0005)
    }

    @Test("the emptiest idle vehicles go to free chargers before the rush; others wait at refuges, each at its own")
    func idle() {
        let vehicles = [
            Corridor.vehicle(1, at: 10, charge: 70), Corridor.vehicle(2, at: 20, charge: 35),
            Corridor.vehicle(3, at: 30, charge: 95),
        ]
        let decision = decide(vehicles, [], chargers: ["0"], refuges: ["25", "31"])
        #expect(decision.charge == [vehicles[1].id: "0"])
        #expect(decision.park == [vehicles[0].id: "25", vehicles[2].id: "31"])
        let lost = decide([Corridor.vehicle(1, at: 900, charge: 3)], [], chargers: ["0"])
        #expect(lost.stranded.count == 1 && lost.charge.isEmpty)
    }

    @Test(
        "a day of seeded missions: clinical first, nobody stranded, nothing swings, everything is done",
        arguments: [1, 2, 3])
    func day(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var jobs: [DispatchJob] = []
        for number in 0..<220 {
            let asked = Double.random(in: 0..<14_400, using: &random)
            let from = Int.random(in: 0...150, using: &random)
            let to = (from + Int.random(in: 20...100, using: &random)) % 150
            let priority = Mission.Priority.allCases[Int.random(in: 0..<4, using: &random)]
            jobs.append(
                Corridor.job("m\(number)", [from, to], priority, asked: asked, sender: "s\(number % 3)"))
        }
        let vehicles = (1...4).map { Corridor.vehicle($0, at: 30 * $0, charge: 60, drain: 0.02) }
        var corridor = Corridor(vehicles: vehicles, coming: jobs, chargers: ["0", "75", "150"])
        for _ in 0..<2200 where corridor.done.count < jobs.count { corridor.step() }
        #expect(corridor.done.count == jobs.count)
        #expect(corridor.lowest >= Dispatch.reserve - 0.01, "\(corridor.lowest)")
        #expect(corridor.swings.isEmpty, "\(corridor.swings)")
        #expect(corridor.moves.values.reduce(0, +) < jobs.count / 2, "\(corridor.moves)")
        let waits = Dictionary(grouping: jobs, by: \.priority).mapValues { jobs in
            Self.quantile(0.95, jobs.compactMap { corridor.begun[$0.id]?.seconds(since: $0.asked) })
        }
        #expect(waits[.clinical, default: 1e9] <= waits[.low, default: 0])
    }

    static func quantile(_ share: Double, _ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(sorted.count - 1, max(0, Int((Double(sorted.count) * share).rounded(.up)) - 1))]
    }
}
