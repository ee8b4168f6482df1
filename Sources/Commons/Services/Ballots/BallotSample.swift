import District
import Record
import Store

/// Votes of the sample district: one on a budget that was counted, one that is open, one whose rule is not fixed yet. Their
/// ballots are drawn from the seed and are nobody's.
struct BallotSample {
    let district: District
    private static let counted = "sample-budget-2026"
    private static let people = 60

    func found(seed: UInt64) async throws {
        guard try await district.store.read({ try VoteTable.find(Self.counted, in: $0) }) == nil else { return }
        let now = district.clock()
        func day(_ number: Double) -> Timestamp { now.advanced(bySeconds: number * 86_400) }
        var draw = SeededDraw(seed: seed &+ 0x766f)
        var vote = Vote(
            id: Self.counted, title: "2026년 부두 마을 주민참여예산",
            summary: "마을 예산 1억 원을 어디에 쓸지 주민이 정했습니다. 한 사람이 사업을 4개까지 골랐습니다.",
            method: .approvalBudget, options: Self.projects, limit: 100_000_000, most: 4, points: 0, seats: 1,
            begins: day(-40), ends: day(-30), isAccountless: true, process: "", isSample: true)
        let rule = CountingRule(method: .shares, measure: .cost, filling: .addOneThenGreedy)
        let sealed = try (0..<48).map { _ in
            SealedBallot(
                vote: vote.id, number: BallotNumber.new(using: &draw), ballot: try Self.ballot(vote, &draw),
                salt: SealedBallot.newSalt(using: &draw))
        }
        vote.rule = rule
        var result = VoteCount(vote: vote, ballots: sealed).result(by: rule)
        let numbers: [String: JSON] = ["online": 45, "paper": 3, "spoilt": 0]
        result.merge(numbers) { $1 }
        let closed: [String: JSON] = numbers.merging([
            "voted_online": 45, "took_paper": 3, "ballots": result["digest"] ?? .null, "voters": "",
        ]) { $1 }
        func said(_ type: String, _ id: String, _ payload: [String: JSON], _ at: Timestamp) -> Draft {
            var draft = VoteAsk.draft(type, id, payload)
            draft.observed = at
            return draft
        }
        var drafts = [
            said(BallotEvents.setUp, vote.id, vote.json, day(-60)),
            said(BallotEvents.ruleFixed, vote.id, ["rule": rule.json], day(-50)),
            said(BallotEvents.opened, vote.id, ["people": .number(Double(Self.people)), "census": ""], day(-45)),
        ]
        drafts += sealed.enumerated().map { place, sealed in
            var draft = sealed.draft(isPaper: place >= 45)
            draft.observed = day(-31)
            return draft
        }
        drafts.append(said(BallotEvents.closed, vote.id, closed, day(-29)))
        drafts.append(said(BallotEvents.counted, vote.id, result, day(-29)))
        drafts += running(day, &draw)
        try await district.record(drafts, origin: Origin(author: .system("sample")))
    }

