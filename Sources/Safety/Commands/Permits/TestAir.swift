import Access
import District
import Record
import Store
import Twin

/// What people say of the air: a portable meter's test, and which fixed sensor serves which place.
enum TestAir {
    private static func value(_ gas: Gas, _ title: Words, atMost: Double) -> Field {
        Field(gas.rawValue, title, .number(0...atMost, unit: gas.unit.sign), required: false)
    }

    static func test(_ rules: PermitRules) -> Command {
        let fields = Gas.allCases.map { gas in
            value(
                gas, rules.gate.limits[gas]?.title ?? Words(gas.rawValue, gas.rawValue),
                atMost: gas.unit == .ppm ? 100_000 : 100)
        }
        return Command(
            Form(
                "safety.gas.test", title: Words("휴대용 측정기로 가스 측정", "Gas test with a portable meter"),
                help: Words(
                    "교정 유효기간이 남은 측정기로 잰 값을 남깁니다. 센서가 없는 곳에서도 이 값으로 들어갈 수 있습니다.",
                    "Keeps what a meter within its calibration showed; where no sensor stands, entry rests on it."),
                fields: [
                    Field("thing", Words("장소", "Place"), .reference(kind: "thing", source: nil)),
                    Field("meter", Words("측정기 일련번호", "Serial number of the meter"), .text(maximum: 40)),
                    Field("calibrated", Words("교정 유효기간", "Calibrated through"), .moment),
                ] + fields + [
                    Field("at", Words("측정 시각", "When"), .moment, required: false)
                ],
                permission: .roles([.worker, .operator, .safetyManager, .executive]).orToken("command:safety.gas.test"),
                surfaces: [.web, .http, .cli, .mcp, .voice, .offline])
        ) { ask, tables in
            let place = try TestAir.place(ask, in: tables)
            let at = ask.values.moment("at") ?? ask.offline?.corrected ?? ask.now
            guard at <= ask.now else {
                throw PermitRefusals.field("test", "at", "future", Words("측정 시각이 현재보다 늦습니다.", "It lies in the future."))
            }
            let calibrated = ask.values.moment("calibrated").map { KoreanDay($0) }
            guard let calibrated, KoreanDay(at) <= calibrated else {
                throw PermitRefusals.field(
                    "test", "calibrated", "calibration",
                    Words("교정 유효기간이 지난 측정기입니다.", "The meter's calibration has run out."))
            }
            var values: [String: JSON] = [:]
            for gas in Gas.allCases {
                if let value = ask.values.number(gas.rawValue) { values[gas.rawValue] = .number(value) }
            }
            guard !values.isEmpty else {
                throw PermitRefusals.field(
                    "test", "o2", "required", Words("잰 값을 적어 주세요.", "Please enter what it showed."))
            }
            var payload: [String: JSON] = [
                "place": .string(place.id.rawValue), "meter": .string(ask.values.text("meter")),
                "calibrated": .string(calibrated.description), "values": .object(values),
            ]
            if let person = ask.caller.person { payload["person"] = .string(person.rawValue) }
            if let offline = ask.offline { payload["offline"] = offline.json }
            return [
                Draft(
                    "safety.gas.tested", stream: "gas-test/\(Identifier(at: ask.now))", scope: place.scope,
                    observed: at,
                    payload: payload)
            ]
        }
    }

    static let assign = Command(
        Form(
            "safety.gas.assign", title: Words("가스 센서와 장소 연결", "Say which gas sensor serves a place"),
            help: Words(
                "센서가 어느 장소의 공기를 재는지 정하거나 뺍니다. 장소에 속한 센서는 따로 정하지 않아도 됩니다.",
                "Says of which place a sensor measures the air, or takes it off. Sensors within the place serve it by themselves."
            ),
            fields: [
                Field("sensor", Words("센서", "Sensor"), .reference(kind: "thing", source: nil)),
                Field("thing", Words("장소", "Place"), .reference(kind: "thing", source: nil)),
                Field("serves", Words("이 장소의 공기를 잽니다", "Measures the air of this place"), .flag),
            ],
            permission: .roles([.safetyManager, .executive]))
    ) { ask, tables in
        let place = try TestAir.place(ask, in: tables)
        let sensor = try PlaceOfWork.find(ask.values.text("sensor"), field: "sensor", for: ask.tenant, in: tables)
        return [
            Draft(
                "safety.gas.assigned", stream: "gas-sensor/\(sensor.id)", scope: place.scope,
                payload: [
                    "sensor": .string(sensor.id.rawValue), "place": .string(place.id.rawValue),
                    "serves": .bool(ask.values.flag("serves")),
                ])
        ]
    }

    private static func place(_ ask: Ask, in tables: any Reader) throws -> Thing {
        try PlaceOfWork.find(ask.values.text("thing"), for: ask.tenant, in: tables)
    }
}
