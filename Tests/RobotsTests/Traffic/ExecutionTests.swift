import Foundation
import Testing

@testable import Robots

@Suite struct ExecutionTests {
    /// A line of six nodes, both ways.
    private let line = Roadmap(next: [[1], [0, 2], [1, 3], [2, 4], [3, 5], [4]])

    @Test func aNodeIsReleasedWhenWhoHadItHasLeft() throws {
        var execution = Execution(roadmap: line)
        execution.place(1, at: 0)
        execution.place(2, at: 2)
        try execution.adopt([1: [0, 1, 2, 3], 2: [2, 3, 4, 5]])
        let seen1 = execution.release(upTo: 9)
        #expect(seen1 == [1: [1], 2: [3, 4, 5]])
        #expect(execution.waiting(1) == .held(2, by: 2))
        execution.reached(2, steps: 1)
        let seen2 = execution.release(upTo: 9)
        #expect(seen2 == [1: [2]])
        execution.reached(2, steps: 3)
        // Late and repeated news change nothing, and what was never released cannot be reached.
        let seen3 = execution.reached(2, steps: 1)
        #expect(seen3)
        let seen4 = execution.reached(2, steps: 4)
        #expect(!seen4)
        let seen5 = execution.release(upTo: 9)
        #expect(seen5 == [1: [3]])
        #expect(execution.released(1) == [0, 1, 2, 3] && execution.released(2) == [5])
        #expect(execution.waiting(1) == .planned)
        #expect(execution.isSafe())
    }

    @Test func theOrderOfThePlanHolds() throws {
        // Vehicle 2 passes node 2 before vehicle 1 in the plan, so vehicle 1 waits for it even while the node is empty.
        let roadmap = Roadmap(next: [[1], [2], [3], [], [5], [2]])
        var execution = Execution(roadmap: roadmap)
        execution.place(1, at: 1)
        execution.place(2, at: 4)
        try execution.adopt([1: [1, 1, 1, 1, 2], 2: [4, 5, 2, 3]])
        let seen6 = execution.release(upTo: 1)
        #expect(seen6 == [2: [5]])
        #expect(execution.waiting(1) == .behind(2, of: 2))
        #expect(execution.horizon(2) == [2, 3])
    }

    @Test func plansThatCannotBeDrivenAreRefused() throws {
        var execution = Execution(roadmap: Roadmap(next: [[1, 3], [0, 2], [1, 3], [2, 0], []]))
        execution.place(1, at: 0)
        execution.place(2, at: 1)
        let before = execution.holds
        #expect(throws: TrafficFault.meeting(vehicle: 1, other: 2, step: 1)) {
            try execution.adopt([1: [0, 1], 2: [1]])
        }
        #expect(throws: TrafficFault.circle(vehicle: 1, step: 1)) { try execution.adopt([1: [0, 1], 2: [1, 0]]) }
        #expect(throws: TrafficFault.beginning(vehicle: 1)) { try execution.adopt([1: [3, 0]]) }
        #expect(throws: TrafficFault.noWay(vehicle: 1, from: 0, to: 2)) { try execution.adopt([1: [0, 2]]) }
        #expect(throws: TrafficFault.vehicle(7)) { try execution.adopt([7: [0]]) }
        execution.place(3, at: 2)
        execution.place(4, at: 3)
        #expect(throws: TrafficFault.circle(vehicle: 1, step: 1)) {
            try execution.adopt([1: [0, 1], 2: [1, 2], 3: [2, 3], 4: [3, 0]])
        }
        #expect(execution.released(1) == before[1]?.nodes)
        let seen7 = execution.release(upTo: 5)
        #expect(seen7.isEmpty)
    }

    @Test func nothingIsReleasedFromWhereNoRefugeCanBeReached() throws {
        // Node 3 is a dead end one way; the refuge is 0.
        let roadmap = Roadmap(next: [[1], [0, 2], [1, 3], []], refuges: [0])
        var execution = Execution(roadmap: roadmap)
        execution.place(1, at: 0)
        try execution.adopt([1: [0, 1, 2, 3]])
        let seen8 = execution.release(upTo: 9)
        #expect(seen8 == [1: [1, 2]])
        #expect(execution.waiting(1) == .closed(3) && execution.blocked == [1])
        #expect(execution.hasRefuges())
        #expect(!execution.hasRefuges(closed: [1]))
    }

    @Test func closingTellsWhoMustBeCancelled() throws {
        var execution = Execution(roadmap: line)
        execution.place(1, at: 0)
        try execution.adopt([1: [0, 1, 2, 3, 4]])
        _ = execution.release(upTo: 2)
        #expect(execution.affected(by: [2]) == [1] && execution.affected(by: [3]).isEmpty)
        let seen9 = execution.release(upTo: 3, closed: [3])
        #expect(seen9.isEmpty)
        #expect(execution.blocked == [1])
        let seen10 = execution.retract(1, steps: 1)
        #expect(seen10 && execution.released(1) == [0, 1] && execution.needsPlan)
        let seen11 = execution.retract(1, steps: 2)
        #expect(!seen11)
    }

    @Test func lostVehiclesStayInTheWayUntilAPersonSaysOtherwise() throws {
        var execution = Execution(roadmap: line)
        execution.place(1, at: 2)
        execution.place(2, at: 0)
        try execution.adopt([1: [2, 3, 4], 2: [0, 1]])
        _ = execution.release(upTo: 2)
        execution.lose(1)
        #expect(execution.lost == [2, 3, 4] && execution.planned == [2] && execution.needsPlan)
        #expect(throws: TrafficFault.vehicle(1)) { try execution.adopt([1: [4, 5]]) }
        #expect(throws: TrafficFault.meeting(vehicle: 2, other: 1, step: 1)) { try execution.adopt([2: [1, 2]]) }
        // It still reports from time to time: what it has left is free again, what lies before it is not.
        execution.reached(1, steps: 1)
        #expect(execution.lost == [3, 4])
        // Found elsewhere, in the way of another whose prefix leads there.
        let seen12 = execution.place(1, at: 1)
        #expect(seen12 == [2])
        #expect(!execution.isSafe())
        execution.place(2, at: 0)
        #expect(execution.isSafe())
        execution.remove(1)
        #expect(execution.vehicles == [2])
    }

    @Test func aRestartHoldsWhatWasHeld() throws {
        var execution = Execution(roadmap: Ground.building())
        execution.place(1, at: 2)
        execution.place(2, at: 22)
        try execution.adopt([1: [2, 3, 4, 5], 2: [22, 21, 30]])
        _ = execution.release(upTo: 3)
        execution.reached(1, steps: 1)
        execution.lose(2)
        let journal = try JSONEncoder().encode(execution.holds)
        let again = Execution(
            roadmap: Ground.building(), restoring: try JSONDecoder().decode([Int32: Execution.Hold].self, from: journal)
        )
        #expect(again.holds == execution.holds && again.released(1) == [3, 4, 5] && again.released(2) == [22, 21, 30])
        #expect(again.needsPlan && again.isSafe())
        var goesOn = again
        let seen13 = goesOn.release(upTo: 9)
        #expect(seen13.isEmpty)
        // The cabin is held on both floors.
        #expect(throws: TrafficFault.meeting(vehicle: 3, other: 2, step: 1)) {
            goesOn.place(3, at: 1)
            try goesOn.adopt([3: [1, 10]])
        }
        goesOn.reached(1, steps: 3)
        #expect(goesOn.released(1) == [5])
    }
}
