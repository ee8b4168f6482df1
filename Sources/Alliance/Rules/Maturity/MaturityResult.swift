/// What is known of one item: what the firm says, and what an assessor found.
struct MaturityAnswer: Sendable, Hashable {
    /// What the firm says, 1 to 5; nil for “don't know”, which is never a level.
    let declared: Int?
    /// What an assessor found, 1 to 5.
    var verified: Int? = nil
    /// The file that shows it.
    var evidence: String? = nil
}

/// What the answers come to.
///
/// A dimension stands at the **lower median** of its known items, and is unknown where fewer than half are known. The
/// whole stands at the lower median of its known dimensions, **at most one above the weakest** (a factory moves with its
/// slowest part), and is unknown where fewer than two thirds of the dimensions are known.
struct MaturityResult: Sendable, Hashable {
    /// One dimension.
    struct Line: Sendable, Hashable {
        let dimension: String
        /// By what the firm says.
        let level: Int?
        /// By what an assessor found alone.
        let verified: Int?
        let items: Int, known: Int, unknown: Int, verifiedItems: Int
    }

    let lines: [Line]
    /// By what the firm says, and by what an assessor found alone.
    let overall: Int?, verified: Int?

    init(_ answers: [String: MaturityAnswer], of items: MaturityItems) {
        lines = items.dimensions.map { dimension in
            let own = items.items(of: dimension.id)
            let given = own.compactMap { answers[$0.id] }
            let (known, found) = (given.compactMap(\.declared), given.compactMap(\.verified))
            return Line(
                dimension: dimension.id, level: Self.level(known, of: own.count),
                verified: Self.level(found, of: own.count), items: own.count, known: known.count,
                unknown: own.count - known.count, verifiedItems: found.count)
        }
        overall = Self.overall(lines.map(\.level))
        verified = Self.overall(lines.map(\.verified))
    }

    /// The lower median of what is known, where that is at least half of the items.
    static func level(_ known: [Int], of count: Int) -> Int? {
        guard !known.isEmpty, known.count * 2 >= count else { return nil }
        return known.sorted()[(known.count - 1) / 2]
    }

    /// The lower median of the known dimensions, at most one above the weakest; at least two thirds must be known.
    static func overall(_ levels: [Int?]) -> Int? {
        let known = levels.compactMap { $0 }.sorted()
        guard let weakest = known.first, known.count * 3 >= levels.count * 2 else { return nil }
        return min(known[(known.count - 1) / 2], weakest + 1)
    }
}

/// How many firms stand where, told so that no firm can be made out.
enum MaturityCells {
    /// As many firms as a number must stand for to be shown.
    static let least = 5

    /// Counts of one row for somebody who knows the named firms' levels: what is left without them is hidden as a row of its
    /// own would be, for the named ones can be taken off.
    static func shown(_ counts: [Int], unnamed: [Int]) -> [Int?] {
        zip(counts, shown(unnamed)).map { count, rest in rest == nil ? nil : count }
    }

    /// Whether there are enough firms for a row: of those without a name none, or as many as hide each other.
    static func isEnough(_ firms: Int, unnamed: Int) -> Bool {
        firms >= least && (unnamed == 0 || unnamed >= least)
    }

    /// Counts of one row whose total is known, with those hidden that stand for one to four firms; and of what is left so
    /// many more, the smallest first, that what is hidden cannot be worked out from the total. Nil is hidden.
    static func shown(_ counts: [Int], least: Int = least) -> [Int?] {
        var hidden = Set(counts.indices.filter { counts[$0] > 0 && counts[$0] < least })
        func rest() -> Int { hidden.reduce(0) { $0 + counts[$1] } }
        while !hidden.isEmpty, hidden.count < 2 || rest() < least {
            let open = counts.indices.filter { !hidden.contains($0) }
            // A cell of nothing hides nobody: it is taken only where there is no other.
            guard
                let next = open.min(by: {
                    (counts[$0] == 0 ? Int.max : counts[$0], $0) < (counts[$1] == 0 ? Int.max : counts[$1], $1)
                })
            else { break }
            hidden.insert(next)
        }
        return counts.indices.map { hidden.contains($0) ? nil : counts[$0] }
    }
}
