import Access
import District
import Record
import Store

/// The officer publishes a day: each pair becomes an introduction that both firms are told of.
enum PublishDay {
    static let name = "alliance.brokerage.publish"

    static let command = Command(
        Form(
            name, title: Words("상담회 공개", "Publish the day"),
            help: Words(
                "연결마다 두 기업에 소개합니다. 공개한 뒤에는 연결을 바꿀 수 없으며, 각 기업이 받아들이거나 거절합니다. 매칭한 뒤 조건이 맞지 않게 된 연결은 빠집니다.",
                "Each pair becomes an introduction. After that pairs do not change; each firm accepts or declines. Pairs that no longer pass are left out."
            ),
            fields: [DayAsk.field], permission: DayAsk.permission(name), confirmation: .readBack,
            after: "/alliance/brokerage/{day}")
    ) { ask, tables in
        let (day, tenant) = (try DayAsk.find(ask, tables), try ask.tenant)
        guard day.day > KoreanDay(ask.now) else {
            throw Refusal(
                .conflict, "brokerage.past",
                Words("상담회 날이 되었거나 지났습니다. 먼저 일정을 바꿔 주세요.", "The day has come or passed. Move it first."))
        }
        let pairs = try DayTable.pairs(of: day.id, for: tenant, in: tables)
        // Where the rule may run, what is published was worked out after the last mark; else it is the officer's own pairs.
        if day.state == .open, try MatchingUse.use.mayRun(in: tables, at: ask.now) {
            throw Refusal(.conflict, "brokerage.unmatched", Words("먼저 매칭을 실행해 주세요.", "Please match first."))
        }
        guard !pairs.isEmpty else {
            throw Refusal(.conflict, "brokerage.empty", Words("연결된 기업이 없습니다.", "Nobody meets anybody."))
        }
        let (passing, missing) = try held(pairs, day, on: KoreanDay(ask.now), tables)
        let introductions = passing.map { made(day, $0.pair, $0.need, $0.offer, ask.now) }
        let dropped = missing.map { JSON.object(["need": .string($0.need), "offer": .string($0.offer)]) }
        guard !introductions.isEmpty else {
            throw Refusal(
                .conflict, "brokerage.stale",
                Words(
                    "매칭한 뒤 모두 마감되었거나 조건이 바뀌었습니다. 다시 매칭해 주세요.",
                    "All of it was closed or changed since. Match again."))
        }
        let published = Draft(
            DayTable.published, stream: "brokerage/\(day.id)", scope: .zone,
            payload: ["pairs": .decimal(Int64(introductions.count)), "dropped": .array(dropped)])
        return [published] + introductions
    }

    /// Pairs held against the conditions once more: what was closed, hidden or changed since it was matched, so that the two
    /// no longer pass, is introduced to nobody; the need's text goes to no firm that its own will not meet.
    static func held(
        _ pairs: [DayTable.Pair], _ day: DayTable.Day, on today: KoreanDay, _ tables: any Reader
    ) throws -> (passing: [(pair: DayTable.Pair, need: FirmNeed, offer: FirmOffer)], missing: [DayTable.Pair]) {
        let found = try MarketTable.read(day.filter, on: today, in: tables)
        let needs = Dictionary(uniqueKeysWithValues: found.needs.enumerated().map { ($1.id, $0) })
        let offers = Dictionary(uniqueKeysWithValues: found.offers.enumerated().map { ($1.id, $0) })
        var (passing, missing): ([(DayTable.Pair, FirmNeed, FirmOffer)], [DayTable.Pair]) = ([], [])
        for pair in pairs {
            if let need = needs[pair.need], let offer = offers[pair.offer],
                found.market.obstacle(found.market.needs[need], found.market.offers[offer]) == nil
            {
                passing.append((pair, found.needs[need], found.offers[offer]))
            } else {
                missing.append(pair)
            }
        }
        return (passing, missing)
    }

    /// Both sides read an introduction's reasons: those of the budget stay with the officer, since whoever knows the price
    /// band could work the budget out of them.
    private static func told(_ reasons: [MatchReason]) -> JSON {
        .array(reasons.filter { !$0.tellsBudget }.map(\.json))
    }

    private static func made(
        _ day: DayTable.Day, _ pair: DayTable.Pair, _ need: FirmNeed, _ offer: FirmOffer, _ now: Timestamp
    ) -> Draft {
        Draft(
            IntroductionTable.made, stream: "introduction/\(Identifier(at: now))",
            scope: .contract(pair.firm, pair.supplier),
            payload: [
                "day": .string(day.id), "date": .string(day.day.description), "need": .string(pair.need),
                "offer": .string(pair.offer), "firm": .string(pair.firm.rawValue),
                "supplier": .string(pair.supplier.rawValue), "need_title": .string(need.title),
                "need_about": .string(need.about), "need_musts": .string(need.musts),
                "offer_title": .string(offer.title), "kinds": Lists.json(need.kinds.filter(offer.kinds.contains)),
                "need_reasons": told(pair.needReasons), "offer_reasons": told(pair.offerReasons),
                "pinned": .bool(pair.isPinned),
            ].merging(day.hours?.told ?? [:]) { $1 })
    }
}
