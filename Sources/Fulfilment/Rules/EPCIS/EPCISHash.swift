import Record

/// The hash identifier of CBV 2.0, 8.9: the same for an event however it is written, in JSON or in XML, with URNs or with
/// GS1 Digital Links. What is recorded only later (recordTime, eventID, errorDeclaration) has no part in it.
struct EPCISHash {
    private let namespaces: [String: String]

    /// `ni:///sha-256;…?ver=CBV2.0`.
    static func id(of event: EPCISEvent) -> String {
        "ni:///sha-256;\(ContentHash.sha256(preHash(of: event).utf8))?ver=CBV2.0"
    }

    /// The text of which the hash is taken.
    static func preHash(of event: EPCISEvent) -> String {
        var namespaces: [String: String] = [:]
        let context = event["@context"]
        for part in context?.elements ?? [context ?? .null] {
            for (prefix, namespace) in part.members ?? [:] { namespaces[prefix] = namespace.text }
        }
        return EPCISHash(namespaces: namespaces).text(event)
    }

    private func text(_ event: EPCISEvent) -> String {
        var left = event.members
        for name in ["@context", "type", "recordTime", "eventID", "errorDeclaration", "rdfs:comment", "comment"] {
            left[name] = nil
        }
        var text = "eventType=\(own(event.type))"
        for (name, part) in Self.order {
            guard let value = left.removeValue(forKey: name) else { continue }
            text += part(self, name, value)
        }
        return text + extensions(left)
    }

    // MARK: - The order of the standard

    private typealias Part = @Sendable (EPCISHash, String, JSON) -> String

    private static let order: [(String, Part)] = [
        ("eventTime", moment), ("eventTimeZoneOffset", plain), ("certificationInfo", values), ("parentID", plain),
        ("epcList", epcs), ("inputEPCList", epcs), ("childEPCs", epcs), ("quantityList", quantities),
        ("childQuantityList", quantities), ("inputQuantityList", quantities), ("outputEPCList", epcs),
        ("outputQuantityList", quantities), ("action", plain), ("transformationID", plain),
        ("bizStep", word(.bizStep)), ("disposition", word(.disposition)), ("persistentDisposition", lasting),
        ("readPoint", place), ("bizLocation", place), ("bizTransactionList", pairs("bizTransaction", .transaction)),
        ("sourceList", pairs("source", .party)), ("destinationList", pairs("destination", .party)),
        ("sensorElementList", sensors), ("ilmd", master),
    ]

    private static let plain: Part = { hash, name, value in hash.pair(name, value) }
    private static let moment: Part = { _, name, value in "\(name)=\(time(value.text ?? ""))" }
    private static let values: Part = { hash, name, value in
        hash.sorted((value.elements ?? [value]).map { hash.pair(name, $0) })
    }
    private static let epcs: Part = { hash, name, value in
        hash.list(name, (value.elements ?? []).map { hash.pair("epc", $0) })
    }
    private static let quantities: Part = { hash, name, value in
        hash.list(
            name,
            (value.elements ?? []).map { one in
                "quantityElement" + ["epcClass", "quantity", "uom"].map { hash.pair($0, one[$0]) }.joined()
            })
    }
    private static let lasting: Part = { hash, name, value in
        hash.list(
            name,
            ["set", "unset"].map { key in
                hash.sorted((value[key]?.elements ?? []).map { hash.pair(key, hash.address($0, .disposition)) })
            }, isSorted: false)
    }
    private static let place: Part = { hash, name, value in
        var others = value.members ?? [:]
        others["id"] = nil
        return hash.list(name, [hash.pair("id", value["id"]), hash.extensions(others)], isSorted: false)
    }
    private static let master: Part = { hash, name, value in
        hash.list(name, [hash.extensions(value.members ?? [:])])
    }
    private static let sensors: Part = { hash, name, value in
        hash.list(name, (value.elements ?? []).map { hash.sensor($0) })
    }

    private static func word(_ kind: CBV.Kind) -> Part {
        { hash, name, value in hash.pair(name, hash.address(value, kind)) }
    }

    private static func pairs(_ value: String, _ kind: CBV.Kind) -> Part {
        { hash, name, list in
            hash.list(
                name,
                (list.elements ?? []).map { one in
                    hash.pair("type", one["type"].map { hash.address($0, kind) }) + hash.pair(value, one[value])
                })
        }
    }

