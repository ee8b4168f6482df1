import District
import Record
import Store

/// A topic of the sample district with answers drawn from the seed, of nobody.
struct OpinionSample {
    let district: District
    private static let topic = "sample-robots"

    func found(seed: UInt64) async throws {
        guard try await district.store.read({ try OpinionTable.topic(Self.topic, in: $0) }) == nil else { return }
        let now = district.clock()
        var draw = SeededDraw(seed: seed &+ 0x6f70)
        var drafts = [
            Draft(
                OpinionTable.opened, stream: "opinion/\(Self.topic)", scope: .everyone,
                observed: now.advanced(bySeconds: -864_000),
                payload: [
                    "title": "카페 거리의 배달 로봇, 어떻게 생각하세요?", "summary": "짧은 의견에 동의하는지 답해 주세요. 무엇이 모두를 잇고 무엇이 나누는지 봅니다.",
                    "ends": .string(now.advanced(bySeconds: 1_209_600).description), "process": "", "sample": true,
                ])
        ]
        for (place, said) in Self.said.enumerated() {
            var stating = OpinionTable.stating(said.text, "\(Self.topic)-\(place + 1)", topic: Self.topic)
            stating.observed = now.advanced(bySeconds: -800_000 + Double(place))
            drafts.append(stating)
        }
        for number in 1...24 {
            let group = number % 2
            let person = PersonID("sample-voice-\(number)")
            for (place, said) in Self.said.enumerated() where draw.happens(0.85) {
                let agrees = draw.happens(group == 0 ? said.first : said.second)
                let answer: Double = draw.happens(0.08) ? 0 : agrees ? 1 : -1
                drafts.append(
                    Draft(
                        OpinionTable.answered, stream: "answer/\(Self.topic)-\(number)-\(place)", scope: .zone,
                        observed: now.advanced(bySeconds: -600_000 + Double(number * 100 + place)),
                        payload: ["topic": .string(Self.topic), "statement": .string("\(Self.topic)-\(place + 1)")],
                        personal: [
                            "said": PersonalContent(
                                of: ForgottenTable.firstKey(of: person),
                                ["person": .string(person.rawValue), "answer": .number(answer)])
                        ]))
            }
        }
        try await district.record(drafts, origin: Origin(author: .system("sample")))
    }

    /// Statements with how many of each of two groups agree.
    private static let said: [(text: String, first: Double, second: Double)] = [
        ("로봇은 걷는 사람보다 느리게 다녀야 합니다.", 0.95, 0.9), ("로봇이 사람 앞에서는 반드시 멈춰야 합니다.", 0.95, 0.95),
        ("배달이 밤에도 되어야 가게가 삽니다.", 0.9, 0.1), ("카페 거리에는 로봇이 없는 편이 낫습니다.", 0.05, 0.85),
        ("로봇 길을 따로 그리면 안심이 됩니다.", 0.85, 0.8), ("로봇 때문에 휠체어가 지나기 어렵습니다.", 0.2, 0.9),
        ("로봇이 택배차를 줄여 공기가 좋아집니다.", 0.85, 0.25),
    ]
}
