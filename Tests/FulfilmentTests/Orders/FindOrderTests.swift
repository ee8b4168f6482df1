import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Fulfilment

extension Caller {
    /// A shop's program, that may place orders.
    fileprivate static func token(_ name: String, firm: String) -> Caller {
        Caller(
            .token("token-\(name)"), name: name, roles: [.executive], firm: FirmID(firm),
            tokenScopes: ["command:fulfilment.order.place"])
    }
}

/// Orders that are looked for by who has lost the link, and orders that are sent twice.
@Suite struct FindOrderTests {
    @Test("an order is found by its number and the telephone's last figures together, and by neither alone")
    func found() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 5, at: "A-01-1")
            let id = try await yard.order([("RICE", 1)], ["phone": "010-1234-5678"])
            let nameless = try await yard.order([("RICE", 1)])
            let number = try #require(try await yard.find(id)?.number)
            let other = try #require(try await yard.find(nameless)?.number)
            func code(_ number: String, _ phone: String) async throws -> String? {
                try await yard.store.read { try OrderTable.code(called: number, phone: phone, in: $0) }
            }
            let own = try await yard.store.read { try OrderTable.recipient(of: id, for: Yard.owner, in: $0)?.code }
            #expect(try await code(number, "5678") == own && own != nil)
            #expect(try await code(number.lowercased(), "1234 5678") == own)
            for wrong in ["5679", "678", "", "%", "____"] { #expect(try await code(number, wrong) == nil) }
            #expect(try await code(other, "") == nil)
            #expect(try await code("0101-AAAAAAAA", "5678") == nil)
        }
    }

    @Test("four figures cannot be tried out: so many tries for a number and from an address, and then none")
    func bounded() {
        let bound = LookUpBound()
        var now = Timestamp(microseconds: 1_000_000_000_000_000)
        let tries = (0..<20).count { bound.admits("N1", from: "address \($0)", at: now) }
        #expect(tries == LookUpBound.perNumber)
        #expect((0..<50).count { bound.admits("M\($0)", from: "one", at: now) } == LookUpBound.perAddress)
        #expect(bound.admits("N2", from: "two", at: now))
        now = now.advanced(bySeconds: LookUpBound.window)
        #expect(bound.admits("N1", from: "one", at: now))
    }

    @Test("over the web: the same answer whichever of the two is wrong, and a page for the right ones")
    func page() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 5, at: "A-01-1")
            let id = try await yard.order([("RICE", 1)], ["phone": "010-1234-5678"])
            let number = try #require(try await yard.find(id)?.number)
            try await yard.serve { client in
                func look(_ number: String, _ phone: String) async throws -> (Int, String) {
                    let answer = try await client.send(
                        "POST", "/shop/find", [("Content-Type", "application/x-www-form-urlencoded")],
                        body: Array("number=\(number)&phone=\(phone)".utf8))
                    return (answer.status, answer.text.replacing(number, with: "N"))
                }
                let (right, _) = try await look(number, "5678")
                #expect(right == 303)
                let (wrong, text) = try await look(number, "0000")
                let (unknown, other) = try await look("0101-AAAAAAAA", "5678")
                #expect(wrong == 404 && unknown == 404)
                #expect(
                    text.replacing("0101-AAAAAAAA", with: "N").count
                        == other.replacing("0101-AAAAAAAA", with: "N").count)
                for _ in 0..<10 { _ = try await look(number, "0000") }
                #expect(try await look(number, "5678").0 == 429)
            }
        }
    }

    @Test("the same reference of the same program is one order: the second is refused and names the first")
    func twice() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 20, at: "A-01-1")
            let shop = Caller.token("shop", firm: Yard.firm)
            let market = Caller.token("market", firm: Yard.firm)
            let first = try await yard.order([("RICE", 1)], by: shop, key: "k-1", ["reference": "1001"])
            // The same key is the same request.
            #expect(try await yard.order([("RICE", 1)], by: shop, key: "k-1", ["reference": "1001"]) == first)
            let wanted = Yard.wanted([("RICE", 1)], ["reference": "1001"])
            let refusal = try await yard.refusal("fulfilment.order.place", wanted, by: shop)
            #expect(refusal?.kind == .conflict && refusal?.code == "order.reference")
            #expect(refusal?.faults.first?.field == "reference")
            let number = try #require(try await yard.find(first)?.number)
            #expect(refusal?.words.ko.contains(number) == true)
            // Another shop's 1001 is another order, and so is one whose first was called off.
            #expect(try await yard.refusal("fulfilment.order.place", wanted, by: market) == nil)
            try await yard.perform("fulfilment.order.cancel", ["order": .string(first)], by: .lead)
            #expect(try await yard.refusal("fulfilment.order.place", wanted, by: shop) == nil)
            #expect(try await yard.rebuildsAlike())
        }
    }
}