    /// The vote that is open, with its list, and the one that is being prepared.
    private func running(_ day: (Double) -> Timestamp, _ draw: inout SeededDraw) -> [Draft] {
        let open = Vote(
            id: "sample-robots-2026", title: "배달 로봇이 다닐 수 있는 시간",
            summary: "카페 거리에서 배달 로봇이 다닐 수 있는 시간을 정합니다. 좋은 순서대로 골라 주세요.", method: .ranked,
            options: [
                .init(id: "1", name: "하루 종일", summary: "시간 제한을 두지 않습니다.", cost: 0, proposal: ""),
                .init(id: "2", name: "오전 7시부터 오후 10시까지", summary: "밤에는 다니지 않습니다.", cost: 0, proposal: ""),
                .init(id: "3", name: "사람이 적은 시간에만", summary: "오전 10시부터 11시 반, 오후 2시부터 5시까지입니다.", cost: 0, proposal: ""),
            ], limit: 0, most: 3, points: 0, seats: 1, begins: day(-2), ends: day(12), isAccountless: true, process: "",
            isSample: true)
        let next = Vote(
            id: "sample-budget-2027", title: "2027년 부두 마을 주민참여예산",
            summary: "내년 예산 1억 2천만 원을 어디에 쓸지 정합니다. 예산 안에서 고릅니다.", method: .knapsack,
            options: Self.projects, limit: 120_000_000, most: Self.projects.count, points: 0, seats: 1, begins: day(30),
            ends: day(44), isAccountless: true, process: "", isSample: true)
        let spoken = Vote(
            id: "sample-rest-2026", title: "카페 거리 쉼터에 놓을 것",
            summary: "카페 거리 쉼터에 먼저 놓을 것을 두 가지까지 고릅니다. 말로도 투표할 수 있습니다.", method: .approval,
            options: [
                .init(id: "1", name: "등받이 의자", summary: "팔걸이가 있습니다.", cost: 0, proposal: ""),
                .init(id: "2", name: "물 마시는 곳", summary: "겨울에는 잠급니다.", cost: 0, proposal: ""),
                .init(id: "3", name: "그늘막", summary: "바람이 통하는 천 지붕입니다.", cost: 0, proposal: ""),
            ], limit: 0, most: 2, points: 0, seats: 2, begins: day(-1), ends: day(9), isAccountless: true, process: "",
            isSample: true, votesByVoice: true)
        let salt = SealedBallot.newSalt(using: &draw)
        let rows: [JSON] = (1...Self.people).map { number in
            [
                "entry": .string(CensusCommands.hash("sample-\(number)", salt)), "name": .string("주민 \(number)"),
                "address": .string("부두로 \(number)"),
            ]
        }
        func said(_ type: String, _ id: String, _ payload: [String: JSON], _ at: Timestamp) -> Draft {
            var draft = VoteAsk.draft(type, id, payload)
            draft.observed = at
            return draft
        }
        /// A vote that is open, with its rule and its list.
        func opened(_ vote: Vote, _ rule: CountingRule) -> [Draft] {
            [
                said(BallotEvents.setUp, vote.id, vote.json, day(-20)),
                said(
                    BallotEvents.ruleFixed, vote.id, ["rule": rule.json, "voice": .bool(vote.votesByVoice)], day(-12)),
                Draft(
                    CensusTable.imported, stream: "census/\(vote.id)", scope: .zone, observed: day(-10),
                    payload: ["vote": .string(vote.id), "people": .number(Double(Self.people)), "left_out": 0],
                    personal: [
                        "list": PersonalContent(
                            of: CensusCommands.subject(vote.id), ["salt": .string(salt), "rows": .array(rows)])
                    ]),
                said(BallotEvents.opened, vote.id, ["people": .number(Double(Self.people)), "census": ""], day(-4)),
            ]
        }
        return opened(open, CountingRule(method: .runOff)) + opened(spoken, CountingRule(method: .most))
            + [said(BallotEvents.setUp, next.id, next.json, day(-1))]
    }

    /// Two thirds want what lies near the harbour, one third what lies near the school; everybody a little of the rest.
    private static func ballot(_ vote: Vote, _ draw: inout SeededDraw) throws -> Ballot {
        let near = draw.happens(0.66) ? [0, 1, 2, 3] : [4, 5, 6]
        var wanted = near.filter { _ in draw.happens(0.8) }
        if draw.happens(0.3) { wanted.append(7) }
        return try Ballot(wanted.prefix(vote.most).map { (vote.options[$0].id, 1) }, in: vote)
    }

    private static let projects: [Vote.Option] = [
        ("부두 앞 그늘 쉼터", "버스 정류장 옆에 그늘과 긴 의자를 놓습니다.", 38_000_000),
        ("공장 길 보행로 넓히기", "화물차 길과 걷는 길을 나눕니다.", 45_000_000),
        ("부두 조명 바꾸기", "어두운 곳 열두 군데에 등을 답니다.", 22_000_000),
        ("갈매기 공원 화장실 고치기", "문턱을 없애고 손잡이를 답니다.", 18_000_000),
        ("초등학교 앞 안전 길", "차가 천천히 지나도록 길을 높입니다.", 26_000_000),
        ("마을 도서관 저녁 운영", "평일 밤 9시까지 엽니다.", 15_000_000),
        ("어린이 물놀이터", "여름 두 달 동안 엽니다.", 30_000_000),
        ("골목 꽃밭", "주민이 함께 가꿉니다.", 6_000_000),
    ].enumerated().map { place, project in
        Vote.Option(id: "\(place + 1)", name: project.0, summary: project.1, cost: project.2, proposal: "")
    }
}
