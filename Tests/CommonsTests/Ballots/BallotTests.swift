import District
import Record
import Testing

@testable import Commons

enum Votes {
    static func made(
        _ method: VoteMethod, most: Int = 9, limit: Int = 100, points: Int = 10, seats: Int = 1,
        costs: [Int] = [60, 50, 40, 10]
    ) -> Vote {
        Vote(
            id: "v", title: "시험", summary: "", method: method,
            options: costs.enumerated().map {
                .init(
                    id: ["a", "b", "c", "d", "e", "f", "g"][$0.offset], name: "사업 \($0.offset)", summary: "",
                    cost: $0.element, proposal: "")
            }, limit: limit, most: most, points: points, seats: seats, begins: Timestamp(microseconds: 0),
            ends: Timestamp(microseconds: 10), isAccountless: true, process: "", isSample: false)
    }

    static func ballot(_ text: String, _ vote: Vote) throws -> Ballot { try Ballot(EnterPaper.choices(text), in: vote) }
}

@Suite("What a ballot may say")
struct BallotTests {
    @Test(
        "a ballot that breaks a rule is refused by that rule's name",
        arguments: [
            (VoteMethod.approval, "a, z", "option"), (.approval, "a, a", "twice"), (.approval, "a, b, c, d", "most"),
            (.knapsack, "a, b", "budget"), (.points, "a 6, b 5", "points"), (.points, "a -1", "points"),
            (.points, "c 4611686018427387904, a 4611686018427387904, b 4611686018427387904", "points"),
            (.points, "a 9223372036854775807, b 9223372036854775807", "points"),
            (.points, "a 99999999999999999999", "points"),
        ])
    func refused(_ method: VoteMethod, _ text: String, _ rule: String) throws {
        let vote = Votes.made(method, most: 3)
        let refusal = try #require(throws: Refusal.self) { try Votes.ballot(text, vote) }
        #expect(refusal.faults.map(\.rule) == [rule])
    }

    @Test(
        "points whose sum wraps are refused whatever they came through, and no such ballot out of an event is counted",
        arguments: [
            [1 << 62, 1 << 62, 1 << 62], [Int.max, Int.max, 0], [Int.max, 1, 0], [Int.min, Int.min, 10], [-1, 5, 0],
        ]
            as [[Int]])
    func wrapped(_ points: [Int]) throws {
        let vote = Votes.made(.points)
        let choices = zip(["a", "b", "c"], points).map { (option: $0, points: $1) }
        let refusal = try #require(throws: Refusal.self) { try Ballot(choices, in: vote) }
        #expect(refusal.faults.map(\.rule) == ["points"])
        let entered = Dictionary(uniqueKeysWithValues: choices.map { ("c.\($0.option)", "\($0.points)") })
        #expect(throws: Refusal.self) { try Ballot(BallotView.choices(entered, in: vote), in: vote) }
        let poisoned = try #require(
            Ballot(["options": ["a", "b"], "points": .array(points.prefix(2).map { .decimal(Int64($0)) })]))
        #expect(!poisoned.isWithin(vote))
        for text in ["a 3, b 7", "a 10", ""] { #expect(try Votes.ballot(text, vote).isWithin(vote)) }
    }

    @Test("ranks keep their order, other ballots have the vote's; what gives no points is no choice; empty is blank")
    func kept() throws {
        #expect(try Votes.ballot("c, a, b", Votes.made(.ranked)).options == ["c", "a", "b"])
        #expect(try Votes.ballot("c, a", Votes.made(.approval)).options == ["a", "c"])
        let dealt = try Votes.ballot("c 3, a 7, b 0", Votes.made(.points))
        #expect(dealt.options == ["a", "c"] && dealt.points == [7, 3])
        #expect(try Votes.ballot("", Votes.made(.knapsack)).options.isEmpty)
        #expect(try Votes.ballot("a, c", Votes.made(.knapsack)).options == ["a", "c"], "60 and 40 are just the budget")
        #expect(throws: Refusal.self) { try EnterPaper.choices("a b c") }
    }

