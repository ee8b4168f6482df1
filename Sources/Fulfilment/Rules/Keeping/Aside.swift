import District
import Record
import Store

/// Good pieces in a tote or a parcel whose order has no right to them: nobody is promised them before they are put back,
/// for no picker reaches into another order's tote.
enum Aside {
    /// What lies in a container that its order has no right to: all of it once it is cancelled, else what is in no good
    /// state, and what goes beyond its promises.
    static func surplus(
        _ held: [Held], of order: Order, for tenant: some Tenancy, _ tables: any Reader
    ) throws -> [Held] {
        guard order.state != .cancelled else { return held }
        let promises = try StockTable.promises(to: order.id, for: tenant, in: tables)
        return beyond(promises, held)
    }

    /// What of it goes beyond these promises, or is in no good state.
    static func beyond(_ promises: [Reserved], _ held: [Held]) -> [Held] {
        var right = Dictionary(promises.map { ([$0.item, $0.lot], $0.quantity) }, uniquingKeysWith: +)
        return held.compactMap { held in
            guard held.spot.status == .available else { return held }
            let kept = min(held.quantity, right[[held.item, held.lot]] ?? 0)
            right[[held.item, held.lot], default: 0] -= kept
            return held.quantity > kept ? held.some(held.quantity - kept) : nil
        }
    }

    /// The event that sets aside what an order holds in good state beyond what it stays promised.
    /// - Parameters:
    ///   - promises: what it stays promised.
    ///   - boxes: parcels that leave in the same breath, and are not looked at.
    ///   - isCalledOff: whether the order is cancelled: then nothing counts as picked for it anyhow.
    static func drafts(
        _ order: Order, keeping promises: [Reserved], but boxes: Set<String> = [], isCalledOff: Bool = false,
        for tenant: some Tenancy, _ tables: any Reader
    ) throws -> [Draft] {
        let parcels = try ParcelTable.boxes(of: order.id, for: tenant, in: tables).filter {
            $0.state != .gone && !boxes.contains($0.sscc)
        }
        // What is packed is kept rather than what lies in the tote.
        var held: [Held] = []
        for location in parcels.map({ "\(Spot.container)\($0.sscc)" }) + [Tote.location(of: order.id)] {
            held += try StockTable.held(in: order.centre, location: location, for: tenant, in: tables)
        }
        let surplus = beyond(promises, held).filter { $0.spot.status == .available }
        guard !surplus.isEmpty else { return [] }
        var extra: [String: JSON] = [:]
        if !isCalledOff {
            var lines = try OrderTable.lines(of: order.id, for: tenant, in: tables)
            let tote = surplus.filter { Tote.order(of: $0.spot.location) != nil }
            extra["unpicked"] = .array(EmptyContainer.reduced(tote, &lines, \.picked, above: \.packed))
        }
        let moves = surplus.map {
            Move(
                $0.item, lot: $0.lot, $0.quantity, from: $0.spot,
                to: Spot(location: $0.spot.location, status: .aside))
        }
        return [
            StockEvent(
                StockEvent.setAside, centre: order.centre, step: "holding",
                moves: try FloorStock.numbered(moves, for: tenant, in: tables),
                papers: [.init(type: "po", reference: order.id)]
            ).draft(stream: order.id, scope: order.scope, extra: extra)
        ]
    }
}
