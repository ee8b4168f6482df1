/// How long a search may take: the caller says it, as rules know no clock.
struct Budget {
    /// How many configurations or neighbourhoods are tried at most.
    var iterations: Int = .max
    /// Asked between them whether it is enough, for a limit in processor time or on request.
    var isSpent: () -> Bool = { false }

    /// As long as it takes.
    static var unlimited: Budget { Budget() }
}
