import Access
import District
import Record
import Store

/// What the desk has in the sample district: conversations that ended in the last weeks, two people who wait for a
/// person and one who waits for a call. Invented, as everything in the sample is.
enum DeskSample {
    /// How the subjects of invented people begin.
    static let callers = "caller-sample-"
    private static let origin = Origin(author: .system("citizen.sample"))

    static func found(_ spine: Spine, seed: UInt64) async throws {
        let district = spine.district
        let now = district.clock()
        let tenant = try Caller.system("citizen.sample").tenant
        let isFounded = try await district.store.read {
            try EndingTable.since(Timestamp(microseconds: 0), for: tenant, in: $0)
        }
        guard isFounded.isEmpty else { return }
        try await district.record(endings(now, seed) + waiting(now), origin: origin)
    }

    /// Forty conversations of five weeks: most end well.
    private static func endings(_ now: Timestamp, _ seed: UInt64) -> [Draft] {
        let kinds: [(outcome: String, intent: String?, turns: Int)] = [
            ("done", "citizen.pothole.report", 6), ("looked-up", "lookup:bus", 3),
            ("done", "citizen.bulky-waste.apply", 9), ("handed-over", "citizen.resident-certificate.apply", 5),
            ("looked-up", "lookup:air", 2), ("abandoned", nil, 2), ("done", "citizen.street-light.report", 5),
            ("emergency", nil, 1),
        ]
        let (ages, channels) = (["70+", "40-69", "70+", nil, "under-40"], ["voice", "voice", "text", "phone"])
        return (0..<40).map { number in
            let kind = kinds[(number + Int(seed % 8)) % kinds.count]
            let ended = now.advanced(bySeconds: -Double(number) * 75_600 - 7200)
            var payload: [String: JSON] = [
                "outcome": .string(kind.outcome), "turns": .number(Double(kind.turns + number % 3)), "failures": 0,
                "language": .string(number % 9 == 4 ? "en" : "ko"), "channel": .string(channels[number % 4]),
                "edition": "sample", "intents": [], "synthetic": true,
            ]
            if let intent = kind.intent { payload["intent"] = .string(intent) }
            if let age = ages[number % 5] { payload["age_group"] = .string(age) }
            return Draft(
                DeskEvents.ended, stream: "dialogue/sample-\(number)", scope: .zone, observed: ended, payload: payload)
        }
    }

    /// Two who wait for a person, and one for a call.
    private static func waiting(_ now: Timestamp) -> [Draft] {
        typealias Content = HandoverRequested.Content
        let address = Content.Slot(
            name: "place", label: Words("어디인가요", "Where"), value: Words("바다구 물결로 12 앞", "In front of Mulgyeol-ro 12"))
        let people: [(reason: HandoverRequested.Reason, intent: String?, isOpen: Bool, content: Content)] = [
            (
                .asked, "citizen.pothole.report", true,
                Content(
                    transcript: [
                        .init(who: "citizen", text: "집 앞 도로에 구멍 났어"),
                        .init(who: "slipway", text: "네, 도로 파손 신고를 도와드리겠습니다. 어디인가요?"),
                        .init(who: "citizen", text: "물결로 12 앞인데, 기계 말고 사람"),
                        .init(who: "slipway", text: "담당자에게 연결합니다."),
                    ], slots: [address])
            ),
            (
                .failures, nil, true,
                Content(
                    transcript: [
                        .init(who: "citizen", text: "그 뭐시기 종이 떼는 거"),
                        .init(who: "slipway", text: "죄송합니다. 잘 알아듣지 못했습니다."),
                        .init(who: "citizen", text: "아들이 떼 오라 캤는데"),
                        .init(who: "slipway", text: "제가 잘 알아듣지 못해 죄송합니다. 담당자가 돕겠습니다."),
                    ], slots: [])
            ),
            (
                .asked, nil, false,
                Content(
                    transcript: [
                        .init(who: "citizen", text: "사람 바꿔 줘"),
                        .init(who: "slipway", text: "지금은 상담 시간이 아닙니다. 담당자가 전화드리도록 하겠습니다."),
                    ], slots: [], phone: "01055500123", time: "내일 오전")
            ),
        ]
        return people.enumerated().map { number, person in
            let id = "sample-\(number)"
            return HandoverRequested(
                id: id, dialogue: id, reason: person.reason, intent: person.intent, isOpen: person.isOpen,
                language: .ko, channel: "voice", subject: PersonID("\(callers)\(number)")
            ).draft(person.content)
        }
    }
}
