import Access
import District
import Record
import Series
import TestKit
import Testing

@testable import Safety

@Suite("Permits: entering a confined space (story 5)")
struct ConfinedEntryTests {
    private func running(_ yard: Yard) async throws -> String {
        try await yard.readyForWork()
        try await yard.air()
        let permit = try await yard.request(yard.confined())
        try await yard.authorise(permit, "confined")
        return permit
    }

    @Test("a crew goes in and out in good air, counted one by one", arguments: StoreUnderTest.all)
    func goesIn(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let permit = try await running(yard)
            let values: [String: JSON] = ["permit": .string(permit)]
            try await yard.perform("safety.permit.enter", values, by: .worker("alfa"))
            let again = try await yard.refusal("safety.permit.enter", values, by: .worker("alfa"))
            #expect(again?.code == "permit.already-inside")
            try await yard.perform(
                "safety.permit.enter", ["permit": .string(permit), "person": "alfa-worker-2"], by: .executive("alfa"))
            let early = try await yard.refusal(
                "safety.permit.close", ["permit": .string(permit), "restored": true], by: .manager("alfa"))
            #expect(early?.code == "permit.inside")
            try await yard.perform("safety.permit.leave", values, by: .worker("alfa"))
            let twice = try await yard.refusal("safety.permit.leave", values, by: .worker("alfa"))
            #expect(twice?.code == "permit.not-inside")
            let one = try await yard.refusal(
                "safety.permit.close", ["permit": .string(permit), "restored": true], by: .manager("alfa"))
            #expect(one?.code == "permit.inside")
            try await yard.perform("safety.permit.leave", values, by: .worker("alfa", 2))
            let untidy = try await yard.refusal(
                "safety.permit.close", ["permit": .string(permit), "restored": false], by: .manager("alfa"))
            #expect(untidy?.faults.map(\.field) == ["restored"])
            try await yard.perform(
                "safety.permit.close", ["permit": .string(permit), "restored": true], by: .manager("alfa"))
            #expect(try await yard.permit(permit)?.state == .closed)
            let over = try await yard.refusal("safety.permit.enter", values, by: .worker("alfa"))
            #expect(over?.code == "permit.closed")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "bad air lets nobody in, and nobody authorises it",
        arguments: [
            ("o2", 17.9, "gas.low"), ("o2", 23.5, "gas.high"), ("h2s", 10.0, "gas.high"), ("co", 30, "gas.high"),
            ("co2", 1.5, "gas.high"),
        ])
    func badAir(_ gas: String, _ value: Double, _ rule: String) async throws {
        try await Yard.with { yard in
            let permit = try await running(yard)
            let other = try await yard.request(yard.confined())
            try await yard.air(
                o2: gas == "o2" ? value : 20.9, co2: gas == "co2" ? value : 0.05, co: gas == "co" ? value : 2,
                h2s: gas == "h2s" ? value : 0)
            let refusal = try await yard.refusal(
                "safety.permit.enter", ["permit": .string(permit)], by: .worker("alfa"))
            #expect(refusal?.code == "permit.gates")
            #expect(refusal?.faults.map(\.field) == [gas])
            #expect(refusal?.faults.map(\.rule) == [rule])
            let rules = try await yard.rules(
                "safety.permit.authorise", yard.authorising(other, "confined"), by: .manager("alfa"))
            #expect(rules == [rule])
        }
    }

    @Test("a stale sensor, a doubtful one and one that was never heard of let nobody in")
    func stale() async throws {
        try await Yard.with { yard in
            let permit = try await running(yard)
            let values: [String: JSON] = ["permit": .string(permit)]
            yard.clock.advance(by: 60)
            try await yard.perform("safety.permit.enter", values, by: .worker("alfa"))
            try await yard.perform("safety.permit.leave", values, by: .worker("alfa"))
            yard.clock.advance(by: 0.001)
            let stale = try await yard.rules("safety.permit.enter", values, by: .worker("alfa"))
            #expect(stale == ["gas.stale", "gas.stale", "gas.stale", "gas.stale"])
            try await yard.air(quality: .uncertain)
            let doubtful = try await yard.rules("safety.permit.enter", values, by: .worker("alfa"))
            #expect(Set(doubtful) == ["gas.quality"])
            try await yard.air()
            #expect(try await yard.rules("safety.permit.enter", values, by: .worker("alfa")).isEmpty)
        }
    }

