import Access
import District
import HouseKit
import Record
import Store

@testable import Fulfilment

/// To the end: whatever happened on the walk, what people are told to do brings every order to its end.
extension Walk {
    /// Everything that is under way is done: goods come in, containers are emptied, orders are picked, packed, carried out.
    /// - Returns: the orders that came to no end.
    mutating func finish() async throws -> [String] {
        trace.append("finish")
        for id in orders where try await yard.find(id)?.isHeld == true {
            try await act("fulfilment.order.resume", ["order": .string(id)])
        }
        try await yard.put("RICE", 30, at: "A-02-2")
        try await yard.put("MILK", lot: "END", 200, at: "C-01-1", expiry: "2026-12-30T00:00:00Z")
        for _ in 0..<6 {
            try await emptied()
            try await putAway()
            try? await yard.release()
            for task in try await yard.tasks() {
                try await act("fulfilment.pick.confirm", Yard.scan(task), by: .picker)
            }
            for id in orders where try await yard.find(id)?.state == .picked {
                do {
                    try await yard.pack(id)
                } catch let refusal as Refusal {
                    trace.append("  refused: \(refusal.code)")
                }
            }
            do { try await ship() } catch let refusal as Refusal { trace.append("  refused: \(refusal.code)") }
        }
        var left: [String] = []
        for id in orders {
            guard let order = try await yard.find(id), order.state.isInHouse || order.state == .shipped else {
                continue
            }
            left.append("\(id) is \(order.state.rawValue): \(try await yard.lines(id))")
        }
        return left
    }

    /// Takes out of totes and parcels what is not their orders', wherever it may lie.
    private mutating func emptied() async throws {
        let containers = try await yard.store.read { reader in
            try OrderTable.toEmpty(for: Yard.owner, in: reader).map { $0.sscc ?? $0.order.number }
        }
        for container in containers {
            for place in ["C-02-1", "A-02-1", "Q-01"] {
                do {
                    try await act(
                        "fulfilment.container.empty",
                        ["container": .string(container), "place": .string(Yard.place(place))], by: .picker)
                } catch let refusal as Refusal {
                    trace.append("  refused: \(refusal.code)")
                }
            }
        }
    }

    /// Puts away what waits to be put away, as the station lists it and where it proposes.
    private mutating func putAway() async throws {
        let segregation = try Segregation(
            Handbook(shipped: Fulfilment.shippedData).read("inbound-segregation.json").json, file: "")
        let waiting = try await yard.store.read {
            try FloorStock.waiting(in: Yard.centre, for: Yard.owner, in: $0)
        }
        for held in waiting {
            let best = try await yard.store.read { reader -> Putaway.Proposal? in
                guard let item = try ItemTable.find(held.item, for: Yard.owner, in: reader) else { return nil }
                return try FloorStock.putaway(
                    item, lot: held.lot, held.quantity, held.spot.status, in: Yard.centre, segregation,
                    for: Yard.owner, in: reader
                ).judged().proposals.first
            }
            guard let best else { continue }
            try await act(
                "fulfilment.goods.store",
                [
                    "item": .string(held.item), "lot": .string(held.lot), "from": .string(held.spot.location),
                    "place": .string(best.place.id), "quantity": .decimal(min(held.quantity, best.holds)),
                    "status": .string(held.spot.status.rawValue),
                ], by: .picker)
        }
    }
}
