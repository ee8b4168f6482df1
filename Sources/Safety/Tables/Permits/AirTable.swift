import Access
import District
import Record
import Series
import Store
import Twin

/// What is known of the air: the newest reading of each fixed sensor, which sensors serve which place, and what people
/// measured with portable meters.
enum AirTable {
    /// `safety_gas_latest` follows the readings and no events, so that a rebuild leaves it alone.
    static let migration = Migration(
        "safety.permits.002.air",
        [
            """
            CREATE TABLE safety_gas_latest (
                thing TEXT NOT NULL, property TEXT NOT NULL, scope TEXT NOT NULL, value DOUBLE PRECISION, unit TEXT,
                is_good BIGINT NOT NULL, observed BIGINT NOT NULL, PRIMARY KEY (thing, property))
            """,
            "CREATE INDEX safety_gas_latest_scope ON safety_gas_latest (scope)",
            """
            CREATE TABLE safety_gas_sensors (
                sensor TEXT NOT NULL, place TEXT NOT NULL, scope TEXT NOT NULL, serves BIGINT NOT NULL,
                PRIMARY KEY (sensor, place))
            """,
            """
            CREATE TABLE safety_gas_tests (
                id TEXT NOT NULL, scope TEXT NOT NULL, place TEXT NOT NULL, gas TEXT NOT NULL,
                value DOUBLE PRECISION NOT NULL, meter TEXT NOT NULL, observed BIGINT NOT NULL, PRIMARY KEY (id, gas))
            """,
            "CREATE INDEX safety_gas_tests_place ON safety_gas_tests (place, observed)",
        ])

    static let projection = Projection(
        tables: ["safety_gas_sensors", "safety_gas_tests"], types: ["safety.gas.assigned", "safety.gas.tested"]
    ) { event, payload, writer in
        let place = SQLValue.text(payload["place"]?.text ?? "")
        guard event.type == "safety.gas.tested" else {
            try writer.execute(
                """
                INSERT INTO safety_gas_sensors (sensor, place, scope, serves) VALUES (?, ?, ?, ?)
                ON CONFLICT (sensor, place) DO UPDATE SET serves = excluded.serves
                """,
                [
                    .text(payload["sensor"]?.text ?? ""), place, .text(event.scope.text),
                    .flag(payload["serves"]?.bool ?? true),
                ])
            return
        }
        for (gas, value) in (payload["values"]?.members ?? [:]).sorted(by: { $0.key < $1.key }) {
            try writer.execute(
                """
                INSERT INTO safety_gas_tests (id, scope, place, gas, value, meter, observed) VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(String(event.stream.dropFirst("gas-test/".count))), .text(event.scope.text), place,
                    .text(gas), .real(value.double ?? -1), .text(payload["meter"]?.text ?? ""),
                    .integer(event.observed.microseconds),
                ])
        }
    }

    /// Keeps a reading where it is newer than what is kept.
    static func keep(_ sample: Sample, scope: Scope, in writer: any Writer) throws {
        let reading = sample.reading
        try writer.execute(
            """
            INSERT INTO safety_gas_latest (thing, property, scope, value, unit, is_good, observed)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (thing, property) DO UPDATE SET scope = excluded.scope, value = excluded.value,
            unit = excluded.unit, is_good = excluded.is_good, observed = excluded.observed
            WHERE excluded.observed >= safety_gas_latest.observed
            """,
            [
                .text(sample.series.thing.rawValue), .text(sample.series.property), .text(scope.text),
                reading.value.isFinite ? .real(reading.value) : .null, .optional(sample.unit),
                .flag(reading.quality == .good), .integer(reading.time.microseconds),
            ])
    }

    /// The newest reading of every source that serves a place: sensors at the place or at what is part of it, unless
    /// they were taken off; sensors that were assigned to it; the last portable test of each gas there.
    static func readings(
        at place: ThingID, of host: FirmID, for house: some Tenancy, in reader: any Reader
    ) throws -> [GasReading] {
        var assigned: [ThingID: Bool] = [:]
        for row in try reader.query(
            "SELECT sensor, serves FROM safety_gas_sensors WHERE place = ?", [.text(place.rawValue)])
        {
            assigned[ThingID(try row.text("sensor"))] = try row.flag("serves")
        }
        var serves = assigned
        var readings: [GasReading] = []
        let marks = assigned.keys.map { _ in "?" }.joined(separator: ", ")
        let also = assigned.isEmpty ? "" : " OR thing IN (\(marks))"
        for row in try reader.query(
            "SELECT * FROM safety_gas_latest WHERE scope = ?\(also) ORDER BY thing, property",
            [.text(Scope.firm(host).text)] + assigned.keys.map { .text($0.rawValue) })
        {
            let thing = ThingID(try row.text("thing"))
            guard let gas = Gas(rawValue: try row.text("property")) else { continue }
            if serves[thing] == nil {
                serves[thing] = try Things.path(to: thing, for: house, in: reader).contains { $0.id == place }
            }
            guard serves[thing] == true else { continue }
            readings.append(
                GasReading(
                    gas: gas, source: "\(thing)/\(gas.rawValue)", value: try row.optionalReal("value") ?? .nan,
                    unit: try row.optionalText("unit"), isGood: try row.flag("is_good"),
                    observed: Timestamp(microseconds: try row.integer("observed")), isPortable: false))
        }
        return try readings + portable(at: place, in: reader)
    }

    private static func portable(at place: ThingID, in reader: any Reader) throws -> [GasReading] {
        try Gas.allCases.compactMap { gas in
            try reader.first(
                """
                SELECT * FROM safety_gas_tests WHERE place = ? AND gas = ? ORDER BY observed DESC, id DESC LIMIT 1
                """, [.text(place.rawValue), .text(gas.rawValue)]
            ).map { row in
                GasReading(
                    gas: gas, source: "meter:\(try row.text("meter"))", value: try row.real("value"),
                    unit: gas.unit.sign, isGood: true,
                    observed: Timestamp(microseconds: try row.integer("observed")), isPortable: true)
            }
        }
    }
}

extension GasGate.Verdict {
    /// The readings that were used, as events carry them.
    var json: JSON {
        .array(
            findings.map { finding in
                var members: [String: JSON] = [
                    "gas": .string(finding.gas.rawValue), "safe": .bool(finding.problem == nil),
                ]
                if let problem = finding.problem { members["problem"] = .string(problem.rawValue) }
                if let reading = finding.reading {
                    members["series"] = .string(reading.source)
                    members["observed"] = .string(reading.observed.description)
                    if reading.value.isFinite { members["value"] = .number(reading.value) }
                    if let unit = reading.unit { members["unit"] = .string(unit) }
                }
                return .object(members)
            })
    }
}
