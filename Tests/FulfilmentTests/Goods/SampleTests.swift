import Access
import District
import Record
import Store
import TestKit
import Testing
import Twin

@testable import Fulfilment

@Suite struct SampleTests {
    @Test("the sample centre is founded once, with every item described rightly and its stock where it may lie")
    func once() async throws {
        try await Yard.with([try Fulfilment()], on: .sqlite, isSample: true) { yard in
            try await yard.register(Yard.firm)
            let zone = try Caller.system("test").tenant
            let thing = Thing(
                id: ThingID(Yard.centre), kind: .building, name: Words("센터", "Centre"), firm: FirmID(Yard.firm),
                scope: Yard.scope)
            try await yard.district.record(
                try await yard.store.read { try TwinEvents.declared([thing], for: zone, in: $0) },
                origin: Origin(author: .system("test")))
            let book = Handbook(shipped: Fulfilment.shippedData)
            let segregation = try Segregation(
                book.read("inbound-segregation.json").json, file: "inbound-segregation.json")
            let sample = GoodsSample(try book.read("goods-sample.json").json, segregation: segregation)
            try await sample.found(yard.spine)
            let events = try await yard.events().count
            try await sample.found(yard.spine)
            #expect(try await yard.events().count == events)
            try await yard.store.read { reader in
                let items = try ItemTable.all(for: zone, in: reader)
                #expect(items.count == 60)
                #expect(items.allSatisfy { $0.gtin.map(GTIN.isSound) ?? false })
                let lying = Set(try StockTable.held(in: Yard.centre, for: zone, in: reader).map(\.item))
                #expect(lying == Set(items.map(\.code)), "\(Set(items.map(\.code)).subtracting(lying))")
                #expect(try InboundTable.list(for: zone, in: reader).count == 2)
            }
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what people on the floor ask is answered, of their own firm alone")
    func answers() async throws {
        try await Yard.with { yard in
            try await yard.put("MILK", lot: "M1", 7, at: "C-01-1", expiry: "2026-11-25T00:00:00+09:00")
            try await yard.put("RICE", 3, at: "A-01-1")
            try await yard.promise("order/1", "RICE", 1)
            func said(_ name: String, _ values: [String: JSON] = [:], _ caller: Caller = .picker) async throws -> String
            {
                try await yard.spine.answer("fulfilment.stock.\(name)", values, by: caller).ko
            }
            #expect(try await said("at", ["place": "C-01-1"]).hasPrefix("C-01-1에 우유 1L M1 7개"))
            #expect(try await said("at", ["place": "A-02-1"]).hasSuffix("비어 있습니다."))
            #expect(try await said("where", ["item": "RICE"]) == "쌀 10kg: A-01-1에 3개. 팔 수 있는 것은 2개입니다.")
            #expect(try await said("where", ["item": "GLOVES"]) == "장갑 100매 재고가 없습니다.")
            #expect(try await said("expiring").contains("우유 1L M1 7개(2026-11-24, C-01-1)"))
            await #expect(throws: Refusal.self) { _ = try await said("at", ["place": "C-01-1"], .stranger) }
            #expect(try await said("expiring", [:], .stranger) == "7일 안에 기한이 끝나는 재고가 없습니다.")
        }
    }
}
