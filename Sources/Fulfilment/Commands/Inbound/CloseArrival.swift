import Access
import District
import Record
import Store

/// Nothing more of a delivery is expected: what it lacked, had too much or had broken is named with what that leads to.
enum CloseArrival {
    static let name = "fulfilment.inbound.close"

    static let command = Command(
        Form(
            name, title: Words("입고 마감", "Finish a delivery"),
            help: Words(
                "더 들어올 것이 없을 때 마감합니다. 모자란 수량은 입고 예정에서 빠집니다.",
                "Nothing more will come. What is missing is no longer expected."),
            fields: [ReceiveGoods.inbound], permission: GoodsAsk.permission(name, GoodsAsk.floor),
            confirmation: .readBack, after: "/fulfilment/receive")
    ) { ask, tables in
        let arrival = try ReceiveGoods.open(ask, tables)
        let differences = arrival.lines.flatMap { line in
            Arrival.differences(of: line).map { kind, quantity -> JSON in
                [
                    "line": .number(Double(line.number)), "item": .string(line.item), "lot": .string(line.lot),
                    "kind": .string(kind.rawValue), "quantity": .decimal(quantity),
                ]
            }
        }
        return [
            Draft(
                Arrival.closed, stream: Arrival.stream + arrival.id, scope: arrival.scope,
                payload: [
                    "inbound": .string(arrival.id), "centre": .string(arrival.centre),
                    "differences": .array(differences),
                ])
        ]
    }
}
