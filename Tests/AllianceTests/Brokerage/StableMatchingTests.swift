import District
import Record
import Testing

@testable import Alliance

/// Small markets drawn from a seed, and an independent look at what was matched: it knows nothing of how it is found.
struct Crowd {
    let contracts: [StableMatching.Contract]
    let bounds: StableMatching.Bounds

    /// Firms with one or two needs, suppliers with one or two offers, some pairs acceptable; scores with many ties, and
    /// capacities from none.
    init(seed: UInt64, firms: Int, suppliers: Int, share: Double) {
        var draw = SeededDraw(seed: seed)
        let needs = (0..<firms).flatMap { firm in (0...draw.below(2)).map { _ in firm } }
        let offers = (0..<suppliers).flatMap { supplier in (0...draw.below(2)).map { _ in supplier } }
        var contracts: [StableMatching.Contract] = []
        for (need, firm) in needs.enumerated() {
            for (offer, supplier) in offers.enumerated() where draw.happens(share) {
                contracts.append(
                    .init(
                        firm: firm, need: need, supplier: supplier, offer: offer,
                        firmScore: Double(draw.below(6)) / 6, supplierScore: Double(draw.below(6)) / 6))
            }
        }
        self.contracts = contracts
        bounds = .init(
            firms: (0..<firms).map { _ in draw.below(4) }, needs: needs.map { _ in draw.below(3) },
            suppliers: (0..<suppliers).map { _ in draw.below(4) }, offers: offers.map { _ in draw.below(3) })
    }

    var matching: StableMatching { StableMatching(contracts: contracts, bounds: bounds) }

    /// Whether a set of contracts keeps every bound of one side, or of both.
    func fits(_ set: Set<Int>, firms: Bool = true, suppliers: Bool = true) -> Bool {
        for index in set {
            let one = contracts[index]
            func alike(_ same: (StableMatching.Contract) -> Bool) -> Int {
                set.reduce(0) { $0 + (same(contracts[$1]) ? 1 : 0) }
            }
            if firms {
                if alike({ $0.firm == one.firm }) > bounds.firms[one.firm] { return false }
                if alike({ $0.need == one.need }) > bounds.needs[one.need] { return false }
                if alike({ $0.need == one.need && $0.supplier == one.supplier }) > 1 { return false }
            }
            if suppliers {
                if alike({ $0.supplier == one.supplier }) > bounds.suppliers[one.supplier] { return false }
                if alike({ $0.offer == one.offer }) > bounds.offers[one.offer] { return false }
            }
        }
        return true
    }

    /// Whether a side would take a contract beside what it has: it fits, or fits once one that is worse has gone.
    private func takes(_ index: Int, beside set: Set<Int>, asFirm: Bool) -> Bool {
        func fits(_ set: Set<Int>) -> Bool { self.fits(set, firms: asFirm, suppliers: !asFirm) }
        let more = set.union([index])
        if fits(more) { return true }
        let matching = matching
        return set.contains { other in
            (asFirm ? matching.firmPrefers(index, other) : matching.supplierPrefers(index, other))
                && fits(more.subtracting([other]))
        }
    }

    /// The contracts that block a set.
    func blocking(_ set: Set<Int>) -> [Int] {
        contracts.indices.filter {
            !set.contains($0) && takes($0, beside: set, asFirm: true) && takes($0, beside: set, asFirm: false)
        }
    }

    /// The best that firms could have of a set of contracts, best first.
    func best(of set: Set<Int>) -> Set<Int> {
        var chosen: Set<Int> = []
        for index in set.sorted(by: matching.firmPrefers) where fits(chosen.union([index]), suppliers: false) {
            chosen.insert(index)
        }
        return chosen
    }
}

@Suite("Stable matching within capacity")
struct StableMatchingTests {
    @Test("nobody blocks, and every bound holds, in two thousand markets with ties and empty capacities")
    func stable() {
        var (matched, empty) = (0, 0)
        for seed in UInt64(1)...2000 {
            var draw = SeededDraw(seed: seed)
            let crowd = Crowd(
                seed: seed, firms: 1 + draw.below(7), suppliers: 1 + draw.below(6),
                share: [0, 0.2, 0.6, 1][draw.below(4)])
            let found = Set(crowd.matching.solved())
            #expect(crowd.fits(found), "seed \(seed)")
            #expect(crowd.blocking(found).isEmpty, "seed \(seed)")
            matched += found.count
            empty += found.isEmpty ? 1 : 0
        }
        #expect(matched > 2000 && empty > 100, "matched \(matched), empty \(empty)")
    }

