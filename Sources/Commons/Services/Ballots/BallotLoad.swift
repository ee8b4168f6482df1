import Access
public import District
public import Record

/// A vote that is open, with a code for each of so many people, and ballots to cast in it: for benchmarks.
public struct BallotLoad: Sendable {
    /// The vote.
    public let vote: String
    /// A code for each person on its list.
    public let codes: [String]
    private static let projects = 12

    /// Sets a vote up that has been open for half an hour by the clock that its ballots will be cast by.
    /// - Parameters:
    ///   - people: how many are on its list.
    ///   - district: one whose clock is an hour behind, since a vote begins after it was set up.
    public init(people: Int, in district: District) async throws {
        let (officer, now) = (Caller.system("bench"), district.clock())
        func day(_ hours: Double) -> JSON { .string(now.advanced(bySeconds: hours * 3600).description) }
        let made = try await district.perform(
            "commons.vote.set-up",
            [
                "title": "Bench", "summary": "Bench", "method": "approval-budget", "limit": "1000000",
                "begins": day(0.5), "ends": day(48), "accountless": true,
                "options": .array(
                    (1...Self.projects).map { ["name": .string("Project \($0)"), "cost": .string("\($0)0000")] }),
            ], by: officer, confirmed: true)
        guard let stream = made.events.first?.stream else { throw VoteAsk.unknown }
        let vote = String(stream.dropFirst("vote/".count))
        func ask(_ command: String, _ values: [String: JSON]) async throws {
            _ = try await district.perform(
                command, values.merging(["vote": .string(vote)]) { $1 }, by: officer, confirmed: true)
        }
        try await ask("commons.vote.fix-rule", ["method": "shares"])
        let rows = (1...people).map { "p\($0),Person \($0),Street \($0)" }.joined(separator: "\n")
        try await ask("commons.census.import", ["list": .string("identifier,name,address\n\(rows)")])
        var codes: [String] = []
        while codes.count < people {
            codes += try await CodeDesk(district: district).issue(vote, by: officer).map(\.code)
        }
        try await ask("commons.vote.open", [:])
        (self.vote, self.codes) = (vote, codes)
    }

    /// The call that casts a person's ballot, which chooses by who they are.
    public func call(of person: Int) -> JSON {
        let choices = (1...Self.projects).filter { (person &* 31 &+ $0 &* 17) % 5 == 0 }
        let width = String(Self.projects).count
        let names = choices.map { number in
            JSON.string(String(repeating: "0", count: width - String(number).count) + String(number))
        }
        return [
            "vote": .string(vote), "code": .string(codes[person]), "choices": .array(names),
            "ballot": .string(Self.number(of: person)),
        ]
    }

    /// Opens every ballot in the box and holds it against the Record, as the count does.
    /// - Returns: how many there are.
    public func opened(in district: District) async throws -> Int {
        Set(try await VoteCounter(district: district).ballots(of: vote).map(\.number)).count
    }

    private static func number(of person: Int) -> String {
        var (rest, letters) = (person, [Character]())
        for _ in 0..<12 {
            letters.append(BallotCode.alphabet[rest % BallotCode.alphabet.count])
            rest /= BallotCode.alphabet.count
        }
        return "R-\(String(letters))"
    }
}
