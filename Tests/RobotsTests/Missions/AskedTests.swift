import HouseKit
import Record
import Store
import Testing

@testable import Access
@testable import District
@testable import Robots

/// What is asked is looked at before anybody says yes to it.
@Suite struct AskedTests {
    /// What the form says before anything is done.
    private func foreseen(_ yard: Yard, _ more: [String: JSON], by caller: Caller = MissionYard.nurse) async throws
        -> Refusal?
    {
        do {
            _ = try await yard.district.perform(
                "robots.mission.deliver", MissionYard.blood.merging(more) { $1 }, by: caller)
            return nil
        } catch let refusal as Refusal {
            return refusal
        }
    }

    @Test("the exact name of one place is enough; one that is none, or of several, is refused before it is read back")
    func places() async throws {
        try await MissionYard.with { yard in
            let named: [String: JSON] = ["from": "약제실", "to": "3B병동 간호사실"]
            #expect(try await foreseen(yard, named)?.kind == .needsConfirmation)
            let id = try await MissionYard.ask(yard, named)
            #expect(try await MissionYard.kept(yard, id).mission.stops.map(\.node) == ["pharmacy", "nurses-3b"])
            #expect(try await foreseen(yard, ["from": "온유병원 본관  약제실"])?.kind == .needsConfirmation)
            let none = try await foreseen(yard, ["from": "혈액"])
            #expect(none?.code == "mission.place" && none?.faults.first?.field == "from")
            let half = try await foreseen(yard, ["from": "약제"])
            #expect(half?.code == "mission.place")
            // The other firm's places are no names here.
            #expect(try await foreseen(yard, ["to": "카페 물결"])?.faults.first?.field == "to")
        }
    }

    @Test("more than any robot of the site carries is refused at the form, with the site's limit")
    func weight() async throws {
        try await MissionYard.with { yard in
            let other = VehicleID(manufacturer: "narae", serial: "nr-02")
            let asking = MissionAsk(
                places: .published, settings: try MissionSettings(ShippedBook.handbook),
                carries: { [MissionYard.vehicle.thing: 60, other.thing: 40][$0] })
            let command = DeliverMission(asking: asking).deliver
            func refusal(_ weight: JSON) async throws -> Refusal? {
                let values = try command.form.check(MissionYard.blood.merging(["weight": weight]) { $1 })
                let ask = Ask(
                    values: values, caller: MissionYard.nurse, now: yard.clock.read(), cosigner: nil, offline: nil)
                do {
                    _ = try await yard.store.read { try command.decide(ask, $0) }
                    return nil
                } catch let refusal as Refusal {
                    return refusal
                }
            }
            // No robot is there yet: nobody knows what the first one will carry.
            #expect(try await refusal(1500) == nil)
            try await MissionYard.enrol(yard)
            try await MissionYard.enrol(yard, other)
            let heavy = try await refusal(1500)
            #expect(heavy?.code == "mission.weight" && heavy?.faults.first?.field == "weight")
            #expect(heavy?.words.ko.contains("온유병원 본관의 로봇은 한 번에 60 kg까지") == true)
            #expect(try await refusal(60) == nil)
            // Of one that has sent no factsheet nobody knows.
            try await MissionYard.enrol(yard, VehicleID(manufacturer: "narae", serial: "nr-09"))
            #expect(try await refusal(1500) == nil)
        }
    }

    @Test("what is taken for granted is told before it is confirmed, and left alone where somebody chose")
    func assumed() async throws {
        try await MissionYard.with { yard in
            func assumed(_ more: [String: JSON], _ name: String = "robots.mission.deliver") async throws -> [String:
                JSON]
            {
                try await yard.district.assumed(
                    name, MissionYard.blood.merging(more) { $1 }, by: MissionYard.nurse)
            }
            let blood = try await assumed([:])
            #expect(blood == ["priority": "clinical", "handover": "badge"])
            let letter = try await assumed(["what": "편지"])
            #expect(letter == ["priority": "normal", "handover": "code"])
            let chosen = try await assumed(["priority": "low"])
            #expect(chosen == ["handover": "code"])
            let fetched = try await assumed(["what": "편지"], "robots.mission.fetch")
            #expect(fetched == ["priority": "normal", "handover": "none"])
        }
    }

    @Test("places, missions and robots are shown by name; an address does not begin twice")
    func names() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard)
            func shown(_ kind: String, _ id: String, _ caller: Caller) async throws -> String? {
                try await yard.district.named(kind, for: caller).first { $0.id == id }?.shown(.ko)
            }
            #expect(try await shown("robot-place", "onyu-main/pharmacy", MissionYard.nurse) == "온유병원 본관 약제실")
            #expect(try await shown("robot-place", "solmaru/home-1", MissionYard.barista) == "솔마루길 11 가정집")
            let number = String(id.dropFirst("mission/".count))
            #expect(try await shown("robot-mission", number, MissionYard.nurse) == "수혈용 혈액 → 3A병동 간호사실")
            try await yard.perform("robots.mission.cancel", ["mission": .string(number)], by: MissionYard.nurse)
            #expect(try await shown("robot-mission", number, MissionYard.nurse) == "수혈용 혈액 → 3A병동 간호사실")
            let over = try await yard.district.named("robot-mission", for: MissionYard.nurse).first { $0.id == number }
            #expect(over?.names.isEmpty == true)
        }
    }
}
