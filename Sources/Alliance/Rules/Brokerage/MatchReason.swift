import Record

/// One reason of a score, in words: what counted for a pair, the most first.
struct MatchReason: Sendable, Hashable {
    let part: MatchScore.Part
    /// How much of this part there is, 0…1, and what share of the whole it makes, in points of 100.
    let value: Double, points: Double

    /// The reasons of one side's score, the strongest first; those that speak against come last and say so.
    static func of(
        _ parts: [(MatchScore.Part, Double)], _ need: Market.Need, _ offer: Market.Offer, in market: Market,
        at place: Int
    ) -> [MatchReason] {
        let known = parts.compactMap { part, weight in
            MatchScore.value(part, need, offer, market, place).map { (part, $0, weight) }
        }
        let whole = known.reduce(0) { $0 + $1.2 }
        guard whole > 0 else { return [] }
        return known.map { MatchReason(part: $0.0, value: $0.1, points: $0.1 * $0.2 / whole * 100) }
            .sorted { ($1.points, $0.part.rawValue) < ($0.points, $1.part.rawValue) }
    }

    /// Whether it says where the budget lies.
    var tellsBudget: Bool { part == .budget || part == .purse }

    /// As events carry it.
    var json: JSON {
        [
            "part": .string(part.rawValue), "value": .number(Self.rounded(value)),
            "points": .number(Self.rounded(points)),
        ]
    }

    /// From an event.
    init?(_ json: JSON) {
        guard let part = json["part"]?.text.flatMap({ MatchScore.Part(rawValue: $0) }),
            let value = json["value"]?.double, let points = json["points"]?.double
        else { return nil }
        self.init(part: part, value: value, points: points)
    }

    init(part: MatchScore.Part, value: Double, points: Double) {
        (self.part, self.value, self.points) = (part, value, points)
    }

    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

    /// What a person reads.
    var words: Words {
        let percent = "\(Int((value * 100).rounded()))"
        return switch part {
        case .kinds: Words("찾는 분야의 \(percent) %를 제공", "offers \(percent) % of the kinds looked for")
        case .special: Words("제공 분야의 \(percent) %가 찾는 것", "\(percent) % of what is offered is looked for")
        case .industry:
            value >= 1
                ? Words("같은 업종 경험", "has worked in this industry")
                : value > 0
                    ? Words("가까운 업종 경험", "has worked in industries near to it")
                    : Words("다른 업종 경험만 있음", "has worked in other industries only")
        case .budget: Words("예산의 \(percent) %가 가격대 안", "\(percent) % of the budget lies in the price band")
        case .purse: Words("예산이 가격대의 \(percent) %까지 미침", "the budget reaches \(percent) % up the price band")
        case .time: Words("기한까지 남은 기간의 \(percent) %가 여유", "\(percent) % of the time left is spare")
        case .near: value > 0 ? Words("같은 지역", "sits in the same region") : Words("다른 지역", "sits in another region")
        case .language: Words("쓰는 언어의 \(percent) %가 통함", "speaks \(percent) % of the firm's languages")
        case .evidence:
            value >= 1
                ? Words("기록에 근거한 수요", "the need rests on the Record")
                : value > 0
                    ? Words("갖출 조건을 밝힘", "says what a solution must have")
                    : Words("조건을 밝히지 않음", "does not say what a solution must have")
        }
    }
}
