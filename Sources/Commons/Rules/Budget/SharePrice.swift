/// What a project costs its supporters for each unit of what they gain: exactly, as a sum over earlier prices.
///
/// In a round of equal shares those who can pay in full pay price × gain, the others what they have left. What a ballot has left
/// is its first share less the earlier prices it paid in full; so every price is
/// (cost − poor·share + Σ earlier·price) / gain with whole numbers throughout, and nothing need be rounded.
struct SharePrice: Sendable {
    /// What the project costs.
    let cost: Int
    /// What the poor have left.
    let poor: Leftover
    /// How much those gain together who pay in full; more than zero.
    let gain: Int
}

/// What some ballots have left together: as many first shares, less what they paid for in full, by round.
struct Leftover: Sendable {
    private(set) var ballots = 0
    /// How much gain they paid for in full, at the place of each round.
    private(set) var paid: [Int]

    init(rounds: Int) { paid = [Int](repeating: 0, count: rounds) }

    mutating func add(_ count: Int) { ballots += count }
    mutating func add(_ gain: Int, in round: Int) { paid[round] += gain }
}

/// The prices of a count so far, exactly.
struct SharePrices: Sendable {
    /// What each ballot was given: limit / ballots + more.
    let share: Fraction
    /// A price over the product of the gains up to its round and the share's denominator, so that all have one denominator each
    /// of which divides the next: numbers grow by a few digits a round, and no common divisor need be found.
    private var rounds: [(gain: BigInteger, numerator: BigInteger)] = []
    /// The denominator of the last round.
    private var denominator: BigInteger

    init(share: Fraction) {
        self.share = share
        denominator = share.denominator
    }

    /// How many rounds there were.
    var count: Int { rounds.count }

    /// What ballots have left together.
    func value(of leftover: Leftover) -> Fraction { Fraction(numerator(of: leftover), denominator) }

    /// A price that may be paid next.
    func value(of price: SharePrice) -> Fraction {
        Fraction(
            BigInteger(price.cost) * denominator - numerator(of: price.poor), denominator * BigInteger(price.gain))
    }

    mutating func append(_ price: SharePrice) {
        let numerator = BigInteger(price.cost) * denominator - numerator(of: price.poor)
        rounds.append((BigInteger(price.gain), numerator))
        denominator = denominator * BigInteger(price.gain)
    }

    /// Over the denominator of the last round.
    private func numerator(of leftover: Leftover) -> BigInteger {
        var sum = share.numerator * BigInteger(leftover.ballots)
        for (place, round) in rounds.enumerated() {
            sum = sum * round.gain
            let gain = place < leftover.paid.count ? leftover.paid[place] : 0
            if gain != 0 { sum = sum - round.numerator * BigInteger(gain) }
        }
        return sum
    }
}
