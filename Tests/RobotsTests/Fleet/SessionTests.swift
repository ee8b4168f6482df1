import Record
import Testing

@testable import Robots

/// An order from the first message to its end, and all that may go wrong with it.
@Suite struct SessionTests {
    @Test(arguments: VDAVersion.allCases)
    func anOrderIsExtendedByStitchingUntilItIsDone(version: VDAVersion) throws {
        var bench = Bench(version)
        #expect(bench.session.drive(Bench.route(["a", "b", "c", "d"], released: 2), at: bench.now).orders.isEmpty)
        let first = try #require(bench.speak().orders.first)
        #expect(first.update == 0 && first.nodes.map(\.isReleased) == [true, true, false, false])

        // Not taken yet: the longer base waits, and only the latest is kept.
        _ = bench.session.drive(Bench.route(["a", "b", "c", "d"], released: 3, fence: 2), at: bench.now)
        let none = bench.session.drive(Bench.route(["a", "b", "c", "e"], released: 3, fence: 3), at: bench.now)
        #expect(none.orders.isEmpty)
        let second = try #require(bench.take().orders.first)
        #expect(second.update == 1)
        #expect(second.nodes.map(\.id) == ["b", "c", "e"], "begins where the base ends; the horizon is another")
        #expect(second.nodes.map(\.sequence) == [2, 4, 6])
        #expect(second.nodes.map(\.isReleased) == [true, true, false])
        #expect(second.faults.isEmpty)

        _ = bench.take()
        _ = bench.reach("b")
        let third = bench.session.drive(Bench.route(["a", "b", "c", "e"], released: 4, fence: 4), at: bench.now)
        #expect(third.orders.first?.nodes.map(\.id) == ["c", "e"])
        _ = bench.take()
        #expect(bench.reach("c").finished.isEmpty)
        #expect(bench.reach("e").finished == ["o-1"])
        #expect(bench.session.sent == nil)
        #expect(bench.session.report?.isOrderDone == true)
    }

