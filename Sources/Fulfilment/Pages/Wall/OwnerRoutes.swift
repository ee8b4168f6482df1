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
        func share(_ value: (of: Int64, all: Int64)) -> String {
            guard value.all > 0 else { return visit.word("owner_unknown") }
            return
                "\(Show.number(Double(value.of) * 100 / Double(value.all)))% (\(Show.count(value.of))/\(Show.count(value.all)))"
        }
        return .page(
            "owner", title: visit.word("owner_title"),
            [
                "centres": .array(
                    zip(centres, figures).map { centre, figure in
                        [
                            "name": .string(centre.terms.name[visit.language]),
                            "value": .string(view.won(figure.value)),
                            "unpriced": .string(Show.count(figure.unpriced)),
                            "orders": .string(Show.count(figure.orders)),
                            "perfect": .string(share((figure.perfect, figure.orders))),
                            "moved": .string(share((figure.moved, figure.orders))),
                            "accuracy": .string(share(figure.accuracy)),
                            // What people and space cost is told to no part of the house.
                            "cost": .string(visit.word("owner_unknown")),
                            "net": .string(view.won(figure.day.net)),
                            "rows": .array(
                                figure.day.rows.map {
                                    [
                                        "channel": .string(visit.word("orders_channel_\($0.channel.rawValue)")),
                                        "goods": .string(view.won($0.goods)), "fees": .string(view.won($0.fees)),
                                        "refunds": .string(view.won($0.refunds)), "net": .string(view.won($0.net)),
                                    ]
                                }),
                            "settle": .string(
                                "/do/fulfilment.day.settle?centre=\(Table.encoded(centre.terms.centre))&day=\(KoreanDay(now) + -1)&next=/fulfilment/owner"
                            ),
                        ]
                    })
            ], live: true)
    }
}
