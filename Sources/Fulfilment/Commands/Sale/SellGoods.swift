import Access
import District
import Record
import Store

/// Sales: over the counter, of orders that were delivered, and the day's settlement.
enum SellGoods {
    static let name = "fulfilment.sale.counter"

    static func all(_ fees: ChannelFees) -> [Command] { [counter, closeDay(fees)] }

    static let counter = Command(
        Form(
            name, title: Words("창구 판매", "Sell over the counter"),
            help: Words(
                "아무에게도 약속하지 않은 재고만 팝니다. 유통기한이 짧은 것부터 나갑니다.",
                "Only what is promised to nobody; what expires first goes first."),
            fields: [
                GoodsAsk.centre,
                Field(
                    "lines", Words("상품", "Items"),
                    .list(
                        [
                            Field("item", Words("상품 코드", "Item"), .text(maximum: 60)),
                            Field("quantity", Words("수량", "Quantity"), .integer(1...10_000, unit: nil)),
                        ], maximum: 50)),
                Field(
                    "paid", Words("결제", "Paid"),
                    .choice([
                        .init("card", Words("카드", "Card")), .init("cash", Words("현금", "Cash")),
                        .init("transfer", Words("이체", "Transfer")),
                    ])),
            ], permission: GoodsAsk.permission(name, StartPicking.roles),
            surfaces: [.web, .http], after: "/fulfilment/sales/{it}")
    ) { ask, tables in
        let id = ask.values.text("centre")
        guard let centre = try CentreTable.find(id, for: try ask.tenant, in: tables), let owner = centre.owner else {
            throw OrderRefusals.centre(id)
        }
        let lines = (ask.values["lines"]?.elements ?? []).map {
            (item: $0["item"]?.text ?? "", quantity: $0["quantity"]?.integer ?? 0)
        }
        let quote = try Quote(lines, in: id, for: owner, at: ask.now, tables)
        let change = StockEvent(StockEvent.sold, centre: id, step: "retail_selling", moves: quote.moves)
        return [
            change.draft(
                stream: "sale/\(Identifier(at: ask.now))", scope: centre.scope,
                extra: [
                    "goods": .decimal(quote.goods), "channel": .string(Order.Channel.counter.rawValue),
                    "paid": .string(ask.values.text("paid")), "sold": .array(quote.lines.map(\.json)),
                ])
        ]
    }

    /// What would be sold: each line with its price, and out of which places and lots it comes.
    struct Quote: Sendable {
        struct Line: Sendable, Hashable {
            let item: String
            let name: String
            let quantity: Int64
            let price: Int64

            var sum: Int64 { Won.of(price, quantity) }

            /// As the Record carries it.
            var json: JSON {
                [
                    "item": .string(item), "name": .string(name), "quantity": .decimal(quantity),
                    "price": .decimal(price),
                ]
            }

            init(item: String, name: String, quantity: Int64, price: Int64) {
                self.item = item
                self.name = name
                self.quantity = quantity
                self.price = price
            }

            init?(_ json: JSON) {
                guard let item = json["item"]?.text, let quantity = json["quantity"]?.integer,
                    let price = json["price"]?.integer
                else { return nil }
                self.init(item: item, name: json["name"]?.text ?? item, quantity: quantity, price: price)
            }
        }

        private(set) var lines: [Line] = []
        private(set) var moves: [Move] = []

        var goods: Int64 { Won.sum(lines.map(\.sum)) }

        init(
            _ asked: [(item: String, quantity: Int64)], in centre: String, for owner: Tenant, at now: Timestamp,
            _ tables: any Reader
        ) throws {
            guard !asked.isEmpty else { throw OrderRefusals.empty }
            var taken: [String: Int64] = [:]
            for (index, line) in asked.enumerated() {
                let item = try GoodsAsk.item(line.item, field: "lines[\(index)].item", for: owner, tables)
                guard let price = item.price else {
                    throw OrderRefusals.about(
                        .invalid, "sale.price", "lines[\(index)].item",
                        Words("\(item.name)의 가격이 없습니다.", "\(item.name) has no price."))
                }
                lines.append(Line(item: item.code, name: item.name, quantity: line.quantity, price: price))
                moves += try SellGoods.sold(item, line.quantity, &taken, index, centre, owner, now, tables)
            }
            guard goods <= Won.most else { throw OrderRefusals.amount }
        }
    }

