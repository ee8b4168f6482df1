import District
import Record
import Store

/// A vote of the sample district that made a rule for robots. It sets what the hill's map has already, so that nothing in the
/// district drives otherwise for it.
struct RulingSample {
    let district: District
    private static let vote = "sample-hill-2026"
    private static let people = 20

    func found(seed: UInt64) async throws {
        guard try await district.store.read({ try VoteTable.find(Self.vote, in: $0) }) == nil else { return }
        let now = district.clock()
        func day(_ number: Double) -> Timestamp { now.advanced(bySeconds: number * 86_400) }
        var draw = SeededDraw(seed: seed &+ 0x6869)
        let effect = RuleEffect(kind: .speedLimit, site: "solmaru", area: "slope-1", place: "솔마루 언덕길", limit: 0.8)
        var vote = Vote(
            id: Self.vote, title: "솔마루 언덕길 로봇 속도", summary: "언덕길을 오르내리는 배달 로봇이 얼마나 빨리 달려도 될지 정했습니다.",
            method: .approval,
            options: [
                .init(
                    id: "1", name: "사람이 걷는 빠르기보다 느리게", summary: "마주 오는 사람이 비켜서지 않아도 됩니다.", cost: 0, proposal: "",
                    effect: effect),
                .init(id: "2", name: "제한 없이", summary: "로봇이 스스로 속도를 정합니다.", cost: 0, proposal: ""),
            ], limit: 0, most: 2, points: 0, seats: 1, begins: day(-22), ends: day(-16), isAccountless: true,
            process: "",
            isSample: true)
        let rule = CountingRule(method: .most)
        let sealed = try (0..<14).map { place in
            SealedBallot(
                vote: vote.id, number: BallotNumber.new(using: &draw),
                ballot: try Ballot([(place < 10 ? "1" : "2", 1)], in: vote), salt: SealedBallot.newSalt(using: &draw))
        }
        vote.rule = rule
        let numbers: [String: JSON] = ["online": 14, "paper": 0, "spoilt": 0]
        let result = VoteCount(vote: vote, ballots: sealed).result(by: rule).merging(numbers) { $1 }
        let closed = numbers.merging([
            "voted_online": 14, "took_paper": 0, "ballots": result["digest"] ?? .null, "voters": "",
        ]) { $1 }
        func said(_ type: String, _ payload: [String: JSON], _ at: Timestamp) -> Draft {
            var draft = VoteAsk.draft(type, vote.id, payload)
            draft.observed = at
            return draft
        }
        let cast = sealed.map { sealed in
            var draft = sealed.draft(isPaper: false)
            draft.observed = day(-18)
            return draft
        }
        try await district.record(
            [
                said(BallotEvents.setUp, vote.json, day(-30)),
                said(BallotEvents.ruleFixed, ["rule": rule.json], day(-28)),
                said(BallotEvents.opened, ["people": .number(Double(Self.people)), "census": ""], day(-23)),
            ] + cast + [
                said(BallotEvents.closed, closed, day(-15)), said(BallotEvents.counted, result, day(-15)),
            ], origin: Origin(author: .system("sample")))
    }
}
