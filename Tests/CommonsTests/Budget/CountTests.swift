import Testing

@testable import Commons

@Suite("Counting budgets")
struct CountTests {
    /// 60 voters want A and B, 40 want C; each project costs 40 and there is 100.
    static let divided = Elections.made([40, 40, 40], limit: 100, [(60, [0, 1]), (40, [2])])

    @Test("greedy gives all to the majority, equal shares give the minority what it can pay for")
    func minority() {
        #expect(Greedy.spend(Self.divided, by: .projects).filter(\.isChosen).map(\.project) == [0, 1])
        let outcome = EqualShares.decide(Self.divided, by: .projects, completion: .none)
        // 60 voters with 1 each pay 40 for A, and have 20 left: not B. 40 voters pay exactly 40 for C.
        #expect(outcome.projects == [0, 2])
        let rounds = outcome.count.rounds
        #expect(abs(rounds[0].price - 2.0 / 3) < 1e-12 && rounds[0].paidInFull == 60)
        #expect(rounds[1].price == 1 && rounds[1].paidInFull == 40)
    }

    @Test("who cannot pay in full pays what is left, and the others the rest")
    func poor() throws {
        // Limit 12, four voters, 3 each. A (4) is paid by all: 1 each. B (5) by two of them and … each has 2 left: 4 < 5, never.
        // C (6): three voters with 2 each pay all they have.
        let election = Elections.made([4, 5, 6], limit: 12, [(2, [0, 1, 2]), (1, [0, 2]), (1, [0])])
        let count = EqualShares(election, by: .projects).count()
        #expect(count.projects == [0, 2])
        #expect(count.rounds[1].paidInFull == 3)
        // The same with the third voter poorer: the two others pay more.
        let uneven = Elections.made([2, 3, 5], limit: 9, [(1, [0, 1]), (2, [2]), (1, [1, 2])])
        let rounds = EqualShares(uneven, by: .projects).count().rounds
        #expect(rounds.map(\.project) == [1, 2])
        let last = try #require(rounds.last)
        #expect(last.supporters == 3 && last.paidInFull == 2 && abs(last.price - 2.125) < 1e-12)
    }

    @Test("a project that nobody names is never paid for, one that costs nothing always")
    func edges() {
        let election = Elections.made([10, 0, 0, 5], limit: 20, [(3, [0, 1])])
        #expect(
            EqualShares.decide(election, by: .projects, completion: .addOneThenGreedy(.units(1))).projects == [1, 0])
        #expect(Greedy.spend(election, by: .cost).filter(\.isChosen).map(\.project) == [1, 0])
        let empty = Elections.made([10], limit: 20, [])
        #expect(EqualShares.decide(empty, by: .projects, completion: .addOne(.units(1))).projects.isEmpty)
    }

    @Test("a tie goes to the lower identifier, and a near tie does not")
    func ties() {
        let even = Elections.made([30, 30], limit: 30, [(5, [0]), (5, [1])])
        #expect(EqualShares.decide(even, by: .projects, completion: .greedy).projects == [0])
        // 10²⁰ apart in relative terms: the prices differ by one part in 10¹⁵, which floating point hardly sees.
        let large = 1_000_000_000_000_000
        let near = Elections.made([large, large - 1], limit: 2 * large, [(1, [0, 1])])
        #expect(EqualShares(near, by: .projects).count().projects == [1, 0])
    }

    @Test("completion stops before more is spent than there is, and says how often each ballot was given more")
    func completion() {
        let outcome = EqualShares.decide(Self.divided, by: .projects, completion: .addOne(.units(1)))
        #expect(outcome.projects == [0, 2] && outcome.times == 0)
        // 2 voters, 10 each; A (16) by one of them: only when each is given 6 more.
        let lone = Elections.made([16, 30], limit: 20, [(1, [0]), (1, [1])])
        #expect(EqualShares.decide(lone, by: .projects, completion: .none).projects.isEmpty)
        let raised = EqualShares.decide(lone, by: .projects, completion: .addOne(.units(1)))
        #expect(raised.projects == [0] && raised.times == 6)
        #expect(EqualShares.decide(lone, by: .projects, completion: .addOne(.thousandths(600))).times == 1)
    }

    @Test(
        "raises that can change nothing are passed over, and there are at most a thousand of the rule's",
        arguments: [2_000, 20_000])
    func bounded(ballots: Int) {
        // Two cheap projects that nearly all want, and a dear one that fits and that one wants.
        let election = Elections.made(
            [100, 200, 9_000_000], limit: 10_000_000, [(ballots - 1, [0, 1]), (1, [0, 2])])
        for filling in [CountingRule.Filling.addOne, .addOneThenGreedy] {
            let outcome = EqualShares.decide(election, by: .cost, completion: filling.completion)
            #expect(outcome.times == 1000 && outcome.made <= 4, "\(outcome.made) counts")
            #expect(outcome.projects == (filling == .addOne ? [0, 1] : [0, 1, 2]))
        }
        // By units of money it is raised until the one can pay: no count between says anything else.
        let paid = EqualShares.decide(election, by: .cost, completion: .addOne(.units(1)))
        #expect(Set(paid.projects) == [0, 1, 2] && paid.made <= 8, "\(paid.made) counts")
    }

    @Test("passing over raises gives what raising one by one gives, and as often", arguments: 0..<10)
    func steady(seed: Int) {
        let election = Elections.drawn(UInt64(seed), hasPoints: false).election
        for measure in [Satisfaction.projects, .cost] {
            let shares = EqualShares(election, by: measure)
            func count(_ times: Int) -> [Int] {
                let more = Fraction(BigInteger(election.limit * times), BigInteger(election.ballots * 10))
                return shares.count(more: more).projects
            }
            func isExhausted(_ chosen: [Int]) -> Bool {
                let left = election.limit - election.cost(of: chosen)
                return election.projects.indices.allSatisfy {
                    chosen.contains($0) || election.votes[$0] == 0 || election.projects[$0].cost > left
                }
            }
            var (chosen, times) = (count(0), 0)
            while times < 1000, !isExhausted(chosen) {
                let next = count(times + 1)
                if election.cost(of: next) > election.limit { break }
                (chosen, times) = (next, times + 1)
            }
            let outcome = EqualShares.decide(election, by: measure, completion: .addOne(.thousandths(100)))
            #expect(outcome.times == times && outcome.projects == chosen)
        }
    }

    @Test("what is spent is within the limit, what anybody pays is within the share", arguments: 0..<40)
    func invariants(seed: Int) {
        let election = Elections.drawn(UInt64(seed), hasPoints: seed.isMultiple(of: 2)).election
        for measure in Satisfaction.allCases {
            for completion in [Completion.none, .greedy, .addOne(.units(1)), .addOneThenGreedy(.thousandths(10))] {
                let outcome = EqualShares.decide(election, by: measure, completion: completion)
                #expect(election.cost(of: outcome.projects) <= election.limit)
                #expect(Set(outcome.projects).count == outcome.projects.count)
                for round in outcome.count.rounds { #expect(round.most <= outcome.count.share * (1 + 1e-9)) }
            }
        }
    }
}
