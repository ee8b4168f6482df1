import Access
import District
import Record
import Store

/// A morning of permits in the sample district: a tank to be entered, welding that waits because thinner stands near,
/// and a press that is locked out. Each is asked for and authorised as people would, through every gate.
struct PermitSample: Sendable {
    let district: District
    let desk: PermitDesk

    private static let firm = FirmID("firm-gaon")

    /// Founds today's permits, where there are none of today.
    func found() async throws {
        let now = district.clock()
        let day = KoreanDay(now)
        let callers = try await district.store.read { reader -> [Caller]? in
            guard
                try PermitTable.list(from: day.start, to: (day + 1).start, for: Tenant.firm(Self.firm), in: reader)
                    .isEmpty
            else { return nil }
            return try ["gaon-manager-1", "gaon-worker-1", "gaon-worker-2", "gaon-worker-3"].compactMap {
                try Directory.caller(PersonID($0), in: reader)
            }
        }
        guard let callers, callers.count == 4 else { return }
        let (manager, first, second, third) = (callers[0], callers[1], callers[2], callers[3])
        _ = try await district.perform("safety.tbm.hold", Self.meeting, by: manager)
        _ = try await district.perform(
            "safety.permit.request",
            Self.request(
                "confined", "gaon-tank-1", "저류조 바닥 침전물 제거", ["gaon-worker-1", "gaon-worker-2"], at: now,
                [
                    "watcher": "gaon-worker-4", "inflow": "유입 밸브를 잠그고 맹판을 설치함. 침전물에서 황화수소가 나올 수 있어 계속 환기함.",
                    "equipment": "송기마스크, 안전대, 구명줄", "contacts": "현장 책임자(예시) 000-0000-0000, 119",
                ]), by: first, confirmed: true)
        _ = try await district.perform(
            "safety.permit.request",
            Self.request(
                "hot", "gaon-line-1", "브래킷 보수 용접", ["gaon-worker-2"], at: now, ["watcher": "gaon-worker-4"]),
            by: second, confirmed: true)
        let press = try await district.perform(
            "safety.permit.request",
            Self.request(
                "electrical", "press-3", "클러치 브레이크 점검", ["gaon-worker-3"], at: now,
                ["locks": [["point": "3호 프레스 주 차단기", "number": "G-31", "owner": "gaon-worker-3"]]]),
            by: second, confirmed: true)
        guard let permit = press.events.first.map({ String($0.stream.dropFirst("permit/".count)) }) else { return }
        _ = try await district.perform(
            "safety.permit.lock", ["permit": .string(permit), "lock": "G-31", "tried": true], by: third)
        let checks = desk.rules["electrical"]?.checklist.map { check -> JSON in ["check": .string(check.id)] }
        _ = try await district.perform(
            "safety.permit.authorise", ["permit": .string(permit), "checks": .array(checks ?? [])], by: manager,
            confirmed: true)
        _ = try await district.perform("safety.permit.enter", ["permit": .string(permit)], by: third)
    }

    private static let meeting: [String: JSON] = [
        "thing": "gaon-plant", "participants": .array((1...4).map { ["person": .string("gaon-worker-\($0)")] }),
        "topics": [["topic": "저류조 산소 결핍과 황화수소: 들어가기 전 측정, 감시인 배치"], ["topic": "용접 불티와 신너"]],
        "rights_read": true, "language": "ko",
    ]

    private static func request(
        _ kind: String, _ thing: String, _ work: String, _ people: [String], at now: Timestamp, _ more: [String: JSON]
    ) -> [String: JSON] {
        let base: [String: JSON] = [
            "kind": .string(kind), "thing": .string(thing), "work": .string(work), "from": .string(now.description),
            "to": .string(now.advanced(bySeconds: 6 * 3600).description),
            "people": .array(people.map { ["person": .string($0)] }), "supervisor": "gaon-manager-1",
        ]
        return base.merging(more) { $1 }
    }
}
