import District
import Record

/// Reads and writes messages of every version spoken, each held against the rules of its version.
struct VDADesk: Sendable {
    private let rules: [VDAVersion: VDARules]

    /// The longest message that is taken, in bytes.
    static let longest = 1 << 20

    init(from book: Handbook) throws(HandbookError) {
        var rules: [VDAVersion: VDARules] = [:]
        for version in VDAVersion.allCases { rules[version] = try VDARules(version, from: book) }
        self.rules = rules
    }

    /// A message that may be used, or every fault it has.
    func read(_ topic: VDATopic, _ address: VDAAddress, _ bytes: [UInt8]) -> Result<JSON, VDARefusal> {
        guard bytes.count <= Self.longest else {
            return .failure(VDARefusal([VDAFault("", .length, "\(Self.longest)")]))
        }
        do {
            let json = try JSON(parsing: bytes)
            let faults = faults(in: json, topic, address)
            return faults.isEmpty ? .success(json) : .failure(VDARefusal(faults))
        } catch {
            return .failure(VDARefusal([VDAFault("", .json, "\(error)")]))
        }
    }

    /// What is wrong with a message: whose it is first, then by its version's rules.
    func faults(in json: JSON, _ topic: VDATopic, _ address: VDAAddress) -> [VDAFault] {
        guard let rule = rules[address.version]?.messages[topic] else {
            return [VDAFault("", .address, "\(address.version.rawValue)")]
        }
        var faults: [VDAFault] = []
        for (member, said) in [
            ("manufacturer", address.vehicle.manufacturer), ("serialNumber", address.vehicle.serial),
        ] {
            // A vehicle that speaks under another's name is the commonest fault of simulators, and of thieves.
            if let text = json[member]?.text, text != said { faults.append(VDAFault(member, .address, said)) }
        }
        if let version = json["version"]?.text, version.prefix(1) != address.version.rawValue.prefix(1) {
            faults.append(VDAFault("version", .address, address.version.rawValue))
        }
        faults += rule.faults(in: json)
        if topic == .order, faults.isEmpty { faults += VDAOrder(json).faults }
        return faults
    }
}

/// A message that is refused, and why.
struct VDARefusal: Error, Sendable, Hashable {
    let faults: [VDAFault]

    init(_ faults: [VDAFault]) { self.faults = faults }
}
