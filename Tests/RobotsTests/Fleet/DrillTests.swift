import Record
import Testing

@testable import Robots

/// Every fault that a vehicle, a network or a person may make: what is believed, and what is told.
@Suite struct DrillTests {
    private static func driving(_ version: VDAVersion = .v21) -> Bench {
        var bench = Bench(version)
        _ = bench.speak()
        _ = bench.session.drive(Bench.route(["a", "b", "c"], released: 3), at: bench.now)
        _ = bench.take()
        _ = bench.reach("b")
        return bench
    }

    @Test func aStateHeardTwiceOrLateChangesNothing() {
        var bench = Self.driving()
        let before = bench.session.report
        #expect(bench.hear(bench.count, bench.now.advanced(bySeconds: -bench.behind)).isEmpty)
        var old = bench.said
        old.lastNode = "a"
        old.lastSequence = 0
        #expect(bench.hear(bench.count - 1, bench.now.advanced(bySeconds: -3), old).isEmpty)
        #expect(bench.session.report == before)
        #expect(bench.session.ignored == ["duplicate": 1, "late": 1])
    }

    @Test func afterARestartItsCountBeginsAnewAndItsOrderIsLost() {
        var bench = Self.driving()
        bench.count = 0
        let effects = bench.speak(after: 12) {
            $0.order = ""
            $0.update = 0
            $0.lastNode = ""
            $0.lastSequence = 0
            $0.nodes = []
            $0.edges = []
        }
        #expect(effects.refusals == [.lost])
        #expect(bench.session.ignored["restarted"] == 1)
        // A message from before that comes after is late, and no proof of a second sender.
        #expect(bench.hear(105, bench.now.advanced(bySeconds: -10)).isEmpty)
        #expect(bench.session.contest == nil)
    }

    @Test func afterARestartWithTheSameOrderItGoesOn() {
        var bench = Self.driving()
        bench.count = 0
        #expect(bench.speak(after: 3).refusals.isEmpty)
        #expect(bench.reach("c").finished == ["o-1"])
    }

    @Test func aClockSetBackIsASkewAndNoSilence() {
        var bench = Self.driving()
        bench.count = 0
        bench.behind = 3600 * 24 * 365
        #expect(bench.speak(after: 2).reports.isEmpty)
        #expect(bench.speak(after: 2).reports.isEmpty)
        let third = bench.speak(after: 2)
        #expect(third.reports.first?.presence == .here)
        for _ in 0..<8 { _ = bench.speak(after: 2) }
        #expect(bench.session.faults["clockSkew"]?.level == "WARNING")
        #expect((bench.session.report?.skew ?? 0) > 3_000_000)
    }

