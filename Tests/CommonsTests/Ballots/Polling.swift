import Access
import District
import HouseKit
import Record
import Store
import TestKit

@testable import Commons

/// A vote in a yard, brought as far as a test wants it.
struct Polling {
    let yard: Yard
    let vote: String
    let wrong = WrongCodes()

    static let second = Caller.person("officer-2", [.zoneOfficer])
    static let third = Caller.person("officer-3", [.zoneOfficer])
    static let citizen = Caller.person("citizen-1", [.citizen])
    static let ends = "2026-11-25T18:00:00+09:00"

    var box: BallotBox { BallotBox(district: yard.district, wrong: wrong) }
    var desk: CodeDesk { CodeDesk(district: yard.district) }

    static func with(_ kind: StoreUnderTest = .sqlite, _ body: (Yard) async throws -> Void) async throws {
        try await Yard.with([try Commons()], on: kind) { yard in
            for caller in [.officer, second, third, citizen] { try await yard.enrol(caller) }
            try await body(yard)
        }
    }

    static func values(_ more: [String: JSON] = [:]) -> [String: JSON] {
        let values: [String: JSON] = [
            "title": "마을 예산", "summary": "세 사업 가운데 고릅니다.", "method": "knapsack", "limit": "100",
            "begins": "2026-11-22T09:00:00+09:00", "ends": .string(ends), "accountless": true,
            "options": [
                ["name": "쉼터", "cost": "60"], ["name": "가로등", "cost": "40"], ["name": "꽃밭", "cost": "50"],
            ],
        ]
        return values.merging(more) { $1 }
    }

    /// A vote whose rule is fixed and whose list holds so many people, `p1` … with the account `citizen-1` for the first.
    static func ruled(
        _ yard: Yard, people: Int = 12, _ more: [String: JSON] = [:], rule: [String: JSON] = ["method": "shares"]
    )
        async throws -> Polling
    {
        let outcome = try await yard.perform("commons.vote.set-up", values(more), by: .officer)
        let vote = String(outcome.events[0].stream.dropFirst("vote/".count))
        try await yard.perform("commons.vote.fix-rule", rule.merging(["vote": .string(vote)]) { $1 }, by: .officer)
        let rows = (1...people).map { "p\($0),사람 \($0),부두로 \($0),\($0 == 1 ? "citizen-1" : "")" }
        try await yard.perform(
            "commons.census.import",
            ["vote": .string(vote), "list": .string("식별번호,이름,주소,계정\n" + rows.joined(separator: "\n"))], by: .officer)
        return Polling(yard: yard, vote: vote)
    }

    /// The same, opened, with a code for each person, at the first moment of voting.
    static func open(
        _ yard: Yard, people: Int = 12, _ more: [String: JSON] = [:], rule: [String: JSON] = ["method": "shares"]
    )
        async throws -> (Polling, codes: [String])
    {
        let polling = try await ruled(yard, people: people, more, rule: rule)
        let letters = try await polling.desk.issue(polling.vote, by: .officer)
        try await polling.ask("commons.vote.open")
        yard.clock.set("2026-11-22T09:00:00+09:00")
        // In the order of people, `사람 1` first; letters come in the order of hashes.
        let codes = letters.sorted { (Int($0.name.dropFirst(3)) ?? 0) < (Int($1.name.dropFirst(3)) ?? 0) }.map(\.code)
        return (polling, codes)
    }

    @discardableResult
    func ask(_ command: String, _ more: [String: JSON] = [:], by caller: Caller = .officer) async throws -> Outcome {
        try await yard.perform(command, more.merging(["vote": .string(vote)]) { $1 }, by: caller)
    }

    func refusal(_ command: String, _ more: [String: JSON] = [:], by caller: Caller = .officer) async throws -> String?
    {
        try await yard.refusal(command, more.merging(["vote": .string(vote)]) { $1 }, by: caller)?.code
    }

    func cast(
        _ text: String, code: String = "", number: String? = nil, by caller: Caller = .anonymous(),
        from address: String = "192.0.2.1"
    ) async throws -> BallotBox.Taken {
        try await box.cast(vote, EnterPaper.choices(text), code: code, number: number, by: caller, from: address)
    }

    /// The code of the refusal that a ballot meets.
    func refused(
        _ text: String, code: String = "", number: String? = nil, by caller: Caller = .anonymous(),
        from address: String = "192.0.2.1"
    ) async throws -> String? {
        do {
            _ = try await cast(text, code: code, number: number, by: caller, from: address)
            return nil
        } catch let refusal as Refusal {
            return refusal.code
        }
    }

    /// Whether a ballot is taken, whatever else may come of it.
    func isTaken(_ text: String, code: String) async -> Bool {
        do {
            return !(try await cast(text, code: code)).repeated
        } catch {
            return false
        }
    }

    func counts() async throws -> (ballots: Int, marks: Int) {
        try await yard.store.read { [vote] in
            let (cast, roll) = (try CastTable.count(vote, in: $0), try RollTable.counts(vote, in: $0))
            return (cast.online + cast.paper, roll.online + roll.paper)
        }
    }

    /// Past the end, closed and counted.
    func finish() async throws -> VoteTable.Found {
        yard.clock.set(Self.ends)
        try await ask("commons.vote.close")
        // On PostgreSQL the Record's service numbers events beside; the count reads what is numbered.
        let sequencer = Sequencer(clock: yard.clock.read)
        try await yard.store.write { try sequencer.sequenceAll(in: $0) }
        try await VoteCounter(district: yard.district).count(vote)
        guard let found = try await yard.store.read({ [vote] in try VoteTable.find(vote, in: $0) }) else {
            throw VoteAsk.unknown
        }
        return found
    }
}
