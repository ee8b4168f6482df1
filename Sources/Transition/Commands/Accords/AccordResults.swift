import Access
import District
import Record
import Store

/// Measures what came of an undertaking, and says who took part in an exchange.
enum AccordResults {
    static let measure = Command(
        Form(
            "transition.accord.measure", title: Words("협력 성과 기록", "Measure an outcome"),
            help: Words("무엇이 얼마나 되었는지 출처와 함께 남깁니다.", "What came of it, how much, and from where one knows."),
            fields: [
                AccordAsk.undertakingField,
                Field("metric_ko", Words("지표(한국어)", "Metric (Korean)"), .text(maximum: 80)),
                Field("metric_en", Words("지표(영어)", "Metric (English)"), .text(maximum: 100)),
                Field("value", Words("값", "Value"), .number(-1e12...1e12, unit: nil)),
                Field("unit", Words("단위", "Unit"), .text(maximum: 20), required: false),
                AccordAsk.day("day", Words("기준일", "As of")),
                Field("source", Words("출처", "Source"), .text(maximum: 200)),
            ],
            permission: .roles(AccordAsk.keepers).orToken("command:transition.accord.measure"))
    ) { ask, tables in
        let undertaking = try AccordAsk.undertaking(ask, in: tables)
        let day = try AccordAsk.day("day", ask)
        guard day <= KoreanDay(ask.now) else {
            throw AccordAsk.fault("day", "future", Words("아직 오지 않은 날입니다.", "That day has not come yet."))
        }
        let id = Identifier(at: ask.now).description
        return [
            Draft(
                AccordEvents.measured, stream: "accord/\(undertaking.accord)", scope: .everyone,
                payload: [
                    "outcome": .string(id), "undertaking": .string(undertaking.id),
                    "accord": .string(undertaking.accord),
                    "metric": Words(ask.values.text("metric_ko"), ask.values.text("metric_en")).json,
                    "value": .number(ask.values.number("value") ?? 0), "unit": .string(ask.values.text("unit")),
                    "day": .string(day.description), "source": .string(ask.values.text("source")),
                ])
        ]
    }

    static let send = Command(
        Form(
            "transition.accord.send", title: Words("교류 참가자 등록", "Enter who takes part"),
            help: Words(
                "공개 화면에는 분야와 기간만 나옵니다. 이름은 담당자만 보고, 지울 수 있게 따로 보관합니다.",
                "Everybody sees field and days only. The name is for staff, and kept so that it can be erased."),
            fields: [
                AccordAsk.undertakingField,
                Field("name", Words("이름", "Name"), .text(maximum: 60), isPersonal: true, spoken: .name),
                Field(
                    "direction", Words("방향", "Direction"),
                    .choice(AccordTraveller.Direction.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                Field("field", Words("분야", "Field"), .text(maximum: 60)),
                AccordAsk.day("from", Words("시작", "From")), AccordAsk.day("until", Words("끝", "Until")),
            ],
            permission: .roles(AccordAsk.keepers).orToken("command:transition.accord.send"))
    ) { ask, tables in
        let undertaking = try AccordAsk.undertaking(ask, in: tables)
        guard undertaking.kind == .talent, let places = undertaking.places else {
            throw AccordAsk.fault("undertaking", "talent", Words("인재 교류 사업을 골라 주세요.", "Please choose an exchange."))
        }
        guard try AccordTable.count(of: undertaking.id, in: tables) < places else {
            throw AccordAsk.fault(
                "undertaking", "full", Words("정원 \(places)명이 모두 찼습니다.", "All \(places) places are taken."), .conflict)
        }
        let (from, until) = (try AccordAsk.day("from", ask), try AccordAsk.day("until", ask))
        guard from <= until else {
            throw AccordAsk.fault("until", "order", Words("끝이 시작보다 빠릅니다.", "It ends before it begins."))
        }
        let id = Identifier(at: ask.now).description
        return [
            Draft(
                AccordEvents.sent, stream: "accord-traveller/\(id)", scope: .zone,
                payload: [
                    "traveller": .string(id), "undertaking": .string(undertaking.id),
                    "accord": .string(undertaking.accord), "direction": .string(ask.values.text("direction")),
                    "field": .string(ask.values.text("field")), "from": .string(from.description),
                    "until": .string(until.description),
                ],
                personal: [
                    "name": PersonalContent(of: AccordTraveller.subject(id), .string(ask.values.text("name")))
                ])
        ]
    }

    static let erase = Command(
        Form(
            "transition.accord.erase", title: Words("참가자 이름 지우기", "Erase who took part"),
            help: Words(
                "이름을 지우면 되살릴 수 없습니다. 분야와 기간, 결과는 남습니다.",
                "The name cannot be brought back. Field, days and what came of it stay."),
            fields: [
                Field("traveller", Words("참가자", "Who"), .reference(kind: "accord-traveller", source: nil)),
                Field("reason", Words("사유", "Reason"), .text(maximum: 200)),
            ],
            permission: .roles(AccordAsk.keepers).orToken("command:transition.accord.erase"), confirmation: .readBack)
    ) { ask, tables in
        guard let traveller = try AccordTable.traveller(ask.values.text("traveller"), in: tables) else {
            throw AccordAsk.fault(
                "traveller", "traveller", Words("그런 참가자가 없습니다.", "There is nobody of that kind."), .notFound)
        }
        guard traveller.name != nil else {
            throw AccordAsk.fault(
                "traveller", "erased", Words("이미 지운 이름입니다.", "The name was erased already."), .conflict)
        }
        return [
            Draft(
                AccordEvents.erased, stream: "accord-traveller/\(traveller.id)", scope: .zone,
                payload: ["traveller": .string(traveller.id), "reason": .string(ask.values.text("reason"))])
        ]
    }

    static let bring = Command(
        Form(
            "transition.accord.return", title: Words("교류 결과 기록", "What came of it"),
            help: Words(
                "다녀온 뒤 무엇이 이루어졌는지 남깁니다. 누구나 볼 수 있으니 이름을 적지 않습니다.", "Everybody can read it: without names, please."),
            fields: [
                Field("traveller", Words("참가자", "Who"), .reference(kind: "accord-traveller", source: nil)),
                Field("result", Words("결과", "What came of it"), .longText(maximum: 400)),
            ],
            permission: .roles(AccordAsk.keepers).orToken("command:transition.accord.return"))
    ) { ask, tables in
        guard let traveller = try AccordTable.traveller(ask.values.text("traveller"), in: tables) else {
            throw AccordAsk.fault(
                "traveller", "traveller", Words("그런 참가자가 없습니다.", "There is nobody of that kind."), .notFound)
        }
        guard traveller.until <= KoreanDay(ask.now) else {
            throw AccordAsk.fault(
                "traveller", "early", Words("아직 교류가 끝나지 않았습니다.", "The exchange is not over yet."), .conflict)
        }
        return [
            Draft(
                AccordEvents.returned, stream: "accord-traveller/\(traveller.id)", scope: .zone,
                payload: ["traveller": .string(traveller.id), "result": .string(ask.values.text("result"))])
        ]
    }
}
