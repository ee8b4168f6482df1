import Access
import District
import Record
import Store

/// Enters an accord with other cities, and what it leads to.
enum SignAccord {
    static let command = Command(
        Form(
            "transition.accord.sign", title: Words("도시 간 협약 등록", "Enter an accord"),
            help: Words(
                "맺은 협약의 당사자와 서명일, 출처를 남깁니다. 누구나 볼 수 있는 화면에 나타납니다.",
                "Parties, day and source of an accord that was signed. Everybody can see it."),
            fields: [
                Field("title_ko", Words("이름(한국어)", "Title (Korean)"), .text(maximum: 120)),
                Field("title_en", Words("이름(영어)", "Title (English)"), .text(maximum: 160)),
                Field(
                    "parties", Words("당사자", "Parties"),
                    .list([Field("city", Words("도시", "City"), .text(maximum: 60))], maximum: 12)),
                AccordAsk.day("signed", Words("서명일", "Signed on")),
                AccordAsk.day("until", Words("끝나는 날", "Ends on"), required: false),
                Field(
                    "fields", Words("분야", "Fields"),
                    .list([Field("field", Words("분야", "Field"), .text(maximum: 60))], maximum: 12), required: false),
                Field("source", Words("출처", "Source"), .text(maximum: 200)),
                Field("url", Words("출처 주소", "Address of the source"), .text(maximum: 300), required: false),
            ],
            permission: .roles(AccordAsk.keepers).orToken("command:transition.accord.sign"),
            after: "/transition/accords/{it}")
    ) { ask, _ in
        let parties = (ask.values["parties"]?.elements ?? []).compactMap { $0["city"]?.text }
        guard Set(parties).count == parties.count, parties.count > 1 else {
            throw AccordAsk.fault(
                "parties", "parties", Words("서로 다른 도시가 둘은 있어야 합니다.", "Two different cities are needed."))
        }
        let signed = try AccordAsk.day("signed", ask)
        guard signed <= KoreanDay(ask.now) else {
            throw AccordAsk.fault("signed", "future", Words("아직 오지 않은 날입니다.", "That day has not come yet."))
        }
        let id = Identifier(at: ask.now).description
        var payload: [String: JSON] = [
            "accord": .string(id), "title": Words(ask.values.text("title_ko"), ask.values.text("title_en")).json,
            "parties": .array(parties.map { .string($0) }), "signed": .string(signed.description),
            "fields": .array((ask.values["fields"]?.elements ?? []).compactMap { $0["field"] }),
            "source": .string(ask.values.text("source")),
        ]
        if !ask.values.text("until").isEmpty {
            let until = try AccordAsk.day("until", ask)
            guard until > signed else {
                throw AccordAsk.fault("until", "order", Words("끝나는 날이 서명일보다 늦어야 합니다.", "It ends before it was signed."))
            }
            payload["until"] = .string(until.description)
        }
        let url = ask.values.text("url")
        guard url.isEmpty || url.hasPrefix("https://") || url.hasPrefix("http://") else {
            throw AccordAsk.fault("url", "url", Words("http로 시작하는 주소를 적어 주세요.", "An address begins with http."))
        }
        if !url.isEmpty { payload["url"] = .string(url) }
        return [Draft(AccordEvents.signed, stream: "accord/\(id)", scope: .everyone, payload: payload)]
    }

    static let undertake = Command(
        Form(
            "transition.accord.undertake", title: Words("협력 사업 등록", "Enter an undertaking"),
            help: Words("협약에 따라 함께 하는 정책 공유, 공동 사업, 전시, 인재 교류를 남깁니다.", "What the cities do together by an accord."),
            fields: [
                Field("accord", Words("협약", "Accord"), .reference(kind: "accord", source: nil)),
                Field(
                    "kind", Words("종류", "Kind"),
                    .choice(AccordUndertaking.Kind.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                Field("title_ko", Words("이름(한국어)", "Title (Korean)"), .text(maximum: 120)),
                Field("title_en", Words("이름(영어)", "Title (English)"), .text(maximum: 160)),
                Field("about_ko", Words("내용(한국어)", "About (Korean)"), .longText(maximum: 600)),
                Field("about_en", Words("내용(영어)", "About (English)"), .longText(maximum: 800)),
                Field("office", Words("담당 부서", "Office"), .text(maximum: 80)),
                Field(
                    "places", Words("교류 정원", "Places"), .integer(1...1000, unit: nil),
                    condition: .init("kind", is: "talent")),
            ],
            permission: .roles(AccordAsk.keepers).orToken("command:transition.accord.undertake"))
    ) { ask, tables in
        guard let accord = try AccordTable.accord(ask.values.text("accord"), in: tables) else {
            throw AccordAsk.fault("accord", "accord", Words("그런 협약이 없습니다.", "There is no such accord."), .notFound)
        }
        let id = Identifier(at: ask.now).description
        var payload: [String: JSON] = [
            "undertaking": .string(id), "accord": .string(accord.id), "kind": .string(ask.values.text("kind")),
            "title": Words(ask.values.text("title_ko"), ask.values.text("title_en")).json,
            "about": Words(ask.values.text("about_ko"), ask.values.text("about_en")).json,
            "office": .string(ask.values.text("office")),
        ]
        if let places = ask.values.integer("places") { payload["places"] = .decimal(places) }
        return [Draft(AccordEvents.undertaken, stream: "accord/\(accord.id)", scope: .everyone, payload: payload)]
    }
}
