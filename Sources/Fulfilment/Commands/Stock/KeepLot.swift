import Access
import District
import Record
import Store

/// Keeps a lot back, wherever it lies in the firm's centres: promises of it end, and their orders are named.
enum KeepLot {
    static let form = Form(
        "fulfilment.lot.quarantine",
        title: Words("로트 격리", "Quarantine a lot"),
        help: Words(
            "이 로트는 바로 출고할 수 없게 됩니다. 이미 약속한 주문은 다른 로트로 다시 약속하거나 늦어진다고 알립니다.",
            "The lot can no longer be shipped. Orders that were promised it get another lot, or are told it will be late."
        ),
        fields: [
            GoodsAsk.item,
            Field("lot", Words("로트", "Lot"), .text(maximum: 60), required: false),
            Field(
                "reason", Words("사유", "Reason"),
                .choice(Quarantine.Reason.allCases.map { .init($0.rawValue, $0.words) })),
            Field("note", Words("설명", "Note"), .text(maximum: 300), required: false),
        ],
        permission: .roles([.worker, .operator, .safetyManager, .executive, .zoneOfficer])
            .orToken("command:fulfilment.lot.quarantine"),
        confirmation: .readBack, surfaces: [.web, .http, .cli, .mcp],
        // At once: where it is, and who has it.
        after: "/fulfilment/lot?item={item}&lot={lot}")

    static let command = Command(form) { ask, reader in
        let (item, lot) = try LotFound.named(ask, in: reader)
        let tenant = try ask.tenant
        let reason = Quarantine.Reason(rawValue: ask.values.text("reason")) ?? .other
        let known = try StockTable.known(lot, of: item, for: tenant, in: reader)
        let owners = try StockTable.owners(of: lot, of: item, for: tenant, in: reader)
        guard !known.isEmpty || !owners.isEmpty else { throw LotFound.wrong(lot) }
        // An officer of the zone sees several firms, whose codes may be the same: their goods are not.
        guard Set(known.map(\.scope) + owners.map(\.scope)).count == 1 else { throw ambiguous }
        let drafts =
            owners.isEmpty
            ? []
            : try LotFound.all(lot, of: item, for: tenant, in: reader).flatMap {
                $0.kept(reason, note: ask.values.text("note"))
            }
        // What comes of it later, and what waits for its check, is kept back as well.
        let isNew = !lot.isEmpty && known.allSatisfy { $0.held == nil }
        guard isNew || !drafts.isEmpty, let scope = known.first?.scope ?? owners.first?.scope else {
            throw Refusal(
                .conflict, "lot.nothing",
                Words(
                    "이미 격리되어 있고, 더 격리할 정상 재고가 없는 로트입니다.",
                    "It is kept back already, and nothing of it lies there in good state."))
        }
        guard isNew else { return drafts }
        return [
            Draft(
                StockTable.held, stream: "lot/\(item)/\(lot)", scope: scope,
                payload: ["item": .string(item), "lot": .string(lot), "reason": .string(reason.rawValue)])
        ] + drafts
    }

    private static let ambiguous: Refusal = {
        let words = Words(
            "여러 기업에 같은 코드와 로트가 있습니다. 해당 기업의 담당자가 격리해야 합니다.",
            "Several firms have this code and lot. The firm's own people must quarantine it.")
        return Refusal(.conflict, "lot.ambiguous", of: "lot", "one", words)
    }()
}
