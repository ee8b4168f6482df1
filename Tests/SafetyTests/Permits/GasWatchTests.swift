import Access
import District
import Record
import Series
import Store
import TestKit
import Testing

@testable import Safety

@Suite("Air: the watch over those inside, portable tests, which sensors serve")
struct GasWatchTests {
    private func samples(_ yard: Yard, o2: Double = 20.9, h2s: Double = 0, at thing: ThingID = "alfa-tank") -> [Sample]
    {
        let now = yard.clock.read()
        return [("o2", "%", o2), ("co2", "%", 0.05), ("co", "ppm", 2), ("h2s", "ppm", h2s)].map { name, unit, value in
            Sample(SeriesKey(thing, name), unit: unit, Reading(time: now, value: value))
        }
    }

    /// A yard where somebody is inside a tank, in good air that the watch has seen.
    private func inside(
        _ kind: StoreUnderTest = .sqlite, _ body: (Yard, GasWatch, String) async throws -> Void
    ) async throws {
        try await Yard.with(kind) { yard in
            try await yard.readyForWork()
            let watch = GasWatch(district: yard.district, arrivals: Hub(), desk: try Yard.desk())
            await watch.take(samples(yard))
            let permit = try await yard.request(yard.confined())
            try await yard.authorise(permit, "confined")
            try await yard.perform("safety.permit.enter", ["permit": .string(permit)], by: .worker("alfa"))
            try await body(yard, watch, permit)
        }
    }

