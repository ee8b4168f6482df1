import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// What is kept of stock and of partners, and who finds it.
@Suite struct CaptureTests {
    private static let scope = Scope.firm(FirmID(Yard.firm))

    private static func document(_ events: [JSON]) throws -> EPCISDocument {
        try EPCISDocument(
            json: EPCISDocument.document(events, created: Timestamp(microseconds: 1_764_000_000_000_000)))
    }

    private static func found(_ pairs: [(String, String)], by caller: Caller, in yard: Yard) async throws -> [EPCISKept]
    {
        let query = try EPCISQuery(pairs.map { (name: $0.0, value: $0.1) })
        let tenant = try caller.tenant
        return try await yard.store.read { try EPCISTable.page(query, size: 100, for: tenant, in: $0).events }
    }

    @Test(arguments: StoreUnderTest.all) func whatStockDoesIsFoundAtOnce(store: StoreUnderTest) async throws {
        try await Yard.with(store) { yard in
            try await yard.put("RICE", 10, at: "A-01-1")
            try await yard.put("METER", 2, at: "A-02-1", serials: ["s1", "s2"])
            let all = try await Self.found([], by: .lead, in: yard)
            #expect(all.count == 2 && !all.contains(where: \.isCaptured))
            for (pairs, count) in [
                ([("eventType", "ObjectEvent")], 2), ([("eventType", "AggregationEvent")], 0),
                ([("EQ_bizStep", "receiving|shipping")], 2),
                ([("EQ_bizStep", "urn:epcglobal:cbv:bizstep:shipping")], 0),
                ([("MATCH_anyEPCClass", "https://id.gs1.org/01/08801234567893")], 1),
                ([("MATCH_anyEPCClass", "urn:epc:idpat:sgtin:8801234.056789.*")], 1),
                ([("MATCH_epc", "https://id.haesol.example/item/firm-haesol/METER/serial/s2")], 1),
                ([("EQ_action", "ADD")], 1), ([("GE_quantity", "10")], 1), ([("LT_quantity", "10")], 0),
                ([("GE_eventTime", "2026-11-21T09:00:00+09:00")], 2),
                ([("LT_eventTime", "2026-11-21T09:00:00+09:00")], 0),
                ([("EXISTS_errorDeclaration", "true")], 0), ([("EQ_disposition", "sellable_not_accessible")], 2),
            ] as [([(String, String)], Int)] {
                #expect(try await Self.found(pairs, by: .lead, in: yard).count == count, "\(pairs)")
            }
            #expect(try await Self.found([], by: .stranger, in: yard).isEmpty, "another firm sees nothing")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(arguments: StoreUnderTest.all) func theKeptLogReadBackIsTheStock(store: StoreUnderTest) async throws {
        try await Yard.with(store) { yard in
            try await yard.put("RICE", 10, at: "A-01-1")
            try await yard.put("MILK", lot: "L1", 6, at: "C-01-1", expiry: "2026-12-24T00:00:00Z")
            try await yard.put("MILK", lot: "L2", 6, at: "C-01-1", status: .quarantine)
            try await yard.put("METER", 2, at: "A-02-1", serials: ["s1", "s2"])
            let (shelf, box) = (Spot(location: Yard.place("A-01-1")), Spot(location: "container/tote-1"))
            let milk = Spot(location: Yard.place("C-01-1"))
            let parcel = Spot(location: "container/040123450000003338")
            for (type, step, moves) in [
                (
                    StockEvent.picked, "picking",
                    [Move("RICE", 3, from: shelf, to: box), Move("MILK", lot: "L1", 2, from: milk, to: box)]
                ),
                (StockEvent.packed, "packing", [Move("RICE", 3, from: box, to: parcel)]),
                (StockEvent.shipped, "shipping", [Move("RICE", 2, from: parcel)]),
                (
                    StockEvent.quarantined, "holding",
                    [Move("RICE", 1, from: shelf, to: Spot(location: shelf.location, status: .quarantine))]
                ),
                (
                    StockEvent.consumed, "assembling",
                    [Move("RICE", 1, from: shelf), Move("GLOVES", 1, to: Spot(location: Yard.place("WORK-1")))]
                ),
                (
                    StockEvent.counted, "cycle_counting",
                    [Move("METER", 1, from: Spot(location: Yard.place("A-02-1")), serials: ["s1"])]
                ),
            ] as [(String, String, [Move])] {
                let event = StockEvent(type, centre: Yard.centre, step: step, moves: moves)
                try await yard.district.record(
                    [event.draft(stream: "goods/test", scope: Self.scope)], origin: Origin(author: .system("test")))
            }
            // What a partner says stands in the log too, and changes no stock.
            _ = try await CaptureEvents(district: yard.district).take(
                try Self.document(SampleEvents.plain), .rollback, by: .lead, scope: Self.scope)
            let check = try await Self.check(yard)
            #expect(check.isSound && check.heaps >= 8, "\(check.differences) \(check.missing)")
            // Stock that no event speaks of is seen.
            _ = try await yard.store.write { writer in
                try writer.execute(
                    "UPDATE fulfilment_stock SET quantity = quantity + 1 WHERE item = ?", [.text("METER")])
            }
            let wrong = try await Self.check(yard)
            #expect(wrong.differences.map { $0.kept - $0.logged } == [1] && !wrong.isSound)
        }
    }

    private static func check(_ yard: Yard) async throws -> EPCISCheck {
        let settings = try EPCISSettings(Handbook(shipped: Fulfilment.shippedData))
        return try await yard.store.read { try EPCISCheck(of: FirmID(Yard.firm), settings, in: $0) }
    }

    @Test(arguments: StoreUnderTest.all) func anErrorIsDeclaredByTheSameEventOnceMore(
        store: StoreUnderTest
    ) async throws {
        try await Yard.with(store) { yard in
            let capture = CaptureEvents(district: yard.district)
            var event = try #require(SampleEvents.plain[0].members)
            let id = "urn:uuid:0192f5a2-7c1e-7d3a-8f51-0123456789ab"
            event["eventID"] = .string(id)
            func take(_ event: [String: JSON]) async throws -> [EPCISFault.Rule] {
                yard.clock.advance(by: 1)
                return try await capture.take(
                    try Self.document([.object(event)]), .rollback, by: .lead, scope: Self.scope
                ).faults.map(\.rule)
            }
            #expect(try await take(event).isEmpty)
            event["errorDeclaration"] = [
                "declarationTime": "2026-11-21T11:00:00+09:00", "reason": "incorrect_data",
            ]
            #expect(try await take(event).isEmpty)
            #expect(try await take(event) == [.exists], "the same declaration stands once")
            event["errorDeclaration"] = [
                "declarationTime": "2026-11-21T12:00:00+09:00", "reason": "did_not_occur",
            ]
            #expect(try await take(event).isEmpty)
            let tenant = try Caller.lead.tenant
            let all = try await yard.store.read { try EPCISTable.all(eventID: id, for: tenant, in: $0) }
            #expect(
                all.map { $0.json["errorDeclaration"]?["reason"]?.text } == [nil, "incorrect_data", "did_not_occur"])
            #expect(try await Self.found([("EXISTS_errorDeclaration", "true")], by: .lead, in: yard).count == 2)
        }
    }

