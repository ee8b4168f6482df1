import District
import Record
import Store

@testable import Fulfilment

/// What holds of a centre at any time.
struct WalkRules {
    private let stock: [Held]
    private let promises: [Reserved]
    private let orders: [String: Order]
    private let lines: [String: [OrderLine]]
    private let boxes: [String: ParcelTable.Box]
    private let received: [String: Int64]

    /// - Parameter received: what came in less what left, by item and lot, as the Record says.
    init(_ reader: any Reader, orders ids: [String], received: [String: Int64]) throws {
        stock = try StockTable.held(in: Yard.centre, for: Yard.owner, limit: 100_000, in: reader)
        promises = try reader.query("SELECT * FROM fulfilment_reservations ORDER BY orders, line, lot").map { row in
            Reserved(
                order: try row.text("orders"), line: try row.integer("line"), centre: try row.text("centre"),
                item: try row.text("item"), lot: try row.text("lot"), quantity: try row.integer("quantity"))
        }
        var (orders, lines, boxes) = ([String: Order](), [String: [OrderLine]](), [String: ParcelTable.Box]())
        for id in ids {
            orders[id] = try OrderTable.find(id, for: Yard.owner, in: reader)
            lines[id] = try OrderTable.lines(of: id, for: Yard.owner, in: reader)
            for box in try ParcelTable.boxes(of: id, for: Yard.owner, in: reader) {
                boxes["container/\(box.sscc)"] = box
            }
        }
        (self.orders, self.lines, self.boxes, self.received) = (orders, lines, boxes, received)
    }

    /// What does not hold, in words; empty where all does.
    var broken: [String] { covered + inHouse + shipped + containers + states + balance }

    private func order(of location: String) -> String? { Tote.order(of: location) ?? boxes[location]?.order }

    private static func key(_ item: String, _ lot: String) -> String { "\(item) \(lot)" }

    /// Promises stand on pieces that can be reached, or that lie in the order's own tote and parcels.
    private var covered: [String] {
        var (places, own) = ([String: Int64](), [String: Int64]())
        for pile in stock where pile.spot.status == .available {
            let key = Self.key(pile.item, pile.lot)
            if let order = order(of: pile.spot.location) {
                own["\(order) \(key)", default: 0] += pile.quantity
            } else {
                places[key, default: 0] += pile.quantity
            }
        }
        var open: [String: Int64] = [:]
        for promise in promises {
            let key = Self.key(promise.item, promise.lot)
            let some = min(promise.quantity, own["\(promise.order) \(key)"] ?? 0)
            own["\(promise.order) \(key)", default: 0] -= some
            open[key, default: 0] += promise.quantity - some
        }
        return open.filter { $0.value > places[$0.key] ?? 0 }.map {
            "\($0.value) of \($0.key) are promised beside what lies in their orders' totes, and \(places[$0.key] ?? 0) lie in places"
        }.sorted()
    }

    /// No order that has left, or was called off, is promised anything.
    private var inHouse: [String] {
        promises.filter { orders[$0.order]?.state.isInHouse != true && orders[$0.order]?.state != .shipped }.map {
            "\($0.order) (\(orders[$0.order]?.state.rawValue ?? "?")) is still promised \($0.quantity) \($0.item) \($0.lot)"
        }
    }

    /// Each line adds up, and no more leaves than was ordered.
    private var shipped: [String] {
        lines.values.flatMap { $0 }.flatMap { line -> [String] in
            var faults: [String] = []
            let sum = promises.filter { $0.order == line.order && $0.line == line.line }.reduce(0) { $0 + $1.quantity }
            if line.shipped > line.quantity { faults.append("shipped \(line.shipped) of \(line.quantity)") }
            if orders[line.order]?.state != .cancelled, line.reserved != sum {
                faults.append("says \(line.reserved) promised, is promised \(sum)")
            }
            if line.reserved + line.waiting + line.refused + line.shipped != line.quantity,
                orders[line.order]?.state != .cancelled
            {
                faults.append(
                    "\(line.reserved) promised, \(line.waiting) waiting, \(line.refused) refused, \(line.shipped) gone")
            }
            if line.packed > line.picked || line.shipped > line.packed || line.picked < 0 || line.packed < 0 {
                faults.append("picked \(line.picked) packed \(line.packed) shipped \(line.shipped)")
            }
            return faults.map { "\(line.order) line \(line.line) (\(line.item), \(line.quantity)): \($0)" }
        }.sorted()
    }

    /// What may not come in parts is packed whole, and what is on nobody's walk waits for none.
    private var states: [String] {
        orders.values.compactMap { order in
            let own = lines[order.id] ?? []
            let (open, waiting) = (
                own.reduce(0) { $0 + $1.reserved - $1.picked + $1.shipped }, own.reduce(0) { $0 + $1.waiting }
            )
            guard order.state == .picked, !order.isPartial, open > 0 || waiting > 0 else { return nil }
            return "\(order.id) is to be packed whole, and \(open) are not picked, \(waiting) are waited for"
        }.sorted()
    }

    /// What lies in good state in a tote or a parcel is its order's, and what the order says it has picked lies there.
    private var containers: [String] {
        var good: [String: Int64] = [:]
        for pile in stock where pile.spot.status == .available {
            guard pile.spot.location.hasPrefix("container/") else { continue }
            guard let order = order(of: pile.spot.location) else { return ["nobody's container: \(pile)"] }
            good["\(order)|\(pile.item)|\(pile.lot)", default: 0] += pile.quantity
        }
        var right: [String: Int64] = [:]
        for promise in promises {
            right["\(promise.order)|\(promise.item)|\(promise.lot)", default: 0] += promise.quantity
        }
        var faults = good.filter { $0.value > right[$0.key] ?? 0 }.map {
            "\($0.key): \($0.value) lie in good state in its tote and parcels, \(right[$0.key] ?? 0) are its own"
        }
        for (id, lines) in lines where orders[id]?.state != .cancelled {
            let picked = Dictionary(lines.map { ($0.item, $0.picked - $0.shipped) }, uniquingKeysWith: +)
            for (item, quantity) in picked {
                let lies = stock.filter { pile in
                    pile.item == item && order(of: pile.spot.location) == id
                        && (pile.spot.status == .available || boxes[pile.spot.location] != nil)
                }.reduce(0) { $0 + $1.quantity }
                if lies != quantity {
                    faults.append("\(id): \(quantity) of \(item) count as picked, \(lies) lie there")
                }
            }
        }
        return faults.sorted()
    }

    /// What came in less what left is what lies there.
    private var balance: [String] {
        var lies: [String: Int64] = [:]
        for pile in stock { lies[Self.key(pile.item, pile.lot), default: 0] += pile.quantity }
        return Set(lies.keys).union(received.keys).sorted().compactMap { key in
            lies[key] ?? 0 == received[key] ?? 0
                ? nil : "\(key): \(lies[key] ?? 0) lie there, \(received[key] ?? 0) came and did not leave"
        }
    }
}
