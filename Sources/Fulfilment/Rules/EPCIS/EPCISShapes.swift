import Record

/// The five events of EPCIS 2.0, member by member (JSON schema of the standard, edition of 2022).
enum EPCISShapes {
    /// How many faults of one event are told.
    static let mostFaults = 20

    static let context: EPCISShape = .any

    private static let quantity = EPCISShape.members(
        ["epcClass": .uri, "quantity": .number, "uom": .written(.unit)], required: ["epcClass"], others: .none)
    private static let place = EPCISShape.members(["id": .uri], required: ["id"], others: .any)
    private static let dispositions = EPCISShape.list(.word(.disposition), minimum: 1, isSet: true)

    private static let transactions = EPCISShape.list(
        .members(
            ["type": .word(.transaction), "bizTransaction": .uri], required: ["bizTransaction"], others: .none))

    private static func parties(_ name: String) -> EPCISShape {
        .list(.members(["type": .word(.party), name: .uri], required: ["type", name], others: .none))
    }

    private static let device: [String: EPCISShape] = [
        "time": .time, "deviceID": .uri, "deviceMetadata": .uri, "rawData": .uri, "dataProcessingMethod": .uri,
        "bizRules": .uri,
    ]

    private static let report = EPCISShape.members(
        device.merging(
            [
                "type": .word(.measurement), "exception": .word(.alert), "microorganism": .uri,
                "chemicalSubstance": .uri, "coordinateReferenceSystem": .uri, "value": .number,
                "component": .word(.component), "stringValue": .text, "booleanValue": .flag,
                "hexBinaryValue": .written(.hex), "uriValue": .uri, "minValue": .number, "maxValue": .number,
                "meanValue": .number, "sDev": .number, "percRank": .number, "percValue": .number, "uom": .text,
            ]) { $1 }, required: ["type"])

    private static let sensors = EPCISShape.list(
        .members(
            [
                "sensorMetadata": .members(device.merging(["startTime": .time, "endTime": .time]) { $1 }),
                "sensorReport": .list(report, minimum: 1),
            ], required: ["sensorReport"]))

    /// What every event has.
    private static let common: [String: EPCISShape] = [
        "@context": context, "type": .uriOrName, "eventTime": .time, "recordTime": .time,
        "eventTimeZoneOffset": .written(.offset), "eventID": .uri, "certificationInfo": .uris,
        "errorDeclaration": .members(
            ["declarationTime": .time, "reason": .word(.errorReason), "correctiveEventIDs": .list(.uri)],
            required: ["declarationTime"]),
    ]

    /// Where, why and how, as four of the five have it.
    private static let circumstances: [String: EPCISShape] = [
        "bizStep": .word(.bizStep), "disposition": .word(.disposition), "readPoint": place, "bizLocation": place,
        "bizTransactionList": transactions, "sourceList": parties("source"),
        "destinationList": parties("destination"), "sensorElementList": sensors,
    ]

    private static let action: [String: EPCISShape] = ["action": .choice(["OBSERVE", "ADD", "DELETE"])]
    private static let lasting: [String: EPCISShape] = [
        "persistentDisposition": .members(["set": dispositions, "unset": dispositions], others: .none)
    ]
    private static let master: [String: EPCISShape] = ["ilmd": .members([:])]
    private static let epcs = EPCISShape.list(.uri, isSet: true)

    private static func shape(_ parts: [String: EPCISShape]..., required: [String]) -> EPCISShape {
        .members(
            ([common, circumstances] + parts).reduce(into: [:]) { all, part in all.merge(part) { $1 } },
            required: ["type", "eventTime", "eventTimeZoneOffset"] + required)
    }

    private static let children: [String: EPCISShape] = [
        "parentID": .uri, "childEPCs": .list(.uri), "childQuantityList": .list(quantity),
    ]

    /// How an event of a kind must look.
    static let events: [EPCISEvent.Kind: EPCISShape] = [
        .object: shape(
            action, lasting, master, ["epcList": epcs, "quantityList": .list(quantity)], required: ["action"]),
        .aggregation: shape(action, children, required: ["action"]),
        .transaction: shape(
            action,
            [
                "parentID": .uri, "epcList": .list(.uri), "quantityList": .list(quantity),
                "bizTransactionList": .list(
                    .members(
                        ["type": .word(.transaction), "bizTransaction": .uri], required: ["bizTransaction"],
                        others: .none), minimum: 1),
            ], required: ["action", "bizTransactionList"]),
        .transformation: shape(
            lasting, master,
            [
                "inputEPCList": epcs, "inputQuantityList": .list(quantity), "outputEPCList": epcs,
                "outputQuantityList": .list(quantity), "transformationID": .uri,
            ], required: []),
        .association: shape(action, children, required: ["action", "parentID"]),
    ]

    /// An event of a type of somebody's own.
    static let other = EPCISShape.members(common, required: ["type", "eventTime", "eventTimeZoneOffset"], others: .any)

    /// What is wrong with an event, in the order of its members.
    static func faults(in event: JSON) -> [EPCISFault] {
        guard event.members != nil else { return [EPCISFault("", .kind, "object")] }
        guard let type = event["type"]?.text else { return [EPCISFault("type", .required)] }
        var faults: [EPCISFault] = []
        if let context = event["@context"], !EPCISDocument.isContext(context) {
            faults.append(EPCISFault("@context", .kind, "URI, object, list"))
        }
        guard let kind = EPCISEvent.Kind(rawValue: type) else {
            if !EPCISWriting.isURI(type) { faults.append(EPCISFault("type", .vocabulary, type)) }
            other.faults(in: event, at: "", into: &faults)
            return faults
        }
        events[kind]?.faults(in: event, at: "", into: &faults)
        faults += across(event, kind)
        return faults
    }

    /// What no single member shows.
    private static func across(_ event: JSON, _ kind: EPCISEvent.Kind) -> [EPCISFault] {
        func has(_ name: String) -> Bool { event[name]?.elements.map { !$0.isEmpty } ?? false }
        let action = event["action"]?.text
        var faults: [EPCISFault] = []
        if kind == .object || kind == .transformation, event["persistentDisposition"]?.members?.isEmpty == true {
            faults.append(EPCISFault("persistentDisposition", .few))
        }
        switch kind {
        case .object:
            let isSensed = has("sensorElementList") && event["readPoint"] != nil
            if event["epcList"] == nil, !has("quantityList"), !isSensed {
                faults.append(EPCISFault("", .what, "epcList, quantityList, sensorElementList + readPoint"))
            }
            if event["ilmd"] != nil, action != "ADD" { faults.append(EPCISFault("ilmd", .onlyAdd)) }
        case .aggregation, .association:
            if action != "DELETE", !has("childEPCs"), !has("childQuantityList") {
                faults.append(EPCISFault("", .what, "childEPCs, childQuantityList"))
            }
        case .transaction:
            if action != "DELETE", event["epcList"] == nil, !has("quantityList") {
                faults.append(EPCISFault("", .what, "epcList, quantityList"))
            }
        case .transformation:
            let (comes, goes) = (
                has("inputEPCList") || has("inputQuantityList"), has("outputEPCList") || has("outputQuantityList")
            )
            let isPart = event["transformationID"] != nil
            if isPart ? !comes && !goes : !comes || !goes {
                faults.append(EPCISFault("", .what, isPart ? "input…, output…" : "input… + output…"))
            }
        }
        return faults
    }
}

extension EPCISShape {
    /// A name of a type: judged by which it is.
    fileprivate static let uriOrName = EPCISShape.text
}
