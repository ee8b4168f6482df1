import District
import Record
import Store

/// What became of the projects that the sample's vote chose; a proposal that a working group took on; and promises of years
/// before, so that it can be seen how they were kept.
struct OutcomeSample {
    let district: District
    /// The proposal that becomes a milestone, and the group that takes it on, by their names in the handbook.
    private static let taken = (proposal: "용접사 재교육", group: "조선")

    func found() async throws {
        let now = district.clock()
        let today = KoreanDay(now)
        let (items, proposal, group) = try await district.store.read { reader in
            (
                try OutcomeTable.items(in: reader),
                try ProposalTable.find(named: Self.taken.proposal, in: reader),
                try OutcomeTable.group(named: Self.taken.group, in: reader)
            )
        }
        guard !items.contains(where: { $0.id.hasPrefix("sample-past") }) else { return }
        var drafts: [Draft] = []
        func say(_ type: String, _ id: String, _ days: Int64, _ payload: [String: JSON]) {
            drafts.append(
                Draft(
                    type, stream: "outcome/\(id)", scope: .everyone,
                    observed: now.advanced(bySeconds: Double(days) * 86_400), payload: payload))
        }
        let chosen = items.filter { $0.isSample && $0.due == nil && $0.isGoing }.sorted { $0.id < $1.id }
        for (place, item) in chosen.enumerated() {
            let due = today + Int64(40 + 30 * place)
            say(OutcomeTable.slipped, item.id, -25, ["due": .string("\(due)"), "said": "설계를 맡기며 끝낼 날을 정했습니다."])
            say(
                OutcomeTable.reported, item.id, -8,
                [
                    "percent": .number(Double([60, 25, 10, 5][place % 4])),
                    "spent": .decimal(Int64((item.planned ?? 0) / [2, 5, 12, 20][place % 4])),
                    "said": "주민 설명회를 열고 공사를 시작했습니다.",
                ])
            if place == 1 {
                say(
                    OutcomeTable.slipped, item.id, -3,
                    ["due": .string("\(due + 45)"), "before": .string("\(due)"), "said": "땅속 관로를 옮겨야 해서 45일 늦어집니다."])
            }
        }
        for (place, past) in Self.past.enumerated() {
            let (id, end) = ("sample-past-\(place + 1)", Int64(-60 - 120 * place))
            say(
                OutcomeTable.promised, id, end - 200,
                [
                    "title": .string(past.title), "summary": .string(past.summary), "vote": "", "option": "",
                    "proposal": "", "said": "", "sample": true, "planned": .decimal(past.planned),
                    "due": .string("\(today + end - past.late)"),
                ])
            say(
                OutcomeTable.reported, id, end - 1,
                ["percent": .number(past.isDone ? 100 : 30), "spent": .decimal(past.spent), "said": ""])
            say(
                OutcomeTable.ended, id, end,
                ["state": .string(past.isDone ? "done" : "dropped"), "said": .string(past.said)])
        }
        if let proposal {
            var taken: [String: JSON] = [
                "title": .string(proposal.title), "vote": "",
                "summary": "교육기관과 시작 시기를 협의했고 예산이 들지 않아, 투표를 기다리지 않고 하기로 했습니다.",
                "option": "", "proposal": .string(proposal.id), "said": "", "sample": true,
                "due": .string("\(today + 120)"),
            ]
            if let group { taken["group"] = .string(group) }
            say(OutcomeTable.promised, "sample-skills", -20, taken)
        }
        try await district.record(drafts, origin: Origin(author: .system("sample")))
    }

    private struct Past {
        let title: String, summary: String
        let planned: Int64, spent: Int64
        /// How many days after the first day it ended; less than none where it was earlier.
        let late: Int64
        let isDone: Bool
        let said: String
    }

    private static let past = [
        Past(
            title: "부두 버스 정류장 안내판", summary: "버스가 언제 오는지 알리는 판을 답니다.", planned: 12_000_000, spent: 11_400_000,
            late: -6, isDone: true, said: "세 곳에 달고 켰습니다."),
        Past(
            title: "공장 길 가로수 심기", summary: "나무 예순 그루를 심습니다.", planned: 24_000_000, spent: 27_500_000, late: 38,
            isDone: true, said: "봄 가뭄으로 늦게 심었습니다."),
        Past(
            title: "부두 무료 와이파이", summary: "부두 앞에서 누구나 쓰는 와이파이를 엽니다.", planned: 9_000_000, spent: 2_100_000, late: 0,
            isDone: false, said: "통신사가 같은 곳에 무료 와이파이를 열어 그만두었습니다."),
    ]
}
