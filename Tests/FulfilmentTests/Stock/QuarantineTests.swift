import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// What is kept back cannot be promised or shipped, and orders that lose their stock are named.
@Suite struct QuarantineTests {
    private static let operators = Caller.person("operator", [.operator], firm: "firm-haesol")

    @Test("keeping back ends the promises that can no longer be kept, the latest order's first")
    func endsTheLatest() throws {
        let scope = StockTableTests.scope
        let at = Timestamp(microseconds: 0)
        let lot = LotStock(
            scope: scope, centre: "c", item: "milk", lot: "L1", available: 10, reserved: 8, expiry: nil, received: at)
        let held = [("A", 6), ("B", 4)].map {
            Held(
                centre: "c", spot: Spot(location: $0.0), item: "milk", lot: "L1", quantity: $0.1, since: at)
        }
        let promises = [("order/3", 3), ("order/2", 2), ("order/1", 3)].map {
            Reserved(order: $0.0, line: 1, centre: "c", item: "milk", lot: "L1", quantity: $0.1)
        }
        let one = Quarantine.keep(held, within: ["A"], of: lot, promises: promises)
        // Four stay in B: of the eight promised, four end.
        #expect(one.moves.map(\.quantity) == [6])
        #expect(one.ended.map(\.quantity) == [3, 1] && one.orders == ["order/2", "order/3"])
        let all = Quarantine.keep(held, of: lot, promises: promises)
        #expect(all.ended == promises && all.moves.count == 2)
        let free = Quarantine.keep([held[1]], of: lot, promises: promises)
        #expect(free.ended.map(\.quantity) == [2])
    }

    @Test("what an order holds in its tote is lost last, though it came last")
    func whatIsInHandIsLostLast() {
        let promises = [("order/2", 10), ("order/1", 10)].map {
            Reserved(order: $0.0, line: 1, centre: "c", item: "milk", lot: "L1", quantity: $0.1)
        }
        let (open, inHand) = Quarantine.split(promises, inHand: ["order/2": 7])
        #expect(open.map(\.quantity) == [3, 10] && inHand.map(\.quantity) == [7])
        #expect(Quarantine.excess(13, of: open + inHand).map(\.quantity) == [3, 10])
        let more = Quarantine.excess(15, of: open + inHand)
        #expect(more.map(\.order) == ["order/2", "order/1"] && more.map(\.quantity) == [5, 10])
    }