    /// Free pieces that are good today, out of places where they can be taken.
    fileprivate static func sold(
        _ item: Item, _ quantity: Int64, _ taken: inout [String: Int64], _ index: Int, _ centre: String,
        _ owner: Tenant, _ now: Timestamp, _ tables: any Reader
    ) throws -> [Move] {
        let lots = try StockTable.lots(of: item.code, in: centre, for: owner, in: tables).map {
            $0.less(taken["\(item.code) \($0.lot)"] ?? 0)
        }
        var floor = try PickPlanning.floor(of: [item.code], in: centre, for: owner, tables)
        var (moves, open) = ([Move](), quantity)
        for share in Allocation.shares(of: quantity, from: lots, usable: now) {
            _ = floor.take(taken["\(item.code) \(share.lot)"] ?? 0, of: item.code, lot: share.lot)
            for (place, some) in floor.take(share.quantity, of: item.code, lot: share.lot) {
                moves.append(Move(item.code, lot: share.lot, some, from: Spot(location: place.id)))
                taken["\(item.code) \(share.lot)", default: 0] += some
                open -= some
            }
        }
        guard open == 0 else {
            throw OrderRefusals.about(
                .conflict, "sale.short", "lines[\(index)].quantity",
                Words(
                    "\(item.name)은(는) 약속하지 않은 재고가 \(quantity - open)개뿐입니다.",
                    "Only \(quantity - open) × \(item.name) are promised to nobody."))
        }
        return moves
    }

    static func closeDay(_ fees: ChannelFees) -> Command {
        Command(
            Form(
                "fulfilment.day.settle", title: Words("하루 정산", "Settle a day"),
                help: Words("판매 경로마다 매출과 수수료를 확정합니다.", "Fixes sales and fees of a day, channel by channel."),
                fields: [
                    GoodsAsk.centre,
                    Field(
                        "day", Words("날짜", "Day"), .text(maximum: 10), help: Words("2026-11-21처럼", "2026-11-21"),
                        spoken: .day),
                ], permission: GoodsAsk.permission("fulfilment.day.settle", GoodsAsk.leads), confirmation: .readBack,
                surfaces: [.web, .http], after: "/fulfilment/owner")
        ) { ask, tables in
            let id = ask.values.text("centre")
            guard let centre = try CentreTable.find(id, for: try ask.tenant, in: tables), let owner = centre.owner
            else {
                throw OrderRefusals.centre(id)
            }
            guard let day = ask.values.day("day"), day < KoreanDay(ask.now) else {
                throw OrderRefusals.about(
                    .invalid, "settle.day", "day",
                    Words(
                        "지난 날을 적어 주세요. 오늘은 아직 판매가 있을 수 있습니다.", "Please say a day before today: today may still sell."))
            }
            guard try !SaleTable.isSettled(day, in: id, for: owner, in: tables) else {
                throw OrderRefusals.about(
                    .conflict, "settle.done", "day", Words("이미 정산한 날입니다.", "This day was settled already."))
            }
            let settlement = try SaleTable.day(day, in: id, fees, for: owner, in: tables)
            guard !settlement.rows.isEmpty else {
                throw OrderRefusals.about(
                    .conflict, "settle.nothing", "day", Words("그날은 판매가 없습니다.", "There were no sales on that day."))
            }
            return [
                Draft(
                    SaleEvents.closed, stream: "settlement/\(id)/\(day)", scope: centre.scope,
                    payload: [
                        "centre": .string(id), "day": .string(day.description), "rows": settlement.json,
                        "net": .decimal(settlement.net),
                    ])
            ]
        }
    }

    /// What was delivered is earned.
    static let delivered = Reaction(
        "fulfilment.settle-order", to: OrderEvents.delivered, yields: [OrderEvents.settled]
    ) { event, tables in
        guard let owner = CentreTable.Centre.owner(event.scope),
            let order = try OrderTable.find(event.stream, for: owner, in: tables), order.state == .delivered
        else { return [] }
        let lines = try OrderTable.lines(of: order.id, for: owner, in: tables)
        let goods = Won.sum(lines.map { Won.of($0.price ?? 0, $0.shipped) })
        return [
            Draft(
                OrderEvents.settled, stream: order.id, scope: order.scope,
                payload: [
                    "centre": .string(order.centre), "channel": .string(order.channel.rawValue),
                    "goods": .decimal(goods), "fee": .decimal(order.fee),
                ])
        ]
    }
}
