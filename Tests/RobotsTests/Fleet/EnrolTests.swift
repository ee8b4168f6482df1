import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Twin
import Web

@testable import Robots

/// Who may take a robot in: the zone, and the firm whose it is by the zone's word.
@Suite struct EnrolTests {
    private static let robot: [String: JSON] = ["manufacturer": "narae", "serial": "nr-77"]
    private static func operators(_ firm: String) -> Caller {
        Caller.person("operator-\(firm)", [.operator], firm: firm)
    }

    private static func with(_ body: (Yard) async throws -> Void) async throws {
        try await Yard.with([try Robots()], on: .sqlite) { yard in
            for caller in [FleetHouse.officer] { try await yard.enrol(caller) }
            for firm in ["alfa", "beta"] {
                try await yard.register(firm)
                try await yard.enrol(operators(firm))
                let site = Thing(
                    id: ThingID("\(firm)-site"), kind: .site, name: Words("현장", "Site"), firm: FirmID(firm),
                    scope: .firm(FirmID(firm)))
                let drafts = try await yard.store.read {
                    try TwinEvents.declared([site], for: try Caller.system("test").tenant, in: $0)
                }
                try await yard.district.record(drafts, origin: Origin(author: .system("test")))
            }
            try await body(yard)
        }
    }

    private static func enrol(_ yard: Yard, _ firm: String, by caller: Caller) async throws -> Refusal? {
        try await yard.refusal(
            "robots.vehicle.enrol",
            robot.merging(["name": "로봇", "site": .string("\(firm)-site")]) { $1 }, by: caller)
    }

    @Test func noFirmTakesInWhatTheZoneHasNotSaidIsItsOwn() async throws {
        try await Self.with { yard in
            let early = try await Self.enrol(yard, "alfa", by: Self.operators("alfa"))
            #expect(early?.code == "vehicle.unapproved" && early?.faults.map(\.field) == ["serial"])
            let own = try? await yard.perform(
                "robots.vehicle.approve", Self.robot.merging(["firm": "alfa"]) { $1 }, by: Self.operators("alfa"))
            #expect(own == nil, "no firm says so itself")
            let nobody = try await yard.refusal(
                "robots.vehicle.approve", Self.robot.merging(["firm": "gamma"]) { $1 }, by: FleetHouse.officer)
            #expect(nobody?.faults.map(\.field) == ["firm"])
            try await yard.perform(
                "robots.vehicle.approve", Self.robot.merging(["firm": "alfa"]) { $1 }, by: FleetHouse.officer)
            // Another firm's operator is no nearer to it.
            #expect(try await Self.enrol(yard, "beta", by: Self.operators("beta"))?.code == "vehicle.unapproved")
            #expect(try await Self.enrol(yard, "alfa", by: Self.operators("alfa")) == nil)
        }
    }

    @Test func theZoneTakesARobotInForAnySite() async throws {
        try await Self.with { yard in
            let refusal = try await Self.enrol(yard, "beta", by: FleetHouse.officer)
            #expect(refusal == nil)
        }
    }

    @Test func onlyTheZoneSeesWhoSpeaksWithoutBeingEnrolled() async throws {
        try await Self.with { yard in
            let fleet = yard.room(Robots.self).fleet
            await fleet.hear(topic: "uagv/v2/narae/nr-77/state", Array("{}".utf8))
            let pages = VehicleRoutes(fleet: fleet, sites: [])
            for (caller, sees) in [(FleetHouse.officer, true), (Self.operators("alfa"), false)] {
                let shown = await pages.strangers(for: caller)
                #expect(shown.map(\.vehicle.serial) == (sees ? ["nr-77"] : []))
            }
        }
    }
}
