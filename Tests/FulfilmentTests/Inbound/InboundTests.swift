import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

@Suite struct InboundTests {
    /// A delivery of two lots of milk and of rice; its number.
    static func announce(_ yard: Yard, by caller: Caller = .lead) async throws -> String {
        let outcome = try await yard.perform(
            "fulfilment.inbound.announce",
            [
                "centre": .string(Yard.centre), "supplier": "예시유업", "reference": "D-100",
                "due": "2026-11-21T14:00",
                "lines": [
                    [
                        "item": "MILK", "quantity": 40, "lot": "M1", "expiry": "2026-12-01",
                        "sscc": "340123450000000000",
                    ],
                    ["item": "MILK", "quantity": 20, "lot": "M2", "expiry": "2026-12-03"],
                    ["item": "RICE", "quantity": 30],
                ],
            ], by: caller)
        return String(try #require(outcome.events.first?.stream).dropFirst(Arrival.stream.count))
    }

    static func receive(
        _ yard: Yard, _ inbound: String, _ item: String, _ quantity: Int64, _ more: [String: JSON] = [:],
        by caller: Caller = .picker
    ) async throws -> Refusal? {
        try await yard.refusal(
            "fulfilment.inbound.receive",
            more.merging([
                "inbound": .string(inbound), "item": .string(item), "quantity": .decimal(quantity),
            ]) { one, _ in one }, by: caller)
    }

    @Test("announced, received with one short and one damaged, checked, put away", arguments: StoreUnderTest.all)
    func whole(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let id = try await Self.announce(yard)
            let tenant = try Caller.picker.tenant
            let expected = try await yard.store.read {
                try InboundTable.expected("MILK", in: Yard.centre, for: tenant, in: $0)
            }
            #expect(expected.map(\.quantity) == [60])
            // Rice needs no check and is stock at once; milk waits for one.
            #expect(try await Self.receive(yard, "D-100", "RICE", 29, ["damaged": 1]) == nil)
            #expect(try await yard.count("RICE", at: "STAGE-1") == 29)
            #expect(try await yard.count("RICE", at: "STAGE-1", status: .damaged) == 1)
            #expect(try await Self.receive(yard, "(00)340123450000000000", "MILK", 39, ["lot": "M1"]) == nil)
            #expect(try await Self.receive(yard, id, "MILK", 20, ["lot": "M2", "place": "DOCK-1"]) == nil)
            #expect(try await yard.free("MILK") == 0)
            let checks = try await yard.store.read { try CheckTable.list(for: tenant, in: $0) }
            #expect(checks.map(\.lot) == ["M1", "M2"])
            #expect(checks.map(\.plan.sample) == [20, 20])
            try await decide(yard, checks[0], faulty: 0)
            try await decide(yard, checks[1], faulty: 1)
            #expect(try await yard.count("MILK", lot: "M1", at: "STAGE-1") == 39)
            #expect(try await yard.count("MILK", lot: "M2", at: "Q-01", status: .quarantine) == 20)
            #expect(try await yard.free("MILK") == 39)
            // Putting away: chilled milk goes to the chilled place and nowhere else.
            let milk: [String: JSON] = ["item": "MILK", "lot": "M1", "quantity": 39, "from": "STAGE-1"]
            #expect(
                try await yard.refusal(
                    "fulfilment.goods.store", milk.merging(["place": "A-01-1", "reason": "급해서"]) { $1 }, by: .picker)?
                    .code == "store.climate")
            try await yard.perform("fulfilment.goods.store", milk.merging(["place": "c-01-1"]) { $1 }, by: .picker)
            #expect(try await yard.count("MILK", lot: "M1", at: "C-01-1") == 39)
            try await yard.perform("fulfilment.inbound.close", ["inbound": .string(id)], by: .picker)
            let closed = try #require(try await yard.last(Arrival.closed))
            let found = (closed.payload["differences"]?.elements ?? []).map {
                "\($0["item"]?.text ?? "") \($0["kind"]?.text ?? "") \($0["quantity"]?.integer ?? 0)"
            }
            #expect(found == ["MILK short 1", "RICE damaged 1"])
            let left = try await yard.store.read {
                try InboundTable.expected("MILK", in: Yard.centre, for: tenant, in: $0)
            }
            #expect(left.isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }

    private func decide(_ yard: Yard, _ check: Check, faulty: Int64) async throws {
        try await yard.perform(
            "fulfilment.check.decide",
            ["check": .string(check.id), "looked": .decimal(check.plan.sample), "faulty": .decimal(faulty)],
            by: .second)
    }

    @Test("what nobody announced, and what comes beyond it, is kept back; what is past its day is never good")
    func surplus() async throws {
        try await Yard.with { yard in
            let id = try await Self.announce(yard)
            #expect(try await Self.receive(yard, id, "RICE", 35, ["sure": true]) == nil)
            #expect(try await yard.count("RICE", at: "STAGE-1") == 30)
            #expect(try await yard.count("RICE", at: "STAGE-1", status: .quarantine) == 5)
            #expect(try await Self.receive(yard, id, "GLOVES", 4, ["sure": true]) == nil)
            #expect(try await yard.count("GLOVES", at: "STAGE-1", status: .quarantine) == 4)
            #expect(
                try await Self.receive(
                    yard, id, "MILK", 3, ["lot": "OLD", "expiry": "2026-11-20", "sure": true]) == nil)
            #expect(try await yard.count("MILK", lot: "OLD", at: "STAGE-1", status: .available) == 0)
            #expect(try await yard.free("MILK") == 0)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("each refusal of receiving names its field")
    func refusals() async throws {
        try await Yard.with { yard in
            let id = try await Self.announce(yard)
            #expect(try await Self.receive(yard, "none", "RICE", 1)?.code == "inbound.unknown")
            #expect(try await Self.receive(yard, id, "RICE", 1, by: .stranger)?.code == "inbound.unknown")
            #expect(try await Self.receive(yard, id, "RICE", 0)?.code == "inbound.nothing")
            #expect(try await Self.receive(yard, id, "RICE", 1, ["lot": "X"])?.code == "inbound.no-lots")
            #expect(try await Self.receive(yard, id, "NONE", 1)?.code == "item.unknown")
            #expect(try await Self.receive(yard, id, "ICE", 1)?.code == "inbound.lot")
            #expect(try await Self.receive(yard, id, "ICE", 1, ["lot": "I1"])?.code == "inbound.expiry-needed")
            #expect(
                try await Self.receive(yard, id, "ICE", 1, ["lot": "I1", "expiry": "내일"])?.code == "inbound.day")
            #expect(try await Self.receive(yard, id, "RICE", 1, ["place": "A-01-1"])?.code == "inbound.place")
            #expect(try await Self.receive(yard, id, "MILK", 1, ["lot": "M1"]) == nil)
            #expect(
                try await Self.receive(yard, id, "MILK", 1, ["lot": "M1", "expiry": "2026-12-24"])?.code
                    == "inbound.expiry")
            #expect(try await Self.receive(yard, id, "METER", 2, ["serials": "S1"])?.code == "inbound.serials")
            #expect(try await Self.receive(yard, id, "METER", 2, ["serials": "S1 S1"])?.code == "inbound.serials")
            #expect(try await Self.receive(yard, id, "METER", 2, ["serials": "S1 S2", "sure": true]) == nil)
            #expect(try await Self.receive(yard, id, "METER", 1, ["serials": "S2"])?.code == "inbound.serial-known")
            try await yard.perform("fulfilment.place.close", ["place": "STAGE-1", "why": "청소"], by: .picker)
            #expect(try await Self.receive(yard, id, "RICE", 1, ["place": "STAGE-1"])?.code == "place.closed")
            #expect(try await Self.receive(yard, id, "RICE", 1) == nil)
            #expect(try await yard.count("RICE", at: "DOCK-1") == 1)
            try await yard.perform("fulfilment.inbound.close", ["inbound": .string(id)], by: .picker)
            #expect(try await Self.receive(yard, id, "RICE", 1)?.code == "inbound.closed")
        }
    }

