import District

/// A market that does not exist, drawn from a seed: what the rule's speed is measured on.
public struct SyntheticMarket: Sendable {
    private let market: Market
    private let firms: Int
    private static let weights = MatchScore.Weights(
        need: [(.kinds, 35), (.industry, 20), (.budget, 15), (.time, 10), (.near, 10), (.language, 10)],
        offer: [(.special, 30), (.purse, 25), (.industry, 20), (.evidence, 15), (.time, 10)], leastNeed: 0.35,
        leastOffer: 0.25, edition: "synthetic")

    /// So many firms with a need each, so many suppliers with an offer each.
    public init(seed: UInt64, needs: Int, suppliers: Int) {
        var draw = SeededDraw(seed: seed)
        func kinds(_ most: Int) -> UInt64 {
            (0...draw.below(most)).reduce(0) { bits, _ in bits | 1 << UInt64(draw.below(14)) }
        }
        let told = (0..<needs).map { place -> Market.Need in
            let low = Int64(draw.below(90))
            return Market.Need(
                id: "\(place)", firm: place, kinds: kinds(3), region: 1 << UInt64(draw.below(3)), languages: 1,
                industry: draw.below(10), budget: low...(low + 50), days: Int64(30 + draw.below(200)), meetings: 3,
                isOnRecord: draw.happens(0.3), saysMusts: true, excluded: [])
        }
        let offered = (0..<suppliers).map { place -> Market.Offer in
            let low = Int64(5 + draw.below(60))
            return Market.Offer(
                id: "\(place)", supplier: needs + place, kinds: kinds(4), regions: .max,
                home: 1 << UInt64(draw.below(3)),
                languages: 1, price: low...(low + 80), leadDays: Int64(10 + draw.below(120)), capacity: 10, excluded: []
            )
        }
        market = Market(
            needs: told, offers: offered,
            experience: (0..<10).map { _ in (0..<suppliers).map { _ in Double(draw.below(3)) / 2 } })
        firms = needs + suppliers
    }

    /// Scores every pair and matches them, up to so many meetings of a firm.
    /// - Returns: who meets whom, by places of needs and offers; and how many pairs could meet.
    public func matched(meetings: Int) -> (pairs: [[Int]], possible: Int) {
        let day = MatchDay(market, firms: firms, firmSlots: meetings, supplierSlots: 10, Self.weights)
        return (day.pairs.map { [$0.need, $0.offer] }, day.possible)
    }

    /// Whom each would meet, the best first: needs' lists of offers, offers' lists of needs, for a peer to match.
    public func wishes() -> (needs: [[Int]], offers: [[Int]]) {
        var contracts: [StableMatching.Contract] = []
        for (place, need) in market.needs.enumerated() {
            for (at, offer) in market.offers.enumerated() where market.obstacle(need, offer) == nil {
                let score = MatchScore.of(need, offer, in: market, at: at, Self.weights)
                guard score.isAcceptable(Self.weights) else { continue }
                contracts.append(
                    .init(
                        firm: place, need: place, supplier: at, offer: at, firmScore: score.need,
                        supplierScore: score.offer))
            }
        }
        let matching = StableMatching(
            contracts: contracts, bounds: .init(firms: [], needs: [], suppliers: [], offers: []))
        let order = Array(contracts.indices)
        var needs = [[Int]](repeating: [], count: market.needs.count)
        var offers = [[Int]](repeating: [], count: market.offers.count)
        for index in order.sorted(by: matching.firmPrefers) {
            needs[contracts[index].need].append(contracts[index].offer)
        }
        for index in order.sorted(by: matching.supplierPrefers) {
            offers[contracts[index].offer].append(contracts[index].need)
        }
        return (needs, offers)
    }
}
