/// A market: what firms look for and what suppliers offer, as numbers alone, so that every pair can be looked at.
/// Kinds, regions and languages are bits; firms and industries are places in lists.
struct Market: Sendable {
    /// What a firm looks for.
    struct Need: Sendable, Hashable {
        let id: String
        /// Whose, as a place in the list of firms.
        let firm: Int
        let kinds: UInt64
        /// One bit; none where the firm's region is unknown.
        let region: UInt64
        let languages: UInt64
        /// The firm's industry, as a place in ``Market/experience``; nil where it is unknown.
        let industry: Int?
        /// From and to, in millions of won; nil where the firm has not said.
        let budget: ClosedRange<Int64>?
        /// Days that are left until it must run; nil where nothing presses.
        let days: Int64?
        /// As many suppliers as it would meet on a day.
        let meetings: Int
        /// Whether it rests on the Record, and whether it says what a solution must have.
        let isOnRecord: Bool, saysMusts: Bool
        /// Firms that it does not want to meet.
        let excluded: Set<Int>
        /// Offers that it was introduced to before.
        var met: Set<String> = []
    }

    /// What a supplier offers.
    struct Offer: Sendable, Hashable {
        let id: String
        /// Whose, as a place in the list of firms.
        let supplier: Int
        let kinds: UInt64
        /// Where it is offered; all bits where everywhere.
        let regions: UInt64
        /// Where the supplier sits; none where unknown.
        let home: UInt64
        let languages: UInt64
        let price: ClosedRange<Int64>
        let leadDays: Int64
        /// As many introductions as it takes on a day.
        let capacity: Int
        let excluded: Set<Int>
    }

    let needs: [Need]
    let offers: [Offer]
    /// What each offer has done in each industry: `experience[industry][offer]`, 0…1; nil where nothing is known.
    let experience: [[Double?]]

    /// Why a need and an offer cannot meet. In the order in which they are looked at.
    enum Obstacle: String, Sendable, CaseIterable {
        case kind, conflict, met, region, language, budget, deadline
    }

    /// The first reason for which they cannot meet; nil where they can.
    func obstacle(_ need: Need, _ offer: Offer) -> Obstacle? {
        if need.kinds & offer.kinds == 0 { return .kind }
        if need.firm == offer.supplier || need.excluded.contains(offer.supplier) || offer.excluded.contains(need.firm) {
            return .conflict
        }
        if need.met.contains(offer.id) { return .met }
        // An unknown region is not known to be served: only an offer for everywhere passes.
        if need.region == 0 ? offer.regions != .max : need.region & offer.regions == 0 { return .region }
        if need.languages & offer.languages == 0 { return .language }
        if let budget = need.budget, !budget.overlaps(offer.price) { return .budget }
        if let days = need.days, offer.leadDays > days { return .deadline }
        return nil
    }

    /// What an offer has done in an industry: 1 where it names it, 0.4 where it names another of the same section, 0
    /// where it names only others; nil where either is unknown.
    static func experience(of served: [String], in industry: String) -> Double? {
        guard !industry.isEmpty, !served.isEmpty else { return nil }
        if served.contains(where: { industry.hasPrefix($0) || $0.hasPrefix(industry) }) { return 1 }
        return served.contains { $0.first == industry.first } ? 0.4 : 0
    }
}
