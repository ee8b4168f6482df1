import District
import Record
import Store

/// A supplier that suits a firm, with its reasons: what advice shows.
struct SupplierReasons: Sendable, Hashable {
    /// Whose offer it is, and what the supplier is called.
    let supplier: FirmID, name: String
    /// The offer, and what it is called.
    let offer: String, title: String
    /// The kinds of those asked for that it offers.
    let kinds: [String]
    /// In millions of won.
    let price: ClosedRange<Int64>
    /// 0…100: how well it suits the firm.
    let score: Double
    /// The strongest first, in words.
    let reasons: [Words]
}

extension OfferTable {
    /// The suppliers that offer one of some kinds of solutions and suit a firm, the best first, one offer of each; empty
    /// where nobody does. Whoever shows it asks ``MatchingUse`` first whether it may run.
    /// - Parameters:
    ///   - firm: for whom; its profile says industry, region and languages, where there is one.
    ///   - kinds: ids out of `firms-kinds.json`.
    static func suppliers(
        for firm: FirmID, kinds: [String], limit: Int, in reader: any Reader
    ) throws -> [SupplierReasons] {
        let need = FirmNeed(
            id: "", firm: firm, title: "", about: "", musts: "", kinds: kinds, budget: nil, deadline: nil, meetings: 1,
            excluded: [], state: .open, source: nil, evidence: nil, event: "")
        return try suppliers(for: need, on: KoreanDay(number: 0), limit: limit, weights: .plain, in: reader)
    }

    /// The same for a need, with its budget, deadline and whom it does not want to meet.
    static func suppliers(
        for need: FirmNeed, on today: KoreanDay, limit: Int, weights: MatchScore.Weights, in reader: any Reader
    ) throws -> [SupplierReasons] {
        let offers = try shown(in: reader)
        let found = MarketOfFirms([need], offers, try MarketTable.standings(in: reader), on: today)
        guard let wish = found.market.needs.first else { return [] }
        let scored = found.market.offers.enumerated().compactMap { place, offer -> (Int, MatchScore)? in
            guard found.market.obstacle(wish, offer) == nil else { return nil }
            let score = MatchScore.of(wish, offer, in: found.market, at: place, weights)
            return score.need >= weights.leastNeed ? (place, score) : nil
        }
        .sorted { ($1.1.need, $1.1.offer, $0.0) < ($0.1.need, $0.1.offer, $1.0) }
        var seen: Set<FirmID> = []
        return scored.filter { seen.insert(offers[$0.0].firm).inserted }.prefix(max(0, limit)).map { place, score in
            let offer = offers[place]
            return SupplierReasons(
                supplier: offer.firm, name: offer.supplier, offer: offer.id, title: offer.title,
                kinds: need.kinds.filter { offer.kinds.contains($0) }, price: offer.price,
                score: (score.need * 1000).rounded() / 10,
                reasons: MatchReason.of(weights.need, wish, found.market.offers[place], in: found.market, at: place)
                    .filter { $0.value > 0 }.prefix(3).map(\.words))
        }
    }
}

extension MatchScore.Weights {
    /// Where only kinds are asked for: they, the industry, the region and the language count.
    static let plain = MatchScore.Weights(
        need: [(.kinds, 40), (.industry, 30), (.near, 15), (.language, 15)], offer: [(.special, 1)], leastNeed: 0,
        leastOffer: 0, edition: "plain")
}
