import Access
import District
import Record
import Store
import Web

/// What a centre is worth and how well it keeps its word; what is not known is said to be.
struct OwnerRoutes {
    let fees: ChannelFees
    static let roles: Set<Role> = [.operator, .executive, .zoneOfficer, .administrator]

    var routes: [Route] { [.get("/fulfilment/owner", .roles(Self.roles)) { try await page($0) }] }

    private func page(_ visit: Visit) async throws -> Reply {
        let (tenant, now, fees) = (try visit.tenant, visit.now, fees)
        let (centres, figures) = try await visit.spine.district.store.read { reader in
            let centres = try CentreTable.all(for: tenant, in: reader)
            return (
                centres,
                try centres.map { try OwnerFigures.read($0.terms.centre, fees, at: now, for: tenant, in: reader) }
            )
        }
        let view = OrderView(visit: visit)
        return .page(
            "owner", title: visit.word("owner_title"),
            [
                "centres": .array(
                    zip(centres, figures).map { centre, figure in
                        [
                            "name": .string(centre.terms.name[visit.language]),
                            "figures": .array(Self.figures(figure, view, visit)),
                            "net": .string(view.won(figure.day.net)),
                            "rows": .array(
                                figure.day.rows.map {
                                    [
                                        "channel": .string(visit.word("orders_channel_\($0.channel.rawValue)")),
                                        "goods": .string(view.won($0.goods)), "fees": .string(view.won($0.fees)),
                                        "refunds": .string(view.won($0.refunds)), "net": .string(view.won($0.net)),
                                    ]
                                }),
                            "costs": .string(
                                "/do/\(SetCosts.name)?centre=\(Table.encoded(centre.terms.centre))&next=/fulfilment/owner"
                            ),
                            "settle": .string(
                                "/do/fulfilment.day.settle?centre=\(Table.encoded(centre.terms.centre))&day=\(KoreanDay(now) + -1)&next=/fulfilment/owner"
                            ),
                        ]
                    })
            ], live: true)
    }

    /// Each figure with what it means and the numbers it is made of; what is not known is said to be.
    private static func figures(_ figure: OwnerFigures, _ view: OrderView, _ visit: Visit) -> [JSON] {
        func one(_ key: String, _ value: String?, _ parts: [(String, String)]) -> JSON {
            [
                "label": .string(visit.word("owner_\(key)")), "means": .string(visit.word("owner_\(key)_means")),
                "value": .string(value ?? visit.word("owner_unknown")),
                "parts": .string(parts.map { "\(visit.word("owner_\($0.0)")) \($0.1)" }.joined(separator: " · ")),
            ]
        }
        func share(_ part: Int64, _ all: Int64) -> String? {
            all > 0 ? "\(Show.number((Double(part) * 1000 / Double(all)).rounded() / 10)) %" : nil
        }
        let (orders, accuracy) = (figure.orders, figure.accuracy)
        let won = { (amount: Int64) in view.won(amount) }
        return [
            one(
                "value", figure.priced + figure.unpriced > 0 ? won(figure.value) : nil,
                [("priced", Show.count(figure.priced)), ("unpriced", Show.count(figure.unpriced))]),
            one(
                "accuracy", share(accuracy.right, accuracy.lines),
                [
                    ("counts", Show.count(accuracy.counts)), ("lines", Show.count(accuracy.lines)),
                    ("right", Show.count(accuracy.right)),
                ]),
            one(
                "perfect", share(orders.perfect, orders.all),
                [
                    ("delivered", Show.count(orders.all)), ("in_time", Show.count(orders.inTime)),
                    ("in_full", Show.count(orders.inFull)), ("kept", Show.count(orders.kept)),
                    ("all_three", Show.count(orders.perfect)),
                ]),
            one("moved", share(orders.moved, orders.all), [("moved_orders", Show.count(orders.moved))]),
            one(
                "cost", figure.costPerOrder.map(won),
                [("shipped", Show.count(figure.shipped))]
                    + (figure.shipped < OwnerFigures.enough ? [("cost_few", "")] : [])
                    + (figure.costs.map {
                        [
                            ("people", won($0.people)), ("space", won($0.space)), ("supplies", won($0.supplies)),
                            ("other", won($0.other)),
                        ]
                    } ?? [("cost_unsaid", "")])),
        ]
    }
}
