import Access
import District
import Record
import Store

/// Lets a lot go again that was kept back: two people, for a mistake would be shipped.
enum FreeLot {
    static let form = Form(
        "fulfilment.lot.free",
        title: Words("로트 격리 해제", "Free a lot"),
        help: Words(
            "다시 출고할 수 있게 됩니다. 요청한 사람이 아닌 사람이 한 번 더 확인해야 합니다.",
            "The lot can be shipped again, once somebody else than who asks has confirmed."),
        fields: [
            GoodsAsk.item,
            Field("lot", Words("로트", "Lot"), .text(maximum: 60), required: false),
            Field("note", Words("확인한 내용", "What was found"), .text(maximum: 300)),
        ],
        permission: .roles([.operator, .safetyManager, .executive]).orToken("command:fulfilment.lot.free"),
        confirmation: .secondPerson([.operator, .safetyManager, .executive]))

    static let command = Command(form) { ask, reader in
        let (item, lot) = try LotFound.named(ask, in: reader)
        let tenant = try ask.tenant
        let held = try StockTable.known(lot, of: item, for: tenant, in: reader).filter { $0.held != nil }
        let drafts =
            try StockTable.owners(of: lot, of: item, for: tenant, in: reader).isEmpty
            ? []
            : LotFound.all(lot, of: item, for: tenant, in: reader).flatMap { found in
                let waiting = try CheckTable.list(at: found.stock.centre, for: tenant, limit: 10_000, in: reader)
                    .filter { $0.item == item && $0.lot == lot }
                let wanted = try WantedTable.missing(
                    of: item, lot: lot, in: found.stock.centre, for: tenant, in: reader)
                let apart = try PlaceTable.list(
                    in: found.stock.centre, kinds: [.quarantine], for: tenant, in: reader)
                return found.freed(
                    note: ask.values.text("note"), but: Set(waiting.map(\.location)), wanted: wanted,
                    apart: Set(apart.map(\.id)), extra: signed(ask))
            }
        guard !drafts.isEmpty || !held.isEmpty else {
            let waits = try LotFound.all(lot, of: item, for: tenant, in: reader).contains { found in
                try CheckTable.list(at: found.stock.centre, for: tenant, limit: 10_000, in: reader)
                    .contains { $0.item == item && $0.lot == lot }
            }
            guard !waits else {
                throw Refusal(
                    .conflict, "lot.check",
                    Words("입고 검사를 기다리는 로트입니다. 검사를 먼저 마쳐 주세요.", "The lot waits for its check. Please check it first."))
            }
            throw Refusal(
                .conflict, "lot.free", Words("격리된 재고가 없는 로트입니다.", "Nothing of this lot is in quarantine."))
        }
        return held.map { known in
            Draft(
                StockTable.released, stream: "lot/\(item)/\(lot)", scope: known.scope,
                payload: signed(ask).merging([
                    "item": .string(item), "lot": .string(lot), "note": .string(ask.values.text("note")),
                ]) { $1 })
        } + drafts
    }

    /// Who signed as the second person.
    private static func signed(_ ask: Ask) -> [String: JSON] {
        ask.cosigner.map { ["cosigner": .string($0.rawValue)] } ?? [:]
    }
}
