import Access
import District
import Record
import Store

/// A person accepts what is proposed to be ordered, as it is or otherwise, or declines it.
enum DecideProposal {
    static let accept = Command(
        Form(
            "fulfilment.replenishment.accept", title: Words("보충 제안 받아들이기", "Accept a replenishment"),
            help: Words(
                "공급처에 주문한 것으로 기록합니다. 공급처가 알려 온 도착 예정은 입고 예정에 등록하세요.",
                "It is put on record as ordered. What the supplier announces goes under expected deliveries."),
            fields: [
                proposal,
                Field(
                    "quantity", Words("주문 수량", "Quantity"), .integer(1...10_000_000, unit: nil), required: false,
                    help: Words("비워 두면 제안한 수량입니다.", "Left out, what was proposed.")),
            ], permission: GoodsAsk.permission("fulfilment.replenishment.accept", GoodsAsk.leads),
            surfaces: [.web, .http, .cli, .mcp], after: "/fulfilment/demand")
    ) { ask, tables in
        let found = try find(ask, tables)
        let quantity = ask.values.integer("quantity") ?? found.quantity
        return draft(DemandTable.accepted, found, ["quantity": .decimal(quantity)])
            + judged(found, quantity == found.quantity ? .kept : .overruled)
    }

    static let decline = Command(
        Form(
            "fulfilment.replenishment.decline", title: Words("보충 제안 거절", "Decline a replenishment"),
            help: Words("주문하지 않습니다. 사유는 예측을 고치는 데 쓰입니다.", "Nothing is ordered. The reason helps to mend the forecast."),
            fields: [proposal, Field("reason", Words("사유", "Why"), .text(maximum: 200))],
            permission: GoodsAsk.permission("fulfilment.replenishment.decline", GoodsAsk.leads),
            surfaces: [.web, .http, .cli, .mcp], after: "/fulfilment/demand")
    ) { ask, tables in
        let found = try find(ask, tables)
        return draft(DemandTable.declined, found, ["reason": .string(ask.values.text("reason"))])
            + judged(found, .overruled)
    }

    private static let proposal = Field(
        "proposal", Words("제안", "Proposal"), .reference(kind: "fulfilment-proposal", source: nil))

    private static func find(_ ask: Ask, _ tables: any Reader) throws -> DemandTable.Proposal {
        guard let found = try DemandTable.proposal(ask.values.text("proposal"), for: try ask.tenant, in: tables) else {
            throw GoodsAsk.invalid("proposal.unknown", "proposal", Words("그런 제안이 없습니다.", "There is no such proposal."))
        }
        guard found.state == "open" else {
            throw GoodsAsk.conflict(
                "proposal.closed", "proposal", Words("이미 처리되었거나 더는 필요 없는 제안입니다.", "This proposal is settled or lapsed.")
            )
        }
        return found
    }

    private static func draft(_ type: String, _ found: DemandTable.Proposal, _ extra: [String: JSON]) -> [Draft] {
        var payload = extra
        payload["proposal"] = .string(found.id)
        payload["centre"] = .string(found.centre)
        payload["item"] = .string(found.item)
        return [
            Draft(
                type, stream: "replenishment/\(found.id)", scope: found.scope, payload: payload, answers: found.event)
        ]
    }

    private static func judged(_ found: DemandTable.Proposal, _ verdict: AIUseJudged.Verdict) -> [Draft] {
        found.isModel ? [AIUseJudged(DemandUse.use.id, verdict, act: found.event).draft] : []
    }
}
