import Record
import Store

extension MissionTable {
    /// Goods stayed aboard of the vehicle that had a mission.
    static func lade(_ kept: MissionCase, _ event: Event, in writer: any Writer) throws {
        guard let vehicle = kept.mission.vehicle else { return }
        // One that is asked for again and fails again is aboard again.
        try writer.execute("DELETE FROM robots_laden WHERE mission = ?", [.text(kept.id)])
        try writer.execute(
            """
            INSERT INTO robots_laden (mission, site, maker, serial, thing, scope, since)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(kept.id), .text(kept.mission.site), .text(vehicle.manufacturer), .text(vehicle.serial),
                .text(vehicle.thing.rawValue), .text(event.scope.text), .integer(event.observed.microseconds),
            ])
    }

    /// A person has taken out what was aboard when they said so.
    static func unload(_ event: Event, _ payload: [String: JSON], in writer: any Writer) throws {
        for mission in payload["missions"]?.elements?.compactMap(\.text) ?? [] {
            try writer.execute(
                "UPDATE robots_laden SET unloaded = ? WHERE unloaded IS NULL AND mission = ? AND thing = ?",
                [.integer(event.observed.microseconds), .text(mission), .text(payload["thing"]?.text ?? "")])
        }
    }

    /// The vehicles of a site that still carry what no mission will hand over, whosever they are: whoever gives out work leaves
    /// them alone.
    static func laden(site: String, in reader: any Reader) throws -> Set<VehicleID> {
        try Set(
            reader.query(
                "SELECT DISTINCT maker, serial FROM robots_laden WHERE unloaded IS NULL AND site = ?", [.text(site)]
            ).map { VehicleID(manufacturer: try $0.text("maker"), serial: try $0.text("serial")) })
    }

    /// The same that a tenant may see, with what is aboard, the longest first.
    static func laden(for tenant: some Tenancy, in reader: any Reader) throws -> [LadenVehicle] {
        let own = tenant.condition(column: "scope")
        var found: [LadenVehicle] = []
        for row in try reader.query(
            "SELECT * FROM robots_laden WHERE unloaded IS NULL AND \(own.sql) ORDER BY since, mission LIMIT 500",
            own.arguments)
        {
            let vehicle = VehicleID(manufacturer: try row.text("maker"), serial: try row.text("serial"))
            let mission = try row.text("mission")
            if let known = found.firstIndex(where: { $0.vehicle == vehicle }) {
                found[known].missions.append(mission)
            } else {
                found.append(
                    LadenVehicle(
                        vehicle: vehicle, site: try row.text("site"), scope: Scope(try row.text("scope")) ?? .zone,
                        missions: [mission], since: Timestamp(microseconds: try row.integer("since"))))
            }
        }
        return found
    }

    /// The vehicles that were taken away, and those that have not been heard since a moment.
    static func gone(since: Timestamp, in reader: any Reader) throws -> Set<ThingID> {
        let withdrawn = try reader.query("SELECT thing FROM robots_vehicles WHERE is_withdrawn = 1")
        let lost = try reader.query(
            "SELECT thing FROM robots_vehicle_faults WHERE over IS NULL AND fault = 'lost' AND since <= ?",
            [.integer(since.microseconds)])
        return try Set((withdrawn + lost).map { ThingID(try $0.text("thing")) })
    }

    /// How many missions the next hour brings at a site: the mean of the same hour of the past seven days, of those days that
    /// the site was at work. 0 where nobody has ever asked for one a day ago.
    static func forecast(site: String, at now: Timestamp, in reader: any Reader) throws -> Double {
        let first = try reader.first("SELECT MIN(asked) AS first FROM robots_missions WHERE site = ?", [.text(site)])
        guard let first = try first?.optionalInteger("first") else { return 0 }
        let days = min(7, Int(now.seconds(since: Timestamp(microseconds: first)) / 86_400))
        guard days > 0 else { return 0 }
        var many: Int64 = 0
        for day in 1...days {
            let from = now.advanced(bySeconds: -86_400 * Double(day))
            let row = try reader.first(
                "SELECT COUNT(*) AS many FROM robots_missions WHERE site = ? AND asked >= ? AND asked < ?",
                [.text(site), .integer(from.microseconds), .integer(from.advanced(bySeconds: 3600).microseconds)])
            many += try row?.integer("many") ?? 0
        }
        return Double(many) / Double(days)
    }
}
