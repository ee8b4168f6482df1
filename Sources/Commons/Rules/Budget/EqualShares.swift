/// The Method of Equal Shares (Peters, Pierczyński, Skowron 2021; Peters, Skowron 2020): each ballot has the same share of the
/// budget, and a project is paid for by those who want it, where they can. Of those that can be paid for the one with the
/// lowest price for each unit of gain comes next.
///
/// Prices are worked out in floating point; where two of them, or a price and what a ballot has left, lie so near that rounding
/// might decide, exact fractions decide. The same ballots give the same projects, on every machine.
struct EqualShares {
    /// A round: which project was paid for, and how.
    struct Round: Sendable {
        let project: Int
        /// Money for each unit of gain.
        let price: Double
        /// How many ballots want it.
        let supporters: Int
        /// How many of them paid in full; the others paid all they had left.
        let paidInFull: Int
        /// What those who paid in full paid each, the least and the most (they differ where ballots give points).
        let least: Double, most: Double
    }

    /// What a count came to.
    struct Count: Sendable {
        let rounds: [Round]
        /// What each ballot was given.
        let share: Double
        var projects: [Int] { rounds.map(\.project) }
    }

    let election: BudgetElection
    let market: Market

    init(_ election: BudgetElection, by measure: Satisfaction) {
        self.election = election
        market = Market(election, by: measure)
    }

    /// One count.
    /// - Parameter more: what each ballot is given beyond its share of the limit.
    func count(more: Fraction = Fraction(0)) -> Count {
        guard election.ballots > 0, election.limit > 0 || more > Fraction(0) else { return Count(rounds: [], share: 0) }
        let share = Fraction(
            BigInteger(election.limit) * more.denominator + more.numerator * BigInteger(election.ballots),
            BigInteger(election.ballots) * more.denominator)
        var purse = Purse(market: market, share: share)
        var open = market.open(election)
        var rounds: [Round] = []
        while let next = purse.cheapest(of: &open, election) {
            rounds.append(purse.pay(next))
            open.removeAll { $0.project == next.project }
        }
        return Count(rounds: market.free(election).map(Self.gift) + rounds, share: purse.share)
    }

    /// A project that costs nothing is paid for by nobody.
    private static func gift(_ project: Int) -> Round {
        Round(project: project, price: 0, supporters: 0, paidInFull: 0, least: 0, most: 0)
    }
}
