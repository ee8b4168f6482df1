import District
import Record

/// What one member of a message must be, with all below it.
struct VDARule: Sendable, Hashable {
    var kind: Kind
    /// Bounds of a number, or of how many elements a list has.
    var low: Double?, high: Double?
    var isRequired = false
    /// The neighbour that must have one of these values for the rule to hold at all.
    var condition: Condition?
    /// The members of an object.
    var members: [String: VDARule] = [:]
    /// The rule of every element of a list: none or one.
    var element: [VDARule] = []

    enum Kind: Sendable, Hashable {
        case text, number, integer, flag, list, object, time, any
        case choice([String])

        /// As the file and faults say it.
        var name: String {
            switch self {
            case .text: "text"
            case .number: "number"
            case .integer: "integer"
            case .flag: "flag"
            case .list: "list"
            case .object: "object"
            case .time: "time"
            case .any: "any"
            case .choice(let words): words.joined(separator: ", ")
            }
        }
    }

    struct Condition: Sendable, Hashable {
        var member: String
        var values: [String]
    }

    init(_ kind: Kind) { self.kind = kind }
}

/// The rules of one version, by topic: read from our own file, see `Data/README.md`.
struct VDARules: Sendable {
    let version: VDAVersion
    let messages: [VDATopic: VDARule]

    /// Reads the rules of a version.
    /// - Throws: ``HandbookError`` naming the member that cannot be used.
    init(_ version: VDAVersion, from book: Handbook) throws(HandbookError) {
        self.version = version
        let (json, _) = try book.read(version.file)
        func broken(_ place: String, _ rule: String) -> HandbookError {
            HandbookError(file: version.file, place: place, rule: rule)
        }
        guard let topics = json["messages"]?.members else { throw broken("messages", "is an object") }
        let shapes = json["shapes"]?.members ?? [:]
        var messages: [VDATopic: VDARule] = [:]
        for (name, lines) in topics {
            guard let topic = VDATopic(rawValue: name) else { throw broken(name, "is no topic") }
            do {
                messages[topic] = try Self.tree(lines, shapes, depth: 0)
            } catch {
                throw broken("\(name)/\(error.path)", error.demanded)
            }
        }
        self.messages = messages
    }

    /// A tree of rules out of paths.
    private static func tree(_ lines: JSON, _ shapes: [String: JSON], depth: Int) throws(VDAFault) -> VDARule {
        guard depth < 8 else { throw VDAFault("", .kind, "shapes that do not contain themselves") }
        var root = VDARule(.object)
        for (path, text) in (lines.members ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let text = text.text else { throw VDAFault(path, .kind, "a text") }
            var rule = try parse(text, shapes, depth, path)
            rule.isRequired = path.hasSuffix("!")
            let name = rule.isRequired ? String(path.dropLast()) : path
            root.enter(rule, at: name.split(separator: "/").map(String.init)[...])
        }
        return root
    }

    private static func parse(
        _ text: String, _ shapes: [String: JSON], _ depth: Int, _ path: String
    ) throws(VDAFault) -> VDARule {
        var words = text.split(separator: " ").map(String.init)
        var condition: VDARule.Condition?
        if words.count > 2, words[words.count - 2] == "when" {
            let parts = words[words.count - 1].split(separator: "=").map(String.init)
            guard parts.count == 2 else { throw VDAFault(path, .kind, "when member=value") }
            condition = VDARule.Condition(
                member: parts[0], values: parts[1].split(separator: ",").map(String.init))
            words.removeLast(2)
        }
        guard let first = words.first else { throw VDAFault(path, .kind, "a rule") }
        var rule: VDARule
        switch first {
        case "text": rule = VDARule(.text)
        case "number": rule = VDARule(.number)
        case "integer": rule = VDARule(.integer)
        case "flag": rule = VDARule(.flag)
        case "list": rule = VDARule(.list)
        case "object": rule = VDARule(.object)
        case "time": rule = VDARule(.time)
        case "any": rule = VDARule(.any)
        case _ where first.hasPrefix("@"):
            guard let shape = shapes[String(first.dropFirst())] else {
                throw VDAFault(path, .kind, "a shape of the file")
            }
            rule = try tree(shape, shapes, depth: depth + 1)
        default: rule = VDARule(.choice(first.split(separator: "|").map(String.init)))
        }
        if words.count > 1 {
            guard let dots = words[1].firstRange(of: "..") else { throw VDAFault(path, .kind, "from..to") }
            rule.low = Double(words[1][..<dots.lowerBound])
            rule.high = Double(words[1][dots.upperBound...])
        }
        rule.condition = condition
        return rule
    }
}

extension VDARule {
    /// Puts a rule in its place, whichever of a list and its elements comes first.
    fileprivate mutating func enter(_ rule: VDARule, at path: ArraySlice<String>) {
        guard let name = path.first else {
            let (members, element) = (members, element)
            self = rule
            if self.members.isEmpty { self.members = members }
            if self.element.isEmpty { self.element = element }
            return
        }
        if name == "*" {
            var inner = element.first ?? VDARule(.any)
            inner.enter(rule, at: path.dropFirst())
            element = [inner]
        } else {
            var inner = members[name] ?? VDARule(.any)
            inner.enter(rule, at: path.dropFirst())
            members[name] = inner
        }
    }
}