    @Test("a commitment changes with every part of the ballot, and opens from its own JSON")
    func sealed() throws {
        let vote = Votes.made(.approval)
        let sealed = SealedBallot(vote: "v", number: "R-1", ballot: try Votes.ballot("a", vote), salt: "00")
        let others = [
            SealedBallot(vote: "w", number: "R-1", ballot: sealed.ballot, salt: "00"),
            SealedBallot(vote: "v", number: "R-2", ballot: sealed.ballot, salt: "00"),
            SealedBallot(vote: "v", number: "R-1", ballot: try Votes.ballot("b", vote), salt: "00"),
            SealedBallot(vote: "v", number: "R-1", ballot: sealed.ballot, salt: "01"),
        ]
        #expect(Set((others + [sealed]).map(\.commitment)).count == 5)
        #expect(SealedBallot(.object(sealed.opening)) == sealed)
        let text = #"{"ballot":"R-1","options":["a"],"points":[],"salt":"00","vote":"v"}"#
        #expect(sealed.commitment == ContentHash.sha256(text.utf8))
    }

    @Test("money is written with separators, below zero too")
    func money() {
        #expect(Money.text(1_234_567, .ko) == "1,234,567원" && Money.text(-1000, .en) == "KRW -1,000")
        #expect(Money.text(0, .ko) == "0원" && Money.text(999, .ko) == "999원")
    }
}

@Suite("What a vote comes to")
struct VoteCountTests {
    private func count(_ vote: Vote, _ texts: [(Int, String)]) throws -> VoteCount {
        var number = 0
        let ballots = try texts.flatMap { times, text in
            try (0..<times).map { _ in
                number += 1
                return SealedBallot(vote: "v", number: "R-\(number)", ballot: try Votes.ballot(text, vote), salt: "0")
            }
        }
        return VoteCount(vote: vote, ballots: ballots)
    }

    private func chosen(_ result: [String: JSON]) -> [String] { result["chosen"]?.elements?.compactMap(\.text) ?? [] }

    @Test(
        "the most wanted down gives the majority all; equal shares give the minority its part, and each line says why")
    func budget() throws {
        // 60 of 100 ballots want a (60) and c (40); 40 want b (40): the budget is 100.
        let vote = Votes.made(.approvalBudget, costs: [60, 40, 40, 10])
        let count = try count(vote, [(60, "a, c"), (40, "b")])
        let greedy = count.result(by: CountingRule(method: .greedy))
        #expect(chosen(greedy) == ["a", "c"])
        let shares = count.result(by: CountingRule(method: .shares))
        #expect(Set(chosen(shares)) == ["b", "a"] || Set(chosen(shares)) == ["b", "c"])
        let lines = shares["budget"]?["lines"]?.elements ?? []
        #expect(lines.map { $0["reason"]?["why"]?.text }[1] == "shares")
        #expect(lines.map { $0["reason"]?["why"]?.text }[3] == "unwanted")
        #expect(shares["beside"]?["rule"]?["method"] == "greedy")
        let words = BudgetCount.Reason(lines[1]["reason"] ?? .null).words(votes: 40)
        #expect(words.ko.contains("40명이 1원씩") && words.en.contains("The 40 who chose it paid KRW 1 each"))
    }

    @Test(
        "what lost in the shares says what its supporters had left and what was missing, also where filling came after",
        arguments: [CountingRule.Filling.none, .greedy])
    func shortfall(_ filling: CountingRule.Filling) throws {
        // 100 are dealt to 4 ballots, 25 each. b (50) is paid by two; a (90) has three supporters of whom one paid for b.
        let vote = Votes.made(.approvalBudget, costs: [90, 50, 60])
        let count = try count(vote, [(2, "a"), (1, "a, b"), (1, "b")])
        let result = count.result(by: CountingRule(method: .shares, filling: filling))
        #expect(chosen(result) == ["b"])
        let reason = result["budget"]?["lines"]?.elements?[0]["reason"] ?? .null
        #expect(reason["why"]?.text == (filling == .none ? "too-poor" : "too-dear"))
        #expect(reason["could"]?.integer == 50 && reason["missing"]?.integer == 40)
        let words = BudgetCount.Reason(reason).words(votes: 3)
        #expect(words.ko.contains("3명의 남은 몫을 모두 합하면 50원으로, 사업비에서 40원이 모자랐습니다"))
        #expect(words.en.contains("KRW 40 was missing") && words.en.contains("most wanted") == (filling == .greedy))
        // As a count says it that was recorded before this was told.
        let old = BudgetCount.Reason(["why": "too-poor"]).words(votes: 3)
        #expect(old.ko.contains("값을 치를 수 없었습니다"))
    }

