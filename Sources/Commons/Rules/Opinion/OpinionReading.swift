/// What an opinion map says in plain words: what unites all groups, what divides them, what is each group's own.
struct OpinionReading: Sendable {
    /// How a group answered a statement.
    struct Answer: Sendable, Hashable {
        let agree: Int
        let disagree: Int
        let pass: Int
        var all: Int { agree + disagree + pass }
        /// The share who agree, drawn towards one half where few answered: (agree + 1) / (all + 2).
        var agreement: Double { Double(agree + 1) / Double(all + 2) }
        var disagreement: Double { Double(disagree + 1) / Double(all + 2) }
    }

    /// By statement, then by group.
    let answers: [[Answer]]
    /// Statements that every group agrees with, the surest first (group-informed consensus: the product over groups of
    /// (agree + 1) / (answers + 2); Small et al. 2021), and its value. Only where in each group more agree than not.
    let unites: [(statement: Int, value: Double)]
    /// Statements on which groups lie furthest apart, the furthest first, and how far: the largest agreement less the smallest.
    let divides: [(statement: Int, value: Double)]

    init(_ matrix: OpinionMatrix, _ map: OpinionMap) {
        var counts = Array(
            repeating: Array(repeating: (agree: 0, disagree: 0, pass: 0), count: max(map.count, 1)),
            count: matrix.statements)
        for (row, group) in zip(map.placed, map.groups) {
            for statement in 0..<matrix.statements {
                switch matrix[row, statement] {
                case .agree: counts[statement][group].agree += 1
                case .disagree: counts[statement][group].disagree += 1
                case .pass: counts[statement][group].pass += 1
                case nil: break
                }
            }
        }
        let answers = counts.map { $0.map { Answer(agree: $0.agree, disagree: $0.disagree, pass: $0.pass) } }
        self.answers = answers
        guard map.count > 0 else {
            (unites, divides) = ([], [])
            return
        }
        let heard = answers.indices.filter { answers[$0].allSatisfy { $0.all > 0 } }
        unites = heard.filter { answers[$0].allSatisfy { $0.agree * 2 > $0.all } }
            .map { (statement: $0, value: answers[$0].reduce(1) { $0 * $1.agreement }) }
            .sorted { ($1.value, $0.statement) < ($0.value, $1.statement) }
        divides =
            map.count < 2
            ? []
            : heard.map { statement in
                let shares = answers[statement].map(\.agreement)
                return (statement: statement, value: (shares.max() ?? 0) - (shares.min() ?? 0))
            }.filter { $0.value >= 0.3 }.sorted { ($1.value, $0.statement) < ($0.value, $1.statement) }
    }
}
