import Record

/// An event of EPCIS 2.0, valid by the standard: what, when, where, why and how. It keeps every member as it came, those
/// of others too, and is written back the same.
struct EPCISEvent: Sendable, Hashable {
    /// The five kinds; an event of another type is somebody's own.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        case object = "ObjectEvent"
        case aggregation = "AggregationEvent"
        case transaction = "TransactionEvent"
        case transformation = "TransformationEvent"
        case association = "AssociationEvent"
    }

    /// What it does to what it is about.
    enum Action: String, Sendable, Hashable {
        case add = "ADD"
        case observe = "OBSERVE"
        case delete = "DELETE"
    }

    /// So much of a kind of goods, or of a lot.
    struct Quantity: Sendable, Hashable {
        let epcClass: String
        /// nil where nobody counted.
        let quantity: Double?
        /// nil for pieces.
        let unit: String?
    }

    /// Its members.
    private(set) var members: [String: JSON]

    /// Checks an event.
    /// - Throws: every fault of it.
    init(_ json: JSON) throws(EPCISFaults) {
        let faults = EPCISShapes.faults(in: json)
        guard faults.isEmpty, let members = json.members else { throw EPCISFaults(faults) }
        self.members = members
    }

    /// As JSON.
    var json: JSON { .object(members) }

    subscript(_ name: String) -> JSON? { members[name] }

    // MARK: When

    var eventTime: Timestamp { moment("eventTime") ?? Timestamp(microseconds: 0) }
    var recordTime: Timestamp? { moment("recordTime") }
    /// How far the clock there stood ahead of UTC, in seconds.
    var offset: Int64 { members["eventTimeZoneOffset"]?.text.flatMap(EPCISWriting.offset) ?? 0 }

    // MARK: What

    var type: String { members["type"]?.text ?? "" }
    var kind: Kind? { Kind(rawValue: type) }
    var eventID: String? { members["eventID"]?.text }
    var action: Action? { members["action"]?.text.flatMap { Action(rawValue: $0) } }
    var parent: String? { members["parentID"]?.text }
    var transformation: String? { members["transformationID"]?.text }
    /// Things one by one, and in a container.
    var epcs: [String] { texts("epcList") + texts("childEPCs") }
    var inputs: [String] { texts("inputEPCList") }
    var outputs: [String] { texts("outputEPCList") }
    var quantities: [Quantity] { quantities("quantityList") + quantities("childQuantityList") }
    var inputQuantities: [Quantity] { quantities("inputQuantityList") }
    var outputQuantities: [Quantity] { quantities("outputQuantityList") }

    // MARK: Where and why

    var readPoint: String? { members["readPoint"]?["id"]?.text }
    var bizLocation: String? { members["bizLocation"]?["id"]?.text }
    var bizStep: String? { members["bizStep"]?.text }
    var disposition: String? { members["disposition"]?.text }
    var dispositionsSet: [String] { (members["persistentDisposition"]?["set"]?.elements ?? []).compactMap(\.text) }
    var dispositionsUnset: [String] { (members["persistentDisposition"]?["unset"]?.elements ?? []).compactMap(\.text) }

    /// Its papers, by type (empty where it says none).
    var papers: [(type: String, id: String)] { pairs("bizTransactionList", "bizTransaction") }
    var sources: [(type: String, id: String)] { pairs("sourceList", "source") }
    var destinations: [(type: String, id: String)] { pairs("destinationList", "destination") }

    // MARK: How and whether

    var sensorElements: [JSON] { members["sensorElementList"]?.elements ?? [] }
    /// What was wrong with an event that this one declares to be wrong; nil where it declares nothing.
    var declaration: JSON? { members["errorDeclaration"] }

    /// Sets what the house adds: identifier, time of record.
    mutating func set(_ name: String, _ value: JSON?) { members[name] = value }

    /// When an error in it was declared; nil in an event that says what happened.
    var declared: Timestamp? { declaration?["declarationTime"]?.text.flatMap { Timestamp(iso8601: $0) } }

    private func moment(_ name: String) -> Timestamp? { members[name]?.text.flatMap { Timestamp(iso8601: $0) } }
    private func texts(_ name: String) -> [String] { (members[name]?.elements ?? []).compactMap(\.text) }

    private func quantities(_ name: String) -> [Quantity] {
        (members[name]?.elements ?? []).compactMap { one in
            one["epcClass"]?.text.map {
                Quantity(epcClass: $0, quantity: one["quantity"]?.double, unit: one["uom"]?.text)
            }
        }
    }

    private func pairs(_ name: String, _ value: String) -> [(type: String, id: String)] {
        (members[name]?.elements ?? []).compactMap { one in
            one[value]?.text.map { (one["type"]?.text ?? "", $0) }
        }
    }
}

/// Everything that is wrong.
struct EPCISFaults: Error, Sendable, Hashable {
    let faults: [EPCISFault]

    init(_ faults: [EPCISFault]) { self.faults = faults }
}
