import Access
import District
import Record
import Store
import Web

/// A dozen requests of fictitious callers, marked as made up: none is sent anywhere.
struct RequestSample {
    let spine: Spine
    let services: CityServices

    /// Hours ago, service, values, and what became of it.
    private static let told: [(hours: Double, code: String, values: [String: JSON], end: String?)] = [
        (3, "pothole", ["where": "바다로 12 앞 차도", "what": "바퀴가 빠질 만큼 깊습니다."], nil),
        (30, "street-light", ["where": "등대길 7 골목", "reply": "010-0000-0001"], "answer"),
        (220, "illegal-dumping", ["where": "부두 창고 뒤편"], nil),
        (260, "noise", ["source": "construction", "where": "새벽물류 신축 현장"], nil),
        (50, "drain", ["where": "바다로 30 정류장 앞"], "close"),
        (5, "bus-stop", ["where": "국가산단 입구 정류장", "what": "의자가 흔들립니다."], nil),
        (26, "fallen-tree", ["where": "솔마루 공원 북문"], "close"),
        (
            20, "bulky-waste",
            ["item": "침대", "count": 1, "home": "바다로 12, 103동", "day": "2099-01-05", "phone": "010-0000-0002"], nil
        ),
        (
            8, "resident-certificate",
            ["document": "full", "copies": 1, "receive": "visit", "name": "가상 시민", "phone": "010-0000-0003"], nil
        ),
        (40, "welfare-counsel", ["topic": "care", "name": "가상 어르신", "phone": "010-0000-0004"], "answer"),
        (
            12, "health-centre",
            ["purpose": "dementia", "day": "2099-01-06", "time": "10:00", "name": "가상 보호자", "phone": "010-0000-0005"],
            nil
        ),
        (100, "sidewalk", ["where": "온유병원 정문 앞", "what": "보행기가 걸립니다."], "close"),
    ]

    func found(_ seed: UInt64) async throws {
        let zone = try Caller.system("sample").tenant
        let counts = try await spine.district.store.read { try RequestTable.counts(for: zone, in: $0) }
        guard counts.isEmpty else { return }
        let now = spine.district.clock()
        for one in Self.told {
            guard let service = services.service(one.code) else { continue }
            let at = now.advanced(bySeconds: -3600 * one.hours)
            let number = CityRequest.number(at: at) { _ in false }
            var draft = try SubmitRequest.draft(
                service, one.values, by: .system("sample"), code: Secret.code(), number: number, at: at)
            draft.observed = at
            draft.payload["synthetic"] = true
            let origin = Origin(author: .system("sample"))
            let events = try await spine.district.record([draft], origin: origin)
            guard let event = events.first, let end = one.end else { continue }
            try await spine.district.record(
                [Self.ending(end, of: event, number: number)], origin: origin)
        }
    }

    private static func ending(_ end: String, of event: Event, number: String) -> Draft {
        let isClosed = end == "close"
        var payload: [String: JSON] = ["number": .string(number)]
        if isClosed { payload["result"] = .string(CityRequest.Result.done.rawValue) }
        return Draft(
            isClosed ? RequestEvents.closed : RequestEvents.answered, stream: event.stream, scope: event.scope,
            payload: payload,
            personal: isClosed
                ? [:]
                : [
                    "answer": PersonalContent(
                        of: PersonID("request-\(event.id)"), "담당자가 현장을 확인하고 이번 주 안에 처리하겠습니다.")
                ], answers: event.id)
    }
}
