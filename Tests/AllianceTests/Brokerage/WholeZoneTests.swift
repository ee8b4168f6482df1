import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Alliance

@Suite("The whole zone: 1,954 firms and 50 suppliers")
struct WholeZoneTests {
    private static let (firms, suppliers, slots) = (1954, 50, 20)

    /// Every firm with a need, every supplier with an offer, drawn from a seed and put on the Record.
    private func found(_ yard: Yard, seed: UInt64) async throws {
        let lists = try SolutionKinds(Handbook(shipped: Alliance.shippedData))
        var draw = SeededDraw(seed: seed)
        var drafts: [Draft] = []
        func profile(_ firm: FirmID, _ industry: String) -> Draft {
            Draft(
                ProfileTable.kept, stream: "firm-profile/alliance-\(firm)", scope: .firm(firm),
                payload: [
                    "firm": .string(firm.rawValue), "makes": "부품", "industry": .string(industry), "processes": "",
                    "region": .string(draw.pick(["busan", "gyeongnam", "ulsan"]) ?? "busan"), "languages": ["ko"],
                    "shown": "members",
                ])
        }
        func kinds(_ most: Int) -> JSON {
            Lists.json(Array(draw.shuffled(lists.kinds.map(\.id)).prefix(1 + draw.below(most))))
        }
        for number in 0..<Self.suppliers {
            let firm = FirmID("supplier-\(number)")
            drafts.append(
                try AccessEvents.firmRegistered(
                    Firm(id: firm, name: "공급기업 \(number)", registration: "s\(number)", headcount: 20)))
            drafts.append(profile(firm, "J62"))
            let low = Int64(5 + draw.below(60))
            let (lead, capacity) = (Int64(10 + draw.below(120)), Int64(draw.below(Self.slots + 5)))
            let served = Lists.json(Array(draw.shuffled(["C24", "C25", "C29", "H52"]).prefix(2)))
            let offered = kinds(4)
            drafts.append(
                Draft(
                    OfferTable.published, stream: "offer/offer-\(number)", scope: .firm(firm),
                    payload: [
                        "firm": .string(firm.rawValue), "title": "솔루션", "about": "", "kinds": offered,
                        "industries": served,
                        "price_low": .decimal(low), "price_high": .decimal(low + 80),
                        "lead_days": .decimal(lead),
                        "capacity": .decimal(capacity), "regions": [], "languages": ["ko"],
                        "certificates": "", "avoided": [],
                    ]))
        }
        for number in 0..<Self.firms {
            let firm = FirmID("zone-\(number)")
            drafts.append(
                try AccessEvents.firmRegistered(
                    Firm(id: firm, name: "기업 \(number)", registration: "z\(number)", headcount: 30)))
            drafts.append(profile(firm, draw.pick(["C24", "C25", "C29", "H52", "C10"]) ?? "C25"))
            let low = Int64(draw.below(90))
            let deadline = KoreanDay(yard.clock.read()) + Int64(20 + draw.below(200))
            let avoided: JSON = draw.happens(0.05) ? ["supplier-0"] : []
            let meetings = Int64(1 + draw.below(3))
            let wanted = kinds(3)
            drafts.append(
                Draft(
                    NeedTable.raised, stream: "need/need-\(number)", scope: .firm(firm),
                    payload: [
                        "firm": .string(firm.rawValue), "title": .string("필요 \(number)"), "about": "", "musts": "",
                        "kinds": wanted, "budget_low": .decimal(low), "budget_high": .decimal(low + 50),
                        "deadline": .string(deadline.description),
                        "meetings": .decimal(meetings),
                        "avoided": avoided,
                    ]))
        }
        try await yard.district.record(drafts, origin: Origin(author: .system("test")))
    }

    @Test("matched through the commands: stable, within capacity, past every condition, and explained")
    func matched() async throws {
        try await Yard.with([try Alliance()], on: .sqlite) { yard in
            try await yard.enrol(.officer)
            try await found(yard, seed: 1954)
            let day = FirmsYard.id(
                try await yard.perform(
                    OpenDay.name,
                    [
                        "title": "구역 상담회", "day": "2026-12-10", "firm_slots": 2,
                        "supplier_slots": .number(Double(Self.slots)), "begins": "09:00", "ends": "18:00",
                        "place": "전시장", "tables": 50, "minutes": 10,
                    ], by: .officer))
            try await yard.perform(ProposeDay.name, ["day": .string(day)], by: .officer)
            let (zone, today) = (try Caller.officer.tenant, KoreanDay(yard.clock.read()))
            let weights = try MatchScore.Weights(Handbook(shipped: Alliance.shippedData))
            let (pairs, lacking, open) = try await yard.store.read { reader in
                (
                    try DayTable.pairs(of: day, for: zone, in: reader),
                    try DayTable.lacks(of: day, limit: 500, offset: 0, for: zone, in: reader).total,
                    try MarketTable.read(on: today, in: reader)
                )
            }
            let market = open.market
            #expect(market.needs.count == Self.firms && market.offers.count == Self.suppliers)
            #expect(pairs.count > 500 && Set(pairs.map(\.need)).count + Int(lacking) == Self.firms)

            // Past every condition, with reasons for both, by the scores that the pair has.
            let needs = Dictionary(uniqueKeysWithValues: market.needs.enumerated().map { ($1.id, $0) })
            let offers = Dictionary(uniqueKeysWithValues: market.offers.enumerated().map { ($1.id, $0) })
            var (perNeed, perOffer): ([Int: [Int]], [Int: [Int]]) = ([:], [:])
            for pair in pairs {
                let (need, offer) = (try #require(needs[pair.need]), try #require(offers[pair.offer]))
                #expect(market.obstacle(market.needs[need], market.offers[offer]) == nil)
                #expect(!pair.needReasons.isEmpty && !pair.offerReasons.isEmpty)
                perNeed[need, default: []].append(offer)
                perOffer[offer, default: []].append(need)
            }
            // Within capacity. Each firm has one need here, each supplier one offer.
            for (need, met) in perNeed { #expect(met.count <= min(2, market.needs[need].meetings)) }
            for (offer, met) in perOffer { #expect(met.count <= min(Self.slots, market.offers[offer].capacity)) }
            #expect(perOffer.contains { $0.value.count == min(Self.slots, market.offers[$0.key].capacity) })

            // Nobody blocks: looked at pair by pair, knowing nothing of how it was found.
            func score(_ need: Int, _ offer: Int) -> MatchScore {
                MatchScore.of(market.needs[need], market.offers[offer], in: market, at: offer, weights)
            }
            var blocking = 0
            for (at, need) in market.needs.enumerated() {
                for (place, offer) in market.offers.enumerated() where perNeed[at]?.contains(place) != true {
                    let wanted = score(at, place)
                    guard market.obstacle(need, offer) == nil, wanted.isAcceptable(weights) else { continue }
                    let (met, taken) = (perNeed[at] ?? [], perOffer[place] ?? [])
                    let firmTakes =
                        met.count < min(2, need.meetings) || met.contains { score(at, $0).need < wanted.need }
                    let room = min(Self.slots, offer.capacity)
                    let supplierTakes =
                        taken.count < room || room > 0 && taken.contains { score($0, place).offer < wanted.offer }
                    if firmTakes && supplierTakes { blocking += 1 }
                }
            }
            #expect(blocking == 0)

            try await yard.perform(PublishDay.name, ["day": .string(day)], by: .officer)
            let made = try await yard.store.read { try IntroductionTable.funnel(for: zone, in: $0).reached[.made] }
            #expect(made == Int64(pairs.count))
        }
    }
}