    @Test func silenceIsUnknownAndNothingIsSentIntoIt() {
        var bench = Self.driving()
        #expect(bench.tick(after: 31).reports.isEmpty)
        let effects = bench.tick(after: 3)
        #expect(effects.reports.map(\.presence) == [.silent])
        #expect(effects.faulted == ["lost"])
        #expect(bench.session.faults["lost"]?.level == "CRITICAL", "it stands somewhere on a way that is released")
        #expect(
            bench.session.drive(Bench.route(["a", "b", "c", "d"], released: 4, fence: 3), at: bench.now).orders.isEmpty)
        let back = bench.speak()
        #expect(back.orders.first?.update == 1, "what waited leaves when it speaks again")
        #expect(back.recovered.isEmpty, "one sound does not end it")
        _ = bench.speak(after: 11)
        #expect(bench.session.faults.isEmpty)
    }

    @Test(arguments: [
        (VDAConnection.broken, VehicleReport.Presence.broken), (.offline, .offline), (.hibernating, .asleep),
    ])
    func aLastWillMakesItUnknownAtOnce(word: VDAConnection, presence: VehicleReport.Presence) {
        var bench = Self.driving(.v30)
        let effects = bench.connect(word, id: 5)
        #expect(effects.reports.map(\.presence) == [presence] && effects.faulted == ["lost"])
        #expect(bench.connect(.online, id: 6).reports.isEmpty, "connected says nothing of where it is")
        #expect(bench.speak().reports.first?.presence == .here)
    }

    @Test func aWillWrittenInTheInstantOfSigningOnIsHeard() {
        var bench = Bench()
        let at = bench.now
        _ = bench.connect(.online, id: 0)
        _ = bench.speak()
        let will = VDAConnection.broken.json(VDAHeader(id: 0, said: at), bench.address)
        let effects = bench.session.hear(.connection, will, from: bench.address, at: bench.now)
        #expect(effects.reports.map(\.presence) == [.broken])
    }

    @Test func whoIsMovedByHandIsPlannedAnew() {
        var bench = Self.driving()
        let effects = bench.speak { $0.lastNode = "z" }
        #expect(effects.refusals == [.moved] && effects.faulted == ["moved"])
        var back = Self.driving()
        let behind = back.speak {
            $0.lastNode = "a"
            $0.lastSequence = 0
        }
        #expect(behind.refusals == [.moved], "what lies behind it may be another's by now")
    }

    @Test func aVehicleThatStillNamesItsFormerNodeWasNotMoved() {
        var bench = Bench()
        _ = bench.speak {
            $0.lastNode = "y"; $0.lastSequence = 4
        }
        _ = bench.session.drive(Bench.route(["a", "b", "c"], released: 3), at: bench.now)
        let effects = bench.speak {
            $0.order = "o-1"
            $0.nodes = [.init(id: "b", sequence: 2, isReleased: true), .init(id: "c", sequence: 4, isReleased: true)]
        }
        #expect(effects.refusals.isEmpty)
    }

    @Test func anOrderEndedAtTheVehicleIsLost() {
        var bench = Self.driving()
        let effects = bench.speak {
            $0.nodes = []
            $0.edges = []
        }
        #expect(effects.refusals == [.lost])
    }

    @Test func whileAPersonDrivesNothingIsSent() {
        var bench = Bench()
        _ = bench.speak { $0.mode = "MANUAL" }
        #expect(bench.session.drive(Bench.route(["a", "b"], released: 2), at: bench.now).orders.isEmpty)
        #expect(bench.speak().faulted == ["manual"])
        #expect(bench.speak { $0.mode = "AUTOMATIC" }.orders.count == 1)
    }

    @Test func anEmergencyStopIsAFaultOnceAndOverWhenItHasStayedAway() {
        var bench = Self.driving()
        #expect(bench.speak { $0.emergencyStop = "MANUAL" }.faulted == ["emergencyStop"])
        #expect(bench.speak().faulted.isEmpty)
        #expect(bench.speak { $0.emergencyStop = "NONE" }.recovered.isEmpty)
        #expect(bench.speak { $0.emergencyStop = "MANUAL" }.faulted.isEmpty, "it was never over")
        _ = bench.speak { $0.emergencyStop = "NONE" }
        #expect(bench.speak(after: 11).recovered == ["emergencyStop"])
    }

    @Test func aFaultThatGrowsWorseIsToldAgain() {
        var bench = Self.driving()
        #expect(bench.speak { $0.errors = [.init(type: "motor", level: "WARNING")] }.faulted == ["motor"])
        #expect(bench.speak { $0.errors = [.init(type: "motor", level: "FATAL")] }.faulted == ["motor"])
        #expect(bench.session.faults["motor"]?.level == "FATAL")
    }

    @Test func whoStandsForAMinuteWithAWayBeforeItIsBlocked() {
        var bench = Self.driving()
        var faulted: [String] = []
        for _ in 0..<14 { faulted += bench.speak(after: 5).faulted }
        #expect(faulted == ["blocked"])
        var paused = Self.driving()
        for _ in 0..<14 { #expect(paused.speak(after: 5) { $0.isPaused = true }.faulted.isEmpty) }
    }

    @Test func cancelWhileAnActionRunsWaitsForTheAction() {
        var bench = Bench()
        var route = Bench.route(["a", "b"], released: 2)
        route.steps[1].actions = [RouteAction(id: "drop-1", type: "drop")]
        _ = bench.speak()
        _ = bench.session.drive(route, at: bench.now)
        _ = bench.take()
        _ = bench.reach("b")
        _ = bench.speak { $0.actions[0].status = "RUNNING" }
        let id = bench.session.cancel("o-1", at: bench.now).instants.first?.id ?? ""
        #expect(
            bench.speak { $0.actions.append(.init(id: id, type: "cancelOrder", status: "RUNNING")) }.cancelled.isEmpty)
        let end = bench.speak {
            $0.actions[0].status = "FINISHED"
            $0.actions[1].status = "FINISHED"
        }
        #expect(end.cancelled == ["o-1"] && end.finished.isEmpty)
    }

    // MARK: - Two under one name

    @Test func twoCountsUnderOneNameAreRefusedUntilAPersonDecides() {
        var bench = Self.driving()
        let first = bench.count
        bench.count = 3
        #expect(bench.speak().reports.isEmpty == false, "alone it is a restart")
        bench.count = first
        let effects = bench.speak()
        #expect(effects.reports.map(\.presence) == [.contested])
        #expect(effects.refusals == [.contested] && effects.faulted == ["contested"])
        #expect(bench.session.contest == .counters)
        #expect(bench.speak().isEmpty && bench.session.ignored["contested"] == 2)
        #expect(
            bench.session.drive(Bench.route(["b", "c"], released: 2, fence: 9), at: bench.now).refusals == [.contested])
        bench.session.settle()
        #expect(bench.speak().reports.first?.presence == .here)
    }

    @Test func oneNameInTwoPlacesInTurnIsRefused() {
        var bench = Bench()
        _ = bench.speak()
        let there = VehicleReport.Position(map: "1", x: 80, y: 40, heading: 0)
        #expect(bench.speak { $0.position = there }.reports.first?.presence == .here, "once is somebody who carried it")
        let effects = bench.speak {
            $0.position?.x = 0.5; $0.position?.y = 0
        }
        #expect(effects.reports.map(\.presence) == [.contested] && bench.session.contest == .places)
    }

    @Test func aSecondSignOnWhileTheFirstGoesOnSpeakingIsRefused() {
        var bench = Bench()
        _ = bench.connect(.online, id: 1)
        _ = bench.speak()
        _ = bench.connect(.online, id: 40)
        #expect(bench.speak().reports.map(\.presence) == [.contested])
        #expect(bench.session.contest == .connections)
        // The same words from one that has begun anew are a restart.
        var again = Bench()
        _ = again.connect(.online, id: 9)
        _ = again.speak()
        _ = again.connect(.online, id: 0)
        again.count = 0
        #expect(again.speak().reports.map(\.presence) == [.here])
    }

    @Test func aRetainedWordHeardAgainIsNothingNew() {
        var bench = Bench()
        _ = bench.connect(.online, id: 1)
        let at = bench.now
        _ = bench.speak()
        let json = VDAConnection.online.json(VDAHeader(id: 1, said: at), bench.address)
        #expect(bench.session.hear(.connection, json, from: bench.address, at: bench.now).isEmpty)
        #expect(bench.speak().reports.map(\.presence) == [.here])
    }
}