    @Test("a recalled lot stays back: its check, a return or the next delivery makes none of it good")
    func recalled() async throws {
        try await Yard.with { yard in
            let lot: [String: JSON] = ["item": "MILK", "lot": "L1", "reason": "recall"]
            #expect(try await yard.refusal("fulfilment.lot.quarantine", lot, by: .picker)?.code == "lot.unknown")
            // It waits for its check: nothing of it was ever good.
            try await yard.put("MILK", lot: "L1", 5, at: "STAGE-1", status: .quarantine)
            try await yard.perform("fulfilment.lot.quarantine", lot, by: .picker)
            #expect(try await yard.refusal("fulfilment.lot.quarantine", lot, by: .picker)?.code == "lot.nothing")
            await #expect(throws: StockRefusal.held("MILK", lot: "L1")) {
                try await yard.put("MILK", lot: "L1", 3, at: "C-01-1")
            }
            #expect(try await yard.free("MILK") == 0)
            try await yard.put("MILK", lot: "L2", 4, at: "C-01-1")
            #expect(try await yard.free("MILK") == 4)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a form with an empty or unknown lot stays, and names the field")
    func wrongLot() async throws {
        try await Yard.with { yard in
            for (lot, rule) in [("", "required"), ("NEVER", "known")] {
                for (command, more) in [
                    ("fulfilment.lot.quarantine", ["reason": "recall"] as [String: JSON]),
                    ("fulfilment.lot.free", ["note": "시험"]),
                ] {
                    let values: [String: JSON] = more.merging(["item": "MILK", "lot": .string(lot)]) { $1 }
                    let refusal = try await yard.refusal(command, values, by: .lead)
                    #expect(refusal?.kind == .invalid && refusal?.faults.first?.field == "lot", "\(command) \(lot)")
                    #expect(refusal?.faults.first?.rule == rule)
                }
            }
        }
    }

    @Test(
        "who asked to let a lot go is told that it was refused, by whom and why, until they ask again",
        arguments: StoreUnderTest.all)
    func refusedRequest(on kind: StoreUnderTest) async throws {
        try await Yard.with([try Fulfilment()], on: kind) { yard in
            try await yard.register("firm-haesol")
            try await yard.district.record(
                [StockTableTests.came("milk", lot: "L1", 10)], origin: StockTableTests.origin)
            try await yard.perform(
                "fulfilment.lot.quarantine", ["item": "milk", "lot": "L1", "reason": "recall"],
                by: .worker("firm-haesol"))
            let freed: [String: JSON] = ["item": "milk", "lot": "L1", "note": "성적서 확인"]
            func ask() async throws -> String {
                let outcome = try await yard.perform("fulfilment.lot.free", freed, by: Self.operators)
                return String(outcome.events.first?.stream.dropFirst("request/".count) ?? "")
            }
            func told(_ caller: Caller) async throws -> [FreeRequests.Refused] {
                let (tenant, now) = (try caller.tenant, yard.clock.read())
                return try await yard.store.read {
                    try FreeRequests.refused(of: caller.author, at: now, for: tenant, in: $0)
                }
            }
            let request = try await ask()
            let second = Caller.executive("firm-haesol")
            try await yard.perform(
                "district.request.refuse", ["request": .string(request), "why": "성적서가 다른 로트의 것임"], by: second)
            let refused = try #require(try await told(Self.operators).first)
            #expect(refused.why == "성적서가 다른 로트의 것임" && refused.refuser == second.author.text && refused.lot == "L1")
            #expect(try await told(second).isEmpty)
            #expect(try await yard.rebuildsAlike())
            // Asked again, it was read; taken back by oneself, nobody is told.
            let again = try await ask()
            #expect(try await told(Self.operators).isEmpty)
            try await yard.perform(
                "district.request.refuse", ["request": .string(again), "why": "철회"], by: Self.operators)
            #expect(try await told(Self.operators).isEmpty)
            try await yard.perform(
                "district.request.refuse", ["request": .string(try await ask()), "why": "아직"], by: second)
            #expect(try await told(Self.operators).count == 1)
            yard.clock.advance(by: FreeRequests.told + 1)
            #expect(try await told(Self.operators).isEmpty)
        }
    }

    @Test("of two firms' same code and lot nothing is added up: whose it is has to be said")
    func twoFirms() async throws {
        try await Yard.with([try Fulfilment()], on: .sqlite) { yard in
            for firm in ["firm-haesol", "firm-gaon"] {
                try await yard.register(firm)
                let scope = Scope.firm(FirmID(firm))
                let event = StockEvent(
                    StockEvent.received, centre: StockTableTests.centre, step: "receiving",
                    moves: [Move("milk", lot: "L1", firm == "firm-gaon" ? 4 : 10, to: Spot(location: "A-\(firm)"))])
                try await yard.district.record(
                    [event.draft(stream: "inbound/\(firm)", scope: scope)],
                    origin: StockTableTests.origin)
            }
            let zone = try Caller.officer.tenant
            func owners(_ tenant: Tenant) async throws -> [String] {
                try await yard.store.read {
                    try LotReach.owners("milk", lot: "L1", for: tenant, in: $0).map(\.rawValue)
                }
            }
            #expect(try await owners(zone) == ["firm-gaon", "firm-haesol"])
            #expect(try await owners(.firm(FirmID("firm-gaon"))) == ["firm-gaon"])
            #expect(try await owners(.firm(FirmID("firm-none"))).isEmpty)
        }
    }

    @Test("a lot is kept back by one and let go by two", arguments: StoreUnderTest.all)
    func keptAndFreed(on kind: StoreUnderTest) async throws {
        try await Yard.with([try Fulfilment()], on: kind) { yard in
            try await yard.register("firm-haesol")
            try await yard.district.record(
                [
                    StockTableTests.came("milk", lot: "L1", 10),
                    StockTableTests.promise("milk", lot: "L1", 7, to: "order/1"),
                ], origin: StockTableTests.origin)
            let values: [String: JSON] = ["item": "milk", "lot": "L1", "reason": "recall"]
            let worker = Caller.worker("firm-haesol")
            #expect(
                try await yard.refusal("fulfilment.lot.quarantine", values, by: .worker("firm-gaon"))?.code
                    == "lot.unknown")
            try await yard.perform("fulfilment.lot.quarantine", values, by: worker)
            let event = try #require(try await yard.last(StockEvent.quarantined))
            #expect(event.payload["orders"]?.elements == ["order/1"])
            #expect(try await lots(yard).map(\.available) == [])
            let promise = try await yard.refusal("fulfilment.lot.quarantine", values, by: worker)
            #expect(promise?.code == "lot.nothing")
            await #expect(throws: StockRefusal.sold("milk")) {
                try await yard.district.record(
                    [StockTableTests.promise("milk", lot: "L1", 1, to: "order/2")], origin: StockTableTests.origin)
            }
            await #expect(throws: StockRefusal.tooLittle("milk", at: "A-01")) {
                try await yard.district.record(
                    [StockTableTests.went("milk", lot: "L1", 1)], origin: StockTableTests.origin)
            }
            let freed: [String: JSON] = ["item": "milk", "lot": "L1", "note": "성적서 확인"]
            try await yard.perform("fulfilment.lot.free", freed, by: Self.operators)
            #expect(try await lots(yard).isEmpty, "one person alone lets nothing go")
            #expect(try await yard.rebuildsAlike())
        }
    }

    private func lots(_ yard: Yard) async throws -> [LotStock] {
        try await yard.store.read {
            try StockTable.lots(of: "milk", in: StockTableTests.centre, for: StockTableTests.tenant, in: $0)
        }
    }
}