    @Test(arguments: StoreUnderTest.all) func longValuesAreKeptAndFound(store: StoreUnderTest) async throws {
        try await Yard.with(store) { yard in
            // Random enough that no database packs it small.
            var noise = SystemRandomNumberGenerator()
            let huge = (0..<400).map { _ in String(noise.next(), radix: 36) }.joined()
            let long = String(huge.prefix(480))
            let events = [huge, long].map {
                SampleEvents.event(
                    "ObjectEvent",
                    [
                        "action": "OBSERVE", "epcList": ["https://example.org/tote/1"],
                        "sensorElementList": [["sensorReport": [["type": "Temperature", "stringValue": .string($0)]]]],
                    ])
            }
            let outcome = try await CaptureEvents(district: yard.district).take(
                try Self.document(events), .rollback, by: .lead, scope: Self.scope)
            #expect(outcome.faults.isEmpty && outcome.events.count == 2, "\(outcome.faults)")
            #expect(try await Self.found([("EQ_stringValue", long)], by: .lead, in: yard).count == 1)
            let other = String(long.dropLast()) + "-"
            #expect(try await Self.found([("EQ_stringValue", other)], by: .lead, in: yard).isEmpty)
        }
    }

    @Test func aSubscriberIsToldEverythingInParts() async throws {
        try await Yard.with { yard in
            let system = Origin(author: .system("test"))
            for number in 1...EPCISDelivery.batch + 30 { try await yard.put("RICE", Int64(number), at: "A-01-1") }
            try await yard.district.record(
                [
                    Draft(
                        EPCISDesk.named, stream: "epcis-query/all", scope: Self.scope,
                        payload: ["name": "all", "query": ["eventType": ["ObjectEvent"]]])
                ], origin: system)
            let subscription = EPCISDesk.Subscription(
                id: "s", scope: Self.scope, query: "all", dest: "http://127.0.0.1:9/", token: nil, schedule: nil,
                toldIfEmpty: false, initial: Timestamp(microseconds: 0), created: Timestamp(microseconds: 1), event: "")
            let delivery = EPCISDelivery(
                spine: yard.spine, settings: try EPCISSettings(Handbook(shipped: Fulfilment.shippedData)))
            let first = try await delivery.found(for: subscription, from: 0)
            #expect(first.events.count == EPCISDelivery.batch && !first.isAll)
            let rest = try await delivery.found(for: subscription, from: first.reached)
            #expect(rest.events.count == 30 && rest.isAll)
            #expect(Set((first.events + rest.events).compactMap { $0["eventID"]?.text }).count == 130)
            #expect(try await delivery.found(for: subscription, from: rest.reached).events.isEmpty)
        }
    }

