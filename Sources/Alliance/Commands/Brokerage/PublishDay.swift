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
                "짝마다 두 기업에 소개합니다. 공개한 뒤에는 짝을 바꿀 수 없으며, 각 기업이 받아들이거나 거절합니다.",
                "Each pair becomes an introduction. After that pairs do not change; each firm accepts or declines."),
            fields: [DayAsk.field], permission: DayAsk.permission(name), confirmation: .readBack,
            after: "/alliance/brokerage/{day}")
    ) { ask, tables in
        let (day, tenant) = (try DayAsk.find(ask, tables), try ask.tenant)
        let pairs = try DayTable.pairs(of: day.id, for: tenant, in: tables)
        // Where the rule may run, what is published was worked out after the last mark; else it is the officer's own pairs.
        if day.state == .open, try MatchingUse.use.mayRun(in: tables, at: ask.now) {
            throw Refusal(.conflict, "brokerage.unmatched", Words("먼저 짝짓기를 해 주세요.", "Please match first."))
        }
        guard !pairs.isEmpty else {
            throw Refusal(.conflict, "brokerage.empty", Words("만날 짝이 없습니다.", "Nobody meets anybody."))
        }
        let needs = Dictionary(
            try NeedTable.open(in: tables).map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
        let offers = Dictionary(
            try OfferTable.shown(in: tables).map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
        var drafts = [
            Draft(
                DayTable.published, stream: "brokerage/\(day.id)", scope: .zone,
                payload: ["pairs": .decimal(Int64(pairs.count))])
        ]
        for pair in pairs {
            // What was closed or hidden since it was matched is introduced to nobody.
            guard let need = needs[pair.need], let offer = offers[pair.offer] else { continue }
            drafts.append(made(day, pair, need, offer, ask.now))
        }
        guard drafts.count > 1 else {
            throw Refusal(
                .conflict, "brokerage.stale",
                Words("짝지은 뒤 모두 마감되었습니다. 다시 짝지어 주세요.", "All of it was closed since. Match again."))
        }
        return drafts
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
                "need_reasons": .array(pair.needReasons.map(\.json)),
                "offer_reasons": .array(pair.offerReasons.map(\.json)), "pinned": .bool(pair.isPinned),
            ])
    }
}
