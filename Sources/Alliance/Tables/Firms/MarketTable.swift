import District
import Record
import Store

/// Needs and offers as a market, with the names behind its places.
struct MarketOfFirms: Sendable {
    let needs: [FirmNeed]
    let offers: [FirmOffer]
    /// The firms, by their places.
    let firms: [FirmID]
    let market: Market

    /// - Parameter profiles: industry, region and languages of each firm, where it has said them.
    init(
        _ needs: [FirmNeed], _ offers: [FirmOffer], _ profiles: [FirmID: MarketTable.Standing],
        met: [String: Set<String>] = [:], on today: KoreanDay
    ) {
        var bits = Bits()
        var firms = Places()
        var industries = Places()
        let told = needs.map { need -> Market.Need in
            let standing = profiles[need.firm]
            return Market.Need(
                id: need.id, firm: firms[need.firm.rawValue], kinds: bits["kind", need.kinds],
                region: standing.map { bits["region", [$0.region].filter { !$0.isEmpty }] } ?? 0,
                // Who has not said how to be spoken to is spoken to in Korean.
                languages: bits["language", standing.flatMap { $0.languages.isEmpty ? nil : $0.languages } ?? ["ko"]],
                industry: standing.flatMap { $0.industry.isEmpty ? nil : industries[$0.industry] },
                budget: need.budget, days: need.deadline.map { $0.number - today.number }, meetings: Int(need.meetings),
                isOnRecord: need.source != nil, saysMusts: !need.musts.isEmpty,
                excluded: Set(need.excluded.map { firms[$0] }), met: met[need.id] ?? [])
        }
        let offered = offers.map { offer -> Market.Offer in
            let home = profiles[offer.firm]?.region ?? ""
            return Market.Offer(
                id: offer.id, supplier: firms[offer.firm.rawValue], kinds: bits["kind", offer.kinds],
                regions: offer.regions.isEmpty ? .max : bits["region", offer.regions],
                home: home.isEmpty ? 0 : bits["region", [home]],
                languages: bits["language", offer.languages.isEmpty ? ["ko"] : offer.languages], price: offer.price,
                leadDays: offer.leadDays, capacity: Int(offer.capacity),
                excluded: Set(offer.excluded.map { firms[$0] }))
        }
        (self.needs, self.offers, self.firms) = (needs, offers, firms.names.map { FirmID($0) })
        market = Market(
            needs: told, offers: offered,
            experience: industries.names.map { industry in
                offers.map { Market.experience(of: $0.industries, in: industry) }
            })
    }

    /// Places in a list, given out as names come.
    private struct Places {
        private(set) var names: [String] = []
        private var places: [String: Int] = [:]

        subscript(_ name: String) -> Int {
            mutating get {
                if let place = places[name] { return place }
                places[name] = names.count
                names.append(name)
                return names.count - 1
            }
        }
    }

    /// Bits of the closed lists, given out as names come; the handbook bounds how many there are.
    private struct Bits {
        private var places: [String: Places] = [:]

        subscript(_ list: String, _ names: [String]) -> UInt64 {
            mutating get {
                names.reduce(0) { bits, name in bits | 1 << UInt64(min(places[list, default: Places()][name], 63)) }
            }
        }
    }
}

/// Reads the market.
enum MarketTable {
    /// Which needs and offers take part in a day: of these kinds and from these regions; all where empty.
    struct Filter: Sendable, Hashable {
        var kinds: [String] = [], regions: [String] = []
    }

    /// What of a firm's profile counts where pairs are looked at.
    struct Standing: Sendable, Hashable {
        let industry: String, region: String
        let languages: [String]
    }

    /// All that is open now and passes a filter.
    static func read(_ filter: Filter = Filter(), on today: KoreanDay, in reader: any Reader) throws -> MarketOfFirms {
        let profiles = try standings(in: reader)
        let needs = try NeedTable.open(in: reader).filter { need in
            passes(need.kinds, filter.kinds)
                && (filter.regions.isEmpty || filter.regions.contains(profiles[need.firm]?.region ?? ""))
        }
        let offers = try OfferTable.shown(in: reader).filter { passes($0.kinds, filter.kinds) }
        return MarketOfFirms(needs, offers, profiles, met: try met(in: reader), on: today)
    }

    /// The offers that open needs were introduced to before, whatever came of it; those of a day that was cancelled never met.
    private static func met(in reader: any Reader) throws -> [String: Set<String>] {
        var met: [String: Set<String>] = [:]
        for row in try reader.query(
            """
            SELECT DISTINCT i.need AS need, i.offer AS offer FROM alliance_firms_needs n
            JOIN alliance_brokerage_introductions i ON i.need = n.id
            WHERE n.state = 'open' AND i.is_cancelled = 0
            """, [])
        {
            met[try row.text("need"), default: []].insert(try row.text("offer"))
        }
        return met
    }

    private static func passes(_ kinds: [String], _ wanted: [String]) -> Bool {
        wanted.isEmpty || !Set(wanted).isDisjoint(with: kinds)
    }

    /// Of every firm that has a profile.
    static func standings(in reader: any Reader) throws -> [FirmID: Standing] {
        var standings: [FirmID: Standing] = [:]
        for row in try reader.query(
            "SELECT firm, industry, region, languages FROM alliance_firms_profiles ORDER BY firm", [])
        {
            standings[FirmID(try row.text("firm"))] = Standing(
                industry: try row.text("industry"), region: try row.text("region"),
                languages: Lists.parts(try row.text("languages")))
        }
        return standings
    }
}
