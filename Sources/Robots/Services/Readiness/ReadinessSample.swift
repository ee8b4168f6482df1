import Access
import District
import Record
import Store
import Web

/// What the sample district has found out of its buildings, and who wants to try a robot. Invented, and marked so.
enum ReadinessSample {
    private static let origin = Origin(author: .system("robots.sample"))

    /// The hospital's checks: most are met, one is not, some nobody made yet. Founds nothing twice.
    static func found(_ readiness: Readiness, in district: District) async throws {
        let zone = try Caller.system("robots.sample").tenant
        let known = try await district.store.read { try ReadinessTable.checks(of: "onyu-main", for: zone, in: $0) }
        guard known.isEmpty else { return }
        let values: [String: Double] = [
            "lift-call": 1, "lift-width": 1.6, "lift-door": 1.1, "lift-gap": 22, "lift-level": 6, "door-width": 1.2,
            "door-auto": 1, "door-stays": 1, "slope": 2.1, "step": 18, "corridor": 2.4, "escape-width": 1.5,
            "charging": 0.4, "charging-safe": 1, "network-signal": -61, "network-gap": 3.4, "fire-doors": 1,
        ]
        let now = district.clock()
        let drafts = readiness.items.enumerated().compactMap { index, item -> Draft? in
            guard let value = values[item.id] else { return nil }
            return Draft(
                ReadinessTable.checked, stream: "readiness/onyu-main", scope: .firm("firm-onyu"),
                observed: now.advanced(bySeconds: -Double(86_400 * (40 - index))),
                payload: [
                    "site": "onyu-main", "item": .string(item.id), "value": .number(value),
                    "how": .string(item.how.ko), "edition": .string(readiness.edition), "synthetic": true,
                ])
        }
        try await district.record(drafts, origin: origin)
    }

    /// One booking that waits for the zone, and one that was approved. Founds nothing twice.
    static func book(_ sites: TestSites, in district: District) async throws {
        let zone = try Caller.system("robots.sample").tenant
        let now = district.clock()
        let known = try await district.store.read { try BookingTable.find("testsite/sample-0", for: zone, in: $0) }
        guard known == nil else { return }
        let wishes: [(String, FirmID, Int64, Words)] = [
            ("street-corner", "firm-solmaru", 3, Words("횡단보도 건너기 시험", "Crossing a street")),
            ("warehouse-aisle", "firm-haesol", 6, Words("적재함 자동 하역 시험", "Unloading by itself")),
        ]
        var drafts: [Draft] = []
        for (number, wish) in wishes.enumerated() {
            let day = (KoreanDay(now) + wish.2).description
            guard let start = Timestamp(iso8601: "\(day)T10:00:00+09:00") else { continue }
            drafts.append(
                Draft(
                    BookingTable.booked, stream: "testsite/sample-\(number)", scope: .firm(wish.1),
                    payload: [
                        "testsite": .string(wish.0), "firm": .string(wish.1.rawValue),
                        "start": .string(start.description),
                        "end": .string(start.advanced(bySeconds: 7200).description), "purpose": .string(wish.3.ko),
                        "robots": "배달 로봇 1대(예시)", "insurance": "예시손해보험 000-0000", "weight": 45, "speed": 4,
                        "synthetic": true,
                    ]))
        }
        drafts.append(Draft(BookingTable.approved, stream: "testsite/sample-1", scope: .firm("firm-haesol")))
        try await district.record(drafts, origin: origin)
    }
}
