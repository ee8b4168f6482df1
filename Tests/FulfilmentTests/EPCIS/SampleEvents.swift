import Record

@testable import Fulfilment

/// Events for tests.
enum SampleEvents {
    private static let when: [String: JSON] = [
        "eventTime": "2026-11-21T10:00:00+09:00", "eventTimeZoneOffset": "+09:00",
    ]

    static func event(_ type: String, _ members: [String: JSON]) -> JSON {
        .object(when.merging(members) { $1 }.merging(["type": .string(type)]) { $1 })
    }

    /// One of each kind, right.
    static let plain: [JSON] = [
        event(
            "ObjectEvent",
            [
                "epcList": ["urn:epc:id:sgtin:0614141.107346.2017", "urn:epc:id:sscc:4012345.0000000333"],
                "action": "OBSERVE", "bizStep": "shipping", "disposition": "in_transit",
                "readPoint": ["id": "urn:epc:id:sgln:0012345.11111.400"],
                "bizTransactionList": [["type": "po", "bizTransaction": "http://transaction.acme.com/po/12345678"]],
                "sourceList": [["type": "location", "source": "urn:epc:id:sgln:4012345.00225.0"]],
            ]),
        event(
            "AggregationEvent",
            [
                "destinationList": [["type": "owning_party", "destination": "https://example.org/party/1"]],
                "parentID": "urn:epc:id:sscc:4012345.0000000333", "action": "ADD", "bizStep": "packing",
                "childEPCs": ["urn:epc:id:sgtin:0614141.107346.2018"],
                "childQuantityList": [
                    ["epcClass": "urn:epc:class:lgtin:4012345.012345.998877", "quantity": 10],
                    ["epcClass": "https://example.org/item/x", "quantity": 2.5, "uom": "KGM"],
                ],
                "bizLocation": ["id": "urn:epc:id:sgln:0012345.11111.0"],
            ]),
        event(
            "TransactionEvent",
            [
                "action": "DELETE", "bizStep": "inspecting",
                "bizTransactionList": [["type": "inv", "bizTransaction": "https://example.org/inv/1"]],
            ]),
        event(
            "TransformationEvent",
            [
                "inputQuantityList": [["epcClass": "urn:epc:class:lgtin:4012345.012345.1", "quantity": 3]],
                "outputEPCList": ["https://id.gs1.org/01/09506000134352/21/k1"], "bizStep": "assembling",
                "transformationID": "https://example.org/t/1",
            ]),
        event(
            "AssociationEvent",
            [
                "parentID": "https://example.org/tote/1", "action": "ADD",
                "childEPCs": ["https://example.org/sensor/1"], "bizStep": "installing",
            ]),
        event(
            "ObjectEvent",
            [
                "epcList": ["https://example.org/tote/1"], "action": "OBSERVE", "bizStep": "sensor_reporting",
                "readPoint": ["id": "https://example.org/place/1"],
                "sensorElementList": [
                    [
                        "sensorMetadata": [
                            "time": "2026-11-21T10:00:00+09:00", "deviceID": "https://example.org/sensor/1",
                        ],
                        "sensorReport": [
                            ["type": "Temperature", "value": 26.0, "uom": "CEL"],
                            ["type": "RelativeHumidity", "minValue": 40.25, "maxValue": 70, "uom": "A93"],
                        ],
                    ]
                ],
            ]),
        event(
            "ObjectEvent",
            [
                "epcList": ["https://example.org/item/1"], "action": "OBSERVE",
                "persistentDisposition": ["set": ["completeness_verified"], "unset": ["completeness_inferred"]],
                "errorDeclaration": [
                    "declarationTime": "2026-11-21T11:00:00+09:00", "reason": "incorrect_data",
                    "correctiveEventIDs": ["urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8"],
                ],
                "eventID": "urn:uuid:11111111-1111-4111-8111-111111111111", "slipway:own": "words",
            ]),
    ]

    /// What changes of stock are said in.
    static func stock() throws -> [JSON] {
        let (shelf, box) = (Spot(location: "A-1"), Spot(location: "container/p1"))
        let kept = Spot(location: "Q", status: .quarantine)
        let paper = StockEvent.Paper(type: "po", reference: "order/1")
        let changes = [
            StockEvent(
                StockEvent.received, centre: "c", step: "receiving", moves: [Move("RICE", lot: "L1", 5, to: shelf)],
                papers: [paper]),
            StockEvent(StockEvent.received, centre: "c", step: "receiving", moves: [Move("GLOVES", 5, to: shelf)]),
            StockEvent(
                StockEvent.quarantined, centre: "c", step: "holding",
                moves: [Move("RICE", lot: "L1", 2, from: shelf, to: kept)]),
            StockEvent(
                StockEvent.packed, centre: "c", step: "packing",
                moves: [Move("METER", 1, from: shelf, to: box, serials: ["s1"])], papers: [paper]),
            StockEvent(
                StockEvent.shipped, centre: "c", step: "shipping", moves: [Move("METER", 1, from: box, serials: ["s1"])]
            ),
            StockEvent(
                StockEvent.scrapped, centre: "c", step: "destroying", moves: [Move("RICE", lot: "L1", 2, from: kept)]),
            StockEvent(
                StockEvent.consumed, centre: "c", step: "assembling",
                moves: [Move("RICE", 2, from: shelf), Move("KIT", 1, to: shelf)]),
            StockEvent(
                StockEvent.consumed, centre: "c", step: "assembling",
                moves: [Move("RICE", 2, from: shelf), Move("GLOVES", 2, from: kept)]),
        ]
        return try changes.flatMap { try ReplayTests.events($0).map(\.json) }
    }
}
