import District
import HouseKit
import Record
import Store
import Testing

@testable import Robots

/// What is released to a vehicle is given to others as soon as it is gone: only who stands with nothing open is taken out.
@Suite struct WithdrawTests {
    private static func withdraw(_ house: FleetHouse, removed: Bool = false) async throws {
        try await house.yard.perform(
            "robots.vehicle.withdraw",
            ["vehicle": .string(FleetHouse.one.thing.rawValue), "removed": .bool(removed)], by: FleetHouse.officer)
    }

    private static func refusal(_ house: FleetHouse, removed: Bool = false) async -> Refusal? {
        do {
            try await withdraw(house, removed: removed)
            return nil
        } catch {
            return error as? Refusal
        }
    }

    @Test func whoDrivesOrHasAnOrderStays() async throws {
        try await FleetHouse.with { house in
            try await house.until("the gateway is at work") { await house.fleet.standing(FleetHouse.one) != nil }
            // Another process has written down an order, and nothing was heard since.
            let order = SentOrder(
                id: "o-1", update: 0, fence: 3, site: "alfa-site", steps: Bench.way(["a", "b"]), released: 2,
                sent: house.yard.clock.read())
            _ = try await house.yard.store.write {
                try FleetJournal.keep(
                    .init(thing: FleetHouse.one.thing, fence: 3, order: order), at: house.yard.clock.read(), in: $0)
            }
            let unseen = await Self.refusal(house)
            #expect(unseen?.code == "vehicle.unseen" && unseen?.faults.map(\.field) == ["removed"])
            _ = try await house.yard.store.write {
                try FleetJournal.keep(
                    .init(thing: FleetHouse.one.thing, fence: 3, order: nil), at: house.yard.clock.read(), in: $0)
            }
            var slow = VehicleBuild()
            slow.speed = 0.1
            try await house.simulate(FleetHouse.one, .v21, build: slow) {
                try await house.until("the vehicle is here") { await house.presence(FleetHouse.one) == .here }
                await house.fleet.drive(FleetHouse.one, Bench.route(["a", "b"], released: 2, fence: 5))
                let busy = await Self.refusal(house)
                #expect(["vehicle.busy", "vehicle.driving"].contains(busy?.code))
                try await house.until("it drives") {
                    await house.fleet.standing(FleetHouse.one)?.report?.isDriving == true
                }
                for removed in [false, true] {
                    let driving = await Self.refusal(house, removed: removed)
                    #expect(driving?.code == "vehicle.driving" && driving?.faults.map(\.field) == ["vehicle"])
                }
                try await house.until("it is done") { house.finished() == ["o-1"] }
                #expect(await Self.refusal(house) == nil)
                try await house.until("it is gone") { await house.fleet.standing(FleetHouse.one) == nil }
            }
        }
    }

    @Test func whoIsLostWithAnOrderGoesWhenAPersonHasSeenItOutOfTheWay() async throws {
        try await FleetHouse.with { house in
            let order = SentOrder(
                id: "o-1", update: 0, fence: 3, site: "alfa-site", steps: Bench.way(["a", "b"]), released: 2,
                sent: house.yard.clock.read())
            _ = try await house.yard.store.write {
                try FleetJournal.keep(
                    .init(thing: FleetHouse.one.thing, fence: 3, order: order), at: house.yard.clock.read(), in: $0)
            }
            #expect(await Self.refusal(house)?.code == "vehicle.unseen")
            // Another process that knows what the journal says.
            let other = FleetHouse(
                yard: house.yard, fleet: Fleet(desk: house.desk), broker: house.broker, account: house.account,
                desk: house.desk, news: FleetHouse.Heard())
            try await other.serve { again in
                try await again.until("it knows the order") {
                    await again.fleet.standing(FleetHouse.one)?.order?.id == "o-1"
                }
                #expect(await Self.refusal(again, removed: true) == nil)
                try await again.until("its order is forgotten, and its fence kept") {
                    try await house.yard.store.read { try FleetJournal.all(in: $0) } == [
                        .init(thing: FleetHouse.one.thing, fence: 3, order: nil)
                    ]
                }
            }
        }
    }
}
