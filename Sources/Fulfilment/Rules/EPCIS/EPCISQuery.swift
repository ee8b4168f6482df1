import Record

/// A question of the standard's SimpleEventQuery: which events, in which order, how many.
struct EPCISQuery: Sendable, Hashable {
    /// What events must be.
    enum Condition: Sendable, Hashable {
        /// A member is one of so many values.
        case isOne(of: Member, values: [String])
        /// A time is not before, or before, a moment.
        case from(Time, Timestamp)
        case before(Time, Timestamp)
        /// One of several lists holds one of so many values; `isBranch` where what stands below a value counts too.
        case holds([String], values: [String], isBranch: Bool)
        /// A quantity that compares so.
        case quantity(Comparison, Double)
        /// It declares an error.
        case declares
    }

    /// Members that an event has once.
    enum Member: String, Sendable, Hashable {
        case type, action, bizStep, disposition, readPoint, bizLocation, eventID, transformationID, errorReason
    }

    enum Time: String, Sendable, Hashable {
        case event, record, error
    }

    enum Comparison: String, Sendable, Hashable {
        case equal = "="
        case above = ">"
        case least = ">="
        case below = "<"
        case most = "<="
    }

    private(set) var conditions: [Condition] = []
    private(set) var order = Time.record
    private(set) var isDescending = false
    /// Only the first so many.
    private(set) var limit: Int?
    /// Where there are more, the question is refused.
    private(set) var most: Int?

    /// A question that asks for everything.
    init() {}

    /// The same question about goods or containers of an identifier, or of what stands below it: every lot of an item.
    func about(_ identifier: String) -> EPCISQuery {
        var query = self
        query.conditions.append(
            .holds(
                ["epc", "parent", "inputEPC", "outputEPC", "epcClass", "inputEPCClass", "outputEPCClass"],
                values: [identifier], isBranch: true))
        return query
    }

    /// What is wrong with a question: the parameter, and why.
    struct Fault: Error, Sendable, Hashable {
        let parameter: String
        let words: Words
    }

    /// Conditions a question may have, and values in one.
    static let mostConditions = 40
    static let mostValues = 100

    /// Reads a question as an address carries it: several values are separated by `|`.
    init(_ pairs: [(name: String, value: String)]) throws(Fault) {
        for (name, value) in pairs where !Self.elsewhere.contains(name) {
            try add(name, value.split(separator: "|", omittingEmptySubsequences: true).map(String.init), text: value)
        }
        try settle()
    }

    /// Reads a question as a named query carries it.
    init(_ json: JSON) throws(Fault) {
        guard let members = json.members else {
            throw Fault(parameter: "query", words: Words("질의는 객체여야 합니다.", "A query is an object."))
        }
        for (name, value) in members.sorted(by: { $0.key < $1.key })
        where name != "@context" && !Self.elsewhere.contains(name) {
            try add(name, (value.elements ?? [value]).map(Self.text), text: Self.text(value))
        }
        try settle()
    }

    private static func text(_ value: JSON) -> String {
        switch value {
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        default: value.canonicalText
        }
    }

    /// What belongs to pages and to subscriptions, not to the question.
    private static let elsewhere: Set = ["perPage", "nextPageToken"]

    // MARK: - Parameters

    private static let members: [String: (Member, CBV.Kind?)] = [
        "eventType": (.type, nil), "EQ_action": (.action, nil), "EQ_bizStep": (.bizStep, .bizStep),
        "EQ_disposition": (.disposition, .disposition), "EQ_eventID": (.eventID, nil),
        "EQ_transformationID": (.transformationID, nil), "EQ_errorReason": (.errorReason, .errorReason),
    ]

    private static let times: [String: (Time, isFrom: Bool)] = [
        "GE_eventTime": (.event, true), "LT_eventTime": (.event, false), "GE_recordTime": (.record, true),
        "LT_recordTime": (.record, false), "GE_errorDeclarationTime": (.error, true),
        "LT_errorDeclarationTime": (.error, false),
    ]

