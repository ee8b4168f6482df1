import District
import Record
import Store

/// What a day came to, by channel: goods and carriage, what was paid back, what the channel keeps. All in won.
struct Settlement: Sendable, Hashable {
    var day: KoreanDay
    var rows: [Row]

    struct Row: Sendable, Hashable {
        var channel: Order.Channel
        var orders: Int64 = 0
        var goods: Int64 = 0
        var carriage: Int64 = 0
        var refunds: Int64 = 0

        /// What the channel keeps, in ten-thousandths of the goods.
        var rate: Int64 = 0
        /// Rounded down, for the seller's benefit.
        var fees: Int64 { Won.of(goods / 10_000, rate) + goods % 10_000 * rate / 10_000 }
        var net: Int64 { goods + carriage - refunds - fees }
    }

    var net: Int64 { rows.reduce(0) { $0 + $1.net } }

    /// As the Record carries it.
    var json: JSON {
        .array(
            rows.map {
                [
                    "channel": .string($0.channel.rawValue), "orders": .decimal($0.orders), "goods": .decimal($0.goods),
                    "carriage": .decimal($0.carriage), "refunds": .decimal($0.refunds), "fees": .decimal($0.fees),
                    "net": .decimal($0.net),
                ]
            })
    }
}

/// What a channel keeps of the goods, in ten-thousandths, from `fees.json`: payment for the shop and the counter, a market
/// place's part for the call and lists.
struct ChannelFees: Sendable {
    private let rates: [Order.Channel: Int64]

    init(_ book: Handbook) throws(HandbookError) {
        let file = "fees.json"
        let json = try book.read(file).json["rates"]
        var rates: [Order.Channel: Int64] = [:]
        for channel in Order.Channel.allCases {
            guard let rate = json?[channel.rawValue]?.integer, (0...10_000).contains(rate) else {
                throw HandbookError(file: file, place: "rates.\(channel.rawValue)", rule: "0 to 10000")
            }
            rates[channel] = rate
        }
        self.rates = rates
    }

    /// What a channel keeps.
    subscript(channel: Order.Channel) -> Int64 { rates[channel] ?? 0 }
}

/// The events of sales, besides those of stock.
enum SaleEvents {
    static let closed = "fulfilment.day.settled"
}
