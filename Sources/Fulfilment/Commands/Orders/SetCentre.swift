import Access
import District
import Record
import Store

/// Says what a centre promises by. What is not said anew stays as it was.
enum SetCentre {
    static let name = "fulfilment.centre.set"

    static let command = Command(
        Form(
            name, title: Words("물류센터 약속 조건", "Terms of a centre"),
            help: Words(
                "마감 시각, 하루에 내보낼 수 있는 줄 수, 택배사를 정합니다.",
                "Its cut-offs, how many lines leave in a day, and who carries them."),
            fields: [
                GoodsAsk.centre,
                Field("name_ko", Words("고객에게 보일 이름", "Name in Korean"), .text(maximum: 80), required: false),
                Field("name_en", Words("영어 이름", "Name in English"), .text(maximum: 80), required: false),
                Field(
                    "cutoffs", Words("마감 시각", "Cut-offs"), .text(maximum: 60), required: false,
                    help: Words("예: 11:00 16:00", "11:00 16:00")),
                Field("handling", Words("준비 시간", "Handling"), .integer(0...1440, unit: "min"), required: false),
                Field(
                    "capacity", Words("하루 처리 줄 수", "Lines a day"), .integer(1...10_000_000, unit: nil), required: false),
                Field("floor", Words("동시에 열 피킹 수", "Open picks"), .integer(1...100_000, unit: nil), required: false),
                Field("weekends", Words("주말에도 일함", "Works at weekends"), .flag, required: false),
                Field("shop", Words("매장 열기", "Shop open"), .flag, required: false),
                Field("prefix", Words("GS1 업체 코드", "GS1 company prefix"), .text(maximum: 10), required: false),
                Field(
                    "carriers", Words("택배사", "Carriers"),
                    .list(
                        [
                            Field("id", Words("코드", "Code"), .text(maximum: 30)),
                            Field("name", Words("이름", "Name"), .text(maximum: 60)),
                            Field("days", Words("걸리는 날", "Days"), .integer(0...60, unit: "d")),
                            Field("fee", Words("배송비(원)", "Fee (won)"), .integer(0...10_000_000, unit: nil)),
                            Field("weekends", Words("주말에도 배달", "Delivers at weekends"), .flag, required: false),
                        ], maximum: 20), required: false),
                Field("robot_site", Words("로봇 구역", "Robots' site"), .text(maximum: 80), required: false),
                Field("robot_from", Words("로봇에 싣는 곳", "Where robots load"), .text(maximum: 80), required: false),
                Field(
                    "robot_minutes", Words("로봇 배달 시간", "Robot delivery"), .integer(1...1440, unit: "min"),
                    required: false),
                Field(
                    "robot_fee", Words("로봇 배달비(원)", "Robot fee (won)"), .integer(0...10_000_000, unit: nil),
                    required: false),
                Field(
                    "robot_stops", Words("로봇이 가는 곳", "Where robots go"),
                    .list(
                        [
                            Field("node", Words("노드", "Node"), .text(maximum: 80)),
                            Field("name", Words("이름", "Name"), .text(maximum: 80)),
                            Field("name_en", Words("영어 이름", "Name in English"), .text(maximum: 80), required: false),
                        ], maximum: 200), required: false),
            ], permission: GoodsAsk.permission(name, GoodsAsk.leads), surfaces: [.web, .http, .cli],
            after: "/fulfilment/orders")
    ) { ask, tables in
        let centre = try GoodsAsk.centre(ask, tables)
        let before = try CentreTable.find(centre.id, for: try ask.tenant, in: tables)?.terms
        let terms = try terms(ask.values, before ?? CentreTerms(centre: centre.id, name: Words(centre.id, centre.id)))
        return [
            Draft(
                OrderEvents.centre, stream: "centre/\(centre.id)", scope: centre.scope,
                payload: ["centre": .string(centre.id), "terms": terms.json])
        ]
    }

    private static func terms(_ values: FormValues, _ before: CentreTerms) throws(Refusal) -> CentreTerms {
        var terms = before
        if !values.text("name_ko").isEmpty {
            terms.name = values.words("name_ko", english: "name_en")
        }
        if !values.text("cutoffs").isEmpty { terms.cutoffs = try cutoffs(values.text("cutoffs")) }
        if let handling = values.integer("handling") { terms.handling = Int(handling) }
        terms.capacity = values.integer("capacity") ?? terms.capacity
        terms.floor = values.integer("floor") ?? terms.floor
        if values["weekends"] != nil { terms.restsAtWeekends = !values.flag("weekends") }
        if values["shop"] != nil { terms.isShop = values.flag("shop") }
        let prefix = values.text("prefix")
        if !prefix.isEmpty {
            guard (7...10).contains(prefix.utf8.count), prefix.utf8.allSatisfy({ (48...57).contains($0) }) else {
                throw OrderRefusals.about(
                    .invalid, "centre.prefix", "prefix",
                    Words("GS1 업체 코드는 숫자 7~10자리입니다.", "A company prefix has 7 to 10 figures."))
            }
            terms.prefix = prefix
        }
        if let carriers = values["carriers"]?.elements {
            terms.carriers = carriers.map { carrier in
                let name = carrier["name"]?.text ?? ""
                return CentreTerms.Carrier(
                    id: carrier["id"]?.text ?? "", name: Words(name, name), days: carrier["days"]?.integer ?? 1,
                    fee: carrier["fee"]?.integer ?? 0, restsAtWeekends: !(carrier["weekends"]?.bool ?? false))
            }
        }
        if !values.text("robot_site").isEmpty, !values.text("robot_from").isEmpty {
            terms.robots = CentreTerms.Robots(
                site: values.text("robot_site"), from: values.text("robot_from"),
                minutes: Int(values.integer("robot_minutes") ?? 60),
                stops: (values["robot_stops"]?.elements ?? []).map { stop in
                    let name = stop["name"]?.text ?? ""
                    return CentreTerms.Robots.Stop(
                        node: stop["node"]?.text ?? "", name: Words(name, stop["name_en"]?.text ?? name))
                }, fee: values.integer("robot_fee") ?? 0)
        }
        return terms
    }

    private static func cutoffs(_ text: String) throws(Refusal) -> [Int] {
        let minutes = text.split { " ,;".contains($0) }.map { part -> Int? in
            let halves = part.split(separator: ":").map { Int($0) }
            guard halves.count == 2, let hour = halves[0], let minute = halves[1], (0..<24).contains(hour),
                (0..<60).contains(minute)
            else { return nil }
            return hour * 60 + minute
        }
        guard !minutes.isEmpty, !minutes.contains(nil) else {
            throw OrderRefusals.about(
                .invalid, "centre.cutoffs", "cutoffs",
                Words("마감 시각을 11:00 16:00처럼 적어 주세요.", "Please write cut-offs as 11:00 16:00."))
        }
        return minutes.compactMap { $0 }.sorted()
    }
}