    private static let device = [
        "time", "startTime", "endTime", "deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "bizRules",
    ]
    private static let report = [
        "type", "exception", "deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "time", "microorganism",
        "chemicalSubstance", "value", "component", "stringValue", "booleanValue", "hexBinaryValue", "uriValue",
        "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue", "uom", "coordinateReferenceSystem",
    ]

    private func sensor(_ element: JSON) -> String {
        var others = element.members ?? [:]
        let metadata = others.removeValue(forKey: "sensorMetadata")
        let reports = others.removeValue(forKey: "sensorReport")?.elements ?? []
        return list(
            "sensorElement",
            [
                metadata.map { list("sensorMetadata", [measured($0, Self.device)]) } ?? "",
                sorted(reports.map { list("sensorReport", [measured($0, Self.report)]) }), extensions(others),
            ], isSorted: false)
    }

    private func measured(_ value: JSON, _ order: [String]) -> String {
        var others = value.members ?? [:]
        let own = order.map { name -> String in
            guard let value = others.removeValue(forKey: name) else { return "" }
            switch name {
            case "time", "startTime", "endTime": return "\(name)=\(Self.time(value.text ?? ""))"
            case "type": return pair(name, address(value, .measurement))
            case "exception": return pair(name, address(value, .alert))
            case "component": return pair(name, address(value, .component))
            default: return pair(name, value)
            }
        }
        return own.joined() + extensions(others)
    }

    // MARK: - Writing

    /// A name and what stands under it, where there is anything.
    private func list(_ name: String, _ parts: [String], isSorted: Bool = true) -> String {
        let text = isSorted ? sorted(parts) : parts.joined()
        return text.isEmpty ? "" : name + text
    }

    private func sorted(_ parts: [String]) -> String {
        parts.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }.joined()
    }

    private func pair(_ name: String, _ value: JSON?) -> String {
        guard let value else { return "" }
        let text: String =
            switch value {
            case .string(let text): canonical(Self.trimmed(text))
            case .number: value.canonicalText
            case .bool(let flag): flag ? "true" : "false"
            default: ""
            }
        return text.isEmpty ? "" : "\(name)=\(text)"
    }

    private func address(_ value: JSON, _ kind: CBV.Kind) -> JSON {
        value.text.map { .string(kind.address(kind.bare(Self.trimmed($0)))) } ?? value
    }

    /// Members of others: each under its namespace, those of objects behind it, all in order.
    private func extensions(_ members: [String: JSON]) -> String {
        sorted(
            members.flatMap { name, value in (value.elements ?? [value]).map { extended(own(name), $0) } })
    }

    private func extended(_ name: String, _ value: JSON) -> String {
        guard let members = value.members else { return pair(name, value) }
        var others = members
        for key in ["#text", "rdfs:comment", "comment", "@context"] { others[key] = nil }
        let text = members["#text"].map { pair(name, $0) } ?? ""
        return (text.isEmpty ? name : text) + extensions(others)
    }

    /// A name under its namespace: `{https://ns.example.com/}name`.
    private func own(_ name: String) -> String {
        let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, let namespace = namespaces[parts[0]] else { return name }
        return "{\(namespace)}\(parts[1])"
    }

    /// A value in its canonical form: a GS1 key under the resolver of GS1, a short address written out.
    private func canonical(_ text: String) -> String {
        if text.hasPrefix("urn:epc:") || text.contains("://") { return GS1Key.comparable(text) }
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, let namespace = namespaces[parts[0]] else { return text }
        return namespace + parts[1]
    }

    private static func trimmed(_ text: String) -> String {
        let head = text.drop { $0.isWhitespace }
        return String(head.reversed().drop { $0.isWhitespace }.reversed())
    }

    /// A moment in UTC to the millisecond, a half rounded up.
    static func time(_ text: String) -> String {
        guard let moment = Timestamp(iso8601: text) else { return text }
        let rounded = Timestamp(microseconds: Timestamp(microseconds: moment.microseconds + 500).milliseconds * 1000)
        let milliseconds = "\(rounded.milliseconds - rounded.wholeSeconds * 1000)"
        return rounded.civil(offsetSeconds: 0).text + "." + String(repeating: "0", count: 3 - milliseconds.utf8.count)
            + milliseconds + "Z"
    }
}

extension Timestamp {
    /// Seconds since the epoch, rounded down.
    fileprivate var wholeSeconds: Int64 {
        microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000
    }
}
