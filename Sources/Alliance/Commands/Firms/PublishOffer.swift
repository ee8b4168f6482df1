import Access
import District
import Record
import Store

/// A supplier offers a solution, or says anew what it offers.
struct PublishOffer {
    let lists: SolutionKinds
    static let name = "alliance.offer.publish"

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("솔루션 등록", "Publish an offer"),
                help: Words(
                    "인공지능·IT·로봇 솔루션을 알립니다. 이미 등록한 것을 고르면 그 내용을 바꿉니다.",
                    "Offers an AI, IT or robot solution. Choose one that stands already to revise it."),
                fields: [
                    FirmAsk.firm,
                    Field(
                        "offer", Words("고칠 솔루션", "Offer to revise"), .reference(kind: "alliance-offer", source: nil),
                        required: false),
                    Field("title", Words("솔루션 이름", "Title"), .text(maximum: 120)),
                    Field("about", Words("설명", "What it does"), .longText(maximum: 2000), required: false),
                    FirmAsk.kinds(lists, Words("분야", "Kinds of solution")),
                    Field(
                        "industries", Words("경험한 업종코드", "Industries served"),
                        .list([Field("code", Words("업종코드", "Industry code"), .text(maximum: 10))], maximum: 20),
                        required: false, help: Words("예: C25. 비우면 가리지 않습니다.", "For example C25; empty for any.")),
                    FirmAsk.money("price_low", Words("가격대 아래(백만원)", "Price from (million won)")),
                    FirmAsk.money("price_high", Words("가격대 위(백만원)", "Price to (million won)")),
                    Field("lead_days", Words("도입까지 걸리는 날", "Lead time, days"), .integer(0...1095, unit: nil)),
                    Field(
                        "capacity", Words("상담회 하루에 받을 소개 수", "Introductions a day it takes"),
                        .integer(0...100, unit: nil)),
                    FirmAsk.regions(
                        lists, Words("제공 지역", "Regions"), help: Words("비우면 어디나 갑니다.", "Left empty: everywhere.")),
                    FirmAsk.languages(lists),
                    Field(
                        "certificates", Words("인증·실적", "Certificates and references"), .text(maximum: 300),
                        required: false),
                    FirmAsk.avoided,
                ],
                permission: .roles(FirmAsk.keepers).orToken("command:\(Self.name)"), after: "/alliance/firms")
        ) { ask, tables in
            let tenant = try ask.tenant
            var id = "\(Identifier(at: ask.now))"
            var firm: FirmID?
            if case let revised = ask.values.text("offer"), !revised.isEmpty {
                guard let offer = try OfferTable.find(revised, for: tenant, in: tables),
                    tenant.firm.map({ $0 == offer.firm }) ?? true
                else { throw CloseOffer.unknown }
                (id, firm) = (revised, offer.firm)
            }
            let supplier = try firm ?? FirmAsk.firm(ask, tables)
            guard try ProfileTable.find(supplier, for: tenant, in: tables) != nil else {
                throw Refusal(
                    .conflict, "offer.profile",
                    Words("기업 소개를 먼저 등록해 주세요.", "Please keep the firm's profile first."))
            }
            let price = try FirmAsk.range(ask, "price_low", "price_high") ?? 0...0
            let kinds = ask.values.chosen("kinds", "kind")
            guard !kinds.isEmpty else {
                throw FirmAsk.wrong("kinds", "kinds", Words("분야를 하나 이상 골라 주세요.", "Please choose a kind."))
            }
            let industries = ask.values.chosen("industries", "code").map { $0.uppercased() }
            guard industries.allSatisfy({ $0.wholeMatch(of: /[A-Z]?[0-9.]{0,8}/) != nil }) else {
                throw FirmAsk.wrong("industries", "industry", Words("C25처럼 적어 주세요.", "Write it like C25."))
            }
            return [
                Draft(
                    OfferTable.published, stream: "offer/\(id)", scope: .firm(supplier),
                    payload: [
                        "firm": .string(supplier.rawValue), "title": .string(ask.values.text("title")),
                        "about": .string(ask.values.text("about")), "kinds": Lists.json(kinds),
                        "industries": Lists.json(industries), "price_low": .decimal(price.lowerBound),
                        "price_high": .decimal(price.upperBound),
                        "lead_days": .decimal(ask.values.integer("lead_days") ?? 0),
                        "capacity": .decimal(ask.values.integer("capacity") ?? 0),
                        "regions": Lists.json(ask.values.chosen("regions", "region")),
                        "languages": Lists.json(ask.values.chosen("languages", "language")),
                        "certificates": .string(ask.values.text("certificates")),
                        "avoided": Lists.json(ask.values.chosen("avoided", "firm")),
                    ])
            ]
        }
    }
}

/// A supplier offers a solution no more.
enum CloseOffer {
    static let name = "alliance.offer.close"
    static let unknown = Refusal(.notFound, "offer.unknown", Words("그런 솔루션이 없습니다.", "There is no such offer."))

    static let command = Command(
        Form(
            name, title: Words("솔루션 등록 취소", "Close an offer"),
            help: Words("더 이상 매칭하지 않습니다. 이미 한 소개는 그대로입니다.", "It is matched no more; introductions made stay."),
            fields: [Field("offer", Words("솔루션", "Offer"), .reference(kind: "alliance-offer", source: nil))],
            permission: .roles(FirmAsk.keepers).orToken("command:\(name)"), confirmation: .readBack,
            after: "/alliance/firms")
    ) { ask, tables in
        let tenant = try ask.tenant
        guard let offer = try OfferTable.find(ask.values.text("offer"), for: tenant, in: tables),
            tenant.firm.map({ $0 == offer.firm }) ?? true
        else { throw unknown }
        guard offer.isOpen else {
            throw Refusal(.conflict, "offer.closed", Words("이미 내린 솔루션입니다.", "It is closed already."))
        }
        return [
            Draft(
                OfferTable.closed, stream: "offer/\(offer.id)", scope: .firm(offer.firm),
                payload: ["firm": .string(offer.firm.rawValue)])
        ]
    }
}
