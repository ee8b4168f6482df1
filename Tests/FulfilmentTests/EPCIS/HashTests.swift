import Record
import TestKit
import Testing

@testable import Fulfilment

/// The hash identifier of CBV 2.0.
@Suite struct HashTests {
    private static let event: JSON = [
        "type": "ObjectEvent", "eventTime": "2020-04-04T20:33:31.1165+02:00", "eventTimeZoneOffset": "+02:00",
        "recordTime": "2020-01-01T00:00:00Z", "eventID": "urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8",
        "@context": [
            "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
            ["example": "https://ns.example.com/epcis/"],
        ],
        "epcList": ["urn:epc:id:sgtin:0614141.107346.2018", "https://id.gs1.org/01/09506000134352/21/abc"],
        "action": "ADD", "bizStep": "receiving", "disposition": "in_progress",
        "readPoint": ["id": "urn:epc:id:sgln:0012345.11111.400", "example:x": "1"],
        "bizTransactionList": [
            ["bizTransaction": "urn:epcglobal:cbv:bt:0614141073467:1152", "type": "desadv"],
            ["type": "po", "bizTransaction": "http://transaction.acme.com/po/12345678"],
        ],
        "quantityList": [["epcClass": "urn:epc:class:lgtin:4012345.012345.998877", "quantity": 200.50, "uom": "KGM"]],
        "ilmd": ["example:lot": "L1"], "example:own": ["example:b": " 2 ", "example:c": ["3", "1"]],
    ]

    @Test func thePreHashFollowsTheOrderOfTheStandard() throws {
        let text = EPCISHash.preHash(of: try EPCISEvent(Self.event))
        let ns = "{https://ns.example.com/epcis/}"
        #expect(
            text == "eventType=ObjectEventeventTime=2020-04-04T18:33:31.117ZeventTimeZoneOffset=+02:00"
                + "epcListepc=https://id.gs1.org/01/09506000134352/21/abcepc=https://id.gs1.org/01/10614141073464/21/2018"
                + "quantityListquantityElementepcClass=https://id.gs1.org/01/04012345123456/10/998877"
                + "quantity=200.5uom=KGMaction=ADDbizStep=https://ref.gs1.org/cbv/BizStep-receiving"
                + "disposition=https://ref.gs1.org/cbv/Disp-in_progress"
                + "readPointid=https://id.gs1.org/414/0012345111112/254/400\(ns)x=1"
                + "bizTransactionListtype=https://ref.gs1.org/cbv/BTT-desadv"
                + "bizTransaction=urn:epcglobal:cbv:bt:0614141073467:1152"
                + "type=https://ref.gs1.org/cbv/BTT-pobizTransaction=http://transaction.acme.com/po/12345678"
                + "ilmd\(ns)lot=L1\(ns)own\(ns)b=2\(ns)c=1\(ns)c=3")
    }

    @Test func howItIsWrittenDoesNotMatter() throws {
        let one = try EPCISEvent(Self.event)
        var other = one
        other.set(
            "epcList",
            ["https://id.example.org/01/09506000134352/21/abc", "https://id.gs1.org/01/10614141073464/21/2018"])
        other.set("bizStep", "https://ref.gs1.org/cbv/BizStep-receiving")
        other.set("eventTime", "2020-04-04T18:33:31.117Z")
        other.set("recordTime", nil)
        other.set("eventID", nil)
        #expect(EPCISHash.id(of: other) == EPCISHash.id(of: one))
        other.set("action", "OBSERVE")
        #expect(EPCISHash.id(of: other) != EPCISHash.id(of: one))
    }

    // MARK: - Beside the tool of the standard's authors

    /// Whether a Python is here that has the tool (`epcis-event-hash-generator`, in scripts/requirements.txt).
    static var canCompare: Bool { TestPython.has("epcis_event_hash_generator") }

    @Test(.enabled(if: canCompare, "epcis-event-hash-generator is not on this machine (scripts/setup --tests)"))
    func theHashIsThatOfTheTool() throws {
        let events = Self.samples
        let document = EPCISDocument.document(events, created: Timestamp(microseconds: 0))
        let output = try TestPython.run("hashes.py", input: document.canonicalText)
        let theirs = output.split(separator: "\n").map(String.init)
        #expect(theirs.count == 2 * events.count)
        for (number, json) in events.enumerated() where theirs.count == 2 * events.count {
            var event = try EPCISEvent(json)
            event.set("@context", EPCISDocument.written)
            #expect(EPCISHash.preHash(of: event) == theirs[2 * number])
            #expect(EPCISHash.id(of: event) == theirs[2 * number + 1])
        }
    }

    /// Events of all five kinds, and what stock is said in. Left out is where the tool leaves the standard: half
    /// milliseconds (rounded to even), sensors or ilmd beside papers and sources beside destinations (out of order), papers without a type (it fails),
    /// texts that look like numbers (rewritten).
    private static var samples: [JSON] {
        var samples = (try? SampleEvents.stock()) ?? []
        samples += SampleEvents.plain
        return samples
    }
}
