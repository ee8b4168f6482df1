import Record

/// Documents of EPCIS 2.0 in XML, as the JSON-LD that says the same: words of the vocabulary bare, members of others
/// under prefixes that the event explains.
struct EPCISXML {
    /// The namespaces of others, in the order in which they were met.
    private var namespaces: [String] = []

    /// A document as JSON; nil where it is none of EPCIS.
    static func document(_ root: Markup) -> JSON? {
        var members: [String: JSON] = ["@context": .string(EPCISDocument.context), "type": .string(root.name)]
        for name in ["schemaVersion", "creationDate"] {
            if let value = root.attributes[name] { members[name] = .string(value) }
        }
        let body = root.children.first { $0.name == "EPCISBody" }
        switch root.name {
        case "EPCISDocument":
            members["epcisBody"] = ["eventList": list(body?.child("EventList"))]
        case "EPCISQueryDocument":
            let results = body?.child("QueryResults")
            members["epcisBody"] = [
                "queryResults": [
                    "queryName": .string(results?.first("queryName") ?? "SimpleEventQuery"),
                    "resultsBody": ["eventList": list(results?.child("resultsBody")?.child("EventList"))],
                ]
            ]
        default: return nil
        }
        return .object(members)
    }

    private static func list(_ list: Markup?) -> JSON {
        guard let list else { return .null }
        return .array(
            list.children.map { element in
                var reader = EPCISXML()
                var event = reader.event(element)
                if !reader.namespaces.isEmpty {
                    let own = reader.namespaces.enumerated().map { ("ext\($0.offset + 1)", JSON.string($0.element)) }
                    event["@context"] = .array([
                        .string(EPCISDocument.context), .object(Dictionary(own, uniquingKeysWith: { $1 })),
                    ])
                }
                return .object(event)
            })
    }

    private mutating func event(_ element: Markup) -> [String: JSON] {
        let isOwn = element.namespace.map { !$0.hasPrefix("urn:epcglobal:epcis") } ?? false
        var event: [String: JSON] = ["type": .string(isOwn ? name(element) : element.name)]
        for child in element.children {
            if child.namespace != nil, !isEPCIS(child) {
                add(name(child), value(child), to: &event)
                continue
            }
            switch child.name {
            // Version 1 keeps what came later in wrappers: their content belongs to the event.
            case "extension", "baseExtension":
                let inner = self.event(Markup(element.name, child.children))
                event.merge(inner) { old, _ in old }
            default: event[child.name] = member(child)
            }
        }
        return event
    }

    private mutating func member(_ child: Markup) -> JSON {
        switch child.name {
        case "epcList", "childEPCs", "inputEPCList", "outputEPCList":
            return .array(child.children.map { .string(Self.trimmed($0.text)) })
        case "quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList":
            return .array(
                child.children.map { element in
                    object(element.children) { name, text in name == "quantity" ? number(text) : .string(text) }
                })
        case "readPoint", "bizLocation": return own(child.children)
        case "bizTransactionList": return typed(child, "bizTransaction", .transaction)
        case "sourceList": return typed(child, "source", .party)
        case "destinationList": return typed(child, "destination", .party)
        case "bizStep": return .string(CBV.Kind.bizStep.bare(Self.trimmed(child.text)))
        case "disposition": return .string(CBV.Kind.disposition.bare(Self.trimmed(child.text)))
        case "persistentDisposition":
            var members: [String: [JSON]] = [:]
            for one in child.children {
                members[one.name, default: []].append(.string(CBV.Kind.disposition.bare(Self.trimmed(one.text))))
            }
            return .object(members.mapValues { .array($0) })
        case "errorDeclaration":
            var members = own(child.children.filter { $0.name != "correctiveEventIDs" }).members ?? [:]
            if let reason = members["reason"]?.text { members["reason"] = .string(CBV.Kind.errorReason.bare(reason)) }
            if let ids = child.child("correctiveEventIDs") {
                members["correctiveEventIDs"] = .array(ids.children.map { .string(Self.trimmed($0.text)) })
            }
            return .object(members)
        case "sensorElementList": return .array(child.children.map { sensor($0) })
        case "ilmd": return own(child.children)
        default: return .string(Self.trimmed(child.text))
        }
    }