    @Test func aWrongEventKeepsItsNeighboursOrTakesThemWithIt() async throws {
        try await Yard.with { yard in
            let wrong = SampleEvents.event("ObjectEvent", ["action": "OBSERVE"])
            let events = [SampleEvents.plain[0], wrong, SampleEvents.plain[1]]
            let capture = CaptureEvents(district: yard.district)
            let none = try await capture.take(try Self.document(events), .rollback, by: .lead, scope: Self.scope)
            #expect(none.events.isEmpty && none.faults.map(\.event) == [1])
            #expect(try await Self.found([], by: .lead, in: yard).isEmpty)
            yard.clock.advance(by: 1)
            let two = try await capture.take(try Self.document(events), .proceed, by: .lead, scope: Self.scope)
            #expect(two.events.count == 2)
            #expect(two.events.allSatisfy { $0.eventID?.hasPrefix("ni:///sha-256;") == true })
            yard.clock.advance(by: 1)
            let again = try await capture.take(try Self.document(events), .proceed, by: .lead, scope: Self.scope)
            #expect(again.events.isEmpty && again.faults.map(\.rule) == [.exists, .what, .exists])
            let other = try await capture.take(
                try Self.document(events), .proceed, by: .stranger, scope: .firm(FirmID("firm-other")))
            #expect(other.events.count == 2, "another firm keeps its own")
            let tenant = try Caller.lead.tenant
            let kept = try await yard.store.read { try EPCISDesk.captures(before: nil, limit: 9, for: tenant, in: $0) }
            #expect(kept.map(\.captured) == [0, 2, 0] && kept.last?.errors.first?["event"]?.integer == 1)
            #expect(try await Self.found([], by: .lead, in: yard).filter(\.isCaptured).count == 2)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test func pagesFollowOneAnotherWithoutAGap() async throws {
        try await Yard.with { yard in
            for number in 1...7 { try await yard.put("RICE", Int64(number), at: "A-01-1") }
            let tenant = try Caller.lead.tenant
            for pairs in [
                [], [(name: "orderBy", value: "eventTime"), (name: "orderDirection", value: "DESC")],
                [(name: "orderBy", value: "eventTime"), (name: "eventCountLimit", value: "5")],
            ] {
                let query = try EPCISQuery(pairs)
                var (seen, place, pages) = ([String](), EPCISPlace?.none, 0)
                repeat {
                    let (token, so) = (place, seen)
                    let page = try await yard.store.read {
                        try EPCISTable.page(query, size: 2, after: token, for: tenant, in: $0)
                    }
                    seen = so + page.events.map(\.id)
                    place = try page.next.map { try #require(EPCISPlace($0.token)) }
                    pages += 1
                } while place != nil && pages < 9
                #expect(seen.count == (query.limit ?? 7) && Set(seen).count == seen.count)
                #expect(seen == (query.isDescending ? seen.sorted(by: >) : seen.sorted()))
            }
        }
    }

    @Test func whatCannotBeAskedIsSaid() {
        for (name, value) in [
            ("EQ_nothing", "x"), ("GE_eventTime", "2026-11-21"), ("EQ_action", "SEE"), ("orderBy", "bizStep"),
            ("eventCountLimit", "0"), ("EQ_bizStep", ""), ("GT_quantity", "many"),
        ] {
            do {
                _ = try EPCISQuery([(name: name, value: value)])
                Issue.record("\(name) was taken")
            } catch { #expect(error.parameter == name) }
        }
        #expect(throws: EPCISQuery.Fault.self) {
            try EPCISQuery([(name: "eventCountLimit", value: "2"), (name: "maxEventCount", value: "2")])
        }
    }

    @Test func schedulesComeWhenTheyAreDue() throws {
        func at(_ text: String) throws -> Timestamp { try #require(Timestamp(iso8601: text)) }
        let night = try #require(EPCISSchedule(["hour": "1", "minute": "5"]))
        #expect(night.isDue(after: try at("2026-11-21T00:00:00+09:00"), until: try at("2026-11-21T01:05:00+09:00")))
        #expect(!night.isDue(after: try at("2026-11-21T01:05:00+09:00"), until: try at("2026-11-22T01:04:59+09:00")))
        let workdays = try #require(EPCISSchedule(["dayOfWeek": "[1-5]", "hour": "9"]))
        // 2026-11-21 is a Saturday.
        #expect(!workdays.isDue(after: try at("2026-11-21T00:00:00+09:00"), until: try at("2026-11-21T23:59:59+09:00")))
        #expect(workdays.isDue(after: try at("2026-11-23T00:00:00+09:00"), until: try at("2026-11-23T09:00:00+09:00")))
        for wrong: JSON in [[:], ["hour": "24"], ["hour": "x"], ["week": "1"], ["minute": "[9-3]"], "5"] {
            #expect(EPCISSchedule(wrong) == nil)
        }
    }
}
