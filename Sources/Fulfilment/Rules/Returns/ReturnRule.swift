import Record

/// Goods that come back: why, how they are found, and where they go then.
enum ReturnRule {
    /// Why somebody sends goods back.
    enum Reason: String, Sendable, Hashable, CaseIterable {
        /// They changed their mind.
        case unwanted
        /// Another item came than was ordered.
        case wrong
        /// It came broken, or does not work.
        case faulty
        /// It came too late.
        case late

        /// Whether it is ours to answer for (Act on Consumer Protection in Electronic Commerce, art. 18(10)): then the
        /// way back costs the customer nothing.
        var isOurs: Bool { self != .unwanted }

        var words: Words {
            switch self {
            case .unwanted: Words("마음이 바뀌었어요", "Changed my mind")
            case .wrong: Words("다른 상품이 왔어요", "The wrong item came")
            case .faulty: Words("망가졌거나 작동하지 않아요", "Broken, or does not work")
            case .late: Words("너무 늦게 왔어요", "It came too late")
            }
        }
    }

    /// How what came back is found.
    enum Grade: String, Sendable, Hashable, CaseIterable {
        /// As new: back into stock.
        case a
        /// Opened or with marks, and good: sold at the outlet.
        case b
        /// To be looked at or mended: kept back.
        case c
        /// Destroyed.
        case scrap

        var words: Words {
            switch self {
            case .a: Words("A 새것과 같음 → 재고로", "A as new → stock")
            case .b: Words("B 개봉·흔적 → 아웃렛", "B opened or marked → outlet")
            case .c: Words("C 확인·수리 필요 → 격리", "C to be checked → quarantine")
            case .scrap: Words("폐기", "Scrap")
            }
        }
    }
}

/// The events of goods that come back, besides those of stock.
enum ReturnEvents {
    static let asked = "fulfilment.return.asked"
    static let refunded = "fulfilment.return.refunded"
}
