import District
import Record
import Web

/// What a ballot says: options of its vote, the best first where it ranks them, with points where it deals them out.
struct Ballot: Sendable, Hashable {
    /// Identifiers of options, each at most once. In the order of the vote where the order says nothing.
    let options: [String]
    /// As many as options where the vote deals out points; empty otherwise.
    let points: [Int]

    /// What somebody entered, held against the vote's rules.
    /// - Throws: ``Refusal`` with the rule that is broken.
    init(_ choices: [(option: String, points: Int)], in vote: Vote) throws(Refusal) {
        var faults: [Refusal.Fault] = []
        func fault(_ rule: String, _ words: Words) { faults.append(.init(field: "choices", rule: rule, words: words)) }
        let kept = vote.method == .points ? choices.filter { $0.points != 0 } : choices
        if kept.contains(where: { vote.place(of: $0.option) == nil }) {
            fault("option", Words("이 투표에 없는 항목이 있습니다.", "There is an option that this vote does not have."))
        }
        if Set(kept.map(\.option)).count != kept.count {
            fault("twice", Words("같은 항목을 두 번 골랐습니다.", "An option is named twice."))
        }
        if kept.count > vote.most {
            fault(
                "most",
                Words(
                    "\(vote.most)개까지 고를 수 있는데 \(kept.count)개를 골랐습니다. \(kept.count - vote.most)개를 빼 주세요.",
                    "At most \(vote.most) can be chosen; you chose \(kept.count). Please take \(kept.count - vote.most) away."
                ))
        }
        let cost = kept.reduce(0) { $0 + (vote.place(of: $1.option).map { vote.options[$0].cost } ?? 0) }
        if vote.method == .knapsack, cost > vote.limit {
            fault(
                "budget",
                Words(
                    "고른 사업비의 합이 예산을 \(Money.text(cost - vote.limit, .ko)) 넘었습니다. 몇 가지를 빼 주세요.",
                    "What you chose costs \(Money.text(cost - vote.limit, .en)) more than the budget. Please take something away."
                ))
        }
        if vote.method == .points {
            // Each value first: only what lies within the vote's points may be added up.
            if kept.contains(where: { !(0...max(0, vote.points)).contains($0.points) }) {
                fault(
                    "points",
                    Words(
                        "한 항목에 0점부터 \(vote.points)점까지 줄 수 있습니다.", "Each option can be given 0 to \(vote.points) points."
                    ))
            } else {
                let (sum, overflow) = kept.reduce((0, false)) { sum, choice in
                    let (next, overflow) = sum.0.addingReportingOverflow(choice.points)
                    return (next, sum.1 || overflow)
                }
                if overflow || sum > vote.points {
                    fault(
                        "points",
                        Words(
                            "점수는 모두 \(vote.points)점까지인데 \(overflow ? "그보다 많이" : "\(sum)점을") 주었습니다.",
                            "There are \(vote.points) points; you gave \(overflow ? "more" : "\(sum)")."))
                }
            }
        }
        guard faults.isEmpty else {
            throw Refusal(
                .invalid, "ballot.invalid", Words("고른 내용을 확인해 주세요.", "Please look at what you chose."), faults: faults)
        }
        let order =
            vote.method == .ranked
            ? kept : kept.sorted { vote.place(of: $0.option) ?? 0 < vote.place(of: $1.option) ?? 0 }
        options = order.map(\.option)
        points = vote.method == .points ? order.map(\.points) : []
    }

    private init(options: [String], points: [Int]) { (self.options, self.points) = (options, points) }

    /// A number as somebody typed it; nil where it is none. One beyond a million, which no vote has points for, is read as a million,
    /// so that whatever is reckoned with it stays small, and the vote refuses it.
    static func number(_ text: some StringProtocol) -> Int? {
        if let number = Int(text) { return max(-million, min(million, number)) }
        return !text.isEmpty && text.allSatisfy { ("0"..."9").contains($0) } ? million : nil
    }

    private static let million = 1_000_000

    /// Whether it is one that the vote takes: what stands on the Record is held against the rules again before it is counted.
    func isWithin(_ vote: Vote) -> Bool {
        guard vote.method == .points ? points.count == options.count : points.isEmpty else { return false }
        let choices = options.enumerated().map { (option: $1, points: points.isEmpty ? 1 : points[$0]) }
        return (try? Ballot(choices, in: vote)) == self
    }

    var json: [String: JSON] {
        ["options": .array(options.map { .string($0) }), "points": .array(points.map { .number(Double($0)) })]
    }

    init?(_ json: JSON) {
        guard let options = json["options"]?.elements?.compactMap(\.text) else { return nil }
        self.init(options: options, points: json["points"]?.elements?.compactMap { $0.integer.map(Int.init) } ?? [])
    }

    /// What stands on paper beside a mark, as text: `a, b` or `a 3, b 2`.
    var text: String {
        points.isEmpty
            ? options.joined(separator: ", ") : zip(options, points).map { "\($0) \($1)" }.joined(separator: ", ")
    }
}

/// A ballot as the box keeps it: with a number that only its voter knows until the count, and a salt.
struct SealedBallot: Sendable, Hashable {
    let vote: String
    let number: String
    let ballot: Ballot
    /// 64 hexadecimal digits that nobody can guess.
    let salt: String

    /// SHA-256 over the canonical JSON (RFC 8785) of all of it.
    var commitment: String { ContentHash.sha256(JSON.object(opening).canonical) }

    /// What the commitment is over: whoever has it can check it with any tool.
    var opening: [String: JSON] {
        ballot.json.merging(["vote": .string(vote), "ballot": .string(number), "salt": .string(salt)]) { $1 }
    }

    init(vote: String, number: String, ballot: Ballot, salt: String) {
        (self.vote, self.number, self.ballot, self.salt) = (vote, number, ballot, salt)
    }

    init?(_ opening: JSON) {
        guard let vote = opening["vote"]?.text, let number = opening["ballot"]?.text, let salt = opening["salt"]?.text,
            let ballot = Ballot(opening)
        else { return nil }
        self.init(vote: vote, number: number, ballot: ballot, salt: salt)
    }

    /// A new salt.
    static func newSalt(using generator: inout some RandomNumberGenerator) -> String {
        (0..<4).map { _ in
            let word = String(UInt64.random(in: 0...UInt64.max, using: &generator), radix: 16)
            return String(repeating: "0", count: 16 - word.count) + word
        }.joined()
    }
}

/// The number of a ballot: three times four letters after an R, so that nobody takes it for a code.
enum BallotNumber {
    static func new(using generator: inout some RandomNumberGenerator) -> String {
        let letters = (0..<12).map { _ in BallotCode.alphabet.randomElement(using: &generator) ?? "A" }
        return "R-" + stride(from: 0, to: 12, by: 4).map { String(letters[$0..<$0 + 4]) }.joined(separator: "-")
    }

    /// What somebody typed, as it is kept; nil where it is none.
    static func typed(_ text: String) -> String? {
        let keys = HangulKeys.latin(text).uppercased().filter { $0.isLetter }
        let letters = Array(keys.hasPrefix("R") && keys.count == 13 ? keys.dropFirst() : keys[...])
        guard letters.count == 12, letters.allSatisfy(BallotCode.alphabet.contains) else { return nil }
        return "R-" + stride(from: 0, to: 12, by: 4).map { String(letters[$0..<$0 + 4]) }.joined(separator: "-")
    }
}

/// Won, as people read it.
enum Money {
    static func text(_ won: Int, _ language: Language) -> String {
        language == .ko ? "\(Show.count(won))원" : "KRW \(Show.count(won))"
    }
}