    @Test("a check demands its sample, and is decided once")
    func checks() async throws {
        try await Yard.with { yard in
            let id = try await Self.announce(yard)
            #expect(try await Self.receive(yard, id, "MILK", 40, ["lot": "M1"]) == nil)
            let tenant = try Caller.picker.tenant
            let check = try #require(try await yard.store.read { try CheckTable.list(for: tenant, in: $0) }.first)
            func refused(_ looked: Int64, _ faulty: Int64, _ caller: Caller = .picker) async throws -> String? {
                try await yard.refusal(
                    "fulfilment.check.decide",
                    ["check": .string(check.id), "looked": .decimal(looked), "faulty": .decimal(faulty)], by: caller
                )?.code
            }
            #expect(try await refused(1, 0) == "check.sample")
            #expect(try await refused(check.plan.sample, check.plan.sample + 1) == "check.faulty")
            #expect(try await refused(check.plan.sample, 0, .stranger) == "check.unknown")
            // Before it is decided nobody carries the lot away.
            #expect(
                try await yard.refusal(
                    "fulfilment.goods.store",
                    [
                        "item": "MILK", "lot": "M1", "quantity": 40, "from": "STAGE-1", "place": "Q-01",
                        "status": "quarantine",
                    ], by: .picker)?.code == "store.unchecked")
            #expect(try await refused(check.plan.sample, 0) == nil)
            #expect(try await refused(check.plan.sample, 0) == "check.decided")
        }
    }

    @Test("putting away: another place needs a reason, a forbidden one has none; promises stay")
    func storing() async throws {
        try await Yard.with { yard in
            try await yard.put("RICE", 30, at: "STAGE-1")
            try await yard.promise("order/1", "RICE", 30)
            func refused(_ place: String, _ quantity: Int64, _ more: [String: JSON] = [:]) async throws -> String? {
                try await yard.refusal(
                    "fulfilment.goods.store",
                    more.merging([
                        "item": "RICE", "quantity": .decimal(quantity), "from": "STAGE-1", "place": .string(place),
                    ]) { one, _ in one }, by: .picker)?.code
            }
            #expect(try await refused("A-02-2", 10) == "store.reason")
            #expect(try await refused("H-01-1", 10, ["reason": "가까움"]) == nil)
            #expect(try await refused("PACK-1", 5, ["reason": "x"]) == "store.kind")
            #expect(try await refused("A-01-1", 21) == "stock.too-little")
            #expect(try await refused("STAGE-1", 1) == "store.same")
            #expect(try await refused("A-01-1", 20, ["from": "H-01-1"]) == "stock.too-little")
            #expect(try await refused("A-01-1", 10, ["from": "H-01-1"]) == "store.from")
            #expect(try await refused("A-01-1", 20, ["reason": "손에 들고 있음"]) == nil)
            #expect(try await yard.free("RICE") == 0)
            try await yard.perform(
                "fulfilment.goods.relocate",
                ["item": "RICE", "quantity": 10, "from": "H-01-1", "place": "A-02-1", "why": "정리"], by: .picker)
            #expect(try await yard.count("RICE", at: "A-02-1") == 10)
            #expect(
                try await yard.refusal(
                    "fulfilment.goods.relocate",
                    ["item": "RICE", "quantity": 1, "from": "A-02-1", "place": "SHIP-1", "why": "x"], by: .picker)?
                    .code == "store.kind")
            #expect(try await yard.rebuildsAlike())
        }
    }
}
