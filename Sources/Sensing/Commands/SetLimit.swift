import Access
import District
import Record
import Twin

/// A person sets a hard limit for a series. Limits are no use of AI and cannot be switched off.
enum SetLimit {
    static let command = Command(
        Form(
            "sensing.limit.set", title: Words("한계값 정하기", "Set a limit"),
            help: Words(
                "측정값이 한계를 벗어나면 바로 경보가 울립니다. 법령이나 설비 사양에 정해진 값을 넣어 주세요.",
                "An alarm is raised at once when a reading leaves the limits. Use what law or the machine's data sheet says."
            ),
            fields: [
                Field("thing", Words("설비", "Thing"), .reference(kind: "thing", source: "/api/v1/things")),
                Field("property", Words("측정 항목", "Property"), .text(maximum: 100)),
                Field("low", Words("하한", "Low limit"), .number(-1e12...1e12, unit: nil), required: false),
                Field("high", Words("상한", "High limit"), .number(-1e12...1e12, unit: nil), required: false),
                Field("reason", Words("근거", "Source of the limit"), .text(maximum: 300)),
            ],
            permission: .roles([.zoneOfficer, .safetyManager, .executive]).orToken("command:sensing.limit.set"),
            confirmation: .readBack)
    ) { ask, tables in
        let id = ThingID(ask.values.text("thing"))
        guard let thing = try Things.find(id, for: ask.tenant, in: tables) else {
            throw Refusal(.notFound, "thing.unknown", Words("그런 설비가 없습니다.", "There is no such thing."))
        }
        let (low, high) = (ask.values.number("low"), ask.values.number("high"))
        guard low != nil || high != nil, (low ?? -.infinity) < (high ?? .infinity) else {
            throw Refusal(
                .invalid, "limit.order",
                Words("하한은 상한보다 작아야 하며 하나는 있어야 합니다.", "Give a low limit below the high one, or one of them."),
                faults: [
                    .init(
                        field: "high", rule: "order",
                        words: Words("하한보다 큰 값을 넣어 주세요.", "Please give a value above the low limit."))
                ])
        }
        var payload: [String: JSON] = [
            "thing": .string(id.rawValue), "property": .string(ask.values.text("property")),
            "reason": .string(ask.values.text("reason")),
        ]
        if let low { payload["low"] = .number(low) }
        if let high { payload["high"] = .number(high) }
        return [
            Draft(
                "sensing.limit.set", stream: "limit/\(id)/\(ask.values.text("property"))", scope: thing.scope,
                payload: payload)
        ]
    }
}
