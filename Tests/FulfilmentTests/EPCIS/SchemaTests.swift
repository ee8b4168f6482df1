import Foundation
import Record
import TestKit
import Testing

@testable import Fulfilment

/// What is right and what is wrong with events, beside the official JSON schema.
@Suite struct SchemaTests {
    private static let schema = SharedData.url("fulfilment/epcis/EPCIS-JSON-Schema.json")
    static var canCompare: Bool { schema != nil && TestPython.has("jsonschema_rs") }

    @Test func eventsOfEveryKindAreRight() throws {
        for event in SampleEvents.plain + (try SampleEvents.stock()) {
            #expect(EPCISShapes.faults(in: event) == [], "\(event["type"]?.text ?? "")")
            #expect(try EPCISEvent(event).json == event)
        }
        let kinds = Set(SampleEvents.plain.compactMap { $0["type"]?.text })
        #expect(kinds.count == EPCISEvent.Kind.allCases.count)
    }

    @Test(
        .enabled(if: canCompare, "the official schema or jsonschema_rs is not on this machine"),
        arguments: [3, 77] as [UInt64])
    func theVerdictIsThatOfTheOfficialSchema(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var events = SampleEvents.plain + (try SampleEvents.stock())
        let right = events.count
        for _ in 0..<1500 {
            guard let one = events[0..<right].randomElement(using: &random) else { continue }
            events.append(Self.changed(one, 0, &random))
        }
        let lines = events.map { event -> String in
            var members = event.members ?? [:]
            members["@context"] = EPCISDocument.written
            return JSON.object(members).canonicalText
        }
        let url = try #require(Self.schema)
        let output = try TestPython.run("schema.py", [url.path], input: lines.joined(separator: "\n"))
        let verdicts = output.split(separator: "\n").map { $0 == "true" }
        try #require(verdicts.count == events.count)
        #expect(verdicts.prefix(right).allSatisfy { $0 }, "what the house writes is valid")
        var (valid, wrong) = (0, [String]())
        for (event, verdict) in zip(events, verdicts) {
            let faults = EPCISShapes.faults(in: event)
            if verdict { valid += 1 }
            if faults.isEmpty != verdict { wrong.append("\(verdict) \(faults) \(event.canonicalText)") }
        }
        #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(3))")
        #expect(valid > 100 && valid < events.count - 300, "the corpus must hold both: \(valid) of \(events.count)")
    }

    /// An event with one thing in it changed: a member left out, another value, another name.
    private static func changed(_ value: JSON, _ depth: Int, _ random: inout SeededGenerator) -> JSON {
        let values: [JSON] = [
            "x", 5, true, [], ["https://example.org/a", "https://example.org/a"], "urn:a:b", "ADD", "DELETE",
            "shipping",
            "https://example.org/own", "urn:epcglobal:cbv:disp:x", "https://ns.gs1.org/cbv/x", "2026-11-21T10:00:00Z",
            "2026-11-21T10:00:00", "+15:00", "-14:00", "KGM", "kg", nil, "", [:], -1.5, "Temperature", "x y:z",
        ]
        let deeper = depth < 4 && Int.random(in: 0..<10, using: &random) < 6
        switch value {
        case .object(var members) where !members.isEmpty:
            let names = members.keys.sorted()
            guard let name = names.randomElement(using: &random), let one = members[name] else { return value }
            // The type says which rules count; a line of its own below changes it.
            switch Int.random(in: 0..<8, using: &random) {
            case _ where deeper && (one.members != nil || one.elements != nil):
                members[name] = changed(one, depth + 1, &random)
            case 0, 1, 2: members[name] = nil
            case 3: members["unknown"] = 1
            case 4: members["own:member"] = ["any", 1]
            case 5: members["ilmd"] = ["own:lot": "1"]
            default: members[name] = name == "type" && depth == 0 ? one : values.randomElement(using: &random) ?? 1
            }
            return .object(members)
        case .array(var elements) where !elements.isEmpty:
            let at = Int.random(in: 0..<elements.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: elements.remove(at: at)
            case 1: elements.append(elements[at])
            default: elements[at] = changed(elements[at], depth + 1, &random)
            }
            return .array(elements)
        default: return values.randomElement(using: &random) ?? 1
        }
    }

