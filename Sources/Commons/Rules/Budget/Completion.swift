import Dispatch
import Synchronization

/// What is done with money that equal shares leave over. The rule is fixed, and public, before the first ballot.
enum Completion: Sendable, Hashable {
    /// It stays.
    case none
    /// What is left is spent from the most wanted project downwards.
    case greedy
    /// Each ballot is given so much more, again and again, until nothing more fits or more would be spent than there is; then the
    /// last count within the limit stands.
    case addOne(Step)
    /// The same, and what is still left is spent greedily.
    case addOneThenGreedy(Step)

    /// How much more each ballot is given at a time.
    enum Step: Sendable, Hashable {
        /// Units of money.
        case units(Int)
        /// Thousandths of a ballot's share of the limit.
        case thousandths(Int)

        /// How often at most: by units as often as money lasts; by parts of the share 1,000 times, then the last count within the
        /// limit stands. It is part of the rule (``CountingRule``), and of `recount.py`.
        var most: Int {
            switch self {
            case .units: 1 << 50
            case .thousandths: 1000
            }
        }
    }
}

extension EqualShares {
    /// What a vote came to: the count that stands, and what completed it.
    struct Outcome: Sendable {
        let count: Count
        /// How often each ballot was given more for the count that stands.
        let times: Int
        /// How many counts were made to find it.
        let made: Int
        /// What a greedy completion looked at.
        let greedy: [Greedy.Step]
        /// The projects that are paid for, in the order in which they came.
        var projects: [Int] { count.projects + greedy.filter(\.isChosen).map(\.project) }
    }

    /// The whole vote.
    static func decide(_ election: BudgetElection, by measure: Satisfaction, completion: Completion) -> Outcome {
        let shares = EqualShares(election, by: measure)
        func filled(_ count: Count, _ times: Int, _ made: Int) -> Outcome {
            Outcome(
                count: count, times: times, made: made,
                greedy: Greedy.spend(election, by: measure, already: count.projects))
        }
        switch completion {
        case .none: return Outcome(count: shares.count(), times: 0, made: 1, greedy: [])
        case .greedy: return filled(shares.count(), 0, 1)
        case .addOne(let step):
            let raised = shares.raised(by: step)
            return Outcome(count: raised.count, times: raised.times, made: raised.made, greedy: [])
        case .addOneThenGreedy(let step):
            let raised = shares.raised(by: step)
            return filled(raised.count, raised.times, raised.made)
        }
    }

    /// The count that stands after raising, how often each ballot was given more for it, and how many counts were made.
    private struct Raised {
        var count: Count
        var times: Int
        var made: Int
    }

    /// How many counts are made at the same time.
    private static let lanes = 2

    /// Counts with more and more for each ballot. Some are made ahead, at the same time; which one stands does not depend on it.
    private func raised(by step: Completion.Step) -> Raised {
        var raised = Raised(count: count(), times: 0, made: 1)
        guard isWithin(raised.count) else { return raised }
        while raised.times < step.most, !isExhausted(raised.count) {
            // What lies before the next raise that can change anything comes to the same: it is passed over.
            let same = steady(raised.count, upTo: step.most, by: more(step, 1).approximate)
            if same > raised.times {
                raised = Raised(count: count(more: more(step, same)), times: same, made: raised.made + 1)
                continue
            }
            for next in counts(raised.times + 1..<min(raised.times + Self.lanes, step.most) + 1, step) {
                raised.made += 1
                guard isWithin(next) else { return raised }
                (raised.count, raised.times) = (next, raised.times + 1)
                if isExhausted(raised.count) { break }
            }
        }
        return raised
    }

    private func counts(_ times: Range<Int>, _ step: Completion.Step) -> [Count] {
        let made = Mutex([Int: Count]())
        DispatchQueue.concurrentPerform(iterations: times.count) { place in
            let count = count(more: more(step, times.lowerBound + place))
            made.withLock { $0[place] = count }
        }
        return made.withLock { made in times.indices.compactMap { made[$0 - times.lowerBound] } }
    }

    private func more(_ step: Completion.Step, _ times: Int) -> Fraction {
        switch step {
        case .units(let units): Fraction(units * times)
        case .thousandths(let thousandths):
            Fraction(
                BigInteger(election.limit) * BigInteger(thousandths) * BigInteger(times),
                BigInteger(election.ballots) * BigInteger(1000))
        }
    }

    private func isWithin(_ count: Count) -> Bool { election.cost(of: count.projects) <= election.limit }

    /// Whether nothing that somebody wants fits into what is left.
    private func isExhausted(_ count: Count) -> Bool {
        let (chosen, left) = (Set(count.projects), election.limit - election.cost(of: count.projects))
        return market.open(election).allSatisfy {
            chosen.contains($0.project) || election.projects[$0.project].cost > left
        }
    }
}