    @Test func whoeverHearsOfAnEndHasHeardBeforeWhereTheVehicleStands() {
        var bench = Bench()
        func news(_ effects: [VehicleSession.Effect]) -> [FleetNews] {
            effects.compactMap { if case .tell(let news) = $0 { news } else { nil } }
        }
        _ = bench.speak()
        _ = bench.session.drive(Bench.route(["a", "b", "c"], released: 3), at: bench.now)
        _ = bench.take()
        _ = bench.reach("b")
        let end = news(bench.reach("c"))
        guard case .report(let report)? = end.first else { return #expect(Bool(false), "\(end)") }
        #expect(report.lastSequence == 4 && report.order == "o-1")
        #expect(end.dropFirst().first == .finished(Bench.vehicle, order: "o-1", failed: []))

        // It reaches a node in the very state that ends its cancelling.
        _ = bench.session.drive(Bench.route(["c", "d", "e"], released: 3, fence: 2, order: "o-2"), at: bench.now)
        bench.said.lastSequence = 0
        _ = bench.take()
        let action = bench.session.cancel("o-2", at: bench.now).instants.first?.id ?? ""
        let stands = news(
            bench.speak {
                ($0.lastNode, $0.lastSequence, $0.nodes, $0.edges) = ("d", 2, [], [])
                $0.actions.append(.init(id: action, type: "cancelOrder", status: "FINISHED", isInstant: true))
            })
        guard case .report(let last)? = stands.first else { return #expect(Bool(false), "\(stands)") }
        #expect(last.lastNode == "d" && last.lastSequence == 2)
        #expect(stands.dropFirst().first == .cancelled(Bench.vehicle, order: "o-2"))
    }

    @Test func anOrderIsNotDoneBeforeItsActionsAre() {
        var bench = Bench()
        var route = Bench.route(["a", "b"], released: 2)
        route.steps[1].actions = [RouteAction(id: "pick-1", type: "pick")]
        _ = bench.session.drive(route, at: bench.now)
        _ = bench.speak()
        _ = bench.take()
        #expect(bench.reach("b").finished.isEmpty)
        #expect(bench.speak { $0.actions[0].status = "RUNNING" }.finished.isEmpty)
        let end = bench.speak { $0.actions[0].status = "FAILED" }
        #expect(end.contains(.tell(.finished(Bench.vehicle, order: "o-1", failed: ["pick-1"]))))
    }

    @Test func theStitchingNodeIsSentAsItWas() {
        var bench = Bench()
        var route = Bench.route(["a", "b", "c"], released: 2)
        route.steps[1].actions = [RouteAction(id: "open-1", type: "openLift")]
        _ = bench.session.drive(route, at: bench.now)
        _ = bench.speak()
        _ = bench.take()
        var longer = Bench.route(["a", "b", "c"], released: 3, fence: 2)
        longer.steps[1].speed = 0.2
        let update = bench.session.drive(longer, at: bench.now).orders.first
        #expect(update?.nodes.first?.actions.map(\.id) == ["open-1"])
    }

    @Test func nothingBelowAPublishedFenceEverLeaves() {
        var bench = Bench()
        _ = bench.speak()
        #expect(bench.session.drive(Bench.route(["a", "b"], released: 2, fence: 9), at: bench.now).orders.count == 1)
        _ = bench.take()
        let old = bench.session.drive(Bench.route(["a", "b", "c"], released: 3, fence: 8), at: bench.now)
        #expect(old.orders.isEmpty && old.refusals == [.outdated])
        // Nor after this process began anew.
        var again = Bench(resuming: bench.session.sent)
        _ = again.speak { $0.order = "o-1" }
        #expect(
            again.session.drive(Bench.route(["a", "b", "c"], released: 3, fence: 8), at: again.now).refusals == [
                .outdated
            ])
    }

    @Test func aRouteThatTakesBackWhatWasReleasedIsRefused() {
        var bench = Bench()
        _ = bench.speak()
        _ = bench.session.drive(Bench.route(["a", "b", "c"], released: 3), at: bench.now)
        _ = bench.take()
        for route in [
            Bench.route(["a", "b", "c"], released: 2, fence: 2),
            Bench.route(["a", "b", "x", "y"], released: 4, fence: 3),
        ] {
            let effects = bench.session.drive(route, at: bench.now)
            #expect(effects.orders.isEmpty && effects.refusals == [.notContinuing])
        }
    }

    @Test func silenceIsAnsweredBySendingTheSameAgainAndThenByGivingUp() {
        var bench = Bench()
        _ = bench.speak()
        let first = bench.session.drive(Bench.route(["a", "b"], released: 2), at: bench.now).orders
        var sent: [VDAOrder] = []
        var refusals: [RouteRefusal] = []
        var faulted: [String] = []
        for _ in 0..<220 {
            // It speaks, but knows nothing of the order.
            _ = bench.speak()
            let effects = bench.tick(after: 0)
            sent += effects.orders
            refusals += effects.refusals
            faulted += effects.faulted
            if !refusals.isEmpty { break }
        }
        #expect(sent.count == bench.session.patience.attempts - 1)
        #expect(Set(sent) == Set(first), "the same update with the same content, however often")
        #expect(refusals == [.notTaken] && faulted == ["orderNotTaken"])
        #expect(bench.session.cancelling?.order == "o-1", "it may still arrive, so it is called off")
    }

    @Test func nothingIsSentAgainWhileTheBrokerIsAway() {
        var bench = Bench()
        _ = bench.speak()
        _ = bench.session.drive(Bench.route(["a", "b"], released: 2), at: bench.now)
        for _ in 0..<30 {
            bench.now = bench.now.advanced(bySeconds: 2)
            #expect(bench.session.tick(at: bench.now, canSend: false).orders.isEmpty)
        }
        #expect(bench.session.sent?.attempts == 1)
    }

    @Test(arguments: [
        ("noRouteError", RouteRefusal.noWay), ("START_NODE_OUT_OF_RANGE", .noWay), ("validationError", .unfit),
        ("INVALID_ORDER_ACTION", .unfit), ("UNKNOWN_MAP_ID", .unfit), ("orderUpdateError", .notContinuing),
    ])
    func aRefusalByTheVehicleIsToldByItsMeaning(type: String, why: RouteRefusal) {
        var bench = Bench()
        _ = bench.speak()
        _ = bench.session.drive(Bench.route(["a", "b"], released: 2), at: bench.now)
        let effects = bench.speak {
            $0.errors = [.init(type: type, level: "WARNING", references: ["orderId": "o-1"])]
        }
        #expect(effects.refusals == [why])
        #expect(effects.faulted.isEmpty, "it is no fault of the vehicle")
    }

    @Test func aRefusalOfAnEarlierOrderSaysNothingOfThisOne() {
        var bench = Bench()
        _ = bench.speak()
        _ = bench.session.drive(Bench.route(["a", "b"], released: 2), at: bench.now)
        let effects = bench.speak {
            $0.errors = [.init(type: "orderError", level: "WARNING", references: ["orderId": "o-0"])]
        }
        #expect(effects.refusals.isEmpty && bench.session.sent != nil)
    }

    @Test(arguments: VDAVersion.allCases)
    func aCancellationIsOverWhenTheVehicleSaysSo(version: VDAVersion) throws {
        var bench = Bench(version)
        _ = bench.speak()
        _ = bench.session.drive(Bench.route(["a", "b", "c"], released: 3), at: bench.now)
        _ = bench.take()
        let action = try #require(bench.session.cancel("o-1", at: bench.now).instants.first)
        #expect(action.type == "cancelOrder" && action.blocking == "NONE")
        // A new route waits meanwhile.
        #expect(
            bench.session.drive(Bench.route(["b", "x"], released: 2, fence: 5, order: "o-2"), at: bench.now).orders
                .isEmpty)
        let state = VDAState.ActionState(id: action.id, type: "cancelOrder", status: "RUNNING", isInstant: true)
        #expect(bench.speak { $0.actions.append(state) }.cancelled.isEmpty)
        #expect(bench.tick(after: 60).instants.isEmpty, "it shows that it has it: asking again would be an error")
        let stands = bench.speak {
            $0.actions[0].status = "FINISHED"
            $0.nodes = []
            $0.edges = []
        }
        #expect(stands.cancelled == ["o-1"])
        #expect(stands.orders.map(\.id) == ["o-2"])
    }

