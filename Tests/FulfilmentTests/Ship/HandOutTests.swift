import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// What is fetched is handed out to whoever shows that it is theirs, and the Record says who gave it.
@Suite struct HandOutTests {
    @Test(
        "a code, the address of the order's page or the last figures show it; anything else does not",
        arguments: [
            ("abcdefghijklmnopqrstuv", "", PickUpProof.code),
            ("https://a/shop/orders/abcdefghijklmnopqrstuv", "", .code),
            ("5678", "", .phone), ("010-1234-5678", "", .phone), ("34-5678", "", .phone), ("678", "", nil),
            ("5679", "", nil), ("abcdefghijklmnopqrstuw", "", nil), ("", "김해솔", nil), ("5678x", "", nil),
        ] as [(String, String, PickUpProof?)])
    func proof(said: String, taker: String, expected: PickUpProof?) {
        let recipient = Recipient(name: "김해솔", phone: "010-1234-5678", code: "abcdefghijklmnopqrstuv")
        #expect(PickUpProof(said, taker: taker, of: recipient) == expected)
    }

    @Test("where nobody left a number, a name is written down; an empty code opens nothing")
    func nameless() {
        #expect(PickUpProof("", taker: "김해솔", of: Recipient()) == .name)
        #expect(PickUpProof("", taker: "", of: Recipient()) == nil)
        #expect(PickUpProof("1234", taker: "김해솔", of: Recipient()) == nil)
    }

    @Test("without the buyer's code or number nothing is handed out; with it the Record says who gave it and how")
    func handedOut() async throws {
        try await Yard.selling { yard in
            try await yard.put("GLOVES", 5, at: "A-02-1")
            let order = try await yard.order([("GLOVES", 2)], ["delivery": "counter", "phone": "010-1234-5678"])
            try await yard.release()
            try await yard.pickAll()
            try await yard.pack(order)
            func code(_ more: [String: JSON]) async throws -> String? {
                try await yard.refusal(
                    "fulfilment.ship.counter", ["order": .string(order)].merging(more) { $1 }, by: .picker)?.code
            }
            #expect(try await code([:]) == "pickup.proof")
            #expect(try await code(["proof": "0000"]) == "pickup.proof")
            #expect(try await code(["taker": "아무개"]) == "pickup.proof")
            #expect(try await yard.find(order)?.state == .packed)
            // What somebody holds does not leave, whoever comes for it.
            try await yard.perform("fulfilment.order.hold", ["order": .string(order)], by: .lead)
            #expect(try await code(["proof": "5678"]) == "order.held")
            try await yard.perform("fulfilment.order.resume", ["order": .string(order)], by: .lead)
            #expect(try await code(["proof": "5678", "taker": "김대신"]) == nil)
            #expect(try await yard.find(order)?.state == .settled)
            let handed = try #require(try await yard.last(ShipEvents.handedOut))
            #expect(handed.author == .person(PersonID("haesol-picker")))
            #expect(handed.payload["proof"]?.text == "phone" && handed.payload["parcels"]?.elements?.count == 1)
            // The name is in the vault, and not on the Record.
            #expect(handed.payload["taker"]?.text == nil)
            let district = yard.district
            let told = try await yard.store.read { try district.log.disclosed(handed, in: $0) }
            #expect(told["taker"]?.text == "김대신")
            #expect(try await yard.rebuildsAlike())
        }
    }
}
