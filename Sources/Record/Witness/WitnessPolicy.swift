/// Which witnesses a log asks, and how many of them must have signed (C2SP tlog-policy).
///
/// ```
/// log slipway.local/district+…
/// witness labour witness.example/labour-office+… https://witness.example/labour-office
/// witness union  witness.example/union+…         https://union.example/slipway
/// group both all labour union
/// quorum both
/// ```
public struct WitnessPolicy: Sendable, Hashable {
    /// One witness.
    public struct Witness: Sendable, Hashable {
        /// What the policy calls it.
        public let name: String
        /// Its key.
        public let key: VerifierKey
        /// Where checkpoints are handed in (its submission prefix); nil where it is only believed, never asked.
        public let url: String?
    }

    /// A log whose signature counts.
    public struct Log: Sendable, Hashable {
        /// Its key; the key's name is the log's origin.
        public let key: VerifierKey
        /// Where it is read.
        public let url: String?
    }

    /// Logs whose signature counts.
    public private(set) var logs: [Log] = []
    /// The witnesses.
    public private(set) var witnesses: [Witness] = []
    private var groups: [String: Group] = [:]
    private var quorum: String?

    private struct Group: Sendable, Hashable {
        let least: Int
        let members: [String]
    }

    /// No witness, and none needed.
    public static let none = WitnessPolicy()

    private init() {}

    /// Reads a policy.
    /// - Throws: ``RecordError`` with code `policy`, naming the line.
    public init(_ text: String) throws(RecordError) {
        var number = 0
        for line in text.split(separator: "\n" as Character, omittingEmptySubsequences: false) {
            number += 1
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            do throws(RecordError) {
                try take(first, Array(words.dropFirst()))
            } catch {
                throw RecordError(.policy, "line \(number): \(error.message)")
            }
        }
        guard quorum != nil else { throw RecordError(.policy, "there is no quorum line") }
    }

    private mutating func take(_ keyword: String, _ words: [String]) throws(RecordError) {
        switch (keyword, words.count) {
        case ("log", 1...2):
            let key = try VerifierKey(words[0])
            guard key.kind == .note, !logs.contains(where: { $0.key.publicKey == key.publicKey }) else {
                throw RecordError(.policy, "\(key.name) is no log's key, or stands there twice")
            }
            logs.append(Log(key: key, url: words.count == 2 ? words[1] : nil))
        case ("witness", 2...3):
            let key = try VerifierKey(words[1])
            guard key.kind == .cosignature, !witnesses.contains(where: { $0.key.publicKey == key.publicKey }) else {
                throw RecordError(.policy, "\(key.name) is no witness's key, or stands there twice")
            }
            try unused(words[0])
            witnesses.append(Witness(name: words[0], key: key, url: words.count == 3 ? words[2] : nil))
        case ("group", 3...):
            try unused(words[0])
            let members = Array(words.dropFirst(2))
            let least: Int? =
                switch words[1] {
                case "any": 1
                case "all": members.count
                default: Int(words[1])
                }
            guard let least, (1...members.count).contains(least), Set(members).count == members.count else {
                throw RecordError(.policy, "\(words[0]) asks for more members than it has, or names one twice")
            }
            for member in members where !isKnown(member) { throw RecordError(.policy, "\(member) is not known yet") }
            groups[words[0]] = Group(least: least, members: members)
        case ("quorum", 1):
            guard quorum == nil, words[0] == "none" || isKnown(words[0]) else {
                throw RecordError(.policy, "\(words[0]) is not known, or the quorum is given twice")
            }
            quorum = words[0]
        default: throw RecordError(.policy, "\(keyword) is not understood")
        }
    }

    private func isKnown(_ name: String) -> Bool { groups[name] != nil || witnesses.contains { $0.name == name } }

    private func unused(_ name: String) throws(RecordError) {
        guard name != "none", !isKnown(name) else { throw RecordError(.policy, "\(name) is taken") }
    }

    /// Whether these witnesses are enough.
    public func isSatisfied(by signed: [VerifierKey]) -> Bool {
        guard let quorum, quorum != "none" else { return true }
        return holds(quorum, signed)
    }

    private func holds(_ name: String, _ signed: [VerifierKey]) -> Bool {
        if let group = groups[name] { return group.members.count { holds($0, signed) } >= group.least }
        return witnesses.first { $0.name == name }.map { signed.contains($0.key) } ?? false
    }
}