    @Test(
        "bad air stops the work at once and says who is inside, by the rule's own hand", arguments: StoreUnderTest.all)
    func bad(_ kind: StoreUnderTest) async throws {
        try await inside(kind) { yard, watch, permit in
            await watch.look()
            #expect(try await yard.permit(permit)?.state == .running)
            yard.clock.advance(by: 0.2)
            // Sooner than readings are usually kept: a turn for the worse is kept at once.
            await watch.take(samples(yard, o2: 17.9))
            #expect(try await yard.permit(permit)?.suspension == "gas")
            let event = try #require(try await yard.last("safety.permit.suspended"))
            #expect(event.author == .rule("safety.gas-gate"))
            #expect(event.payload["inside"]?.elements == ["alfa-worker-1"])
            let low = event.payload["readings"]?.elements?.first { $0["safe"] == false }
            #expect(low?["series"]?.text == "alfa-tank/o2" && low?["value"]?.double == 17.9)
            await watch.look()
            #expect(try await yard.types().filter { $0 == "safety.permit.suspended" }.count == 1)
            let shut = try await yard.refusal(
                "safety.permit.enter", ["permit": .string(permit)], by: .worker("alfa", 2))
            #expect(shut?.code == "permit.suspended")
            // Out they may always come.
            try await yard.perform("safety.permit.leave", ["permit": .string(permit)], by: .worker("alfa"))
            let still = try await yard.rules("safety.permit.resume", ["permit": .string(permit)], by: .manager("alfa"))
            #expect(still == ["gas.low"])
            yard.clock.advance(by: 1)
            await watch.take(samples(yard))
            try await yard.perform("safety.permit.resume", ["permit": .string(permit)], by: .manager("alfa"))
            #expect(try await yard.permit(permit)?.state == .running)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("silence stops the work as bad air does, a millisecond after a minute")
    func silent() async throws {
        try await inside { yard, watch, permit in
            yard.clock.advance(by: 60)
            await watch.look()
            let state = try await yard.permit(permit)?.state
            #expect(state == .running)
            yard.clock.advance(by: 0.001)
            await watch.look()
            let reason = try await yard.permit(permit)?.suspension
            #expect(reason == "gas")
        }
    }

    @Test("time that is over stops the work of whoever is still inside")
    func overtime() async throws {
        try await inside { yard, watch, permit in
            yard.clock.advance(by: 4 * 3600)
            await watch.take(samples(yard))
            await watch.look()
            let reason = try await yard.permit(permit)?.suspension
            #expect(reason == "time")
        }
    }

    @Test("work that counts no heads is stopped by bad air, and at its end, whether or not somebody pressed “in”")
    func hotWork() async throws {
        try await Yard.with { yard in
            try await yard.readyForWork()
            let watch = GasWatch(district: yard.district, arrivals: Hub(), desk: try Yard.desk())
            func lel(_ value: Double) -> [Sample] {
                [Sample(SeriesKey("alfa-tank", "lel"), unit: "%", Reading(time: yard.clock.read(), value: value))]
            }
            let from = yard.clock.read()
            let permit = try await yard.request([
                "kind": "hot", "thing": "alfa-tank", "work": "용접", "from": .string(from.description),
                "to": .string(from.advanced(bySeconds: 7200).description),
                "people": [["person": "alfa-worker-1"]], "supervisor": "alfa-manager", "watcher": "alfa-executive",
            ])
            await watch.take(lel(1))
            try await yard.authorise(permit, "hot")
            await watch.look()
            #expect(try await yard.permit(permit)?.state == .running)
            yard.clock.advance(by: 10)
            await watch.take(lel(30))
            #expect(try await yard.permit(permit)?.suspension == "gas")
            yard.clock.advance(by: 10)
            await watch.take(lel(1))
            try await yard.perform("safety.permit.resume", ["permit": .string(permit)], by: .manager("alfa"))
            #expect(try await yard.permit(permit)?.state == .running)
            yard.clock.advance(by: 7200)
            await watch.take(lel(1))
            await watch.look()
            #expect(try await yard.permit(permit)?.suspension == "time")
        }
    }

    @Test("with nobody inside nothing is stopped, for nobody is at risk")
    func empty() async throws {
        try await inside { yard, watch, permit in
            try await yard.perform("safety.permit.leave", ["permit": .string(permit)], by: .worker("alfa"))
            yard.clock.advance(by: 600)
            await watch.look()
            #expect(try await yard.permit(permit)?.state == .running)
        }
    }

    @Test("readings of one series are kept about once a second, never an older one over a newer")
    func throttled() async throws {
        try await Yard.with { yard in
            try await yard.readyForWork()
            let watch = GasWatch(district: yard.district, arrivals: Hub(), desk: try Yard.desk())
            func kept() async throws -> [Double] {
                try await yard.store.read { reader in
                    try AirTable.readings(at: "alfa-tank", of: "alfa", for: Tenant.firm("alfa"), in: reader)
                        .filter { $0.gas == .o2 }.map(\.value)
                }
            }
            let old = samples(yard, o2: 20.1)
            yard.clock.advance(by: 5)
            await watch.take(samples(yard, o2: 20.5))
            yard.clock.advance(by: 0.5)
            await watch.take(samples(yard, o2: 20.7))
            #expect(try await kept() == [20.5])
            yard.clock.advance(by: 0.5)
            await watch.take(samples(yard, o2: 20.6))
            #expect(try await kept() == [20.6])
            yard.clock.advance(by: 2)
            await watch.take(old)
            #expect(try await kept() == [20.6])
            await watch.take([Sample(SeriesKey("alfa-tank", "vibration"), Reading(time: yard.clock.read(), value: 1))])
            #expect(try await kept() == [20.6])
        }
    }

    @Test("where no sensor stands a portable meter opens the gate for half an hour, if its calibration holds")
    func portable() async throws {
        try await Yard.with { yard in
            try await yard.readyForWork()
            let permit = try await yard.request(yard.confined())
            var test: [String: JSON] = [
                "thing": "alfa-tank", "meter": "A-17", "calibrated": "2026-11-21T00:00", "o2": 20.9, "co2": 0.05,
                "co": 1, "h2s": 0,
            ]
            let values = try yard.authorising(permit, "confined")
            let missing = try await yard.rules("safety.permit.authorise", values, by: .manager("alfa"))
            #expect(missing == ["gas.missing", "gas.missing", "gas.missing", "gas.missing"])
            var late = test
            late["calibrated"] = "2026-11-20T23:59"
            let expired = try await yard.rules("safety.gas.test", late, by: .worker("alfa"))
            #expect(expired == ["calibration"])
            var ahead = test
            ahead["at"] = "2026-11-21T09:00:01"
            #expect(try await yard.rules("safety.gas.test", ahead, by: .worker("alfa")) == ["future"])
            let foreign = try await yard.refusal("safety.gas.test", test, by: .worker("bravo"))
            #expect(foreign?.kind == .notFound)
            try await yard.perform("safety.gas.test", test, by: .worker("alfa"))
            try await yard.authorise(permit, "confined")
            yard.clock.advance(by: 1800)
            try await yard.perform("safety.permit.enter", ["permit": .string(permit)], by: .worker("alfa"))
            yard.clock.advance(by: 0.001)
            let stale = try await yard.rules("safety.permit.enter", ["permit": .string(permit)], by: .worker("alfa", 2))
            #expect(Set(stale) == ["gas.stale"])
            test["h2s"] = 10
            try await yard.perform("safety.gas.test", test, by: .worker("alfa"))
            let high = try await yard.rules("safety.permit.enter", ["permit": .string(permit)], by: .worker("alfa", 2))
            #expect(high == ["gas.high"])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a sensor elsewhere serves once it is assigned, one of the place no more once it is taken off")
    func assigned() async throws {
        try await Yard.with { yard in
            try await yard.readyForWork()
            let permit = try await yard.request(yard.confined())
            let values = try yard.authorising(permit, "confined")
            try await yard.air(at: "alfa-press")
            let before = try await yard.rules("safety.permit.authorise", values, by: .manager("alfa"))
            #expect(Set(before) == ["gas.missing"])
            func assign(_ sensor: String, _ serves: Bool, by caller: Caller = .manager("alfa")) async throws {
                try await yard.perform(
                    "safety.gas.assign",
                    ["sensor": .string(sensor), "thing": "alfa-tank", "serves": .bool(serves)], by: caller)
            }
            try await assign("alfa-press", true)
            #expect(try await yard.rules("safety.permit.authorise", values, by: .manager("alfa")).isEmpty)
            let second = try await yard.request(yard.confined())
            try await yard.air(h2s: 50, at: "alfa-tank")
            let bad = try await yard.rules(
                "safety.permit.authorise", yard.authorising(second, "confined"), by: .manager("alfa"))
            #expect(bad == ["gas.high"])
            try await assign("alfa-tank", false)
            #expect(
                try await yard.rules(
                    "safety.permit.authorise", yard.authorising(second, "confined"), by: .manager("alfa")
                ).isEmpty)
            let worker = try await yard.refusal(
                "safety.gas.assign", ["sensor": "alfa-press", "thing": "alfa-tank", "serves": true], by: .worker("alfa")
            )
            #expect(worker?.kind == .forbidden)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("it is extended only in good air, only within the hours of its kind, and never by who asked")
    func extended() async throws {
        try await inside { yard, watch, permit in
            let to = yard.clock.read().advanced(bySeconds: 7 * 3600)
            let values: [String: JSON] = ["permit": .string(permit), "to": .string(to.description)]
            let own = try await yard.refusal("safety.permit.extend", values, by: .worker("alfa"))
            #expect(own?.code == "permit.not-in-charge")
            yard.clock.advance(by: 61)
            let stale = try await yard.rules("safety.permit.extend", values, by: .manager("alfa"))
            #expect(Set(stale) == ["gas.stale"])
            await watch.take(samples(yard))
            let far: [String: JSON] = [
                "permit": .string(permit),
                "to": .string(yard.clock.read().advanced(bySeconds: 8 * 3600 + 1).description),
            ]
            #expect(try await yard.rules("safety.permit.extend", far, by: .manager("alfa")) == ["hours"])
            try await yard.perform("safety.permit.extend", values, by: .manager("alfa"))
            #expect(try await yard.permit(permit)?.to == to)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("an old “came out” that arrives late does not take out somebody who has gone in again")
    func wentInSince() async throws {
        try await inside { yard, watch, permit in
            let out = yard.clock.read().advanced(bySeconds: 60)
            yard.clock.advance(by: 120)
            try await yard.perform("safety.permit.leave", ["permit": .string(permit)], by: .worker("alfa"))
            yard.clock.advance(by: 30)
            await watch.take(samples(yard))
            try await yard.perform("safety.permit.enter", ["permit": .string(permit)], by: .worker("alfa"))
            yard.clock.advance(by: 30)
            let said = Ask.Offline(claimed: out, skew: 0, form: "1")
            let refused = await #expect(throws: Refusal.self) {
                try await yard.perform(
                    "safety.permit.leave", ["permit": .string(permit)], by: .worker("alfa"), offline: said)
            }
            #expect(refused?.code == "permit.went-in-since")
            let inside = try await yard.store.read { try PermitTable.inside(of: [permit], in: $0)[permit] }
            #expect(inside == 1)
        }
    }

    @Test("coming out without a connection counts from when it was; going in without one is not possible")
    func offline() async throws {
        try await inside { yard, watch, permit in
            let out = yard.clock.read().advanced(bySeconds: 600)
            yard.clock.advance(by: 3600)
            let said = Ask.Offline(claimed: out.advanced(bySeconds: 30), skew: 30, form: "1")
            try await yard.perform(
                "safety.permit.leave", ["permit": .string(permit)], by: .worker("alfa"), offline: said)
            let event = try #require(try await yard.last("safety.permit.left"))
            #expect(event.observed == out)
            #expect(event.payload["offline"]?["skew"]?.double == 30)
            let surfaces = try CountHeads.enter(Yard.desk()).form.surfaces
            #expect(!surfaces.contains(.offline))
        }
    }
}