    @Test("of all stable outcomes the firms have the best, as enumeration shows")
    func firmOptimal() {
        var several = 0
        for seed in UInt64(1)...900 {
            let crowd = Crowd(seed: seed, firms: 3, suppliers: 3, share: 0.4)
            guard (4...9).contains(crowd.contracts.count) else { continue }
            let found = Set(crowd.matching.solved())
            var stable = 0
            for bits in 0..<(1 << crowd.contracts.count) {
                let set = Set(crowd.contracts.indices.filter { bits >> $0 & 1 == 1 })
                guard crowd.fits(set), crowd.blocking(set).isEmpty else { continue }
                stable += 1
                // Given the choice among both, the firms take what was found.
                #expect(crowd.best(of: set.union(found)) == found, "seed \(seed)")
            }
            #expect(stable >= 1, "seed \(seed)")
            several += stable > 1 ? 1 : 0
        }
        #expect(several >= 5, "\(several) markets have several stable outcomes")
    }

    @Test("the check finds what blocks where pairs are taken away or put together at random")
    func checked() {
        var found = 0
        for seed in UInt64(1)...200 {
            let crowd = Crowd(seed: seed, firms: 4, suppliers: 3, share: 0.8)
            var set = Set(crowd.matching.solved())
            guard let one = set.min() else { continue }
            set.remove(one)
            found += crowd.blocking(set).isEmpty ? 0 : 1
        }
        #expect(found > 150)
    }

    @Test("the same market gives the same pairs, whatever the order in which it is asked")
    func deterministic() {
        let crowd = Crowd(seed: 7, firms: 9, suppliers: 7, share: 0.7)
        let first = crowd.matching.solved()
        for _ in 0..<5 { #expect(crowd.matching.solved() == first) }
    }

    @Test("nobody who looks, nothing on offer, no capacity")
    func empty() {
        #expect(
            StableMatching(contracts: [], bounds: .init(firms: [], needs: [], suppliers: [], offers: [])).solved()
                .isEmpty)
        let one = StableMatching.Contract(firm: 0, need: 0, supplier: 0, offer: 0, firmScore: 1, supplierScore: 1)
        for bounds in [[0, 1, 1, 1], [1, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, 0], [-1, 1, 1, 1]] {
            let matching = StableMatching(
                contracts: [one],
                bounds: .init(firms: [bounds[0]], needs: [bounds[1]], suppliers: [bounds[2]], offers: [bounds[3]]))
            #expect(matching.solved().isEmpty)
        }
    }
}

@Suite("Whether a need and an offer can meet, and how well they suit")
struct MarketTests {
    private static let weights = MatchScore.Weights(
        need: [(.kinds, 1)], offer: [(.special, 1)], leastNeed: 0, leastOffer: 0, edition: "test")

    private static func need(
        firm: Int = 0, kinds: UInt64 = 1, region: UInt64 = 1, languages: UInt64 = 1,
        budget: ClosedRange<Int64>? = 10...20,
        days: Int64? = 60, excluded: Set<Int> = []
    ) -> Market.Need {
        .init(
            id: "n", firm: firm, kinds: kinds, region: region, languages: languages, industry: 0, budget: budget,
            days: days, meetings: 3, isOnRecord: false, saysMusts: false, excluded: excluded)
    }

    private static func offer(
        supplier: Int = 1, kinds: UInt64 = 1, regions: UInt64 = .max, languages: UInt64 = 1,
        price: ClosedRange<Int64> = 10...20, lead: Int64 = 30, excluded: Set<Int> = []
    ) -> Market.Offer {
        .init(
            id: "o", supplier: supplier, kinds: kinds, regions: regions, home: 1, languages: languages, price: price,
            leadDays: lead, capacity: 2, excluded: excluded)
    }

    private static func market(_ need: Market.Need, _ offer: Market.Offer, _ experience: Double? = 1) -> Market {
        Market(needs: [need], offers: [offer], experience: [[experience]])
    }

    /// A need, an offer, and what keeps them apart.
    static let cases: [(Market.Need, Market.Offer, Market.Obstacle?)] = [
        (need(), offer(), nil), (need(kinds: 2), offer(), .kind), (need(firm: 1), offer(), .conflict),
        (need(excluded: [1]), offer(), .conflict), (need(), offer(excluded: [0]), .conflict),
        (need(), offer(regions: 2), .region), (need(region: 0), offer(regions: 1), .region),
        (need(region: 0), offer(), nil), (need(languages: 2), offer(), .language),
        (need(budget: 1...9), offer(), .budget), (need(budget: 20...30), offer(), nil),
        (need(budget: nil), offer(), nil),
        (need(days: 29), offer(), .deadline), (need(days: 30), offer(), nil), (need(days: nil), offer(lead: 900), nil),
    ]

    @Test("what keeps a need and an offer apart", arguments: cases)
    func obstacles(need: Market.Need, offer: Market.Offer, obstacle: Market.Obstacle?) {
        #expect(Self.market(need, offer).obstacle(need, offer) == obstacle)
    }

