import Record
import Series

extension SampleDistrict {
    /// A machine as it is written down below: where it stands, what it is, and what is measured of it.
    private struct Entry {
        let id: ThingID, parent: ThingID, firm: FirmID
        let name: Words
        let place: (latitude: Double, longitude: Double)
        let sensors: [Probe]
    }

    /// What one sensor measures, in which unit, and how it behaves.
    private struct Probe {
        let property: String, unit: String
        let name: Words
        let model: String
        let nominal: Double, scatter: Double
        let decimals: Int
        let daily: Double
        let correlation: Double

        static func vibration(_ nominal: Double, _ scatter: Double) -> Probe {
            Probe(
                property: "vibration", unit: "mm/s", name: Words("진동 속도", "Vibration velocity"), model: "JD-V20",
                nominal: nominal, scatter: scatter, decimals: 3, daily: 0, correlation: 0.3)
        }
        static func temperature(
            _ nominal: Double, _ scatter: Double, daily: Double = 0, _ name: Words = Words("온도", "Temperature")
        ) -> Probe {
            Probe(
                property: "temperature", unit: "Cel", name: name, model: "ON-T100", nominal: nominal,
                scatter: scatter, decimals: 2, daily: daily, correlation: 0.75)
        }
        static func current(_ nominal: Double, _ scatter: Double) -> Probe {
            Probe(
                property: "current", unit: "A", name: Words("모터 전류", "Motor current"), model: "JR-C5",
                nominal: nominal, scatter: scatter, decimals: 2, daily: 0, correlation: 0.5)
        }
        static func pressure(_ nominal: Double, _ scatter: Double, _ name: Words, unit: String = "bar") -> Probe {
            Probe(
                property: "pressure", unit: unit, name: name, model: "AP-16", nominal: nominal, scatter: scatter,
                decimals: 2, daily: 0, correlation: 0.6)
        }
        static func gas(
            _ property: String, _ unit: String, _ name: Words, _ nominal: Double, _ scatter: Double, decimals: Int
        ) -> Probe {
            Probe(
                property: property, unit: unit, name: name, model: "DA-G4", nominal: nominal, scatter: scatter,
                decimals: decimals, daily: 0, correlation: 0.8)
        }
        static func other(
            _ property: String, _ unit: String, _ name: Words, _ nominal: Double, _ scatter: Double, daily: Double = 0
        ) -> Probe {
            Probe(
                property: property, unit: unit, name: name, model: "HW-M3", nominal: nominal, scatter: scatter,
                decimals: 2, daily: daily, correlation: 0.6)
        }
    }

    static let sampleMachines: [SampleThing] = entries.map {
        SampleThing(
            id: $0.id, kind: "machine", parent: $0.parent, name: $0.name, firm: $0.firm,
            latitude: $0.place.latitude, longitude: $0.place.longitude)
    }

    static let sampleSensors: [SampleSensor] = entries.flatMap { entry in
        entry.sensors.map { probe in
            SampleSensor(
                series: SeriesKey(entry.id, probe.property), unit: probe.unit,
                name: Words("\(entry.name.ko) \(probe.name.ko)", "\(entry.name.en), \(probe.name.en.lowercased())"),
                model: probe.model, nominal: probe.nominal, scatter: probe.scatter, decimals: probe.decimals,
                daily: probe.daily, correlation: probe.correlation)
        }
    }

    private static let entries: [Entry] =
        presses + foundry + coldStore + fulfilment + hospital + street
        + confinedSpaces + coolRooms

    private static let presses: [Entry] = [(400, 2.7), (400, 2.9), (250, 2.2), (160, 1.9)].enumerated().map {
        let number = $0.offset + 1
        let (tonnes, vibration) = $0.element
        return Entry(
            id: ThingID("press-\(number)"), parent: "gaon-line-1", firm: "firm-gaon",
            name: Words("\(number)호 프레스(\(tonnes)톤)", "Press \(number) (\(tonnes) t)"),
            place: (35.09675 + 0.0001 * Double(number), 128.8206),
            sensors: [
                .vibration(vibration, 0.11),
                .temperature(54 + Double(number), 0.35, daily: 1.5, Words("베어링 온도", "Bearing temperature")),
                .current(Double(tonnes) * 0.32, 1.4),
                .pressure(58 - 2 * Double(number), 0.5, Words("유압", "Hydraulic pressure")),
            ])
    }

    private static let foundry = [
        Entry(
            id: "furnace-1", parent: "nuri-melting", firm: "firm-nuri", name: Words("1호 유도로", "Induction furnace 1"),
            place: (35.0982, 128.8237),
            sensors: [
                .temperature(1452, 3.2, Words("용탕 온도", "Melt temperature")),
                .other("power", "kW", Words("소비 전력", "Power"), 1180, 9),
            ]),
        Entry(
            id: "furnace-2", parent: "nuri-melting", firm: "firm-nuri", name: Words("2호 유도로", "Induction furnace 2"),
            place: (35.0983, 128.8239),
            sensors: [
                .temperature(1438, 3.4, Words("용탕 온도", "Melt temperature")),
                .other("power", "kW", Words("소비 전력", "Power"), 1140, 10),
            ]),
        Entry(
            id: "mixer-1", parent: "nuri-plant", firm: "firm-nuri", name: Words("주물사 혼련기", "Sand mixer"),
            place: (35.0980, 128.8240), sensors: [.vibration(4.1, 0.2), .current(63, 0.9)]),
    ]

