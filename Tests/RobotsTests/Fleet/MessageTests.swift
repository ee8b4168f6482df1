import District
import Foundation
import Record
import TestKit
import Testing

@testable import Robots

/// What stands in every message, and what the rules say of messages good and bad.
@Suite struct MessageTests {
    private static let schemas = SharedData.url("robots/vda5050")
    static let desk = Result { try VDADesk(from: book) }
    static var book: Handbook { Handbook(shipped: Robots.shippedData) }

    /// Whether the official schemas and a Python that can judge by them are on this machine.
    static var canCompare: Bool { schemas != nil && TestPython.has("jsonschema") }

    @Test(
        .enabled(if: canCompare, "the official schemas or jsonschema are not on this machine"), arguments: [7, 41])
    func theVerdictIsThatOfTheOfficialSchemas(seed: Int) throws {
        let rules = try Dictionary(
            uniqueKeysWithValues: VDAVersion.allCases.map { ($0.rawValue, try VDARules($0, from: Self.book)) })
        let schemas = try #require(Self.schemas)
        let lines = try TestPython.run("corpus.py", [schemas.path, "\(seed)", "150"]).split(separator: "\n")
            .map(String.init)
        #expect(lines.count == 14 * 150)
        var (valid, wrong) = (0, [String]())
        for line in lines {
            let one = try JSON(parsing: line)
            let topic = try #require(one["topic"]?.text.flatMap { VDATopic(rawValue: $0) })
            let rule = try #require(rules[one["version"]?.text ?? ""]?.messages[topic])
            let faults = rule.faults(in: one["message"] ?? .null)
            if one["valid"] == true { valid += 1 }
            if faults.isEmpty != (one["valid"] == true) { wrong.append("\(faults) \(line.prefix(300))") }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(3))")
        #expect(valid > 300 && valid < lines.count - 300, "the corpus must hold both: \(valid) of \(lines.count)")
    }

