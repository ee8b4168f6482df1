import Access
import District
import Record
import Store

/// A lot in one centre of one firm, with what lies of it and whom it is promised to.
struct LotFound {
    let stock: LotStock
    let held: [Held]
    let promises: [Reserved]
    /// The numbered pieces of it, by where they lie.
    let serials: [Spot: [String]]

    /// The lot in every centre where anything of it lies, in whatever state.
    /// - Throws: ``Refusal`` of the form's field where whoever asks has no such lot.
    static func all(_ lot: String, of item: String, for tenant: Tenant, in reader: any Reader) throws -> [LotFound] {
        let found = try StockTable.owners(of: lot, of: item, for: tenant, in: reader).map { owner in
            LotFound(
                stock: owner,
                held: try StockTable.held(in: owner.centre, item: item, lot: lot, for: tenant, in: reader),
                promises: try StockTable.endable(of: item, lot: lot, in: owner.centre, for: tenant, in: reader),
                serials: try FloorStock.serials(of: item, lot: lot, for: tenant, in: reader))
        }
        guard !found.isEmpty else { throw wrong(lot) }
        return found
    }

    /// The same of what somebody filled in: the form stays, with the field that is wrong.
    static func wrong(_ lot: String) -> Refusal {
        let words =
            lot.isEmpty
            ? Words("로트를 적어 주세요. 로트로 관리하는 상품입니다.", "Please enter the lot: this item is kept by lots.")
            : Words("그런 로트가 없습니다: \(lot)", "There is no such lot: \(lot)")
        return Refusal(.invalid, "lot.unknown", of: "lot", lot.isEmpty ? "required" : "known", words)
    }

    static let unknown: Refusal = {
        let words = Words("그런 로트가 없습니다.", "There is no such lot.")
        return Refusal(.notFound, "lot.unknown", of: "lot", "known", words)
    }()

    /// The item and lot that a form names, and whose they are.
    static func named(_ ask: Ask, in reader: any Reader) throws -> (item: String, lot: String) {
        let said = ask.values.text("item")
        return (try ItemTable.meant(said, for: try ask.tenant, in: reader)?.code ?? said, ask.values.text("lot"))
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
        let goods = StockEvent(
            StockEvent.quarantined, centre: stock.centre, step: "holding", moves: numbered(kept.moves))
        return ended(kept.ended, .quarantined) + [goods.draft(stream: stream, scope: stock.scope, extra: members)]
    }

    /// The orders that lose stock where what lies in these locations is kept back.
    func orders(within: Set<String>?) -> [String] {
        Quarantine.keep(held, within: within, of: stock, promises: promises).orders
    }

    /// The events that let it go.
    /// - Parameters:
    ///   - checks: where some of it still waits for its check, which is not ended by this.
    ///   - wanted: how much of it a picker did not find where it should lie: that is for who counts the place.
    ///   - apart: the places where goods are kept apart: nobody picks there, so what is let go has to be put away.
    ///   - extra: what the event says besides.
    func freed(
        note: String, but checks: Set<String>, wanted: [String: Int64], apart: Set<String>, extra: [String: JSON]
    ) -> [Draft] {
        let moves = Quarantine.free(held.filter { !checks.contains($0.spot.location) }, but: wanted)
        guard !moves.isEmpty else { return [] }
        var members = extra
        members["note"] = .string(note)
        let away = moves.filter { move in move.from.map { apart.contains($0.location) } ?? false }
        if !away.isEmpty {
            members["put_away"] = .array(
                away.map { ["location": .string($0.from?.location ?? ""), "quantity": .decimal($0.quantity)] })
        }
        let goods = StockEvent(StockEvent.freed, centre: stock.centre, step: "inspecting", moves: numbered(moves))
        return [goods.draft(stream: stream, scope: stock.scope, extra: members)]
    }

    /// Numbered pieces go with their numbers, where all of a spot go.
    private func numbered(_ moves: [Move]) -> [Move] {
        moves.map { move in
            guard let from = move.from, let own = serials[from], Int64(own.count) == move.quantity else { return move }
            var numbered = move
            numbered.serials = own
            return numbered
        }
    }

    /// The events that end promises, an order each.
    func ended(_ promises: [Reserved], _ why: Reserved.End) -> [Draft] {
        Dictionary(grouping: promises, by: \.order).sorted { $0.key < $1.key }.map { order, shares in
            Reserved.end(shares, why, stream: order, scope: stock.scope, of: order, in: stock.centre)
        }
    }

    private var stream: String { "lot/\(stock.centre)/\(stock.item)/\(stock.lot)" }
}
