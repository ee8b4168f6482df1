import District
import Foundation
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Fulfilment

/// Orders from outside, over HTTP: one by one with a key, and as lists.
@Suite struct IntakeTests {
    @Test("a program orders with a key: the same key is the same order, another content is refused, no key is none")
    func call() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 10, at: "A-01-1")
            let key = try await yard.token(["command:fulfilment.order.place", "read:orders"])
            try await yard.serve { client in
                func send(
                    _ quantity: Int64, _ idempotency: String, token: String? = nil
                ) async throws -> HTTPClient.Answer {
                    let body = JSON.object(Yard.wanted([("RICE", quantity)])).canonicalText
                    return try await client.send(
                        "POST", "/api/v1/commands/fulfilment.order.place",
                        [
                            ("Authorization", "Bearer \(token ?? key)"), ("Content-Type", "application/json"),
                            ("Idempotency-Key", idempotency),
                        ], body: Array(body.utf8))
                }
                let first = try await send(2, "shop-1")
                #expect((200..<300).contains(first.status), "\(first.text)")
                let again = try await send(2, "shop-1")
                #expect((200..<300).contains(again.status))
                #expect(try await yard.free("RICE") == 8)
                #expect(try await send(3, "shop-1").status >= 400)
                #expect(try await send(9, "shop-2").status == 409)
                #expect(try await send(1, "shop-3", token: "nonsense").status == 401)
                #expect(try await yard.free("RICE") == 8)
                let placed = try #require(try await yard.last(OrderEvents.placed))
                #expect(placed.payload["channel"]?.text == "api")
                // Who placed it reads it; another shop of the same firm does not, whoever may read everything does.
                let path = "/api/v1/fulfilment/\(placed.stream.replacing("order/", with: "orders/"))"
                for (scopes, status) in [(["read:orders"], 404), (["read"], 200), (["read:epcis"], 403)] {
                    let other = try await yard.token(Set(scopes), named: "other-\(status)")
                    #expect(try await client.send("GET", path, [("Authorization", "Bearer \(other)")]).status == status)
                }
                #expect(try await client.send("GET", path, [("Authorization", "Bearer \(key)")]).status == 200)
            }
        }
    }

    @Test("a list is taken order by order; mended and sent again it orders only what was refused")
    func list() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 10, at: "A-01-1")
            try await yard.put("GLOVES", 10, at: "A-02-1")
            let key = try await yard.token(["command:*", "read"])
            try await yard.serve { client in
                func send(_ text: String) async throws -> [JSON] {
                    let answer = try await client.send(
                        "POST", "/api/v1/fulfilment/orders/import?centre=\(Yard.centre)",
                        [("Authorization", "Bearer \(key)"), ("Content-Type", "text/csv")], body: Array(text.utf8))
                    return try JSON(parsing: answer.body)["orders"]?.elements ?? []
                }
                let head = "reference,item,quantity,name,address\n"
                let good = "A-1,RICE,2,김가상,\"시흥시 예시로 1, 2층\"\nA-1,GLOVES,1,김가상,\n"
                let first = try await send(head + good + "A-2,NOTHING,1,이가상,시흥시 예시로 2\n,RICE,1,박,길 3\n")
                #expect(first.map { $0["reference"]?.text } == ["A-1", "A-2", "–"])
                #expect(first.map { $0["refused"] == nil } == [true, false, false])
                #expect(try await yard.free("RICE") == 8)
                let second = try await send(head + good + "A-2,RICE,1,이가상,시흥시 예시로 2\n")
                #expect(second.map { $0["refused"] == nil } == [true, true])
                #expect(second[0]["order"] == first[0]["order"])
                #expect(try await yard.free("RICE") == 7)
                #expect(try await yard.free("GLOVES") == 9)
                let placed = try await yard.events().filter { $0.type == OrderEvents.placed }
                #expect(placed.count == 2)
                // A market place's list, whoever sends it: its part of the price is kept as for the call.
                #expect(placed.allSatisfy { $0.payload["channel"]?.text == "csv" })
                // Mended after it was taken, it is no second order: the line is named, and the first order.
                let changed = try await send(head + "A-3,RICE,1,박,길 3\nA-1,RICE,5,김가상,길 1\n")
                #expect(changed.map { $0["line"]?.integer } == [2, 3] && changed[0]["refused"] == nil)
                #expect(changed[1]["refused"]?.text?.contains("A-1") == true)
                #expect(try await yard.free("RICE") == 6)
                #expect(try await send("item,quantity\nRICE,1\n").isEmpty)
            }
        }
    }
}

extension Yard {
    /// Serves the room over HTTP while the body runs.
    func serve(_ body: @escaping @Sendable (HTTPClient) async throws -> Void) async throws {
        try await serving(spine, rooms: [room(Fulfilment.self)]) { try await body($0.client) }
    }

    /// The key of a program of the centre's firm.
    func token(_ scopes: Set<String>, named name: String = "shop") async throws -> String {
        let now = clock.read()
        let request = APITokenRequest(
            name: name, scopes: scopes, firm: FirmID(Self.firm), roles: [.operator, .worker])
        return try await store.write { try APITokens.issue(request, by: .system("test"), at: now, in: $0).key }
    }
}
