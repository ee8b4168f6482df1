import District
import Record
import Store

/// Whether goods that come back can be those that were sent: the lots and numbers that left with the order, less what of
/// them came back before.
struct ReturnedLot {
    /// What does not fit, in words; nil where it does.
    let strange: Words?

    init(
        _ item: String, lot: String, _ quantity: Int64, _ serials: [String], of order: String,
        for tenant: some Tenancy, _ tables: any Reader
    ) throws {
        let steps = try LotTrail.steps(of: order, for: tenant, in: tables).filter { $0.item == item }
        let sent = steps.filter { $0.way == .shipped }
        let own = sent.filter { $0.lot == lot }
        let numbers = Set(own.flatMap(\.serials)).subtracting(
            steps.filter { $0.way == .returned }.flatMap(\.serials))
        let left =
            own.reduce(0) { $0 + $1.quantity }
            - steps.filter { $0.way == .returned && $0.lot == lot }.reduce(0) { $0 + $1.quantity }
        let lots = Set(sent.map(\.lot)).filter { !$0.isEmpty }.sorted().joined(separator: ", ")
        if own.isEmpty {
            strange = Words(
                "이 주문으로 보낸 로트가 아닙니다: \(lot). 보낸 로트: \(lots.isEmpty ? "–" : lots).",
                "\(lot) was not sent with this order, but \(lots.isEmpty ? "–" : lots).")
        } else if quantity > left {
            strange = Words(
                "이 주문으로 보낸 \(lot.isEmpty ? item : lot)은(는) \(max(0, left))개 남았습니다. 더 돌아올 수 없습니다.",
                "Only \(max(0, left)) of \(lot.isEmpty ? item : lot) of this order are still out.")
        } else if let other = serials.first(where: { !numbers.contains($0) }), !numbers.isEmpty {
            strange = Words(
                "이 주문으로 보낸 일련번호가 아닙니다: \(other).", "The serial number \(other) was not sent with this order.")
        } else {
            strange = nil
        }
    }

    /// Whether such a lot, or one of these numbers, never left with the order.
    static func isForeign(
        _ item: String, lot: String, _ serials: [String], of order: String, for tenant: some Tenancy,
        _ tables: any Reader
    ) throws -> Bool {
        let own = try LotTrail.steps(of: order, for: tenant, in: tables).filter {
            $0.item == item && $0.way == .shipped && $0.lot == lot
        }
        let numbers = Set(own.flatMap(\.serials))
        return own.isEmpty || (!numbers.isEmpty && serials.contains { !numbers.contains($0) })
    }
}
