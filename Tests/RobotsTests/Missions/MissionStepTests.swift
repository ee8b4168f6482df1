import Record
import Testing

@testable import Robots

struct MissionStepTests {
    static let vehicle = VehicleID(manufacturer: "narae", serial: "nr-01")
    static let other = VehicleID(manufacturer: "sealane", serial: "sl-01")

    static func mission(_ stops: [Mission.Stop]? = nil) -> Mission {
        Mission(
            id: "mission/1", kind: .deliver, site: "onyu-main",
            stops: stops ?? [
                .init(node: "pharmacy", task: .pick), .init(node: "ward-3", task: .drop, proof: .code),
            ], priority: .normal, scope: .firm("firm-onyu"), asked: Timestamp(microseconds: 0))
    }

    @Test("a delivery goes from being asked for to being done")
    func whole() throws {
        var mission = Self.mission()
        let steps: [MissionStep] = [
            .assigned(Self.vehicle), .started(leg: 0), .arrived(leg: 0), .started(leg: 1), .arrived(leg: 1),
            .waiting(leg: 1), .handed(leg: 1), .completed,
        ]
        for step in steps { mission = try mission.after(step) }
        #expect(mission.state == .completed)
        #expect(!mission.isOpen)
    }

    @Test(
        "a step that cannot follow is refused",
        arguments: [
            ([], .started(leg: 0)), ([], .arrived(leg: 0)), ([], .completed), ([], .handed(leg: 0)), ([], .returned),
            ([.assigned(vehicle)], .started(leg: 1)), ([.assigned(vehicle), .started(leg: 0)], .assigned(other)),
            ([.assigned(vehicle), .started(leg: 0)], .started(leg: 1)),
            ([.assigned(vehicle), .started(leg: 0)], .handed(leg: 0)),
            ([.assigned(vehicle), .started(leg: 0), .arrived(leg: 0)], .completed),
            ([.assigned(vehicle), .started(leg: 0), .arrived(leg: 0)], .waiting(leg: 0)),
            ([.assigned(vehicle), .started(leg: 0), .arrived(leg: 0), .started(leg: 1), .arrived(leg: 1)], .completed),
            (
                [.assigned(vehicle), .started(leg: 0), .arrived(leg: 0), .started(leg: 1), .arrived(leg: 1)],
                .answered(leg: 1)
            ),
            ([.cancelled], .assigned(vehicle)), ([.cancelled], .cancelled), ([.failed], .cancelled), ([], .retried),
            ([.assigned(vehicle), .started(leg: 0), .arrived(leg: 0)], .arrived(leg: 0)),
        ] as [([MissionStep], MissionStep)])
    func impossible(_ before: [MissionStep], _ step: MissionStep) throws {
        var mission = Self.mission()
        for step in before { mission = try mission.after(step) }
        #expect(throws: MissionFault.self) { try mission.after(step) }
    }

    @Test("it can be cancelled at any moment, and tells whether goods are aboard")
    func cancelled() throws {
        var mission = Self.mission()
        let steps: [(MissionStep, Bool)] = [
            (.assigned(Self.vehicle), false), (.started(leg: 0), false), (.arrived(leg: 0), true),
            (.started(leg: 1), true), (.arrived(leg: 1), true), (.waiting(leg: 1), true), (.handed(leg: 1), false),
        ]
        #expect(try mission.after(.cancelled).state == .cancelled)
        for (step, isLoaded) in steps {
            mission = try mission.after(step)
            #expect(mission.isLoaded == isLoaded, "\(step)")
            #expect(try mission.after(.cancelled).state == .cancelled)
        }
    }

    @Test("before anything is aboard another vehicle may get it, afterwards none")
    func returned() throws {
        var mission = try Self.mission().after(.assigned(Self.vehicle))
        #expect(try mission.after(.assigned(Self.other)).vehicle == Self.other)
        mission = try mission.after(.started(leg: 0))
        let back = try mission.after(.returned)
        #expect(back.state == .asked && back.vehicle == nil)
        mission = try mission.after(.arrived(leg: 0))
        #expect(throws: MissionFault.loaded) { try mission.after(.returned) }
    }

    @Test("a visit without an answer calls a person and may go on; a retry begins anew")
    func round() throws {
        var mission = Self.mission([.init(node: "a", task: .visit), .init(node: "b", task: .visit)])
        for step in [
            MissionStep.assigned(Self.vehicle), .started(leg: 0), .arrived(leg: 0), .waiting(leg: 0), .called,
            .passed(leg: 0), .started(leg: 1), .arrived(leg: 1), .waiting(leg: 1), .answered(leg: 1), .completed,
        ] { mission = try mission.after(step) }
        #expect(mission.state == .completed)
        let again = try Self.mission().after(.assigned(Self.vehicle)).after(.failed).after(.retried)
        #expect(again.state == .asked && again.vehicle == nil && again.leg == 0)
    }
}
