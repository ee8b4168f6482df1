import District
import Record
import Series
import Store
import TestKit
import Testing
import Twin
import Web

@testable import Access
@testable import Sensing

@Suite("The watch")
struct WatchTests {
    static let start = IntakeCornersTests.now
    static let key = SeriesKey("press-1", "vibration")

    private static func limit(_ high: Double) -> LimitTable.Limit {
        LimitTable.Limit(thing: key.thing, property: key.property, low: nil, high: high, reason: "law")
    }

    private static func sample(_ value: Double, at second: Double, _ quality: Quality = .good) -> Sample {
        Sample(key, unit: "mm/s", Reading(time: start.advanced(bySeconds: second), value: value, quality: quality))
    }

    private static func alarms(_ spine: Spine) async throws -> [AlarmRow] {
        let zone = try Caller.system("test").tenant
        let query = TableQuery(["sort": "raised"], columns: ["raised"], sortedBy: "raised")
        return try await spine.district.store.read {
            try AlarmTable.list(query, openOnly: false, for: zone, in: $0).rows
        }
    }

    @Test("a limit's alarm is raised at once, once, and clears ten seconds after the value came back")
    func limits() async throws {
        let clock = TestClock(Self.start)
        try await withSpine(clock: clock.source) { spine in
            let watch = Desk(spine).watch
            await watch.apply(Self.limit(10))
            await watch.observe([Self.sample(9, at: 0)], arrived: Self.start)
            #expect(try await Self.alarms(spine).isEmpty)
            await watch.observe([Self.sample(11, at: 1)], arrived: Self.start)
            var alarm = try #require(try await Self.alarms(spine).first)
            #expect(alarm.state == .unacknowledgedActive)
            #expect(alarm.priority == "critical")
            #expect(alarm.value == 11)
            #expect(alarm.expectedHigh == 10)
            for second in 2..<12 { await watch.observe([Self.sample(12, at: Double(second))], arrived: Self.start) }
            // Back, out again, and back: the ten seconds begin anew.
            for second in 12..<20 { await watch.observe([Self.sample(9, at: Double(second))], arrived: Self.start) }
            await watch.observe([Self.sample(11, at: 20)], arrived: Self.start)
            for second in 21..<31 { await watch.observe([Self.sample(9, at: Double(second))], arrived: Self.start) }
            alarm = try #require(try await Self.alarms(spine).first)
            #expect(alarm.state == .unacknowledgedActive)
            await watch.observe([Self.sample(9, at: 31)], arrived: Self.start)
            let all = try await Self.alarms(spine)
            #expect(all.map(\.state) == [.unacknowledgedCleared])
        }
    }

    @Test("a reading of doubtful quality raises nothing")
    func quality() async throws {
        try await withSpine(clock: { Self.start }) { spine in
            let watch = Desk(spine).watch
            await watch.apply(Self.limit(10))
            await watch.observe(
                [Self.sample(99, at: 0, .uncertain), Self.sample(99, at: 1, .bad)], arrived: Self.start)
            let alarms = try await Self.alarms(spine)
            #expect(alarms.isEmpty)
        }
    }

    @Test("once a person has cleared an alarm, the same cause raises a new one")
    func forget() async throws {
        try await withSpine(clock: { Self.start }) { spine in
            let watch = Desk(spine).watch
            await watch.apply(Self.limit(10))
            await watch.observe([Self.sample(11, at: 0)], arrived: Self.start)
            let alarm = try #require(try await Self.alarms(spine).first)
            let officer = Caller(.person("p"), roles: [.zoneOfficer])
            _ = try await spine.district.perform(
                "sensing.alarm.clear", ["alarm": .string(alarm.id), "reason": "seen"], by: officer, confirmed: true)
            await watch.forget(alarm.id)
            await watch.observe([Self.sample(11, at: 1)], arrived: Self.start)
            #expect(
                try await Self.alarms(spine).map(\.state).sorted { $0.rawValue < $1.rawValue } == [
                    .unacknowledgedActive, .unacknowledgedCleared,
                ])
        }
    }

    @Test("after a restart an open alarm is not raised again, and still clears")
    func restart() async throws {
        try await withSpine(clock: { Self.start }) { spine in
            let watch = Desk(spine).watch
            let officer = Caller(.person("p"), roles: [.zoneOfficer])
            try await spine.district.transact { transaction in
                let thing = Thing(id: Self.key.thing, kind: .machine, name: Words("프레스", "Press"), scope: .zone)
                try transaction.record(
                    try TwinEvents.declared([thing], for: try officer.tenant, in: transaction.writer),
                    origin: Origin(author: .system("test")))
            }
            _ = try await spine.district.perform(
                "sensing.limit.set",
                ["thing": "press-1", "property": "vibration", "high": 10, "reason": "law"], by: officer, confirmed: true
            )
            await watch.apply(Self.limit(10))
            await watch.observe([Self.sample(11, at: 0)], arrived: Self.start)
            #expect(try await Self.alarms(spine).count == 1)
            let next = Desk(spine).watch
            try await next.resume()
            for second in 1..<5 { await next.observe([Self.sample(11, at: Double(second))], arrived: Self.start) }
            #expect(try await Self.alarms(spine).count == 1)
            for second in 5..<17 { await next.observe([Self.sample(1, at: Double(second))], arrived: Self.start) }
            #expect(try await Self.alarms(spine).map(\.state) == [.unacknowledgedCleared])
        }
    }

    @Test("a use of AI that is switched off raises nothing, and hard limits stay in force")
    func switchedOff() async throws {
        try await withSpine(clock: { Self.start }) { spine in
            let watch = Desk(spine).watch
            let officer = Caller(.person("p"), roles: [.zoneOfficer])
            _ = try await spine.district.perform(
                "district.ai.switch", ["use": "sensing.tail", "on": false, "reason": "test"], by: officer,
                confirmed: true)
            let second = try await Self.disturb(watch, from: 0)
            #expect(try await Self.alarms(spine).isEmpty)
            #expect(spine.gauges.value("slipway_detections_withheld_total", labels: "") > 0)
            await watch.apply(Self.limit(40))
            await watch.observe([Self.sample(50, at: second)], arrived: Self.start)
            #expect(try await Self.alarms(spine).map(\.priority) == ["critical"])
        }
    }

    @Test("a lasting deviation raises one alarm, by the model, with its band and its probability")
    func deviation() async throws {
        try await withSpine(clock: { Self.start }) { spine in
            let watch = Desk(spine).watch
            _ = try await Self.disturb(watch, from: 0)
            let alarms = try await Self.alarms(spine)
            let alarm = try #require(alarms.first)
            #expect(alarms.count == 1)
            #expect(alarm.origin == "live")
            let high = try #require(alarm.expectedHigh)
            #expect(high < 30)
            let events = try await spine.district.store.read {
                try spine.district.log.events(inStream: "alarm/\(alarm.id)", in: $0)
            }
            #expect(events.first?.author == .model("sensing.tail"))
        }
    }

    /// Half an hour of calm with noise, then half a minute far above it.
    private static func disturb(_ watch: Watch, from: Double) async throws -> Double {
        var random = SeededGenerator(seed: 3)
        var second = from
        for _ in 0..<1800 {
            let noise = (0..<6).reduce(0.0) { sum, _ in sum + Double.random(in: -0.5...0.5, using: &random) }
            await watch.observe([sample(10 + noise, at: second)], arrived: start)
            second += 1
        }
        for _ in 0..<30 {
            await watch.observe(
                [sample(30 + Double.random(in: -0.5...0.5, using: &random), at: second)], arrived: start)
            second += 1
        }
        return second
    }
}
