import District
import HouseKit
import Record
import Series
import Store
import TestKit
import Twin
import Web

@testable import Access
@testable import Robots

/// A house with the room Robots and two firms with a site each: a hospital and a street.
enum MissionYard {
    static let nurse = Caller.person("nurse", [.worker], firm: "firm-onyu")
    static let pharmacist = Caller.person("pharmacist", [.worker], firm: "firm-onyu")
    static let operators = Caller.person("operator", [.operator], firm: "firm-onyu")
    static let barista = Caller.person("barista", [.worker], firm: "firm-solmaru")
    static let vehicle = VehicleID(manufacturer: "narae", serial: "nr-01")

    static func with(_ kind: StoreUnderTest = .sqlite, _ body: (Yard) async throws -> Void) async throws {
        try await Yard.with([try Robots()], on: kind) { yard in
            for firm in ["firm-onyu", "firm-solmaru"] { try await yard.register(firm) }
            for caller in [nurse, pharmacist, operators, barista] { try await yard.enrol(caller) }
            try await declare("onyu-main", .building, "firm-onyu", in: yard)
            try await declare("solmaru", .zone, "firm-solmaru", in: yard)
            try await declare("cool-box", .other, "firm-onyu", in: yard)
            try await SiteSample(plans: try SampleSites.plans(ShippedBook.handbook)).found(yard.spine)
            try await body(yard)
        }
    }

    private static func declare(_ id: ThingID, _ kind: ThingKind, _ firm: FirmID, in yard: Yard) async throws {
        let thing = Thing(
            id: id, kind: kind, name: Words("\(id)", "\(id)"), firm: firm, scope: .firm(firm))
        let zone = try Caller.system("test").tenant
        let drafts = try await yard.store.read { try TwinEvents.declared([thing], for: zone, in: $0) }
        try await yard.district.record(drafts, origin: Origin(author: .system("test")))
    }

    /// Takes a vehicle on at the hospital: the zone confirms whose it is, the firm's operator enrols it.
    static func enrol(_ yard: Yard, _ vehicle: VehicleID = vehicle) async throws {
        let robot: [String: JSON] = [
            "manufacturer": .string(vehicle.manufacturer), "serial": .string(vehicle.serial),
        ]
        try await yard.perform("robots.vehicle.approve", robot.merging(["firm": "firm-onyu"]) { $1 }, by: .officer)
        try await yard.perform(
            "robots.vehicle.enrol",
            robot.merging([
                "name": .string("나래 \(vehicle.serial)"), "name_en": .string("Narae \(vehicle.serial)"),
                "site": "onyu-main",
            ]) { $1 }, by: operators)
    }

    /// A delivery of blood from the pharmacy to ward 3A.
    static let blood: [String: JSON] = [
        "from": "onyu-main/pharmacy", "to": "onyu-main/nurses-3a", "what": "수혈용 혈액", "recipient": "김간호",
        "note": "302호 2번 침상",
    ]

    /// Asks for a mission.
    /// - Returns: its stream.
    @discardableResult
    static func ask(
        _ yard: Yard, _ more: [String: JSON] = [:], by caller: Caller = nurse,
        _ command: String = "robots.mission.deliver"
    ) async throws -> String {
        let values = command == "robots.mission.deliver" ? blood.merging(more) { $1 } : more
        return try await yard.perform(command, values, by: caller).events.first?.stream ?? ""
    }

    static func journal(_ yard: Yard) -> MissionJournal { MissionJournal(district: yard.district) }

    static func kept(_ yard: Yard, _ id: String) async throws -> MissionCase {
        guard let kept = try await journal(yard).find(id) else { throw MissionFound.unknown }
        return kept
    }

    /// Drives a delivery to its last stop, where it waits.
    static func drive(_ yard: Yard, _ id: String) async throws {
        let journal = journal(yard)
        let promise = Promise(plan: 300, ratios: [], at: yard.clock.read())
        try await journal.assign(id, to: vehicle, promise: promise, by: .system("test"))
        try await step([.started(leg: 0), .arrived(leg: 0)], id, yard)
        // Who has to wait begins with it where it arrives.
        try await journal.step(id, .waiting(leg: 0))
        if try await kept(yard, id).mission.isLoading { try await load(yard, id) }
        try await step([.started(leg: 1), .arrived(leg: 1), .waiting(leg: 1)], id, yard)
    }

    /// A vehicle's steps, half a minute each.
    static func step(_ steps: [MissionStep], _ id: String, _ yard: Yard) async throws {
        for step in steps {
            yard.clock.advance(by: 30)
            try await journal(yard).step(id, step)
        }
    }

    /// Somebody says that goods are aboard.
    @discardableResult
    static func load(_ yard: Yard, _ id: String, by caller: Caller = pharmacist) async throws -> Outcome {
        try await yard.perform(
            "robots.mission.load", ["mission": .string(String(id.dropFirst("mission/".count)))], by: caller)
    }

    /// A reading of the box in which goods stay cold.
    static func measure(_ celsius: Double, _ yard: Yard) async throws {
        let reading = Reading(time: yard.clock.read(), value: celsius, quality: .good)
        _ = try await yard.spine.series.append([Sample(SeriesKey("cool-box", "temperature"), unit: "Cel", reading)])
    }

    static func watch(_ yard: Yard) throws -> MissionWatch {
        MissionWatch(spine: yard.spine, settings: try MissionSettings(ShippedBook.handbook))
    }
}
