import Record

/// What somebody sent: a document of events, the answer to a query, or one event; each event judged by itself, so that a
/// wrong one keeps its neighbours.
struct EPCISDocument: Sendable {
    /// How an event came out.
    typealias Reading = Result<EPCISEvent, EPCISFaults>

    /// The events, in order.
    let events: [Reading]

    /// How many events are taken at once, and how many bytes.
    static let mostEvents = 1000
    static let largest = 4 << 20

    /// The vocabulary that every document names first.
    static let context = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
    /// The house's own members.
    static let ownPrefix = "slipway"
    static let ownNamespace = "https://slipway.dev/epcis/"

    /// The events that are right.
    var sound: [EPCISEvent] { events.compactMap { try? $0.get() } }
    /// Everything that is wrong, with the event it is wrong in.
    var faults: [EPCISFault] {
        events.enumerated().flatMap { number, reading -> [EPCISFault] in
            guard case .failure(let failure) = reading else { return [] }
            return failure.faults.map { fault in
                var fault = fault
                fault.event = number
                return fault
            }
        }
    }

    /// Reads JSON-LD or XML, whichever it is.
    /// - Throws: what is wrong with the document itself; what is wrong with its events stands in ``events``.
    init(_ bytes: [UInt8]) throws(EPCISFaults) {
        guard bytes.count <= Self.largest else {
            throw EPCISFaults([EPCISFault("", .limit, "\(Self.largest) bytes")])
        }
        var text = bytes[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        let first = text.first { ![9, 10, 13, 32].contains($0) }
        try self.init(json: first == UInt8(ascii: "<") ? try Self.xml(text) : try Self.json(text))
    }

    private static func json(_ text: ArraySlice<UInt8>) throws(EPCISFaults) -> JSON {
        do throws(JSONError) {
            return try JSON(parsing: text, limits: JSONLimits(bytes: largest, depth: 32))
        } catch {
            throw EPCISFaults([EPCISFault("", .syntax, error.description)])
        }
    }

    private static func xml(_ text: ArraySlice<UInt8>) throws(EPCISFaults) -> JSON {
        do throws(MarkupReader.Failure) {
            let root = try MarkupReader.read(
                String(decoding: text, as: UTF8.self), largest: largest, deepest: 24)
            guard let json = EPCISXML.document(root) else {
                throw MarkupReader.Failure(offset: 0, rule: "an EPCISDocument or EPCISQueryDocument")
            }
            return json
        } catch {
            throw EPCISFaults([EPCISFault("", .syntax, error.description)])
        }
    }

    /// Reads a document, or one event.
    init(json: JSON) throws(EPCISFaults) {
        guard json.members != nil else { throw EPCISFaults([EPCISFault("", .kind, "object")]) }
        var faults: [EPCISFault] = []
        func needs(_ path: String, _ value: JSON?, _ isRight: (JSON) -> Bool, _ rule: EPCISFault.Rule) {
            guard let value else { return faults.append(EPCISFault(path, .required)) }
            if !isRight(value) { faults.append(EPCISFault(path, rule, value.text ?? "")) }
        }
        needs("@context", json["@context"], Self.isContext, .kind)
        needs("type", json["type"], { $0.text != nil }, .kind)
        let (type, list): (String?, JSON?) = (json["type"]?.text, Self.list(json))
        switch type {
        case "EPCISDocument":
            needs("schemaVersion", json["schemaVersion"], Self.isVersion, .pattern)
            needs("creationDate", json["creationDate"], { $0.text.flatMap(EPCISWriting.moment) != nil }, .time)
            needs("epcisBody/eventList", list, { $0.elements != nil }, .kind)
        case "EPCISQueryDocument":
            needs(
                "epcisBody/queryResults/queryName", json["epcisBody"]?["queryResults"]?["queryName"],
                { $0.text != nil }, .kind)
            needs("epcisBody/queryResults/resultsBody/eventList", list, { $0.elements != nil }, .kind)
        default: break
        }
        guard faults.isEmpty else { throw EPCISFaults(faults) }
        guard type == "EPCISDocument" || type == "EPCISQueryDocument" else {
            events = [Self.read(json, context: nil)]
            return
        }
        let elements = list?.elements ?? []
        guard elements.count <= Self.mostEvents else {
            throw EPCISFaults([EPCISFault("epcisBody/eventList", .limit, "\(Self.mostEvents)")])
        }
        let context = Self.ownContext(json["@context"])
        events = elements.map { Self.read($0, context: context) }
    }

    private static func list(_ json: JSON) -> JSON? {
        json["epcisBody"]?["eventList"] ?? json["epcisBody"]?["queryResults"]?["resultsBody"]?["eventList"]
    }

    /// An event that says itself what its prefixes mean, as it does where its document is no longer around it.
    private static func read(_ json: JSON, context: JSON?) -> Reading {
        Result { () throws(EPCISFaults) -> EPCISEvent in
            var event = try EPCISEvent(json)
            if event["@context"] == nil, let context { event.set("@context", context) }
            return event
        }
    }

    /// A document's context, where it names more than the standard's.
    private static func ownContext(_ context: JSON?) -> JSON? {
        guard let context else { return nil }
        if context.members != nil { return context }
        guard context.elements?.contains(where: { $0.members != nil }) == true else { return Optional.none }
        return context
    }

    static func isContext(_ json: JSON) -> Bool {
        if let text = json.text { return EPCISWriting.isURI(text) }
        if json.members != nil { return true }
        guard let elements = json.elements, Set(elements).count == elements.count else { return false }
        return elements.allSatisfy { $0.members != nil || $0.text.map(EPCISWriting.isURI) == true }
    }

    private static func isVersion(_ json: JSON) -> Bool {
        guard let text = json.text else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) }
        }
    }

    // MARK: - Writing

    /// The context of what the house writes.
    static let written: JSON = [.string(context), .object([ownPrefix: .string(ownNamespace)])]

    /// A document of events.
    static func document(_ events: [JSON], created: Timestamp) -> JSON {
        [
            "@context": written, "type": "EPCISDocument", "schemaVersion": "2.0",
            "creationDate": .string(created.description), "epcisBody": ["eventList": .array(events)],
        ]
    }

    /// The answer to a query.
    static func answer(_ events: [JSON], to query: String, subscription: String? = nil, created: Timestamp) -> JSON {
        var results: [String: JSON] = [
            "queryName": .string(query), "resultsBody": ["eventList": .array(events)],
        ]
        if let subscription { results["subscriptionID"] = .string(subscription) }
        return [
            "@context": written, "type": "EPCISQueryDocument", "schemaVersion": "2.0",
            "creationDate": .string(created.description), "epcisBody": ["queryResults": .object(results)],
        ]
    }
}
