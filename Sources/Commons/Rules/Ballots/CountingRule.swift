import Record

/// How ballots are counted: fixed, and on the Record, before the first of them.
struct CountingRule: Sendable, Hashable {
    enum Method: String, Sendable, CaseIterable {
        /// The most named, or the most points.
        case most
        /// Instant run-off.
        case runOff = "run-off"
        /// From the most wanted project downwards.
        case greedy
        /// The Method of Equal Shares.
        case shares
    }

    /// What is done with what equal shares leave.
    enum Filling: String, Sendable, CaseIterable {
        case none, greedy
        case addOne = "add-one"
        case addOneThenGreedy = "add-one-greedy"

        var words: Words {
            switch self {
            case .none: Words("남은 돈은 쓰지 않음", "What is left stays")
            case .greedy: Words("남은 돈은 득표순으로 채움", "What is left is spent from the most wanted down")
            case .addOne:
                Words("몫을 1%씩, 많아야 1,000번 늘려 다시 셈", "Each share raised by 1 %, at most 1,000 times, and counted again")
            case .addOneThenGreedy:
                Words(
                    "몫을 1%씩, 많아야 1,000번 늘려 다시 세고, 남으면 득표순으로 채움",
                    "Shares raised by 1 %, at most 1,000 times, then filled from the most wanted down")
            }
        }

        var completion: Completion {
            switch self {
            case .none: .none
            case .greedy: .greedy
            case .addOne: .addOne(.thousandths(10))
            case .addOneThenGreedy: .addOneThenGreedy(.thousandths(10))
            }
        }
    }

    let method: Method
    var measure: Satisfaction = .cost
    var filling: Filling = .none

    /// Which rules a method of voting may have.
    static func possible(for method: VoteMethod) -> [Method] {
        switch method {
        case .approval, .points: [.most]
        case .ranked: [.runOff]
        case .knapsack, .approvalBudget: [.shares, .greedy]
        }
    }

    var json: JSON {
        [
            "method": .string(method.rawValue), "measure": .string(measure.rawValue),
            "filling": .string(filling.rawValue), "ties": "lower-identifier",
        ]
    }

    init(method: Method, measure: Satisfaction = .cost, filling: Filling = .none) {
        (self.method, self.measure, self.filling) = (method, measure, filling)
    }

    init?(_ json: JSON) {
        guard let method = json["method"]?.text.flatMap({ Method(rawValue: $0) }) else { return nil }
        self.init(
            method: method, measure: json["measure"]?.text.flatMap { Satisfaction(rawValue: $0) } ?? .cost,
            filling: json["filling"]?.text.flatMap { Filling(rawValue: $0) } ?? .none)
    }

    /// What it is called.
    var words: Words {
        switch method {
        case .most: Words("많이 받은 순서로 정함", "Those with the most are chosen")
        case .runOff: Words("결선 방식(꼴찌를 빼며 다시 셈)", "Instant run-off")
        case .greedy: Words("득표순으로 예산이 다할 때까지", "From the most wanted down, while money lasts")
        case .shares:
            Words("똑같이 나눈 몫 방식(균등 몫) · \(filling.words.ko)", "Equal shares · \(filling.words.en)")
        }
    }

    /// How it works, for whoever never heard of it.
    var explanation: Words {
        switch method {
        case .most:
            Words("받은 표나 점수가 많은 순서로 정해진 수만큼 뽑습니다.", "As many as there are places, in the order of votes or points.")
        case .runOff:
            Words(
                "1순위가 과반인 것이 나올 때까지, 가장 적은 것을 빼고 그 표를 다음 순위로 옮겨 다시 셉니다.",
                "Until one has more than half, the option with the fewest leaves and its ballots go to their next choice."
            )
        case .greedy:
            Words(
                "표를 많이 받은 사업부터 차례로, 남은 예산에 들어가면 뽑습니다. 다수가 원하는 사업이 예산을 모두 쓸 수 있습니다.",
                "From the project with the most votes down, each that still fits is paid for. "
                    + "A majority can decide over all the money.")
        case .shares:
            Words(
                "예산을 투표한 사람 수로 똑같이 나눕니다. 사업은 그 사업을 고른 사람들의 몫으로 값을 치를 수 있을 때 뽑힙니다. "
                    + "서로 다른 사람들이 골고루 얻습니다.",
                "The budget is dealt out equally among the ballots. A project is paid for when those who chose it can pay for it "
                    + "out of their shares, so different groups each get something.")
        }
    }

    /// How what is equal is decided.
    static func ties(_ vote: Vote) -> Words {
        let (ids, what) = (vote.options.map(\.id), vote.method.isBudget ? "사업을" : "것을")
        // Identifiers are compared as texts; where that is the order of their numbers too, people are told of numbers.
        let isCounted =
            ids.allSatisfy { Int($0) != nil } && ids.sorted { $0 < $1 } == ids.sorted { Int($0) ?? 0 < Int($1) ?? 0 }
        return isCounted
            ? Words("동점이면 번호가 앞선 \(what) 먼저 뽑습니다.", "In a tie the one with the lower number comes first.")
            : Words(
                "동점이면 기호가 앞선 \(what) 먼저 뽑습니다. 기호는 앞 글자부터 한 글자씩 견줍니다(‘10’이 ‘2’보다 앞섭니다).",
                "In a tie the lower identifier comes first; identifiers are compared letter by letter (“10” before “2”)."
            )
    }
}