    private mutating func sensor(_ element: Markup) -> JSON {
        var (members, reports): ([String: JSON], [JSON]) = ([:], [])
        for child in element.children {
            switch child.name {
            case "sensorMetadata": members["sensorMetadata"] = attributes(child)
            case "sensorReport": reports.append(attributes(child))
            default: add(name(child), value(child), to: &members)
            }
        }
        members["sensorReport"] = .array(reports)
        return .object(members)
    }

    private static let numbers: Set = ["value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue"]

    private mutating func attributes(_ element: Markup) -> JSON {
        var members: [String: JSON] = [:]
        for (key, text) in element.attributes {
            let value: JSON =
                switch key {
                case _ where Self.numbers.contains(key): number(text)
                case "booleanValue":
                    ["true", "1"].contains(text) ? true : ["false", "0"].contains(text) ? false : .string(text)
                case "type": .string(CBV.Kind.measurement.bare(text))
                case "exception": .string(CBV.Kind.alert.bare(text))
                case "component": .string(CBV.Kind.component.bare(text))
                default: .string(text)
                }
            members[key.hasPrefix("{") ? qualified(key) : key] = value
        }
        return .object(members)
    }

    private func typed(_ list: Markup, _ name: String, _ kind: CBV.Kind) -> JSON {
        .array(
            list.children.map { one in
                var members: [String: JSON] = [name: .string(Self.trimmed(one.text))]
                if let type = one.attributes["type"] { members["type"] = .string(kind.bare(type)) }
                return .object(members)
            })
    }

    /// Members of the standard as texts, those of others as they are.
    private mutating func own(_ children: [Markup]) -> JSON {
        var members: [String: JSON] = [:]
        for child in children {
            if child.namespace != nil, !isEPCIS(child) {
                add(name(child), value(child), to: &members)
            } else {
                members[child.name] = .string(Self.trimmed(child.text))
            }
        }
        return .object(members)
    }

    private func object(_ children: [Markup], _ value: (String, String) -> JSON) -> JSON {
        .object(
            Dictionary(
                children.map { ($0.name, value($0.name, Self.trimmed($0.text))) }, uniquingKeysWith: { $1 }))
    }

    // MARK: Members of others

    private mutating func value(_ element: Markup) -> JSON {
        guard !element.children.isEmpty || !element.attributes.isEmpty else {
            return .string(Self.trimmed(element.text))
        }
        var members: [String: JSON] = [:]
        for (key, text) in element.attributes { members[key.hasPrefix("{") ? qualified(key) : key] = .string(text) }
        for child in element.children { add(name(child), value(child), to: &members) }
        if element.children.isEmpty, !Self.trimmed(element.text).isEmpty {
            members["#text"] = .string(Self.trimmed(element.text))
        }
        return .object(members)
    }

    /// The first is a value, more of the same name are a list.
    private func add(_ name: String, _ value: JSON, to members: inout [String: JSON]) {
        switch members[name] {
        case nil: members[name] = value
        case .array(let values): members[name] = .array(values + [value])
        case .some(let one): members[name] = .array([one, value])
        }
    }

    private mutating func name(_ element: Markup) -> String {
        guard let namespace = element.namespace else { return element.name }
        return prefix(of: namespace) + ":" + element.name
    }

    private mutating func qualified(_ key: String) -> String {
        let parts = key.dropFirst().split(separator: "}", maxSplits: 1).map(String.init)
        return parts.count == 2 ? "\(prefix(of: parts[0])):\(parts[1])" : key
    }

    private mutating func prefix(of namespace: String) -> String {
        let known = namespaces.firstIndex(of: namespace)
        if known == nil { namespaces.append(namespace) }
        return "ext\((known ?? namespaces.count - 1) + 1)"
    }

    private func isEPCIS(_ element: Markup) -> Bool { element.namespace?.hasPrefix("urn:epcglobal:epcis") ?? true }

    private func number(_ text: String) -> JSON {
        guard let number = Double(text), number.isFinite else { return .string(text) }
        return .number(number)
    }

    private static func trimmed(_ text: String) -> String {
        let spaces: Set<Character> = [" ", "\n", "\t", "\r", "\r\n"]
        let head = text.drop { spaces.contains($0) }
        return String(head.reversed().drop { spaces.contains($0) }.reversed())
    }
}

extension Markup {
    /// The first element of a name in it.
    fileprivate func child(_ name: String) -> Markup? { children.first { $0.name == name } }
}
