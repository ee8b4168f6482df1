/// How well a need and an offer suit each other, from each side, and of what that is made.
struct MatchScore: Sendable, Hashable {
    /// What is looked at.
    enum Part: String, Sendable, CaseIterable {
        /// How much of what is looked for is offered; how much of what is offered is looked for.
        case kinds, special
        /// What the supplier has done in the firm's industry.
        case industry
        /// How much of the budget lies in the price band; how much of the price band the budget reaches.
        case budget, purse
        /// What is left of the time once the lead time is taken off.
        case time
        /// Whether both sit in the same region.
        case near
        /// How many of the firm's languages the supplier speaks.
        case language
        /// Whether the need rests on the Record, or at least says what a solution must have.
        case evidence
    }

    /// The weights by which parts count, and the least score with which a side would still meet.
    struct Weights: Sendable {
        /// By which parts a firm judges an offer, and a supplier a need.
        let need: [(Part, Double)], offer: [(Part, Double)]
        /// The least score with which each would still meet.
        let leastNeed: Double, leastOffer: Double
        /// Which edition of the weights this is.
        let edition: String
    }

    /// 0…1: what the firm has of the offer, and what the supplier has of the need.
    let need: Double, offer: Double

    /// The score of a pair that can meet.
    static func of(_ need: Market.Need, _ offer: Market.Offer, in market: Market, at place: Int, _ weights: Weights)
        -> MatchScore
    {
        func mean(_ parts: [(Part, Double)]) -> Double {
            var (sum, whole) = (0.0, 0.0)
            for (part, weight) in parts {
                // What is unknown counts neither for nor against.
                guard let value = value(part, need, offer, market, place) else { continue }
                sum += value * weight
                whole += weight
            }
            return whole > 0 ? sum / whole : 0
        }
        return MatchScore(need: mean(weights.need), offer: mean(weights.offer))
    }

    /// Whether both sides would rather meet than not.
    func isAcceptable(_ weights: Weights) -> Bool { need >= weights.leastNeed && offer >= weights.leastOffer }

    /// One part of a score, 0…1; nil where what it rests on is unknown.
    static func value(
        _ part: Part, _ need: Market.Need, _ offer: Market.Offer, _ market: Market, _ place: Int
    ) -> Double? {
        switch part {
        case .kinds: share(need.kinds & offer.kinds, of: need.kinds)
        case .special: share(need.kinds & offer.kinds, of: offer.kinds)
        case .industry: need.industry.flatMap { market.experience[$0][place] }
        case .budget: need.budget.map { overlap(of: $0, with: offer.price) }
        case .purse: need.budget.map { reach(of: $0, in: offer.price) }
        case .time: need.days.map { $0 <= 0 ? 0 : Double($0 - offer.leadDays) / Double($0) }
        case .near: need.region == 0 || offer.home == 0 ? nil : need.region & offer.home != 0 ? 1 : 0
        case .language: share(need.languages & offer.languages, of: need.languages)
        case .evidence: need.isOnRecord ? 1 : need.saysMusts ? 0.5 : 0
        }
    }

    private static func share(_ some: UInt64, of all: UInt64) -> Double {
        all == 0 ? 0 : Double(some.nonzeroBitCount) / Double(all.nonzeroBitCount)
    }

    /// The share of a budget that lies within a price band; a budget of one figure lies in it or not.
    private static func overlap(of budget: ClosedRange<Int64>, with price: ClosedRange<Int64>) -> Double {
        let common = min(budget.upperBound, price.upperBound) - max(budget.lowerBound, price.lowerBound)
        guard common >= 0 else { return 0 }
        let width = budget.upperBound - budget.lowerBound
        return width == 0 ? 1 : Double(common) / Double(width)
    }

    /// How far up a price band a budget reaches.
    private static func reach(of budget: ClosedRange<Int64>, in price: ClosedRange<Int64>) -> Double {
        guard budget.upperBound >= price.lowerBound else { return 0 }
        let width = price.upperBound - price.lowerBound
        return width == 0 ? 1 : Double(min(budget.upperBound, price.upperBound) - price.lowerBound) / Double(width)
    }
}