    @Test func aCancellationOfNothingIsOverToo() {
        var bench = Bench()
        _ = bench.speak()
        #expect(bench.session.cancel("o-7", at: bench.now).cancelled == ["o-7"])
        _ = bench.session.drive(Bench.route(["a", "b"], released: 2), at: bench.now)
        let id = bench.session.cancel("o-1", at: bench.now).instants.first?.id ?? ""
        let effects = bench.speak {
            $0.actions = [.init(id: id, type: "cancelOrder", status: "FAILED")]
            $0.errors = [.init(type: "noOrderToCancel", level: "WARNING")]
        }
        #expect(effects.cancelled == ["o-1"])
    }

    @Test func anotherOrderMakesRoomForItselfFirst() throws {
        var bench = Bench()
        _ = bench.speak()
        _ = bench.session.drive(Bench.route(["a", "b", "c"], released: 3), at: bench.now)
        _ = bench.take()
        let effects = bench.session.drive(Bench.route(["b", "x"], released: 2, fence: 2, order: "o-2"), at: bench.now)
        let action = try #require(effects.instants.first)
        #expect(action.type == "cancelOrder" && effects.orders.isEmpty)
        let next = bench.speak {
            $0.actions = [.init(id: action.id, type: "cancelOrder", status: "FINISHED")]
            $0.nodes = []
            $0.edges = []
        }
        #expect(next.orders.map(\.id) == ["o-2"] && next.cancelled.isEmpty, "nobody asked for that cancellation")
    }

    @Test func anOrderThatWeDidNotSendIsCalledOffBeforeOurs() {
        var bench = Bench()
        _ = bench.speak {
            $0.order = "somebody's"
            $0.nodes = [.init(id: "q", sequence: 2, isReleased: true)]
        }
        let effects = bench.session.drive(Bench.route(["a", "b"], released: 2), at: bench.now)
        #expect(effects.instants.map(\.type) == ["cancelOrder"] && effects.orders.isEmpty)
    }

    @Test func afterAnyEndItIsKnownWhatWasSent() throws {
        var bench = Bench()
        _ = bench.speak()
        var route = Bench.route(["a", "b", "c"], released: 2, fence: 77)
        route.steps[1].actions = [RouteAction(id: "x", type: "pick", parameters: ["loadId": "box"])]
        let effects = bench.session.drive(route, at: bench.now)
        guard case .keep(let kept) = effects.first, case .send = effects.dropFirst().first else {
            Issue.record("it is kept before it is sent")
            return
        }
        let order = try #require(kept.flatMap { SentOrder($0.json) })
        #expect(order == kept)
        // The other process extends it by stitching, once the vehicle has shown what it has.
        var again = Bench(resuming: order)
        _ = again.session.drive(Bench.route(["a", "b", "c"], released: 3, fence: 78), at: again.now)
        let next = again.take().orders.first
        #expect(next?.update == 1 && next?.nodes.map(\.id) == ["b", "c"])
        #expect(next?.nodes.first?.actions.map(\.id) == ["x"])
    }
}
