public import Record

/// What must hold elsewhere for a case to carry over: held against statistics where they can tell, else answered by a
/// person with a reason.
public struct TransferCondition: Sendable, Hashable {
    /// How it is decided.
    public enum Check: Sendable, Hashable {
        /// These industries together make at least this share of the region.
        case share(of: [String], least: Double)
        /// The region is specialised in at least so many of these industries (R ≥ 1).
        case special(of: [String], least: Int)
        /// The region is specialised in at least so many industries of any kind.
        case diversity(least: Int)
        /// Statistics cannot tell.
        case ask
    }

    /// Whether it holds.
    public enum State: String, Sendable {
        case held, missing, unknown
    }

    /// What statistics say: the state, the figure found and the one asked for, and how many industries were looked at.
    public struct Finding: Sendable, Hashable {
        /// Whether it holds.
        public let state: State
        /// What was found; nil where nothing was.
        public let found: Double?
        /// How many industries were looked at, and how many of them are unknown.
        public let industries: Int, unknown: Int
    }

    /// Its name in the case.
    public let id: String
    /// What must hold.
    public let words: Words
    /// How it is decided.
    public let check: Check

    /// Reads a condition.
    init(_ json: JSON, _ place: String) throws(CaseFault) {
        guard let id = json["id"]?.text, !id.isEmpty else { throw CaseReader.missing("\(place).id") }
        guard let words = Words(json) else { throw CaseReader.missing(place) }
        self.id = id
        self.words = words
        let (of, least) = (
            json["check"]?["of"]?.elements?.compactMap(\.text) ?? [], json["check"]?["least"]?.double ?? 0
        )
        switch json["check"]?["measure"]?.text {
        case "share" where !of.isEmpty && least > 0 && least <= 1: check = .share(of: of, least: least)
        case "special" where !of.isEmpty && least >= 1: check = .special(of: of, least: Int(least))
        case "diversity" where least >= 1: check = .diversity(least: Int(least))
        case nil, "ask": check = .ask
        default:
            throw CaseFault(
                place: "\(place).check", rule: "check",
                words: Words("확인 방법이 올바르지 않습니다.", "This way of checking is not known or not complete."))
        }
    }

    /// Whether the statistics of a region decide it. What is unknown is neither there nor missing: known jobs may already
    /// be enough, but too few of them say nothing while other cells are hidden.
    public func decide(_ region: Int, in specialisation: Specialisation) -> Finding {
        let matrix = specialisation.matrix
        func matching(_ of: [String]) -> [Int] {
            matrix.industries.indices.filter { index in of.contains { Self.matches($0, matrix.industries[index]) } }
        }
        func finding(_ found: Double?, _ least: Double, _ industries: Int, _ unknown: Int) -> Finding {
            let state: State = (found ?? -1) >= least ? .held : unknown > 0 || found == nil ? .unknown : .missing
            return Finding(state: state, found: found, industries: industries, unknown: unknown)
        }
        switch check {
        case .ask: return Finding(state: .unknown, found: nil, industries: 0, unknown: 0)
        case .share(let of, let least):
            let (columns, total) = (matching(of), matrix.regionTotals[region])
            let known = columns.compactMap { matrix[region, $0] }
            return finding(
                known.isEmpty || total <= 0 ? nil : known.reduce(0, +) / total, least, columns.count,
                columns.count - known.count)
        case .special(let of, let least):
            let columns = matching(of)
            let known = columns.compactMap { specialisation.advantage(region, $0) }
            return finding(
                known.isEmpty ? nil : Double(known.count { $0 >= specialisation.threshold }), Double(least),
                columns.count, columns.count - known.count)
        case .diversity(let least):
            let known = specialisation.known.count(row: region)
            return finding(
                known == 0 ? nil : Double(specialisation.diversity[region]), Double(least), matrix.industries.count,
                matrix.industries.count - known)
        }
    }

    /// Digits are the beginning of a code, letters a part of a name.
    static func matches(_ pattern: String, _ industry: String) -> Bool {
        if pattern.utf8.allSatisfy({ (48...57).contains($0) }) { return industry.hasPrefix(pattern) }
        return industry.lowercased().contains(pattern.lowercased())
    }
}
