import Record
import Web

/// Goods that come back, as pages show them.
struct ReturnView {
    let visit: Visit

    var reasons: [JSON] {
        ReturnRule.Reason.allCases.map {
            ["value": .string($0.rawValue), "label": .string($0.words[visit.language])]
        }
    }

    func json(_ back: ReturnTable.Return) -> JSON {
        let view = OrderView(visit: visit)
        return [
            "number": .string(back.number), "reason": .string(back.reason.words[visit.language]),
            "refund": .string(view.won(back.refund)),
            "badge": Show.badge(
                back.isOpen ? "info" : "ok", visit.word(back.isOpen ? "returns_open" : "returns_done")),
            "lines": .array(
                back.lines.map {
                    [
                        "line": .string("\($0.line)"), "name": .string($0.name),
                        "quantity": .string("\($0.quantity)"), "received": .string("\($0.received)"),
                        "grades": $0.grades.isEmpty ? .null : .string($0.grades.uppercased()),
                        "strange": $0.isStrange ? .string(visit.word("returns_strange")) : .null,
                    ]
                }),
        ]
    }
}