    @Test func aFaultNamesEventMemberAndRuleInTwoLanguages() throws {
        let document: JSON = [
            "@context": .string(EPCISDocument.context), "type": "EPCISDocument", "schemaVersion": "2.0",
            "creationDate": "2026-11-21T10:00:00Z",
            "epcisBody": [
                "eventList": .array([
                    SampleEvents.plain[0],
                    SampleEvents.event("ObjectEvent", ["action": "SEE", "epcList": ["x"], "bizStep": "shipped"]),
                    SampleEvents.plain[1],
                ])
            ],
        ]
        let read = try EPCISDocument(document.canonical)
        #expect(read.sound.count == 2, "the wrong one keeps its neighbours")
        #expect(
            read.faults.map(\.description) == ["1/action: vocabulary", "1/bizStep: vocabulary", "1/epcList/0: uri"])
        #expect(read.faults[0].words.ko.hasPrefix("2번째 이벤트의 action"))
        #expect(read.faults[0].words.en.contains("SEE"))
    }

    @Test func aDocumentThatIsNoneIsRefusedWhole() {
        for (text, rule) in [
            ("{", EPCISFault.Rule.syntax), ("<a/>", .syntax), ("<!DOCTYPE a><a/>", .syntax), ("[]", .kind),
            ("{\"type\":\"EPCISDocument\"}", .required),
        ] {
            #expect(throws: EPCISFaults.self) { try EPCISDocument(Array(text.utf8)) }
            do { _ = try EPCISDocument(Array(text.utf8)) } catch {
                #expect(error.faults.first?.rule == rule, "\(text)")
            }
        }
        let many = [UInt8](repeating: 32, count: EPCISDocument.largest + 1)
        do { _ = try EPCISDocument(many) } catch { #expect(error.faults.map(\.rule) == [.limit]) }
    }

    @Test func anEventKeepsTheContextThatExplainsItsMembers() throws {
        let standard = JSON.string(EPCISDocument.context)
        for (context, kept): (JSON, JSON?) in [
            (standard, .none), ([standard], .none),
            ([standard, ["ex": "https://ns.example.com/"]], [standard, ["ex": "https://ns.example.com/"]]),
        ] {
            var document =
                EPCISDocument.document([SampleEvents.plain[0]], created: Timestamp(microseconds: 0)).members ?? [:]
            document["@context"] = context
            let read = try EPCISDocument(json: .object(document))
            #expect(read.sound.first?["@context"] == kept)
        }
        var wrong = SampleEvents.plain[0].members ?? [:]
        wrong["@context"] = .null
        #expect(EPCISShapes.faults(in: .object(wrong)).map(\.path) == ["@context"])
    }

    @Test func xmlSaysTheSame() throws {
        let xml = """
            <?xml version="1.0" encoding="UTF-8"?>
            <epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" xmlns:ex="https://ns.example.com/epcis/"
              schemaVersion="2.0" creationDate="2026-11-21T10:00:00Z"><EPCISBody><EventList>
              <ObjectEvent>
                <eventTime>2026-11-21T10:00:00+09:00</eventTime><eventTimeZoneOffset>+09:00</eventTimeZoneOffset>
                <epcList><epc>urn:epc:id:sgtin:0614141.107346.2017</epc></epcList>
                <action>ADD</action><bizStep>urn:epcglobal:cbv:bizstep:commissioning</bizStep>
                <disposition>https://ref.gs1.org/cbv/Disp-active</disposition>
                <readPoint><id>urn:epc:id:sgln:0012345.11111.400</id><ex:gate>3</ex:gate></readPoint>
                <bizTransactionList><bizTransaction type="urn:epcglobal:cbv:btt:po">urn:po:1</bizTransaction></bizTransactionList>
                <quantityList><quantityElement><epcClass>urn:epc:class:lgtin:4012345.012345.998877</epcClass>
                  <quantity>200.0</quantity><uom>KGM</uom></quantityElement></quantityList>
                <sourceList><source type="urn:epcglobal:cbv:sdt:location">urn:epc:id:sgln:4012345.00225.0</source></sourceList>
                <sensorElementList><sensorElement><sensorMetadata time="2026-11-21T10:00:00+09:00"/>
                  <sensorReport type="gs1:Temperature" value="26.0" uom="CEL"/></sensorElement></sensorElementList>
                <persistentDisposition><set>urn:epcglobal:cbv:disp:completeness_verified</set></persistentDisposition>
                <ilmd><ex:lot>L1</ex:lot></ilmd>
                <ex:own><ex:a>1</ex:a><ex:a>2</ex:a></ex:own>
              </ObjectEvent>
              <ObjectEvent><eventTime>yesterday</eventTime></ObjectEvent>
            </EventList></EPCISBody></epcis:EPCISDocument>
            """
        let read = try EPCISDocument(Array(xml.utf8))
        #expect(read.events.count == 2 && read.sound.count == 1)
        let event = try #require(read.sound.first)
        let context: JSON = [.string(EPCISDocument.context), ["ext1": "https://ns.example.com/epcis/"]]
        let json = SampleEvents.event(
            "ObjectEvent",
            [
                "@context": context, "epcList": ["urn:epc:id:sgtin:0614141.107346.2017"], "action": "ADD",
                "bizStep": "commissioning", "disposition": "active",
                "readPoint": ["id": "urn:epc:id:sgln:0012345.11111.400", "ext1:gate": "3"],
                "bizTransactionList": [["type": "po", "bizTransaction": "urn:po:1"]],
                "quantityList": [
                    ["epcClass": "urn:epc:class:lgtin:4012345.012345.998877", "quantity": 200, "uom": "KGM"]
                ],
                "sourceList": [["type": "location", "source": "urn:epc:id:sgln:4012345.00225.0"]],
                "sensorElementList": [
                    [
                        "sensorMetadata": ["time": "2026-11-21T10:00:00+09:00"],
                        "sensorReport": [["type": "Temperature", "value": 26, "uom": "CEL"]],
                    ]
                ],
                "persistentDisposition": ["set": ["completeness_verified"]], "ilmd": ["ext1:lot": "L1"],
                "ext1:own": ["ext1:a": ["1", "2"]],
            ])
        #expect(event.json == json)
        #expect(EPCISHash.id(of: event) == EPCISHash.id(of: try EPCISEvent(json)))
    }
}
