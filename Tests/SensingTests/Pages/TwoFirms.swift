import District
import Foundation
import Record
import Series
import Store
import TestKit
import Testing
import Twin

@testable import Access
@testable import Sensing

/// Two firms side by side in one house, each with people, things, readings, alarms, notes, tokens and a replay that bear
/// a word of its own, so that the word tells whose data a page shows.
struct TwoFirms: Sendable {
    /// One firm and the names of what it has.
    struct Side: Sendable {
        let firm: String
        let person: String
        /// Stands in every name, reason, note and file of the firm.
        let mark: String
        let thing: String
        let alarm: String
        let correlation: String
        let event: String
        let leaf: Int64
        let token: APIToken
        let key: String
        let replay: String

        /// Identifiers that a page without parameters has no reason to show to others.
        var identifiers: [String] { [thing, alarm, correlation, token.id, replay, "firm:\(firm)"] }
    }

    let house: StandingHouse
    let alfa: Side
    let bravo: Side

    init(_ house: StandingHouse) async throws {
        self.house = house
        alfa = try await Self.found("alfa", mark: "Zebra", value: 111.125, house)
        bravo = try await Self.found("bravo", mark: "Quagga", value: 98_765.5, house)
    }

    private static func found(
        _ firm: String, mark: String, value: Double, _ house: StandingHouse
    ) async throws -> Side {
        let (district, person, thing) = (house.district, "p-\(firm)", "press-\(firm)")
        try await house.register(firm, name: "\(mark) Works")
        try await house.add(person, name: "\(mark) Kim", roles: [.safetyManager], firm: firm)
        let zone = try Caller.system("test").tenant
        let origin = Origin(author: .system("test"))
        let scope = Scope.firm(FirmID(firm))
        try await district.transact { transaction in
            let things = [
                Thing(
                    id: ThingID("site-\(firm)"), kind: .site, name: Words("\(mark) 공장", "\(mark) plant"),
                    firm: FirmID(firm), scope: scope),
                Thing(
                    id: ThingID(thing), kind: .machine, parent: ThingID("site-\(firm)"),
                    name: Words("\(mark) 프레스", "\(mark) press"), firm: FirmID(firm), scope: scope),
            ]
            try transaction.record(try TwinEvents.declared(things, for: zone, in: transaction.writer), origin: origin)
        }
        let now = district.clock()
        _ = try await house.spine.series.append(
            (0..<5).map { second in
                Sample(
                    SeriesKey(ThingID(thing), "vibration"), unit: "mm/s",
                    Reading(time: now.advanced(bySeconds: Double(second - 5)), value: value))
            })
        let alarm = Identifier(at: now).description
        let raised = try await district.record(
            [
                Draft(
                    "sensing.alarm.raised", stream: "alarm/\(alarm)", scope: scope,
                    payload: [
                        "alarm": .string(alarm), "thing": .string(thing), "property": "vibration", "priority": "high",
                        "origin": "live", "reason": "drift",
                        "why": ["ko": .string("\(mark) 진동"), "en": .string("\(mark) shakes")],
                        "evidence": [
                            "thing": .string(thing), "property": "vibration", "value": .number(value),
                            "observed": .string(now.description),
                        ],
                    ])
            ], origin: origin)
        let caller = Caller(
            .person(PersonID(person)), name: "\(mark) Kim", roles: [.safetyManager], firm: FirmID(firm))
        _ = try await district.perform(
            "sensing.alarm.acknowledge", ["alarm": .string(alarm), "note": .string("\(mark) note")], by: caller)
        _ = try await district.perform(
            "sensing.limit.set",
            [
                "thing": .string(thing), "property": "vibration", "high": .number(value + 1),
                "reason": .string("\(mark) data sheet"),
            ], by: caller, confirmed: true)
        let (key, token) = try await house.token(
            "\(mark)-gateway", scopes: ["*"], firm: firm, roles: [.safetyManager])
        let started = try await house.client.send(
            "POST", "/api/v1/import?mode=replay&name=\(mark)-file", [("Authorization", "Token \(key)")],
            body: Array("time,flow\n2026-01-01T00:00:00Z,1\n2026-01-01T00:00:01Z,2\n".utf8))
        let replay = try JSON(parsing: started.body)["replay"]?.text ?? ""
        let first = try #require(raised.first)
        return Side(
            firm: firm, person: person, mark: mark, thing: thing, alarm: alarm,
            correlation: first.correlation.description, event: first.id.description, leaf: first.leaf ?? 0,
            token: token, key: key, replay: replay)
    }

    /// Everything that is a firm's, as it stands: rows by table, and its readings.
    func dump(_ side: Side) async throws -> [String: [String]] {
        let scope = "firm:\(side.firm)"
        var dump = try await house.district.store.read { reader in
            var dump: [String: [String]] = [:]
            for table in try reader.query("SELECT name FROM sqlite_master WHERE type = 'table'", []) {
                let name = try table.text("name")
                let columns = try reader.query("SELECT name FROM pragma_table_info(?)", [.text(name)]).map {
                    try $0.text("name")
                }
                let own = columns.filter { ["scope", "firm"].contains($0) }
                guard !own.isEmpty else { continue }
                let condition = own.map { "\($0) IN (?, ?)" }.joined(separator: " OR ")
                let rows = try reader.query(
                    "SELECT * FROM \"\(name)\" WHERE \(condition)",
                    own.flatMap { _ in [SQLValue.text(scope), SQLValue.text(side.firm)] })
                dump[name] = rows.map { row in
                    // When a token was last used is no change of anyone's data.
                    columns.filter { $0 != "used" }.map { "\($0)=\(row[$0])" }.joined(separator: " ")
                }.sorted()
            }
            return dump
        }
        for series in house.spine.series.series() where series.key.thing.rawValue.contains(side.firm) {
            dump["readings \(series.key)"] = ["\(series.count) until \(series.last)"]
        }
        return dump
    }
}
