import District
import Record

/// Goods in a parcel or a tote that may not leave, and why.
struct KeptBack: Sendable, Hashable {
    /// `container/…`.
    let location: String
    let item: String
    let lot: String
    let quantity: Int64
    let status: StockStatus
    /// Why its lot is kept back; nil where it is not, or nobody said.
    let reason: Quarantine.Reason?

    /// The parcel's number; nil where it is a tote.
    var sscc: String? { Tote.order(of: location) == nil ? String(location.dropFirst(Spot.container.count)) : nil }

    /// `MILK L1 × 2: 회수`.
    var words: Words {
        let what = "\(item)\(lot.isEmpty ? "" : " \(lot)") × \(quantity)"
        let why = self.why
        return Words("\(what): \(why.ko)", "\(what): \(why.en)")
    }

    /// Why it stays, in a word.
    var why: Words {
        switch status {
        case .quarantine: reason?.words ?? Words("격리됨", "kept back")
        case .damaged: Words("파손됨", "damaged")
        case .returned: Words("반품된 물건", "came back")
        case .aside: Words("이 주문의 것이 아님", "not this order's")
        // What counts as good is named only where its date has come.
        case .expired, .available: Words("기한이 지남", "past its date")
        }
    }

    /// What whoever scans or packs it is told.
    static func refusal(_ goods: [KeptBack], in parcel: String?, field: String) -> Refusal {
        let name = parcel.map { SSCC.shown($0) }
        let list = goods.prefix(5).map(\.words)
        let (ko, en) = (list.map(\.ko).joined(separator: ", "), list.map(\.en).joined(separator: ", "))
        let words =
            name.map {
                Words(
                    "\($0) 상자에 내보낼 수 없는 물건이 있습니다. 싣지 마세요. \(ko)",
                    "\($0) holds goods that may not leave: do not load it. \(en)")
            }
            ?? Words(
                "바구니에 내보낼 수 없는 물건이 있습니다. 포장하지 말고 먼저 꺼내 주세요. \(ko)",
                "The tote holds goods that may not leave: take them out first. \(en)")
        return Refusal(.conflict, parcel == nil ? "pack.kept-back" : "ship.kept-back", of: field, "kept-back", words)
    }
}

extension Quarantine.Reason {
    /// What people call it.
    var words: Words {
        switch self {
        case .check: Words("검사에서 불합격", "A check failed")
        case .temperature: Words("보관 온도를 벗어남", "Outside its temperature")
        case .recall: Words("회수", "Recall")
        case .papers: Words("서류나 표시가 다름", "Papers or label are wrong")
        case .other: Words("그 밖", "Something else")
        }
    }
}