    @Test("readings used stand in the event, with series, value and time")
    func readings() async throws {
        try await Yard.with { yard in
            let permit = try await running(yard)
            try await yard.perform("safety.permit.enter", ["permit": .string(permit)], by: .worker("alfa"))
            let event = try #require(try await yard.last("safety.permit.entered"))
            let readings = event.payload["readings"]?.elements ?? []
            #expect(readings.count == 4)
            #expect(readings.first?["series"]?.text == "alfa-tank/o2")
            #expect(readings.first?["value"]?.double == 20.9)
            #expect(readings.first?["observed"]?.text == yard.clock.read().description)
        }
    }

    @Test("whoever lacks training or this morning's meeting is named, and only they")
    func people() async throws {
        try await Yard.with { yard in
            try await yard.readyForWork()
            try await yard.air()
            try await yard.enrol(.worker("alfa", 3))
            let permit = try await yard.request(
                yard.confined(["people": [["person": "alfa-worker-1"], ["person": "alfa-worker-3"]]]))
            let refusal = try await yard.refusal(
                "safety.permit.authorise", yard.authorising(permit, "confined"), by: .manager("alfa"))
            #expect(refusal?.faults.map(\.rule) == ["training.confined-space", "tbm.missing"])
            #expect(refusal?.faults.allSatisfy { $0.words.ko.contains("alfa-worker-3") } == true)
            try await yard.certify("confined-space", ["alfa-worker-3"])
            try await yard.meet(["alfa-worker-3"], at: "alfa-press")
            // A meeting at another machine is not one at this place.
            let elsewhere = try await yard.rules(
                "safety.permit.authorise", yard.authorising(permit, "confined"), by: .manager("alfa"))
            #expect(elsewhere == ["tbm.missing"])
            try await yard.meet(["alfa-worker-3"], at: "alfa-tank")
            try await yard.authorise(permit, "confined")
            // The next day the meeting is yesterday's.
            yard.clock.set("2026-11-21T12:59:00+09:00")
            try await yard.air()
            try await yard.perform("safety.permit.enter", ["permit": .string(permit)], by: .worker("alfa"))
        }
    }

    @Test("authorised by another than who asked, by whoever is in charge, with every item checked")
    func authority() async throws {
        try await Yard.with { yard in
            try await yard.readyForWork()
            try await yard.air()
            let own = try await yard.request(yard.confined(), by: .manager("alfa"))
            let same = try await yard.refusal(
                "safety.permit.authorise", yard.authorising(own, "confined"), by: .manager("alfa"))
            #expect(same?.code == "permit.same-person")
            let worker = try await yard.refusal(
                "safety.permit.authorise", yard.authorising(own, "confined"), by: .worker("alfa"))
            #expect(worker?.code == "permit.not-in-charge")
            let stranger = try await yard.refusal(
                "safety.permit.authorise", yard.authorising(own, "confined"), by: .manager("bravo"))
            #expect(stranger?.code == "permit.unknown")
            let unchecked = try await yard.rules(
                "safety.permit.authorise", ["permit": .string(own)], by: .executive("alfa"))
            #expect(unchecked.count == 5 && unchecked.allSatisfy { $0.hasPrefix("checklist.") })
            try await yard.authorise(own, "confined", by: .executive("alfa"))
            let twice = try await yard.refusal(
                "safety.permit.authorise", yard.authorising(own, "confined"), by: .executive("alfa"))
            #expect(twice?.code == "permit.running")
            #expect(try await yard.permit(own, for: .manager("bravo")) == nil)
        }
    }
}