    @Test(
        "each part of a score",
        arguments: [
            (MatchScore.Part.kinds, 0.5), (.special, 1.0 / 3), (.industry, 0.4), (.budget, 0.5), (.purse, 0.25),
            (.time, 0.5), (.near, 1), (.language, 0.5), (.evidence, 0),
        ])
    func parts(part: MatchScore.Part, value: Double) throws {
        let need = Self.need(kinds: 0b11, languages: 0b11, budget: 10...20)
        let offer = Self.offer(kinds: 0b1101, price: 15...35)
        let found = try #require(MatchScore.value(part, need, offer, Self.market(need, offer, 0.4), 0))
        #expect(abs(found - value) < 1e-12)
    }

    @Test("what is unknown counts neither for nor against")
    func unknown() {
        let need = Self.need(region: 0, budget: nil, days: nil)
        let offer = Self.offer()
        let market = Self.market(need, offer, nil)
        for part in [MatchScore.Part.industry, .budget, .purse, .time, .near] {
            #expect(MatchScore.value(part, need, offer, market, 0) == nil)
        }
        let weights = MatchScore.Weights(
            need: MatchScore.Part.allCases.map { ($0, 10) }, offer: [(.industry, 1)], leastNeed: 0, leastOffer: 0,
            edition: "")
        let score = MatchScore.of(need, offer, in: market, at: 0, weights)
        #expect(score.need == 0.75 && score.offer == 0, "kinds 1, special 1, language 1, evidence 0")
        #expect(MatchReason.of(weights.offer, need, offer, in: market, at: 0).isEmpty)
    }

    @Test(
        "experience of an industry",
        arguments: [
            (["C25"], "C25112", 1.0 as Double?), (["C25112"], "C25", 1), (["C29"], "C25", 0.4), (["H52"], "C25", 0),
            ([], "C25", nil), (["C25"], "", nil), (["H52", "C25"], "C25", 1),
        ])
    func experience(served: [String], industry: String, value: Double?) {
        #expect(Market.experience(of: served, in: industry) == value)
    }

    @Test("reasons say what counted, the strongest first, and sum to the score")
    func reasons() {
        let (need, offer) = (Self.need(kinds: 0b11), Self.offer(kinds: 0b1))
        let market = Self.market(need, offer)
        let parts: [(MatchScore.Part, Double)] = [(.kinds, 30), (.industry, 50), (.near, 20)]
        let reasons = MatchReason.of(parts, need, offer, in: market, at: 0)
        #expect(reasons.map(\.part) == [.industry, .near, .kinds] && reasons.map(\.points) == [50, 20, 15])
        #expect(reasons.compactMap { MatchReason($0.json) } == reasons)
        for part in MatchScore.Part.allCases {
            for value in [0, 0.5, 1] {
                let words = MatchReason(part: part, value: value, points: 1).words
                #expect(!words.ko.isEmpty && !words.en.isEmpty && words.ko != words.en)
            }
        }
    }

    @Test("a day keeps pins and bans, and says why the others meet nobody")
    func day() {
        let needs = [
            Self.need(firm: 0), Self.need(firm: 2), Self.need(firm: 3, kinds: 4), Self.need(firm: 4, languages: 2),
        ]
        let offers = [Self.offer(supplier: 1), Self.offer(supplier: 5, kinds: 3)]
        let market = Market(needs: needs, offers: offers, experience: [[1, 1]])
        func run(slots: Int = 1, pinned: [[Int]] = [], forbidden: Set<[Int]> = []) -> MatchDay {
            MatchDay(
                market, firms: 6, firmSlots: 1, supplierSlots: slots, pinned: pinned, forbidden: forbidden, Self.weights
            )
        }
        let free = run()
        #expect(free.pairs.map { [$0.need, $0.offer] } == [[0, 0], [1, 1]])
        #expect(free.lacking.map(\.need) == [2, 3] && free.lacking.map(\.why) == [.kind, .language])
        let pinned = run(pinned: [[1, 0]])
        #expect(pinned.pairs.map { [$0.need, $0.offer] } == [[0, 1], [1, 0]] && pinned.pairs[1].isPinned)
        let banned = run(forbidden: [[0, 0], [0, 1]])
        #expect(banned.pairs.map(\.need) == [1] && banned.lacking.first?.why == .forbidden)
        #expect(run(slots: 0).lacking.map(\.why) == [.full, .full, .kind, .language])
        #expect(
            MatchDay(market, firms: 6, firmSlots: 0, supplierSlots: 1, Self.weights).lacking.map(\.why) == [
                .slots, .slots, .slots, .slots,
            ])
        let strict = MatchScore.Weights(
            need: [(.kinds, 1)], offer: [(.evidence, 1)], leastNeed: 0, leastOffer: 0.5, edition: "")
        #expect(
            MatchDay(market, firms: 6, firmSlots: 1, supplierSlots: 1, strict).lacking.map(\.why).prefix(2) == [
                .score, .score,
            ])
    }
}
