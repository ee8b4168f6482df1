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
                "reason", Words("까닭", "Reason"),
                .choice([
                    .init("check", Words("검사에서 불합격", "A check failed")),
                    .init("temperature", Words("보관 온도를 벗어남", "Outside its temperature")),
                    .init("recall", Words("회수", "Recall")),
                    .init("papers", Words("서류나 표시가 다름", "Papers or label are wrong")),
                    .init("other", Words("그 밖", "Something else")),
                ])),
            Field("note", Words("설명", "Note"), .text(maximum: 300), required: false),
        ],
        permission: .roles([.worker, .operator, .safetyManager, .executive, .zoneOfficer])
            .orToken("command:fulfilment.lot.quarantine"),
        confirmation: .readBack, surfaces: [.web, .http, .cli, .voice, .mcp])

    static let command = Command(form) { ask, reader in
        let found = try LotFound.all(ask, in: reader)
        let drafts = found.flatMap {
            $0.kept(Quarantine.Reason(rawValue: ask.values.text("reason")) ?? .other, note: ask.values.text("note"))
        }
        guard !drafts.isEmpty else {
            throw Refusal(
                .conflict, "lot.nothing",
                Words("격리할 정상 재고가 없는 로트입니다.", "Nothing of this lot lies there in good state."))
        }
        return drafts
    }
}
