import Access
import District
import Record
import Store

/// What was taken in of one item at one time, as it was entered.
struct Receipt: Sendable, Hashable {
    /// The event of the Record.
    let id: String
    let scope: Scope
    let centre: String
    /// The delivery, and its line.
    let inbound: String
    let line: Int64
    let item: String
    let lot: String
    let good: Int64
    let damaged: Int64
    /// What it put where.
    let moves: [Move]
    let at: Timestamp
    /// Who took it in, as events name an author.
    let author: String
    /// Whether it has been taken back since.
    let isCorrected: Bool
    /// What was taken in wrongly before it; nil where nothing was.
    let instead: String?

    var quantity: Int64 { good + damaged }

    /// Whether all there is of the lot came with it.
    func isAll(for tenant: some Tenancy, _ tables: any Reader) throws -> Bool {
        try StockTable.owners(of: lot, of: item, for: tenant, in: tables).allSatisfy { $0.centre == centre }
            && StockTable.held(in: centre, item: item, lot: lot, for: tenant, in: tables)
                .reduce(0) { $0 + $1.quantity } == quantity
    }

    /// Why it cannot be taken back any more; nil where it can.
    func obstacle(_ arrival: Arrival?, for tenant: some Tenancy, _ tables: any Reader) throws -> Refusal? {
        if isCorrected {
            return GoodsAsk.conflict(
                "receipt.corrected", "receipt", Words("이미 바로잡은 입고입니다.", "This receipt was corrected already."))
        }
        guard let arrival, !arrival.isClosed else {
            return GoodsAsk.conflict(
                "inbound.closed", "receipt",
                Words(
                    "마감한 입고 건이라 바로잡을 수 없습니다. 실사로 재고를 고쳐 주세요.",
                    "The delivery is finished. Please correct the stock by a count."))
        }
        guard try !StockTable.known(lot, of: item, for: tenant, in: tables).contains(where: { $0.held != nil }) else {
            return GoodsAsk.conflict(
                "receipt.held", "receipt",
                Words(
                    "격리한 로트라 바로잡을 수 없습니다. 격리를 해제하거나 폐기로 처리해 주세요.",
                    "The lot is kept back. Please let it go, or scrap it."))
        }
        for move in moves {
            guard let spot = move.to else { continue }
            let there = try FloorStock.quantity(item, lot: lot, spot, in: centre, for: tenant, in: tables)
            let numbers = Set(try FloorStock.serials(of: item, lot: lot, spot, for: tenant, in: tables))
            guard there >= move.quantity, move.serials.allSatisfy({ numbers.contains($0) }) else {
                return GoodsAsk.conflict(
                    "receipt.moved", "receipt",
                    Words(
                        "받은 물건이 이미 검사를 마쳤거나 다른 곳으로 옮겨졌습니다. 실사로 재고를 고쳐 주세요.",
                        "The goods were checked or moved on since. Please correct the stock by a count."))
            }
        }
        let good = moves.filter { $0.to?.status == .available }.reduce(0) { $0 + $1.quantity }
        guard good > 0 else { return nil }
        let free = try StockTable.lots(of: item, in: centre, for: tenant, in: tables).first { $0.lot == lot }?.free ?? 0
        guard free < good else { return nil }
        return GoodsAsk.conflict(
            "receipt.promised", "receipt",
            Words(
                "받은 물건 가운데 \(good - free)개가 이미 주문에 약속되어 있습니다. 실사로 재고를 고치면 약속도 함께 옮겨집니다.",
                "\(good - free) of them are promised to orders already. A count corrects the stock and moves the promises."
            ))
    }
}

extension Arrival {
    /// The delivery as it would be without a receipt.
    func without(_ receipt: Receipt) -> Arrival {
        Arrival(
            id: id, scope: scope, centre: centre, supplier: supplier, reference: reference, due: due,
            isClosed: isClosed,
            lines: lines.map { line in
                guard line.number == receipt.line else { return line }
                return Line(
                    number: line.number, item: line.item, lot: line.lot, expiry: line.expiry, expected: line.expected,
                    received: line.received - receipt.good, damaged: line.damaged - receipt.damaged, sscc: line.sscc)
            })
    }
}
