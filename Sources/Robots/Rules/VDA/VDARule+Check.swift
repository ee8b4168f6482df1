import Record

extension VDARule {
    /// As many faults as are told of one message.
    static let told = 20

    /// What is wrong with a value, with the member named.
    func faults(in value: JSON) -> [VDAFault] {
        var faults: [VDAFault] = []
        check(value, "", &faults)
        return faults
    }

    private func check(_ value: JSON, _ path: String, _ faults: inout [VDAFault]) {
        guard faults.count < Self.told else { return }
        switch (kind, value) {
        case (.text, .string), (.flag, .bool): break
        case (.any, .null): faults.append(VDAFault(path, .kind, "any"))
        case (.any, _): break
        case (.choice(let words), _):
            guard let word = value.text, words.contains(word) else {
                return faults.append(VDAFault(path, value.text == nil ? .kind : .choice, kind.name))
            }
        case (.number, .number(let number)): bound(number, path, &faults)
        case (.integer, .number(let number)):
            guard number == number.rounded() else { return faults.append(VDAFault(path, .kind, kind.name)) }
            bound(number, path, &faults)
        case (.time, .string(let text)):
            if !Self.isMoment(text) { faults.append(VDAFault(path, .time)) }
        case (.list, .array(let elements)):
            let count = Double(elements.count)
            if count < low ?? 0 || count > high ?? .infinity {
                faults.append(VDAFault(path, .count, "\(Self.text(low)).."))
            }
            guard let rule = element.first else { return }
            for (index, one) in elements.enumerated() { rule.check(one, Self.below(path, "\(index)"), &faults) }
        case (.object, .object(let given)): check(given, path, &faults)
        default: faults.append(VDAFault(path, .kind, kind.name))
        }
    }

    private func check(_ given: [String: JSON], _ path: String, _ faults: inout [VDAFault]) {
        for (name, rule) in members.sorted(by: { $0.key < $1.key }) {
            if let condition = rule.condition {
                guard let value = given[condition.member]?.text, condition.values.contains(value) else { continue }
            }
            if let value = given[name] {
                rule.check(value, Self.below(path, name), &faults)
            } else if rule.isRequired {
                faults.append(VDAFault(Self.below(path, name), .required))
            }
        }
    }

    private func bound(_ number: Double, _ path: String, _ faults: inout [VDAFault]) {
        if let low, number < low { faults.append(VDAFault(path, .minimum, Self.text(low))) }
        if let high, number > high { faults.append(VDAFault(path, .maximum, Self.text(high))) }
    }

    /// RFC 3339 with `T` and a zone.
    private static func isMoment(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] | 32 == UInt8(ascii: "t"), Timestamp(iso8601: text) != nil else {
            return false
        }
        return bytes.last.map { $0 | 32 == UInt8(ascii: "z") } == true
            || bytes[bytes.count - 6] == UInt8(ascii: "+") || bytes[bytes.count - 6] == UInt8(ascii: "-")
    }

    private static func below(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path)/\(name)" }

    private static func text(_ bound: Double?) -> String {
        guard let bound else { return "" }
        return Int64(exactly: bound).map { "\($0)" } ?? "\(bound)"
    }
}
