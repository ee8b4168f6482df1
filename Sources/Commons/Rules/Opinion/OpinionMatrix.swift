/// Who agrees with what: a row for each participant, a column for each statement.
struct OpinionMatrix: Sendable {
    /// What a participant says of a statement.
    enum Vote: Int8, Sendable {
        case disagree = -1
        /// Saw it and takes no side.
        case pass = 0
        case agree = 1
    }

    let participants: Int
    let statements: Int
    /// Row by row; nil where the statement was not answered.
    private(set) var votes: [Vote?]

    init(participants: Int, statements: Int, votes: some Sequence<(participant: Int, statement: Int, vote: Vote)>) {
        self.participants = participants
        self.statements = statements
        self.votes = Array(repeating: nil, count: participants * statements)
        for (participant, statement, vote) in votes { self.votes[participant * statements + statement] = vote }
    }

    subscript(participant: Int, statement: Int) -> Vote? { votes[participant * statements + statement] }

    /// How many statements a participant answered.
    func answered(by participant: Int) -> Int {
        (0..<statements).count { self[participant, $0] != nil }
    }

    /// The mean of each statement's answers; zero where nobody answered.
    var means: [Double] {
        (0..<statements).map { statement in
            var (sum, count) = (0, 0)
            for participant in 0..<participants {
                guard let vote = self[participant, statement] else { continue }
                sum += Int(vote.rawValue)
                count += 1
            }
            return count == 0 ? 0 : Double(sum) / Double(count)
        }
    }
}