    private static let coldStore = [
        Entry(
            id: "chiller-1", parent: "saebyeok-store", firm: "firm-saebyeok", name: Words("1호 냉동기", "Chiller 1"),
            place: (35.0925, 128.8261),
            sensors: [
                .temperature(-23.5, 0.25, daily: 0.6), .pressure(12.4, 0.15, Words("토출 압력", "Discharge pressure")),
                .current(88, 1.1),
            ]),
        Entry(
            id: "chiller-2", parent: "saebyeok-store", firm: "firm-saebyeok", name: Words("2호 냉동기", "Chiller 2"),
            place: (35.0924, 128.8264),
            sensors: [
                .temperature(-22.8, 0.27, daily: 0.6), .pressure(12.1, 0.15, Words("토출 압력", "Discharge pressure")),
                .current(91, 1.2),
            ]),
        Entry(
            id: "coldroom-1", parent: "saebyeok-store", firm: "firm-saebyeok", name: Words("냉동실 A-1", "Cold room A-1"),
            place: (35.0923, 128.8263),
            sensors: [
                .temperature(-20.4, 0.2, daily: 0.5),
                .other("humidity", "%", Words("상대 습도", "Relative humidity"), 71, 0.8, daily: 2),
            ]),
    ]

    private static let fulfilment = [
        Entry(
            id: "conveyor-1", parent: "haesol-line-1", firm: "firm-haesol", name: Words("1호 컨베이어", "Conveyor 1"),
            place: (35.0919, 128.8220), sensors: [.vibration(1.6, 0.09), .current(21, 0.5)]),
        Entry(
            id: "conveyor-2", parent: "haesol-line-1", firm: "firm-haesol", name: Words("2호 컨베이어", "Conveyor 2"),
            place: (35.0920, 128.8222), sensors: [.vibration(1.7, 0.09), .current(22, 0.5)]),
        Entry(
            id: "sorter-1", parent: "haesol-line-1", firm: "firm-haesol", name: Words("자동 분류기", "Sorter"),
            place: (35.0918, 128.8223), sensors: [.vibration(2.3, 0.12), .current(34, 0.7)]),
    ]

    private static let hospital = [
        Entry(
            id: "ahu-1", parent: "onyu-main", firm: "firm-onyu",
            name: Words("수술실 공조기", "Operating theatre air handler"), place: (35.0999, 128.8288),
            sensors: [
                .temperature(21.5, 0.15, daily: 0.3, Words("급기 온도", "Supply air temperature")),
                .pressure(15.2, 0.4, Words("실간 차압", "Room pressure difference"), unit: "Pa"),
                .other("airflow", "m3/h", Words("급기 풍량", "Supply airflow"), 4250, 28),
            ]),
        Entry(
            id: "oxygen-1", parent: "onyu-main", firm: "firm-onyu", name: Words("의료용 산소 매니폴드", "Oxygen manifold"),
            place: (35.0997, 128.8291), sensors: [.pressure(4.6, 0.06, Words("공급 압력", "Supply pressure"))]),
    ]

    private static let street = [
        Entry(
            id: "fridge-1", parent: "solmaru", firm: "firm-solmaru", name: Words("카페 물결 냉장고", "Café Mulgyeol fridge"),
            place: (35.1005, 128.8266), sensors: [.temperature(3.8, 0.2, daily: 0.3)]),
        Entry(
            id: "fridge-2", parent: "solmaru", firm: "firm-solmaru", name: Words("카페 등대 냉장고", "Café Deungdae fridge"),
            place: (35.1007, 128.8268), sensors: [.temperature(4.1, 0.2, daily: 0.3)]),
        Entry(
            id: "espresso-1", parent: "solmaru", firm: "firm-solmaru",
            name: Words("카페 물결 에스프레소 머신", "Café Mulgyeol espresso machine"), place: (35.1005, 128.8267),
            sensors: [
                .temperature(93.2, 0.3, Words("보일러 온도", "Boiler temperature")),
                .pressure(9.1, 0.12, Words("추출 압력", "Brewing pressure")),
            ]),
        Entry(
            id: "street-1", parent: "solmaru", firm: "firm-solmaru", name: Words("솔마루길 환경 측정기", "Street monitor"),
            place: (35.1006, 128.8269),
            sensors: [
                .other("noise", "dB[SPL]", Words("소음", "Noise"), 58, 1.3, daily: 2),
                .other("dust", "ug/m3", Words("초미세먼지", "Fine dust (PM2.5)"), 19, 0.9, daily: 2),
            ]),
    ]
    /// After all others, so that the sensors before it keep their own noise.
    private static let coolRooms = [
        Entry(
            id: "coolroom-1", parent: "haesol-center", firm: "firm-haesol", name: Words("1호 냉장실", "Cool room 1"),
            place: (35.0917, 128.8220), sensors: [.temperature(4.3, 0.15, daily: 0.4)])
    ]

    /// Late, so that the sensors before it keep their own noise.
    private static let confinedSpaces = [
        Entry(
            id: "gaon-tank-1", parent: "gaon-plant", firm: "firm-gaon",
            name: Words("폐수 저류조 1호(밀폐공간)", "Waste water tank 1 (confined space)"), place: (35.0965, 128.8200),
            sensors: [
                .gas("o2", "%", Words("산소", "Oxygen"), 20.9, 0.02, decimals: 3),
                .gas("co2", "%", Words("이산화탄소", "Carbon dioxide"), 0.06, 0.003, decimals: 4),
                .gas("co", "[ppm]", Words("일산화탄소", "Carbon monoxide"), 2.2, 0.15, decimals: 2),
                .gas("h2s", "[ppm]", Words("황화수소", "Hydrogen sulphide"), 0.9, 0.06, decimals: 3),
            ])
    ]
}
