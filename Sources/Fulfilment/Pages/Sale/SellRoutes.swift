import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// The counter: what is sold, what it comes to before it is paid, and the receipt.
struct SellRoutes {
    static let path = "/fulfilment/sell"
    /// So many lines are offered on the page.
    private static let rows = 6

    var routes: [Web.Route] {
        [
            .get(Self.path, .roles(StartPicking.roles)) { try await page($0) },
            .post(Self.path, .roles(StartPicking.roles)) { try await sell($0) },
            .get("/fulfilment/sales/{sale}", .roles(GoodsAsk.readers)) { try await receipt($0) },
        ]
    }

    private static let means = ["card", "cash", "transfer"]

    private func lines(_ form: [String: String]) -> [(item: String, quantity: Int64)] {
        (0..<Self.rows).compactMap { index in
            let item = (form["item.\(index)"] ?? "").filter { !$0.isWhitespace }
            return item.isEmpty ? nil : (item, Int64(form["quantity.\(index)"] ?? "") ?? 1)
        }
    }

    private func page(_ visit: Visit, _ more: [String: JSON] = [:], status: HTTPResponse.Status = .ok) async throws
        -> Reply
    {
        let tenant = try visit.tenant
        let centres = try await visit.spine.district.store.read { try CentreTable.all(for: tenant, in: $0) }
        let form = visit.method == .post ? visit.form : [:]
        var context: [String: JSON] = [
            "action": .string(Self.path),
            "centres": .array(
                centres.map {
                    [
                        "value": .string($0.terms.centre), "label": .string($0.terms.name[visit.language]),
                        "chosen": .bool($0.terms.centre == form["centre"]),
                    ]
                }),
            "rows": .array(
                (0..<Self.rows).map { index in
                    [
                        "index": .string("\(index)"), "number": .string("\(index + 1)"),
                        "item": .string(form["item.\(index)"] ?? ""),
                        "quantity": .string(form["quantity.\(index)"] ?? ""),
                    ]
                }),
            "means": .array(
                Self.means.map {
                    [
                        "value": .string($0), "label": .string(visit.word("sell_\($0)")),
                        "chosen": .bool($0 == (form["paid"] ?? "card")),
                    ]
                }),
        ]
        context.merge(more) { $1 }
        return .page("sell", title: visit.word("sell_title"), .object(context), status: status)
    }

    private func sell(_ visit: Visit) async throws -> Reply {
        let (form, lines, now, tenant) = (visit.form, lines(visit.form), visit.now, try visit.tenant)
        let id = form["centre"] ?? ""
        do {
            let quote = try await visit.spine.district.store.read { reader in
                guard let centre = try CentreTable.find(id, for: tenant, in: reader), let owner = centre.owner else {
                    throw OrderRefusals.centre(id)
                }
                return try SellGoods.Quote(lines, in: id, for: owner, at: now, reader)
            }
            // It is sold at the price that was said, or said again.
            guard form["confirmed"] == "yes", form["total"] == "\(quote.goods)" else {
                return try await page(
                    visit,
                    [
                        "quote": [
                            "lines": shown(quote.lines, visit),
                            "total": .string(OrderView(visit: visit).won(quote.goods)),
                            "total_value": .string("\(quote.goods)"),
                            "key": .string(form["idempotency"] ?? Identifier(at: now).description),
                        ]
                    ])
            }
            let outcome = try await visit.spine.district.perform(
                SellGoods.name,
                [
                    "centre": .string(id), "paid": .string(form["paid"] ?? ""),
                    "lines": .array(lines.map { ["item": .string($0.item), "quantity": .decimal($0.quantity)] }),
                ], by: visit.caller, key: form["idempotency"], confirmed: true)
            let sale = outcome.events.first?.stream.dropFirst(5) ?? ""
            return .redirect("/fulfilment/sales/\(sale)")
        } catch let refusal as Refusal where [.invalid, .conflict, .notFound].contains(refusal.kind) {
            return try await page(
                visit, ["refusal": .string(refusal.words[visit.language])],
                status: refusal.kind == .conflict ? .conflict : .unprocessableContent)
        }
    }

    private func shown(_ lines: [SellGoods.Quote.Line], _ visit: Visit) -> JSON {
        let view = OrderView(visit: visit)
        return .array(
            lines.map {
                [
                    "name": .string($0.name), "quantity": .string(Show.count($0.quantity)),
                    "price": .string(view.won($0.price)), "sum": .string(view.won($0.sum)),
                ]
            })
    }

    // MARK: - The receipt

    private func receipt(_ visit: Visit) async throws -> Reply {
        let (tenant, id, district) = (try visit.tenant, "sale/\(visit.parameters["sale"] ?? "")", visit.spine.district)
        let found = try await district.store.read { reader -> (Event, CentreTable.Centre, String?)? in
            guard
                let event = try district.log.events(inStream: id, in: reader).first(where: {
                    $0.type == StockEvent.sold
                }),
                let centre = try CentreTable.find(event.payload["centre"]?.text ?? "", for: tenant, in: reader),
                centre.scope == event.scope
            else { return nil }
            let author = event.author.text
            return (event, centre, try PeopleNames.of([author], for: tenant, in: reader)[author])
        }
        guard let (event, centre, by) = found else {
            throw Refusal(.notFound, "sale.unknown", Words("그런 판매가 없습니다.", "There is no such sale."))
        }
        let moves = StockEvent(event.type, event.payload)?.moves ?? []
        let lines = (event.payload["sold"]?.elements ?? []).compactMap { SellGoods.Quote.Line($0) }
        let paid = event.payload["paid"]?.text ?? ""
        let total = OrderView(visit: visit).won(event.payload["goods"]?.integer)
        return .page(
            "sale", title: visit.word("sale_title"),
            [
                "centre": .string(centre.terms.name[visit.language]),
                "number": .string(String(id.suffix(12)).uppercased()),
                "at": .string(OrderView(visit: visit).when(event.observed)),
                "by": .string(by ?? visit.authorName(event.author)),
                "lines": shown(lines, visit), "total": .string(total),
                "paid": .string(visit.word("sell_\(paid)")),
                "said": .string(
                    visit.word("sale_done").replacing("{total}", with: total)
                        .replacing("{n}", with: Show.count(moves.reduce(0) { $0 + $1.quantity }))),
                "taken": .array(
                    moves.map { move in
                        let place = move.from?.location.split(separator: "/").last.map(String.init) ?? ""
                        return .string(
                            "\(move.item)\(move.lot.isEmpty ? "" : " \(move.lot)") × \(move.quantity) ← \(place)")
                    }), "again": .string(Self.path),
            ])
    }
}
