import Access
import District
import Record
import Store

/// A lot in one centre of one firm, with what lies of it and whom it is promised to.
struct LotFound {
    let stock: LotStock
    let held: [Held]
    let promises: [Reserved]

    /// The lot that a form names, in every centre where it lies; the item by its code or its barcode.
    static func all(_ ask: Ask, in reader: any Reader) throws -> [LotFound] {
        let said = ask.values.text("item")
        let item = try ItemTable.meant(said, for: try ask.tenant, in: reader)?.code ?? said
        return try all(ask.values.text("lot"), of: item, for: try ask.tenant, in: reader)
    }

    /// The lot in every centre where it lies.
    /// - Throws: ``Refusal`` where whoever asks has no such lot.
    static func all(_ lot: String, of item: String, for tenant: Tenant, in reader: any Reader) throws -> [LotFound] {
        let found = try StockTable.lots(named: lot, of: item, for: tenant, in: reader).map { stock in
            LotFound(
                stock: stock,
                held: try StockTable.held(in: stock.centre, item: item, lot: lot, for: tenant, in: reader),
                promises: try StockTable.promises(of: item, lot: lot, in: stock.centre, for: tenant, in: reader))
        }
        guard !found.isEmpty else {
            let words = Words("그런 로트가 없습니다.", "There is no such lot.")
            throw Refusal(.notFound, "lot.unknown", words, faults: [.init(field: "lot", rule: "known", words: words)])
        }
        return found
    }

    /// The events that keep it back.
    /// - Parameter within: only what lies in these locations; nil for wherever it lies.
    func kept(_ reason: Quarantine.Reason, note: String, within: Set<String>? = nil, extra: [String: JSON] = [:])
        -> [Draft]
    {
        let kept = Quarantine.keep(held, within: within, of: stock, promises: promises)
        guard !kept.moves.isEmpty else { return [] }
        var members = extra
        members["reason"] = .string(reason.rawValue)
        members["orders"] = .array(kept.orders.map { .string($0) })
        if !note.isEmpty { members["note"] = .string(note) }
        let goods = StockEvent(StockEvent.quarantined, centre: stock.centre, step: "holding", moves: kept.moves)
        return ended(kept.ended, .quarantined) + [goods.draft(stream: stream, scope: stock.scope, extra: members)]
    }

    /// The orders that lose stock where what lies in these locations is kept back.
    func orders(within: Set<String>?) -> [String] {
        Quarantine.keep(held, within: within, of: stock, promises: promises).orders
    }

    /// The events that let it go.
    func freed(note: String) -> [Draft] {
        let moves = Quarantine.free(held)
        guard !moves.isEmpty else { return [] }
        let goods = StockEvent(StockEvent.freed, centre: stock.centre, step: "inspecting", moves: moves)
        return [goods.draft(stream: stream, scope: stock.scope, extra: ["note": .string(note)])]
    }

    /// The events that end promises, an order each.
    func ended(_ promises: [Reserved], _ why: Reserved.End) -> [Draft] {
        Dictionary(grouping: promises, by: \.order).sorted { $0.key < $1.key }.map { order, shares in
            Reserved.end(shares, why, stream: order, scope: stock.scope, of: order, in: stock.centre)
        }
    }

    private var stream: String { "lot/\(stock.centre)/\(stock.item)/\(stock.lot)" }
}
