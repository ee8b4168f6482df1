import Access
import District
import Record
import Store

/// The officer puts two together, keeps two apart, or takes that back, each with a reason. What was matched before is
/// worked out again.
enum MarkPair {
    private static let need = Field("need", Words("도입 수요", "Need"), .reference(kind: "alliance-need", source: nil))
    private static let offer = Field("offer", Words("솔루션", "Offer"), .reference(kind: "alliance-offer", source: nil))
    private static let reason = Field("reason", Words("사유", "Why"), .text(maximum: 200))

    private static func form(_ verb: String, _ title: Words, _ help: Words) -> Form {
        let name = "alliance.brokerage.\(verb)"
        return Form(
            name, title: title, help: help, fields: [DayAsk.field, need, offer, reason],
            permission: DayAsk.permission(name), after: "/alliance/brokerage/{day}")
    }

    static let pin = Command(
        form(
            "pin", Words("연결 지정", "Pin a pair"),
            Words(
                "두 기업을 꼭 만나게 합니다. 필수 조건을 통과하고 정원이 남아야 합니다.",
                "The two are to meet. They must pass the conditions, and capacity must be left."))
    ) { ask, tables in
        let day = try DayAsk.find(ask, tables)
        let (tenant, offered, wanted) = (try ask.tenant, ask.values.text("offer"), ask.values.text("need"))
        let found = try MarketTable.read(day.filter, on: KoreanDay(ask.now), in: tables)
        guard let at = found.needs.firstIndex(where: { $0.id == wanted }) else {
            throw FirmAsk.wrong("need", "known", Words("이 상담회에 나온 수요가 아닙니다.", "It takes no part in this day."))
        }
        guard let place = found.offers.firstIndex(where: { $0.id == offered }) else {
            throw FirmAsk.wrong("offer", "known", Words("이 상담회에 나온 솔루션이 아닙니다.", "It takes no part in this day."))
        }
        let (need, offer) = (found.market.needs[at], found.market.offers[place])
        if let obstacle = found.market.obstacle(need, offer) {
            throw FirmAsk.wrong("offer", "obstacle-\(obstacle.rawValue)", words(obstacle))
        }
        let pins = try DayTable.pairs(of: day.id, for: tenant, in: tables).filter(\.isPinned)
        let (firm, supplier) = (found.needs[at].firm, found.offers[place].firm)
        guard !pins.contains(where: { $0.need == wanted && $0.supplier == supplier }) else {
            throw Refusal(.conflict, "brokerage.pinned", Words("이미 지정한 연결입니다.", "They are pinned already."))
        }
        let room = [
            (
                "need",
                pins.count { $0.firm == firm } < day.firmSlots && pins.count { $0.need == wanted } < need.meetings
            ),
            (
                "offer",
                pins.count { $0.supplier == supplier } < day.supplierSlots
                    && pins.count { $0.offer == offered } < offer.capacity
            ),
        ]
        if let full = room.first(where: { !$0.1 }) {
            throw FirmAsk.wrong(full.0, "capacity", Words("남은 정원이 없습니다.", "No capacity is left."))
        }
        let more: [String: JSON] = ["firm": .string(firm.rawValue), "supplier": .string(supplier.rawValue)]
        return [draft(DayTable.pinned, day, ask, more)]
    }

    static let forbid = Command(
        form(
            "forbid", Words("연결 막기", "Forbid a pair"),
            Words("두 기업을 이 상담회에서 만나지 않게 합니다.", "The two are not to meet on this day."))
    ) { ask, tables in
        let day = try DayAsk.find(ask, tables)
        let tenant = try ask.tenant
        guard try NeedTable.find(ask.values.text("need"), for: tenant, in: tables) != nil,
            try OfferTable.find(ask.values.text("offer"), for: tenant, in: tables) != nil
        else { throw Refusal(.notFound, "brokerage.pair", Words("그런 조합이 없습니다.", "There is no such pair.")) }
        return [draft(DayTable.forbidden, day, ask)]
    }

    static let release = Command(
        form(
            "release", Words("지정·막음 풀기", "Take a mark back"),
            Words("지정하거나 막은 연결을 다시 규칙에 맡깁니다.", "What was pinned or forbidden is left to the rule again."))
    ) { ask, tables in
        let day = try DayAsk.find(ask, tables)
        let (wanted, offered) = (ask.values.text("need"), ask.values.text("offer"))
        guard
            try DayTable.marks(of: day.id, for: try ask.tenant, in: tables).contains(where: {
                $0.need == wanted && $0.offer == offered
            })
        else {
            throw Refusal(.notFound, "brokerage.unmarked", Words("지정하거나 막은 연결이 아닙니다.", "They are not marked."))
        }
        return [draft(DayTable.released, day, ask)]
    }

    private static func draft(
        _ type: String, _ day: DayTable.Day, _ ask: Ask, _ more: [String: JSON] = [:]
    ) -> Draft {
        var payload: [String: JSON] = [
            "need": .string(ask.values.text("need")), "offer": .string(ask.values.text("offer")),
            "reason": .string(ask.values.text("reason")),
        ]
        payload.merge(more) { $1 }
        return Draft(type, stream: "brokerage/\(day.id)", scope: .zone, payload: payload)
    }

    /// Why two cannot meet, in words.
    static func words(_ obstacle: Market.Obstacle) -> Words {
        switch obstacle {
        case .kind: Words("찾는 분야가 아닙니다.", "It is not of the kind looked for.")
        case .conflict: Words("같은 기업이거나 만나지 않기로 한 기업입니다.", "They are one firm, or one does not want to meet the other.")
        case .met: Words("이미 소개한 솔루션입니다.", "They were introduced before.")
        case .region: Words("그 지역에는 제공하지 않습니다.", "It is not offered in that region.")
        case .language: Words("함께 쓰는 언어가 없습니다.", "They have no language in common.")
        case .budget: Words("예산과 가격대가 겹치지 않습니다.", "The budget and the price band do not meet.")
        case .deadline: Words("기한 안에 도입할 수 없습니다.", "The lead time is longer than what is left.")
        }
    }
}