    private static let lists: [String: [String]] = [
        "MATCH_epc": ["epc"], "MATCH_parentID": ["parent"], "MATCH_inputEPC": ["inputEPC"],
        "MATCH_outputEPC": ["outputEPC"], "MATCH_anyEPC": ["epc", "parent", "inputEPC", "outputEPC"],
        "MATCH_epcClass": ["epcClass"], "MATCH_inputEPCClass": ["inputEPCClass"],
        "MATCH_outputEPCClass": ["outputEPCClass"],
        "MATCH_anyEPCClass": ["epcClass", "inputEPCClass", "outputEPCClass"],
        "EQ_correctiveEventID": ["correctiveEventID"], "EQ_type": ["sensor.type"], "EQ_deviceID": ["sensor.deviceID"],
        "EQ_dataProcessingMethod": ["sensor.dataProcessingMethod"], "EQ_bizRules": ["sensor.bizRules"],
        "EQ_microorganism": ["sensor.microorganism"], "EQ_chemicalSubstance": ["sensor.chemicalSubstance"],
        "EQ_stringValue": ["sensor.stringValue"], "EQ_hexBinaryValue": ["sensor.hexBinaryValue"],
        "EQ_uriValue": ["sensor.uriValue"], "EQ_booleanValue": ["sensor.booleanValue"],
        "EQ_persistentDisposition_set": ["set"], "EQ_persistentDisposition_unset": ["unset"],
        "EQ_readPoint": ["readPoint"], "WD_readPoint": ["readPoint"], "EQ_bizLocation": ["bizLocation"],
        "WD_bizLocation": ["bizLocation"], "EQ_bizTransaction": ["paper"],
    ]

    private static let quantities: [String: Comparison] = [
        "EQ_quantity": .equal, "GT_quantity": .above, "GE_quantity": .least, "LT_quantity": .below,
        "LE_quantity": .most,
    ]

    private mutating func add(_ name: String, _ values: [String], text: String) throws(Fault) {
        guard conditions.count < Self.mostConditions, values.count <= Self.mostValues,
            values.allSatisfy({ $0.utf8.count <= 2000 })
        else {
            throw Self.fault(name, Words("조건이 너무 많거나 깁니다.", "There are too many conditions, or they are too long."))
        }
        guard !values.isEmpty else { throw Self.fault(name, Words("값이 없습니다.", "It has no value.")) }
        if let (member, kind) = Self.members[name] {
            let meant = values.map { kind?.bare($0) ?? $0 }
            if member == .action, !meant.allSatisfy({ EPCISEvent.Action(rawValue: $0) != nil }) {
                throw Self.fault(name, Words("ADD, OBSERVE, DELETE만 됩니다.", "It is ADD, OBSERVE or DELETE."))
            }
            conditions.append(.isOne(of: member, values: meant))
        } else if let (time, isFrom) = Self.times[name] {
            // A plus in an address that nobody encoded arrives as a space.
            guard let moment = EPCISWriting.moment(text.replacing(" ", with: "+")) else {
                throw Self.fault(name, Words("시간대가 있는 일시여야 합니다.", "It is a moment with a zone."))
            }
            conditions.append(isFrom ? .from(time, moment) : .before(time, moment))
        } else if let fields = Self.lists[name] {
            let isBranch =
                name.hasPrefix("WD_") || name.hasPrefix("MATCH_") && values.contains { $0.hasPrefix("urn:epc:idpat:") }
            let meant = values.map { Self.meant($0, name) }
            conditions.append(.holds(fields, values: meant, isBranch: isBranch))
        } else if let comparison = Self.quantities[name] {
            guard let number = Double(text), number.isFinite else {
                throw Self.fault(name, Words("숫자여야 합니다.", "It is a number."))
            }
            conditions.append(.quantity(comparison, number))
        } else if name == "EXISTS_errorDeclaration" {
            if !["false", "0"].contains(text) { conditions.append(.declares) }
        } else {
            try addOther(name, values, text)
        }
    }

    private mutating func addOther(_ name: String, _ values: [String], _ text: String) throws(Fault) {
        let typed: [(String, String, CBV.Kind)] = [
            ("EQ_bizTransaction_", "paper", .transaction), ("EQ_source_", "source", .party),
            ("EQ_destination_", "destination", .party),
        ]
        for (start, field, kind) in typed where name.hasPrefix(start) {
            let type = kind.bare(String(name.dropFirst(start.count)))
            conditions.append(.holds(["\(field).\(type)"], values: values.map(GS1Key.comparable), isBranch: false))
            return
        }
        switch name {
        case "orderBy":
            guard let time = ["eventTime": Time.event, "recordTime": .record][text] else {
                throw Self.fault(
                    name, Words("eventTime이나 recordTime으로만 정렬합니다.", "Events are ordered by eventTime or recordTime."))
            }
            order = time
        case "orderDirection":
            guard ["ASC", "DESC"].contains(text) else {
                throw Self.fault(name, Words("ASC나 DESC여야 합니다.", "It is ASC or DESC."))
            }
            isDescending = text == "DESC"
        case "eventCountLimit": limit = try Self.count(name, text)
        case "maxEventCount": most = try Self.count(name, text)
        case _ where name.hasPrefix("EQ_ILMD_"):
            conditions.append(.holds(["ilmd.\(name.dropFirst(8))"], values: values, isBranch: false))
        case _ where name.hasPrefix("EQ_") && name.contains(":"):
            conditions.append(.holds(["own.\(name.dropFirst(3))"], values: values, isBranch: false))
        default:
            throw Self.fault(name, Words("지원하지 않는 질의 조건입니다.", "This parameter is not known here."))
        }
    }

