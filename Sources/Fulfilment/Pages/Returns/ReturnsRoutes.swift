import Access
import District
import Record
import Store
import Web

/// The list of goods that come back: what is asked for, what came, what is to be graded.
struct ReturnsRoutes {
    static let path = "/fulfilment/returns"

    var routes: [Web.Route] {
        [.get(Self.path, .roles(GoodsAsk.readers)) { try await list($0) }]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let found = try await visit.spine.district.store.read { try ReturnTable.latest(for: tenant, in: $0) }
        let view = ReturnView(visit: visit)
        let mayAct = !visit.caller.roles.isDisjoint(with: StartPicking.roles)
        return .page(
            "returns", title: visit.word("returns_title"),
            [
                "returns": .array(
                    found.map { back in
                        var context = view.json(back).members ?? [:]
                        context["order_href"] = .string(
                            "/fulfilment/\(back.order.replacing("order/", with: "orders/"))")
                        context["acts"] = .array(mayAct ? acts(of: back, visit) : [])
                        return .object(context)
                    })
            ], live: true)
    }

    /// What is to be done next of each line.
    private func acts(of back: ReturnTable.Return, _ visit: Visit) -> [JSON] {
        back.lines.compactMap { line in
            let (command, word, quantity): (String, String, Int64) =
                line.received < line.quantity
                ? ("fulfilment.return.receive", "returns_receive", line.quantity - line.received)
                : ("fulfilment.return.grade", "returns_grade", line.received - line.graded)
            guard quantity > 0 else { return nil }
            return [
                "href": .string(
                    "/do/\(command)?return=\(Table.encoded(back.number))&line=\(line.line)&quantity=\(quantity)"
                        + "&next=\(Self.path)"),
                "label": .string("\(line.name) – \(visit.word(word))"),
            ]
        }
    }
}
