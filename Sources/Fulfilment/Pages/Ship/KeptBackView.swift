import Access
import District
import Record
import Web

/// Parcels and totes that may not leave, as pages show them: what lies in them, why, and the way of taking it out.
enum KeptBackView {
    static func json(_ containers: [KeptBackTable.Container], next: String, _ visit: Visit) -> JSON {
        .array(
            containers.map { one in
                var members: [String: JSON] = [
                    "name": .string(one.box.map { SSCC.shown($0.sscc) } ?? visit.word("pack_tote")),
                    "number": .string(one.order.number),
                    "href": .string("/fulfilment/orders/\(one.order.id.dropFirst(6))"),
                    "goods": .array(
                        one.goods.map {
                            [
                                "text": .string($0.words[visit.language]),
                                "href": .string(LotRoutes.href($0.item, $0.lot)),
                            ]
                        }),
                ]
                if let box = one.box { members["state"] = .string(visit.word("ship_state_\(box.state.rawValue)")) }
                if !visit.caller.roles.isDisjoint(with: StartPicking.roles),
                    let way = way(out: one.box, of: one.order, next: next, visit)
                {
                    members["way"] = ["href": .string(way.href), "label": .string(way.label)]
                }
                return .object(members)
            })
    }

    /// How goods come out: off the carrier's list first, then out of the parcel or the tote; nil while a robot has it.
    static func way(
        out box: ParcelTable.Box?, of order: Order, next: String, _ visit: Visit
    ) -> (href: String, label: String)? {
        guard let box else {
            return (PackRoutes.emptying(order.number, next: next), visit.word("pack_empty_do"))
        }
        switch box.state {
        case .listed:
            return (removing(box, next: next, visit), visit.word("ship_remove"))
        case .packed: return (PackRoutes.emptying(box.sscc, next: next), visit.word("pack_open"))
        case .sent, .gone, .void: return nil
        }
    }

    /// Where a parcel is taken off its carrier's list; why is filled in.
    static func removing(_ box: ParcelTable.Box, next: String, _ visit: Visit) -> String {
        "/do/fulfilment.manifest.remove?manifest=\(Table.encoded(box.manifest ?? ""))&sscc=\(box.sscc)"
            + "&reason=\(Table.encoded(visit.word("ship_remove_reason")))&next=\(Table.encoded(next))"
    }
}
