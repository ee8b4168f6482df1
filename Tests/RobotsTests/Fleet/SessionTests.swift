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

    @Test func aRouteOfAnOrderThatWasCalledOffIsNotBegunAnew() {
        var bench = Bench()
        _ = bench.speak()
        _ = bench.session.drive(Bench.route(["a", "b", "c"], released: 2), at: bench.now)
        _ = bench.take()
        let action = bench.session.cancel("o-1", at: bench.now).instants.first?.id ?? ""
        // It was on its way when the order was called off.
        let late = bench.session.drive(Bench.route(["a", "b", "c"], released: 3, fence: 2), at: bench.now)
        #expect(late.refusals == [.outdated] && bench.session.pending == nil)
        let stands = bench.speak {
            ($0.nodes, $0.edges) = ([], [])
            $0.actions = [.init(id: action, type: "cancelOrder", status: "FINISHED", isInstant: true)]
        }
        #expect(stands.cancelled == ["o-1"] && stands.orders.isEmpty)
        #expect(
            bench.session.drive(Bench.route(["a", "b", "c"], released: 3, fence: 3), at: bench.now).refusals == [
                .outdated
            ])
        #expect(
            bench.session.drive(Bench.route(["a", "b"], released: 2, fence: 4, order: "o-2"), at: bench.now).orders
                .count == 1)
    }

    @Test func aPauseThatFailsIsToldAndNotAskedForAgain() {
        var bench = Bench()
        _ = bench.speak()
        _ = bench.session.instant(RouteAction(id: "p-1", type: "startPause"), at: bench.now)
        #expect(bench.speak { $0.actions = [.init(id: "p-1", type: "startPause", status: "RUNNING")] }.unheeded.isEmpty)
        #expect(bench.tick(after: 20).instants.isEmpty, "it has it")
        let failed = bench.speak { $0.actions[0].status = "FAILED" }
        #expect(failed.unheeded == ["p-1"] && failed.reports.first?.isPaused == false)
        #expect(bench.speak().unheeded.isEmpty && bench.session.instants.isEmpty)

        // One that never shows is told when it is given up.
        _ = bench.session.instant(RouteAction(id: "p-2", type: "startPause"), at: bench.now)
        var told: [String] = []
        for _ in 0..<300 where told.isEmpty {
            _ = bench.speak()
            told += bench.tick(after: 0).unheeded
        }
        #expect(told == ["p-2"])
        // What is taken back is not asked for again.
        _ = bench.session.instant(RouteAction(id: "p-3", type: "startPause"), at: bench.now)
        _ = bench.session.instant(RouteAction(id: "g-3", type: "stopPause"), at: bench.now)
        #expect(bench.tick(after: 5).instants.map(\.id) == ["g-3"])
    }

    @Test func aVehicleThatDoesNotSayWhetherItIsPausedIsNotTakenForOneThatIsNot() {
        let address = VDAAddress(Bench.vehicle, version: .v21)
        var members = Bench.state().json(VDAHeader(id: 1, said: Bench().now), address).members ?? [:]
        #expect(VDAState(.object(members)).isPauseKnown)
        members["paused"] = nil
        #expect(!VDAState(.object(members)).isPauseKnown)
    }

    enum Trouble: CaseIterable { case lost, fatal, manual, stop }

    @Test(arguments: Trouble.allCases)
    func whoCannotGoOnIsSentNothingUntilItCan(trouble: Trouble) {
        var bench = Bench()
        _ = bench.speak()
        _ = bench.session.drive(Bench.route(["a", "b", "c"], released: 2), at: bench.now)
        _ = bench.take()
        #expect(bench.session.report?.isReadyToDrive == true)
        let position = bench.said.position
        let before = bench.said
        _ = bench.speak {
            switch trouble {
            case .lost: $0.position?.isLocalised = false
            case .fatal: $0.errors = [.init(type: "laserDirty", level: "FATAL")]
            case .manual: ($0.mode, $0.isDriving) = ("MANUAL", true)
            case .stop: $0.emergencyStop = "MANUAL"
            }
        }
        #expect(bench.session.report?.isReadyToDrive == false)
        #expect(bench.session.report?.isSteered == (trouble == .manual))
        #expect(bench.session.report?.distance(toX: 3, y: 4, map: "1") == (trouble == .lost ? nil : 5))
        #expect(bench.session.report?.distance(toX: 3, y: 4, map: "2") == nil)
        #expect(
            bench.session.drive(Bench.route(["a", "b", "c"], released: 3, fence: 2), at: bench.now).orders.isEmpty)
        #expect(bench.tick(after: 1).orders.isEmpty)
        let again = bench.speak { $0 = before }
        #expect(again.orders.count == 1 && position == bench.session.report?.position)
    }

    /// A factsheet with limits of what one message may hold.
    static func sheet(nodes: Int? = nil, id: Int? = nil, interval: Double = 0, size: (Double, Double)? = nil)
        -> VDAFactsheet
    {
        var limits: [String: JSON] = ["timing": ["minOrderInterval": .number(interval)]]
        if let nodes { limits["maxArrayLens"] = ["order.nodes": .number(Double(nodes))] }
        if let id { limits["maxStringLens"] = ["idLen": .number(Double(id))] }
        var body: [String: JSON] = [:]
        if let size { body = ["length": .number(size.0), "width": .number(size.1)] }
        return VDAFactsheet(["protocolLimits": .object(limits), "physicalParameters": .object(body)])
    }

    @Test func noMessageIsLongerThanTheVehicleTakesAndTheRestFollows() throws {
        var bench = Bench()
        _ = bench.speak()
        bench.session.factsheet = Self.sheet(nodes: 3)
        let first = bench.session.drive(Bench.route(["a", "b", "c", "d", "e"], released: 2), at: bench.now).orders
        #expect(first.first?.nodes.map(\.id) == ["a", "b", "c"])
        _ = bench.take()
        let sent = try #require(bench.session.sent)
        #expect(SentOrder(sent.json)?.isCut == true)
        // All that it was told of is released: the order is not at its end for all that.
        let second = bench.session.drive(
            Bench.route(["a", "b", "c", "d", "e"], released: 4, fence: 2), at: bench.now)
        #expect(second.orders.first?.nodes.map(\.id) == ["b", "c", "d"])
        _ = bench.take()
        for node in ["b", "c", "d"] { #expect(bench.reach(node).finished.isEmpty) }
        let third = bench.session.drive(Bench.route(["a", "b", "c", "d", "e"], released: 5, fence: 3), at: bench.now)
        #expect(third.orders.first?.nodes.map(\.id) == ["d", "e"])
        _ = bench.take()
        #expect(bench.reach("e").finished == ["o-1"])
    }

    @Test func aBaseThatIsTooLongForOneMessageFollowsInParts() throws {
        var bench = Bench()
        _ = bench.speak()
        bench.session.factsheet = Self.sheet(nodes: 3)
        let first = bench.session.drive(Bench.route(["a", "b", "c", "d", "e", "f"], released: 6), at: bench.now).orders
        #expect(first.first?.nodes.map(\.id) == ["a", "b", "c"])
        #expect(bench.take().orders.first?.nodes.map(\.id) == ["c", "d", "e"])
        #expect(bench.take().orders.first?.nodes.map(\.id) == ["e", "f"])
        #expect(bench.take().orders.isEmpty)
        for node in ["b", "c", "d", "e"] { #expect(bench.reach(node).finished.isEmpty) }
        #expect(bench.reach("f").finished == ["o-1"])
    }

    @Test func whatNoMessageToItCanHoldIsRefused() {
        var bench = Bench()
        _ = bench.speak()
        bench.session.factsheet = Self.sheet(nodes: 1)
        let long = bench.session.drive(Bench.route(["a", "b", "c", "d"], released: 4), at: bench.now)
        #expect(long.refusals == [.unfit] && long.orders.isEmpty)
        bench.session.factsheet = Self.sheet(id: 4)
        let named = bench.session.drive(
            Bench.route(["a", "b"], released: 2, fence: 2, order: "o-12345"), at: bench.now)
        #expect(named.refusals == [.unfit] && named.orders.isEmpty)
    }

    @Test func noOrderFollowsSoonerThanTheVehicleTakesThem() {
        var bench = Bench()
        _ = bench.speak()
        bench.session.factsheet = Self.sheet(interval: 5)
        _ = bench.session.drive(Bench.route(["a", "b", "c"], released: 2), at: bench.now)
        _ = bench.take()
        #expect(
            bench.session.drive(Bench.route(["a", "b", "c"], released: 3, fence: 2), at: bench.now).orders.isEmpty)
        #expect(bench.tick(after: 3).orders.isEmpty)
        #expect(bench.tick(after: 1.5).orders.count == 1)
    }

    @Test func aVehicleFitsWhereItTurnsWithinTheSitesCircle() {
        var standing = VehicleStanding(
            vehicle: Bench.vehicle, version: .v21, presence: .here, faults: [:], isCancelling: false, waits: false,
            ignored: [:], refused: [])
        #expect(standing.fits(0.4) == nil, "it has not said how large it is")
        standing.factsheet = Self.sheet(size: (0.6, 0.4))
        #expect(standing.fits(0.4) == true && standing.fits(0.35) == false)
        standing.factsheet = Self.sheet(size: (2, 1))
        #expect(standing.fits(1) == false)
        standing.factsheet = Self.sheet()
        #expect(standing.fits(0.4) == nil)
    }

    @Test func aRequestForAZoneIsAnsweredAndAgainWhereItIsStillAsked() throws {
        var bench = Bench(.v30)
        func ask(_ requests: [String], after seconds: Double = 1) -> [VehicleSession.Effect] {
            bench.now = bench.now.advanced(bySeconds: seconds)
            bench.count += 1
            var members = bench.said.json(VDAHeader(id: bench.count, said: bench.now), bench.address).members ?? [:]
            members["zoneRequests"] = .array(
                requests.map {
                    [
                        "requestId": .string($0), "requestType": "ACCESS", "zoneId": "z", "zoneSetId": "s",
                        "requestStatus": "REQUESTED",
                    ]
                })
            let heard = bench.session.hear(.state, .object(members), from: bench.address, at: bench.now)
            return heard + bench.session.answer(at: bench.now) { _ in .rejected(.unknown) }
        }
        let first = ask(["r-1", "r-2"])
        let message = try #require(first.sent(.responses).first)
        #expect(try MessageTests.desk.get().faults(in: message, .responses, bench.address).isEmpty)
        let answers = message["responses"]?.elements ?? []
        #expect(answers.map { $0["requestId"]?.text } == ["r-1", "r-2"])
        #expect(answers.allSatisfy { $0["grantType"] == "REJECTED" })
        #expect(ask(["r-1", "r-2"]).sent(.responses).isEmpty)
        #expect(ask(["r-2"], after: 5).sent(.responses).count == 1)
        #expect(ask([], after: 5).sent(.responses).isEmpty)
    }

    @Test func aRefusalOfAnOrderDisablesNobody() {
        var bench = Bench()
        _ = bench.speak { $0.errors = [.init(type: "noRouteError", level: "FATAL")] }
        #expect(bench.session.report?.isReadyToDrive == true)
    }

    @Test func aCancellationThatIsNotAnsweredIsAFault() {
        var bench = Bench()
        _ = bench.speak()
        _ = bench.session.drive(Bench.route(["a", "b", "c"], released: 3), at: bench.now)
        _ = bench.take()
        _ = bench.session.cancel("o-1", at: bench.now)
        var faults: [String] = []
        for _ in 0..<90 { faults += bench.speak().faulted + bench.tick(after: 0).faulted }
        #expect(faults.count { $0 == "cancelNotTaken" } == 1)
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
