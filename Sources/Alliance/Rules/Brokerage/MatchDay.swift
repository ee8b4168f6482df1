/// A brokerage day worked out: who is to meet whom, and why the others meet nobody.
struct MatchDay: Sendable {
    /// A pair that was chosen, by places in the market.
    struct Pair: Sendable, Hashable {
        let need: Int, offer: Int
        let score: MatchScore
        /// Whether a person put them together.
        let isPinned: Bool
    }

    /// Why a need meets nobody.
    enum Lack: String, Sendable, CaseIterable {
        /// Nobody passes, for the most part for this reason.
        case kind, conflict, met, region, language, budget, deadline
        /// Those that pass suit too little.
        case score
        /// Those that suit are taken by needs that suit them better, or take nobody.
        case full
        /// A person forbade every pair there was.
        case forbidden
        /// The firm takes no meetings on this day.
        case slots
    }

    let pairs: [Pair]
    /// The needs that meet nobody.
    let lacking: [(need: Int, why: Lack)]
    /// As many pairs as could meet at all.
    let possible: Int

    /// Works a day out.
    /// - Parameters:
    ///   - firmSlots: meetings of a firm, all its needs together.
    ///   - supplierSlots: meetings of a supplier, all its offers together.
    ///   - pinned: pairs (need, offer) that a person put together: they take their slots first.
    ///   - forbidden: pairs that a person keeps apart.
    init(
        _ market: Market, firms: Int, firmSlots: Int, supplierSlots: Int, pinned: [[Int]] = [],
        forbidden: Set<[Int]> = [], _ weights: MatchScore.Weights
    ) {
        var bounds = StableMatching.Bounds(
            firms: Array(repeating: firmSlots, count: firms), needs: market.needs.map(\.meetings),
            suppliers: Array(repeating: supplierSlots, count: firms), offers: market.offers.map(\.capacity))
        var met: Set<[Int]> = []
        var pairs: [Pair] = []
        for pin in pinned {
            let (need, offer) = (market.needs[pin[0]], market.offers[pin[1]])
            bounds.firms[need.firm] -= 1
            bounds.needs[pin[0]] -= 1
            bounds.suppliers[offer.supplier] -= 1
            bounds.offers[pin[1]] -= 1
            met.insert([pin[0], offer.supplier])
            let score = MatchScore.of(need, offer, in: market, at: pin[1], weights)
            pairs.append(Pair(need: pin[0], offer: pin[1], score: score, isPinned: true))
        }
        var contracts: [StableMatching.Contract] = []
        var tallies = [Tally](repeating: Tally(), count: market.needs.count)
        for (place, need) in market.needs.enumerated() {
            for (at, offer) in market.offers.enumerated() {
                if let obstacle = market.obstacle(need, offer) {
                    tallies[place].obstacles[obstacle, default: 0] += 1
                    continue
                }
                if !forbidden.isEmpty, forbidden.contains([place, at]) {
                    tallies[place].forbidden += 1
                    continue
                }
                let score = MatchScore.of(need, offer, in: market, at: at, weights)
                guard score.isAcceptable(weights) else {
                    tallies[place].short += 1
                    continue
                }
                tallies[place].open += 1
                if !met.isEmpty, met.contains([place, offer.supplier]) { continue }
                contracts.append(
                    .init(
                        firm: need.firm, need: place, supplier: offer.supplier, offer: at, firmScore: score.need,
                        supplierScore: score.offer))
            }
        }
        let matching = StableMatching(contracts: contracts, bounds: bounds)
        for index in matching.solved() {
            let one = contracts[index]
            pairs.append(
                Pair(
                    need: one.need, offer: one.offer, score: MatchScore(need: one.firmScore, offer: one.supplierScore),
                    isPinned: false))
        }
        let served = Set(pairs.map(\.need))
        self.pairs = pairs.sorted { ($0.need, -$0.score.need, $0.offer) < ($1.need, -$1.score.need, $1.offer) }
        lacking = market.needs.indices.filter { !served.contains($0) }.map { place in
            let need = market.needs[place]
            let slots = min(firmSlots, need.meetings)
            return (place, slots > 0 ? tallies[place].why : .slots)
        }
        possible = contracts.count
    }

    /// What stood between a need and the offers.
    private struct Tally {
        var obstacles: [Market.Obstacle: Int] = [:]
        var (forbidden, short, open) = (0, 0, 0)

        /// What came nearest: a taken supplier before a weak one, a weak one before one that could not meet.
        var why: Lack {
            if open > 0 { return .full }
            if forbidden > 0 { return .forbidden }
            if short > 0 { return .score }
            // Of those of the right kind, what kept most of them apart.
            let near = Market.Obstacle.allCases.filter { $0 != .kind && (obstacles[$0] ?? 0) > 0 }
            let most = near.max { (obstacles[$0] ?? 0) < (obstacles[$1] ?? 0) }
            return most.flatMap { Lack(rawValue: $0.rawValue) } ?? .kind
        }
    }
}
