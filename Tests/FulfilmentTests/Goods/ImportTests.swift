import Access
import District
import Record
import Store
import TestKit
import Testing
import Twin

@testable import Fulfilment

@Suite struct ImportTests {
    private func take(_ yard: Yard, _ kind: String, _ list: String, by caller: Caller = .lead) async throws -> Refusal?
    {
        try await yard.refusal(
            "fulfilment.goods.import",
            ["centre": .string(Yard.centre), "kind": .string(kind), "list": .string(list)], by: caller)
    }

    @Test("good rows are taken, bad ones are named by line, field and rule", arguments: StoreUnderTest.all)
    func rows(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let items = """
                code,name,climate,lots,shelf_life,gtin
                TEA,보리차,ambient,yes,365,
                BAD-1,나쁜 바코드,ambient,no,,8801234567890
                BAD-2,기한만 있음,ambient,no,30,
                TEA,두 번,ambient,no,,
                BAD-3,온도 없음,tropical,no,,
                짧은,줄
                CUP,종이컵,ambient,no,,
                """
            #expect(try await take(yard, "items", items) == nil)
            let report = try #require(try await yard.last(ImportGoods.imported))
            #expect(report.payload["taken"]?.integer == 2)
            let refused = (report.payload["refused"]?.elements ?? []).map {
                "\($0["line"]?.integer ?? 0) \($0["field"]?.text ?? "") \($0["rule"]?.text ?? "")"
            }
            #expect(refused == ["3 gtin gtin", "4 lots lots", "5 code twice", "6 climate choice", "7 row columns"])
            #expect(try await take(yard, "places", "name,kind,aisle\nB-01-1,pick,1\nB 2,pick,1\n") == nil)
            let stock =
                "item,place,quantity,lot,expiry\nTEA,B-01-1,12,T1,2027-01-31\nTEA,C-01-1,5,T1,\nCUP,B-01-1,x,,\n"
            #expect(try await take(yard, "stock", stock) == nil)
            #expect(try await yard.count("TEA", lot: "T1", at: "B-01-1") == 12)
            #expect(try await yard.last(ImportGoods.imported)?.payload["refused"]?.elements?.count == 2)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("places of one zone are closed together by Safety; one that was there joins a zone when it is said")
    func zone() async throws {
        try await Yard.with { yard in
            #expect(
                try await take(yard, "places", "name,kind,zone\nZ-01,pick,b\nZ-02,pick,B\nZ-03,pick,\nZ-04,pick,나\n")
                    == nil)
            let report = try #require(try await yard.last(ImportGoods.imported))
            #expect(report.payload["taken"]?.integer == 3)
            #expect(report.payload["refused"]?.elements?.first?["field"]?.text == "zone")
            let zone = ThingID(Place.zone("B", in: Yard.centre))
            let areas = try await yard.events().filter {
                $0.type == TwinEvents.declared && $0.payload["kind"]?.text == "area"
            }
            #expect(areas.map(\.payload["name"]?["ko"]?.text) == ["B 구역"])
            yard.clock.advance(by: 1)
            try await yard.perform(
                RegisterPlace.name,
                ["centre": .string(Yard.centre), "name": "Z-03", "kind": "pick", "zone": "B"], by: .lead)
            try await yard.district.record(
                [
                    Draft(
                        ZoneClosed.type, stream: "closure/c1", scope: Yard.scope,
                        payload: [
                            "closure": "c1", "thing": .string(zone.rawValue), "reason": "hazard", "source": "h1",
                        ])
                ], origin: Origin(author: .system("test")))
            let closed = try await yard.store.read {
                try PlaceTable.closed(in: Yard.centre, for: Yard.owner, in: $0).keys.sorted()
            }
            #expect(closed == ["Z-01", "Z-02", "Z-03"].map(Yard.place))
        }
    }

    @Test("a list that cannot be read, or is not theirs, changes nothing")
    func refused() async throws {
        try await Yard.with { yard async throws in
            #expect(try await take(yard, "items", "name\n보리차\n")?.code == "list.heading")
            #expect(try await take(yard, "items", "code,name\n한글,보리차\n")?.code == "list.nothing")
            #expect(try await take(yard, "items", "code,name\nTEA,보리차\n", by: .stranger)?.code == "centre.unknown")
            #expect(try await take(yard, "items", "code,name\nTEA,보리차\n", by: .picker)?.code == "access.forbidden")
            let long = "code,name\n" + (0...GoodsListing.most).map { "T\($0),차\n" }.joined()
            #expect(try await take(yard, "items", long)?.code == "list.rows")
            #expect(try await !yard.types().contains(ImportGoods.imported))
        }
    }
}
