import Access
import District
import Record
import Store

/// Works out who meets whom on a day: a rule proposes, with its reasons; the officer looks at it and publishes.
struct ProposeDay {
    let weights: MatchScore.Weights
    static let name = "alliance.brokerage.match"
    /// As many pairs, or lacks, as one event carries.
    private static let chunk = 200

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("매칭 실행", "Match"),
                help: Words(
                    "필수 조건을 통과한 조합마다 양쪽 점수를 내고, 정원 안에서 안정된 연결을 제안합니다. 지정하거나 막은 연결을 지킵니다.",
                    "Scores every pair that passes the conditions from both sides, and proposes stable pairs within capacity. What was pinned or forbidden is kept."
                ), fields: [DayAsk.field], permission: DayAsk.permission(Self.name), after: "/alliance/brokerage/{day}")
        ) { [weights] ask, tables in
            let day = try DayAsk.find(ask, tables)
            let standing = try MatchingUse.use.standing(in: tables, at: ask.now)
            guard standing == .runs else {
                throw Refusal(.forbidden, "brokerage.switched-off", standing.words)
            }
            let found = try MarketTable.read(day.filter, on: KoreanDay(ask.now), in: tables)
            let marks = try DayTable.marks(of: day.id, for: try ask.tenant, in: tables)
            let needs = Dictionary(uniqueKeysWithValues: found.needs.enumerated().map { ($1.id, $0) })
            let offers = Dictionary(uniqueKeysWithValues: found.offers.enumerated().map { ($1.id, $0) })
            // A mark whose need or offer was closed since binds nobody; nor does a pin of two that no longer pass.
            let places = marks.compactMap { mark -> (pair: [Int], isPin: Bool)? in
                guard let need = needs[mark.need], let offer = offers[mark.offer],
                    !mark.isPin || found.market.obstacle(found.market.needs[need], found.market.offers[offer]) == nil
                else { return nil }
                return ([need, offer], mark.isPin)
            }
            let result = MatchDay(
                found.market, firms: found.firms.count, firmSlots: day.firmSlots, supplierSlots: day.supplierSlots,
                pinned: places.filter(\.isPin).map(\.pair), forbidden: Set(places.filter { !$0.isPin }.map(\.pair)),
                weights)
            return Self.drafts(day, found, result, weights) + [AIUseActed(MatchingUse.use.id).draft]
        }
    }

    private static func drafts(
        _ day: DayTable.Day, _ found: MarketOfFirms, _ result: MatchDay, _ weights: MatchScore.Weights
    ) -> [Draft] {
        let pairs = result.pairs.map { pair(found, $0, weights) }
        let lacks = result.lacking.map { need, why -> JSON in
            [
                "need": .string(found.needs[need].id), "firm": .string(found.needs[need].firm.rawValue),
                "why": .string(why.rawValue),
            ]
        }
        let parts = max(1, (max(pairs.count, lacks.count) + chunk - 1) / chunk)
        return (0..<parts).map { part in
            func piece(_ list: [JSON]) -> JSON { .array(Array(list.dropFirst(part * chunk).prefix(chunk))) }
            return Draft(
                DayTable.matched, stream: "brokerage/\(day.id)", scope: .zone,
                payload: [
                    "part": .decimal(Int64(part)), "parts": .decimal(Int64(parts)), "edition": .string(weights.edition),
                    "possible": .decimal(Int64(result.possible)), "use": .string(MatchingUse.use.id),
                    "pairs": piece(pairs), "lacks": piece(lacks),
                ])
        }
    }

    private static func pair(_ found: MarketOfFirms, _ pair: MatchDay.Pair, _ weights: MatchScore.Weights) -> JSON {
        let (need, offer) = (found.market.needs[pair.need], found.market.offers[pair.offer])
        func reasons(_ parts: [(MatchScore.Part, Double)]) -> JSON {
            .array(MatchReason.of(parts, need, offer, in: found.market, at: pair.offer).prefix(4).map(\.json))
        }
        return [
            "need": .string(need.id), "offer": .string(offer.id), "firm": .string(found.needs[pair.need].firm.rawValue),
            "supplier": .string(found.offers[pair.offer].firm.rawValue), "need_score": .number(pair.score.need),
            "offer_score": .number(pair.score.offer), "need_reasons": reasons(weights.need),
            "offer_reasons": reasons(weights.offer), "pinned": .bool(pair.isPinned),
        ]
    }
}