    /// A value as tables keep it.
    private static func meant(_ value: String, _ name: String) -> String {
        switch name {
        case "EQ_type": CBV.Kind.measurement.bare(value)
        case "EQ_persistentDisposition_set", "EQ_persistentDisposition_unset": CBV.Kind.disposition.bare(value)
        default: GS1Key.comparable(value)
        }
    }

    private mutating func settle() throws(Fault) {
        guard limit == nil || most == nil else {
            throw Self.fault(
                "maxEventCount", Words("eventCountLimit과 함께 쓸 수 없습니다.", "It does not go with eventCountLimit."))
        }
    }

    private static func count(_ name: String, _ text: String) throws(Fault) -> Int {
        guard let number = Int(text), (1...1_000_000).contains(number) else {
            throw fault(name, Words("1 이상의 정수여야 합니다.", "It is a whole number from 1."))
        }
        return number
    }

    private static func fault(_ parameter: String, _ words: Words) -> Fault {
        Fault(parameter: parameter, words: words)
    }

    /// The same question, of some more.
    func and(_ more: Condition...) -> EPCISQuery {
        var query = self
        query.conditions += more
        return query
    }
}

extension EPCISEvent {
    /// What of an event is looked for, by field; GS1 keys in the form in which all ways of writing them compare.
    var fields: [(field: String, value: String)] {
        var fields: [(String, String)] = []
        func add(_ field: String, _ values: [String]) { fields += values.map { (field, GS1Key.comparable($0)) } }
        add("epc", epcs)
        add("parent", [parent].compactMap { $0 })
        add("inputEPC", inputs)
        add("outputEPC", outputs)
        add("epcClass", quantities.map(\.epcClass))
        add("inputEPCClass", inputQuantities.map(\.epcClass))
        add("outputEPCClass", outputQuantities.map(\.epcClass))
        // As they were written, for the list of what there is.
        let names = epcs + [parent].compactMap { $0 } + inputs + outputs
        let classes = (quantities + inputQuantities + outputQuantities).map(\.epcClass)
        fields += (names + classes).map { (Self.named, $0) }
        add("readPoint", [readPoint].compactMap { $0 })
        add("bizLocation", [bizLocation].compactMap { $0 })
        add("set", dispositionsSet)
        add("unset", dispositionsUnset)
        for paper in papers {
            add("paper", [paper.id])
            if !paper.type.isEmpty { add("paper.\(paper.type)", [paper.id]) }
        }
        for party in sources { add("source.\(party.type)", [party.id]) }
        for party in destinations { add("destination.\(party.type)", [party.id]) }
        add("correctiveEventID", (declaration?["correctiveEventIDs"]?.elements ?? []).compactMap(\.text))
        for element in sensorElements {
            for part in [element["sensorMetadata"] ?? .null] + (element["sensorReport"]?.elements ?? []) {
                for name in Self.sensed {
                    if let text = part[name]?.text { fields.append(("sensor.\(name)", text)) }
                    if let flag = part[name]?.bool { fields.append(("sensor.\(name)", flag ? "true" : "false")) }
                }
            }
        }
        for (start, members) in [("own.", members), ("ilmd.", self["ilmd"]?.members ?? [:])] {
            for (name, value) in members where name.contains(":") {
                for one in value.elements ?? [value] {
                    if let text = one.text ?? one.double.map({ JSON.number($0).canonicalText }) {
                        fields.append((start + name, String(text.prefix(500))))
                    }
                }
            }
        }
        var seen: Set<String> = []
        return fields.filter { seen.insert("\($0.0)\n\($0.1)").inserted }.sorted { $0 < $1 }.map {
            (field: $0.0, value: $0.1)
        }
    }

    /// The field of identifiers as they were written.
    static let named = "named"

    private static let sensed = [
        "type", "deviceID", "dataProcessingMethod", "bizRules", "microorganism", "chemicalSubstance", "stringValue",
        "hexBinaryValue", "uriValue", "booleanValue",
    ]
}
