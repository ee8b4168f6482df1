import Access
import District
import Record
import Store

/// Goods whose date has come are good no more, wherever they lie; and a promise of goods that would be too old when they
/// arrive ends while others may still be sent instead.
struct ShelfLife {
    let centre: CentreTable.Centre
    let owner: Tenant
    let now: Timestamp

    /// A lot in a centre.
    struct Lot: Sendable, Hashable {
        let item: String
        let lot: String
    }

    /// What is to be looked at: lots past their date, and lots of which something is promised for a day on which they are
    /// too old.
    func due(_ tables: any Reader) throws -> [Lot] {
        let past = try StockTable.expired(at: now, in: centre.terms.centre, for: owner, in: tables)
        let late = try tooOld(nil, tables).map { Lot(item: $0.item, lot: $0.lot) }
        return Array(Set(past.map { Lot(item: $0.item, lot: $0.lot) } + late)).sorted {
            ($0.item, $0.lot) < ($1.item, $1.lot)
        }
    }

    /// The events for one lot; none where somebody else was quicker.
    func drafts(_ lot: Lot, _ tables: any Reader) throws -> [Draft] {
        let name = centre.terms.centre
        let known = try StockTable.expired(at: now, in: name, for: owner, in: tables)
        guard known.contains(where: { $0.item == lot.item && $0.lot == lot.lot }) else {
            return ended(try tooOld(lot, tables))
        }
        let promises = try StockTable.endable(of: lot.item, lot: lot.lot, in: name, for: owner, in: tables)
        let held = try StockTable.held(in: name, item: lot.item, lot: lot.lot, for: owner, in: tables)
            .filter { $0.spot.status == .available }
        guard !held.isEmpty else { return [] }
        let moves = try held.map { held in
            Move(
                held.item, lot: held.lot, held.quantity, from: held.spot,
                to: Spot(location: held.spot.location, status: .expired),
                serials: try FloorStock.serials(of: held.item, lot: held.lot, held.spot, for: owner, in: tables))
        }
        let event = StockEvent(StockEvent.relocated, centre: name, step: "holding", moves: moves)
        return ended(Quarantine.excess(.max, of: promises)) + [
            event.draft(
                stream: "lot/\(name)/\(lot.item)/\(lot.lot)", scope: centre.scope,
                extra: [
                    "why": "expired", "orders": .array(Set(promises.map(\.order)).sorted().map { .string($0) }),
                ])
        ]
    }

    /// Promises of what lies on a shelf and would be too old where it goes; what lies in a tote or a parcel is on its way.
    private func tooOld(_ only: Lot?, _ tables: any Reader) throws -> [Reserved] {
        let name = centre.terms.centre
        let dated = try StockTable.dated(in: name, lot: only, for: owner, in: tables)
        let items = try ItemTable.several(Set(dated.map(\.promise.item)).sorted(), for: owner, in: tables)
        let late = dated.filter { one in
            let life = Double(items[one.promise.item]?.minimumLife ?? 0) * 86_400
            return one.expiry <= max(one.due ?? now, now).advanced(bySeconds: life)
        }
        return try Dictionary(grouping: late, by: { Lot(item: $0.promise.item, lot: $0.promise.lot) })
            .sorted { ($0.key.item, $0.key.lot) < ($1.key.item, $1.key.lot) }
            .flatMap { lot, late in
                let own = Set(late.map { "\($0.promise.order) \($0.promise.line)" })
                return try StockTable.split(of: lot.item, lot: lot.lot, in: name, for: owner, in: tables).open
                    .filter { own.contains("\($0.order) \($0.line)") }
            }
    }

    private func ended(_ promises: [Reserved]) -> [Draft] {
        Dictionary(grouping: promises, by: \.order).sorted { $0.key < $1.key }.map { order, shares in
            Reserved.end(shares, .expired, stream: order, scope: centre.scope, of: order, in: centre.terms.centre)
        }
    }
}
