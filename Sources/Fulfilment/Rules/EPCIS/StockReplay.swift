import Foundation
import Record

/// Stock made out of events of EPCIS and of nothing else.
struct StockReplay: Sendable, Hashable {
    /// Goods of one kind and lot in one place and one state, all by their names in EPCIS.
    struct Heap: Sendable, Hashable {
        let place: String
        let goods: String
        let status: StockStatus
    }

    /// What lies there; pieces that are named one by one stand under the name of their kind, with the lot.
    private(set) var heaps: [Heap: Int64] = [:]
    /// What the log takes away where nothing lay: none, where the log is whole.
    private(set) var missing: [Heap] = []

    /// Reads one event of the log; what others sent changes nothing.
    /// - Throws: ``EPCISFaults`` where it is no event.
    mutating func read(_ kept: EPCISKept) throws {
        if !kept.isCaptured { read(try EPCISEvent(kept.json)) }
    }

    /// Reads one event of the house's own.
    mutating func read(_ event: EPCISEvent) {
        let place = event[StockTranslation.from]?.text
        let now = event.disposition.flatMap { StockStatus(disposition: $0) }
        let before = event.dispositionsUnset.first.flatMap { StockStatus(disposition: $0) }
        let was = before ?? (event.dispositionsSet.isEmpty ? now : nil) ?? .available
        let lot = event[StockTranslation.lot]?.text ?? ""
        switch event.kind {
        case .object where event.declaration != nil:
            // What is declared to be wrong did not happen: it is undone.
            let goods = Self.goods(event.epcs, event.quantities, lot)
            if let now { take(goods, from: event.bizLocation ?? place, now) }
            put(goods, to: place, was)
        case .object:
            let goods = Self.goods(event.epcs, event.quantities, lot)
            take(goods, from: place, was)
            // What stays in a container has no place of its own.
            if let now { put(goods, to: event.bizLocation ?? place, now) }
        case .aggregation:
            let goods = Self.goods(event.epcs, event.quantities, lot)
            let isIn = event.action == .add
            take(goods, from: isIn ? place : event.parent, now ?? .available)
            put(goods, to: isIn ? event.parent : event.bizLocation, now ?? .available)
        case .transformation:
            take(Self.goods(event.inputs, event.inputQuantities, lot), from: place, before ?? .available)
            put(Self.goods(event.outputs, event.outputQuantities, lot), to: event.bizLocation, now ?? .available)
        case .transaction, .association, nil: return
        }
    }

    private static func goods(
        _ epcs: [String], _ quantities: [EPCISEvent.Quantity], _ lot: String
    ) -> [(String, Int64)] {
        // A parcel is no goods: what is in it is said beside it.
        epcs.filter { !$0.contains("/00/") }.map { (kind(of: $0, lot), 1) }
            + quantities.compactMap { one in one.quantity.flatMap { Int64(exactly: $0) }.map { (one.epcClass, $0) } }
    }

    /// The kind of a piece: its name without the serial number, and with its lot.
    static func kind(of epc: String, _ lot: String) -> String {
        let part = ["/21/", "/serial/"].first { epc.contains($0) } ?? ""
        guard !part.isEmpty, let range = epc.range(of: part) else { return epc }
        let name = String(epc[..<range.lowerBound])
        return lot.isEmpty
            ? name : name + (part == "/21/" && GS1.isComponent(lot) ? "/10/" : "/lot/") + GS1.encoded(lot)
    }

    private mutating func take(_ goods: [(String, Int64)], from place: String?, _ status: StockStatus) {
        guard let place else { return }
        for (name, count) in goods {
            let heap = Heap(place: place, goods: name, status: status)
            let left = (heaps[heap] ?? 0) - count
            if left < 0 { missing.append(heap) }
            heaps[heap] = left > 0 ? left : nil
        }
    }

    private mutating func put(_ goods: [(String, Int64)], to place: String?, _ status: StockStatus) {
        guard let place else { return }
        for (name, count) in goods { heaps[Heap(place: place, goods: name, status: status), default: 0] += count }
    }
}
