import District
import Record

/// What of a receipt is most often a slip of the hand: whoever takes it in looks again and says so, or it is not taken in.
enum ReceiptDoubt: Sendable, Hashable {
    /// More has come than was announced: so many were still open, so many more are entered.
    case over(open: Int64, more: Int64)
    /// Nobody announced the item.
    case unannounced
    /// It is past the last day on which it may be used.
    case past(KoreanDay)

    /// What is doubtful of so many pieces for a line.
    /// - Parameters:
    ///   - line: the announced line; nil where there is none.
    ///   - expiry: when goods that are past their day could no longer be used; nil where they still can.
    static func all(of line: Arrival.Line?, taking quantity: Int64, expiry: Timestamp?) -> [ReceiptDoubt] {
        var doubts: [ReceiptDoubt] = []
        if let line, line.expected > 0 {
            if quantity > line.open { doubts.append(.over(open: line.open, more: quantity - line.open)) }
        } else {
            doubts.append(.unannounced)
        }
        if let expiry { doubts.append(.past(KoreanDay(expiry.advanced(bySeconds: -1)))) }
        return doubts
    }

    /// As events name it.
    var name: String {
        switch self {
        case .over: "over"
        case .unannounced: "unannounced"
        case .past: "past"
        }
    }

    var words: Words {
        switch self {
        case .over(let open, let more):
            Words(
                "남은 예정은 \(open)개인데 \(more)개 더 많습니다. 초과한 수량은 격리됩니다.",
                "\(open) were still to come, this is \(more) more. What is too much is kept back.")
        case .unannounced:
            Words("예정에 없는 상품입니다. 모두 격리됩니다.", "Nobody announced this item. All of it is kept back.")
        case .past(let day):
            Words(
                "사용 기한(\(day))이 이미 지났습니다. 팔 수 없는 재고로 들어갑니다.",
                "Its last day (\(day)) is over. It comes in as stock that cannot be sold.")
        }
    }

    static let code = "inbound.unsure"

    /// What is asked of whoever takes it in.
    static func refusal(_ doubts: [ReceiptDoubt]) -> Refusal {
        let again = Words(
            "다시 세고 확인해 맞으면 ‘다시 확인함’에 표시해 주세요.", "Please look again; where it is right, tick “Looked again”.")
        let all = doubts.map(\.words) + [again]
        let words = Words(all.map(\.ko).joined(separator: " "), all.map(\.en).joined(separator: " "))
        return Refusal(.conflict, code, of: "sure", doubts.map(\.name).joined(separator: " "), words)
    }
}