    @Test func textAndSchemaOfTwoOneContradictAndTheTextIsFollowed() throws {
        let state = try #require(try VDARules(.v21, from: Self.book).messages[.state])
        #expect(
            state.members["actionStates"]?.element.first?.faults(in: ["actionId": "a", "actionStatus": "PAUSED"]) == [])
        let sheet = try #require(try VDARules(.v21, from: Self.book).messages[.factsheet])
        let action = sheet.members["protocolFeatures"]?.members["agvActions"]?.element.first?.members["blockingTypes"]
        #expect(action?.faults(in: ["NONE", "HARD"]) == [])
        #expect(action?.faults(in: ["SINGLE"]).map(\.rule) == [.choice])
    }

    @Test func aFaultNamesItsMemberAndRuleInTwoLanguages() throws {
        let desk = try Self.desk.get()
        let address = VDAAddress(VehicleID(manufacturer: "narae", serial: "nr-01"), version: .v21)
        let header = VDAHeader(id: 1, said: Timestamp(microseconds: 0))
        var members = VDAConnection.online.json(header, address).members ?? [:]
        members["connectionState"] = "ASLEEP"
        members["headerId"] = 1.5
        members["timestamp"] = nil
        let faults = desk.faults(in: .object(members), .connection, address)
        #expect(faults.map(\.description) == ["connectionState: choice", "headerId: kind", "timestamp: required"])
        #expect(faults[0].words.ko.contains("connectionState") && faults[0].words.en.contains("CONNECTIONBROKEN"))
    }

    @Test func whoeverSpeaksUnderAnothersNameIsRefusedByField() throws {
        let desk = try Self.desk.get()
        let one = VDAAddress(VehicleID(manufacturer: "narae", serial: "nr-01"), version: .v21)
        let other = VDAAddress(VehicleID(manufacturer: "narae", serial: "nr-02"), version: .v21)
        let json = VDAState().json(VDAHeader(id: 1, said: Timestamp(microseconds: 0)), one)
        var known = json.members ?? [:]
        known["batteryState"] = ["batteryCharge": 50, "charging": false]
        #expect(desk.faults(in: .object(known), .state, one) == [])
        #expect(desk.faults(in: .object(known), .state, other) == [VDAFault("serialNumber", .address, "nr-02")])
    }

    @Test func neitherNoiseNorLengthIsTaken() throws {
        let desk = try Self.desk.get()
        let address = VDAAddress(VehicleID(manufacturer: "narae", serial: "nr-01"), version: .v30)
        for bytes in [[], [UInt8](repeating: 0xFF, count: 40), Array("{\"a\":1,\"a\":2}".utf8), Array("[1".utf8)] {
            guard case .failure(let refusal) = desk.read(.state, address, bytes) else {
                Issue.record("taken: \(bytes)")
                continue
            }
            #expect(refusal.faults.first?.rule == .json)
        }
        guard
            case .failure(let refusal) = desk.read(.state, address, [UInt8](repeating: 32, count: VDADesk.longest + 1))
        else {
            Issue.record("taken")
            return
        }
        #expect(refusal.faults.map(\.rule) == [.length])
    }

    @Test(arguments: VDAVersion.allCases)
    func whatWeWriteIsValidAndReadsAsItWasWritten(version: VDAVersion) throws {
        let desk = try Self.desk.get()
        let address = VDAAddress(VehicleID(manufacturer: "sealane", serial: "sl-01"), version: version)
        let header = VDAHeader(id: 7, said: Timestamp(microseconds: 1_764_000_000_123_000))
        var order = VDAOrder(
            id: "mission-1", update: 2, steps: Bench.way(["a", "b", "c"])[...], released: 2)
        order.nodes[1].actions = [VDAAction(id: "x", type: "pick", parameters: ["loadId": "box"])]
        let json = order.json(header, address)
        #expect(desk.faults(in: json, .order, address) == [])
        var read = VDAOrder(json)
        #expect(VDAHeader(json) == header)
        #expect(read == order)
        read.nodes[2].isReleased = true
        read.nodes[1].isReleased = false
        #expect(read.faults.map(\.path) == ["nodes/2/released", "edges/0/released"])
        for connection in VDAConnection.allCases {
            #expect(desk.faults(in: connection.json(header, address), .connection, address) == [])
        }
        #expect(
            desk.faults(
                in: VDAAction.message([VDAAction(id: "1", type: "startPause")], header, address), .instantActions,
                address)
                == [])
        var state = Bench.state()
        state.actions = [
            .init(id: "x", type: "pick", status: "RUNNING"),
            .init(id: "c", type: "cancelOrder", status: "FINISHED", isInstant: true),
        ]
        state.errors = [.init(type: "obstacle", level: "WARNING", text: "person", references: ["nodeId": "a"])]
        let said = state.json(header, address)
        #expect(desk.faults(in: said, .state, address) == [])
        var back = VDAState(said)
        if version == .v21 { back.actions[1].isInstant = true }
        #expect(back == state)
    }

    @Test func zonesAndAnswersAreValid() throws {
        let desk = try Self.desk.get()
        let address = VDAAddress(VehicleID(manufacturer: "sealane", serial: "sl-01"), version: .v30)
        let header = VDAHeader(id: 7, said: Timestamp(microseconds: 0))
        let corners = [SitePlan.Point(x: 0, y: 0), .init(x: 1, y: 0), .init(x: 1, y: 1)]
        let rules: [SitePlan.Zone.Rule] = [.blocked, .speed(0.5), .cost(4), .cost(0.5), .capacity(1), .named]
        let zones = rules.enumerated().map {
            SitePlan.Zone(id: "z\($0)", name: Words("구역", "zone"), map: "1", corners: corners, rule: $1)
        }
        let plan = SitePlan(
            id: "s", name: Words("가", "s"), maps: [], nodes: [], edges: [], zones: zones, lifts: [], doors: [],
            footprint: 0.4)
        let json = VDAZoneSet(plan, map: "1", edition: "1").json(header, address)
        #expect(desk.faults(in: json, .zoneSet, address) == [])
        #expect(json["zoneSet"]?["zones"]?.elements?.count == 5)
        let said: [VDAAnswer.One] = [
            .init(request: "r1", answer: .granted, until: header.said), .init(request: "r2", answer: .rejected),
        ]
        let answers = VDAAnswer.json(said, header, address)
        #expect(desk.faults(in: answers, .responses, address) == [])
        #expect(VDAAnswer.read(answers) == said)
    }

    @Test func topicsAreReadInBothInterfaces() {
        let read = VDAAddress.read("vda5050/v3/sealane/sl-01/state")
        #expect(read?.address == VDAAddress(VehicleID(manufacturer: "sealane", serial: "sl-01"), version: .v30))
        #expect(VDAAddress.read("uagv/v2/narae/nr-01/order")?.topic == .order)
        for topic in [
            "uagv/v1/a/b/state", "uagv/v2/a/b/c/state", "uagv/v2//b/state", "slipway/v2/a/b/state", "uagv/v2/a/b/x",
        ] {
            #expect(VDAAddress.read(topic) == nil)
        }
    }
}
