import District
import Record

/// What of an order can be promised: out of stock by FEFO, out of what is to come, or not at all.
struct Intake: Sendable {
    /// What is asked for.
    struct Asked: Sendable, Hashable {
        var item: String
        var quantity: Int64
    }

    /// Goods that are to come.
    struct Expected: Sendable, Hashable {
        var at: Timestamp
        var quantity: Int64
    }

    /// A line with what it gets.
    struct Line: Sendable, Hashable {
        var line: Int64
        var item: Item
        var quantity: Int64
        var shares: [Allocation.Share] = []
        /// What it gets of goods that are to come, the last of them at `ready`.
        var waiting: Int64 = 0
        var ready: Timestamp?
        /// What it does not get.
        var refused: Int64 { quantity - stock - waiting }
        /// What it gets out of stock.
        var stock: Int64 { shares.reduce(0) { $0 + $1.quantity } }
    }

    /// The lines, in the order in which they were asked for.
    var lines: [Line]

    /// Shares out. Two lines of the same item do not get the same piece.
    /// - Parameters:
    ///   - lots: of each item.
    ///   - expected: goods that are to come of each item, less what others wait for.
    ///   - arriving: when it reaches the customer, for what leaves out of stock.
    init(
        _ asked: [(line: Int64, item: Item, quantity: Int64)], lots: [String: [LotStock]],
        expected: [String: [Expected]], arriving: Timestamp
    ) {
        var (taken, open) = ([String: [String: Int64]](), expected.mapValues { $0.sorted { $0.at < $1.at } })
        lines = asked.map { line, item, quantity in
            let left = (lots[item.code] ?? []).map { lot in
                LotStock(
                    scope: lot.scope, centre: lot.centre, item: lot.item, lot: lot.lot,
                    available: lot.available - (taken[item.code]?[lot.lot] ?? 0), reserved: lot.reserved,
                    expiry: lot.expiry, received: lot.received)
            }
            let usable = arriving.advanced(bySeconds: Double(item.minimumLife) * 86_400)
            var made = Line(line: line, item: item, quantity: quantity)
            made.shares = Allocation.shares(of: quantity, from: left, usable: usable)
            for share in made.shares { taken[item.code, default: [:]][share.lot, default: 0] += share.quantity }
            var short = quantity - made.stock
            var coming = open[item.code] ?? []
            while short > 0, let next = coming.first {
                let some = min(short, next.quantity)
                made.waiting += some
                made.ready = next.at
                short -= some
                if some == next.quantity { coming.removeFirst() } else { coming[0].quantity -= some }
            }
            open[item.code] = coming
            return made
        }
    }

    /// When all that is promised is there; `now` where it lies there already.
    func ready(from now: Timestamp) -> Timestamp { lines.compactMap(\.ready).max().map { max($0, now) } ?? now }

    /// How many lines leave.
    var count: Int64 { Int64(lines.count { $0.stock + $0.waiting > 0 }) }

    /// What is not promised, line by line, in words.
    var faults: [Refusal.Fault] {
        lines.filter { $0.refused > 0 }.map { line in
            let got = line.quantity - line.refused
            return .init(
                field: "lines[\(line.line - 1)].quantity", line: Int(line.line), rule: "stock",
                words: got > 0
                    ? Words(
                        "\(line.item.name) \(line.quantity)개 가운데 \(got)개만 약속할 수 있습니다.",
                        "Of \(line.quantity) × \(line.item.name) only \(got) can be promised.")
                    : Words(
                        "\(line.item.name)은(는) 지금 약속할 재고가 없습니다.",
                        "There is no \(line.item.name) that could be promised now."))
        }
    }

    /// What is promised out of stock, as the order's.
    func reserved(_ order: String, in centre: String) -> [Reserved] {
        lines.flatMap { line in
            line.shares.map {
                Reserved(
                    order: order, line: line.line, centre: centre, item: line.item.code, lot: $0.lot,
                    quantity: $0.quantity)
            }
        }
    }
}