    @Test("ties are told by number where numbers decide, and by letters where they do not")
    func tieWords() {
        #expect(CountingRule.ties(Votes.made(.approvalBudget, costs: [1, 1])).ko.contains("앞 글자부터"))
        let vote = Vote(
            id: "v", title: "", summary: "", method: .approvalBudget,
            options: ["1", "2", "10"].map { .init(id: $0, name: $0, summary: "", cost: 1, proposal: "") }, limit: 1,
            most: 1, points: 0, seats: 1, begins: .init(microseconds: 0), ends: .init(microseconds: 0),
            isAccountless: true, process: "", isSample: false)
        #expect(CountingRule.ties(vote).ko.contains("‘10’이 ‘2’보다 앞섭니다"))
    }

    @Test("a tie that decides is told on both sides of it, and one that decides nothing is not")
    func ties() throws {
        let vote = Votes.made(.approvalBudget, limit: 60, costs: [60, 60, 60])
        let tied = BudgetCount(
            try count(vote, [(2, "a"), (2, "b"), (1, "c")]).election, by: CountingRule(method: .greedy))
        #expect(tied.chosen == [0] && tied.lines.map(\.isByTie) == [true, true, false])
        let clear = BudgetCount(
            try count(vote, [(3, "a"), (1, "b"), (1, "c")]).election, by: CountingRule(method: .greedy))
        #expect(clear.lines.allSatisfy { !$0.isByTie })
    }

    @Test("approval, points and ranks come to their places and rounds")
    func others() throws {
        let approval = try count(Votes.made(.approval, seats: 2), [(3, "a"), (2, "b, c"), (1, "c")])
        #expect(chosen(approval.result(by: CountingRule(method: .most))) == ["a", "c"])
        let points = try count(Votes.made(.points), [(1, "a 10"), (2, "b 6")])
        #expect(chosen(points.result(by: CountingRule(method: .most))) == ["b"])
        let ranked = try count(Votes.made(.ranked), [(4, "a"), (3, "b, c"), (2, "c, b")])
        let result = ranked.result(by: CountingRule(method: .runOff))
        #expect(chosen(result) == ["b"] && result["rounds"]?.elements?.count == 3)
    }

    @Test("the digest is of the set of ballots, not of their order; another ballot is another digest")
    func digest() throws {
        let count = try count(Votes.made(.approval), [(2, "a"), (1, "b")])
        let all = count.ballots.map(\.commitment)
        #expect(VoteCount.digest(all) == VoteCount.digest(all.reversed()))
        #expect(VoteCount.digest(all) != VoteCount.digest(all.dropLast()))
    }

    @Test("ballots go out as .pb and come in again the same, and the rules stand side by side")
    func pabulib() throws {
        let count = try count(Votes.made(.knapsack), [(3, "a, c"), (2, "b"), (1, "")])
        let file = try PabulibFile(parsing: count.pabulib(chosen: ["a", "c"]))
        #expect(file.votes.count == 6 && file.limit == 100 && file.projects.map(\.cost) == [60, 50, 40, 10])
        #expect(file.election.votes == count.election.votes)
        let comparison = RuleComparison(file.election)
        #expect(comparison.counts.count == 5 && comparison.counts[0].rule.method == .greedy)
        #expect(comparison.counts.allSatisfy { $0.spent <= 100 })
    }

    @Test("a rule survives its event, and goes only with ballots that it can count")
    func rules() {
        for filling in CountingRule.Filling.allCases {
            let rule = CountingRule(method: .shares, measure: .projects, filling: filling)
            #expect(CountingRule(rule.json) == rule)
        }
        #expect(
            CountingRule.possible(for: .ranked) == [.runOff]
                && CountingRule.possible(for: .knapsack) == [.shares, .greedy])
        #expect(CountingRule(["method": "dice"]) == nil)
    }
}
