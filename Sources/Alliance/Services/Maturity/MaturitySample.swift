import Access
import District
import Record
import Store
import Web

/// Assessments of the sample district: the stamping shop's two, a year apart, and as many of others as counts need. All
/// are drawn from the seed and are nobody's.
struct MaturitySample {
    let items: MaturityItems

    private static let firm: FirmID = "firm-gaon"
    /// The firms of which only counts are seen.
    private static let others = 36

    func found(_ spine: Spine, seed: UInt64) async throws {
        let (district, now) = (spine.district, spine.district.clock())
        let zone = try Caller.system("sample").tenant
        let isFounded = try await district.store.read { reader in
            try Directory.firm(Self.firm, for: zone, in: reader) == nil
                || !MaturityTable.counts(for: zone, in: reader).isEmpty
        }
        guard !isFounded else { return }
        var draw = SeededDraw(seed: seed &+ 0x6d61)
        var drafts: [Draft] = []
        let first = now.advanced(bySeconds: -340 * 86_400)
        let early: (Int) -> Int? = {
            [1, 2, 1, 2, 2, 1, 2, 2, 1, 1, 2, 2, 2, 1, 2, 1, 1, 2, 2, 1, 2, 1, 2, nil][$0 % 24]
        }
        let late: (Int) -> Int? = {
            [2, 3, 3, 2, 3, 3, 3, 2, 2, 3, 3, 2, 2, 1, 2, 1, 2, 2, 3, 2, 3, 2, nil, 3][$0 % 24]
        }
        drafts += assessment("sample-gaon-1", Self.firm, at: first, named: true, early)
        drafts += assessment(
            "sample-gaon-2", Self.firm, at: now.advanced(bySeconds: -9 * 86_400), named: true, late,
            verified: ["count": 3, "state": 2])
        for number in 1...Self.others {
            let base = 1 + draw.below(3)
            let levels: [Int?] = items.items.indices.map { _ in
                draw.happens(0.08) ? nil : min(5, base + draw.below(2))
            }
            drafts += assessment(
                "sample-other-\(number)", FirmID("sample-firm-\(number)"),
                at: now.advanced(bySeconds: -Double(10 + draw.below(300)) * 86_400), named: false
            ) { levels[$0] }
        }
        try await district.record(drafts, origin: Origin(author: .system("sample")))
    }

    private func assessment(
        _ id: String, _ firm: FirmID, at moment: Timestamp, named: Bool, _ level: (Int) -> Int?,
        verified: [String: Int] = [:]
    ) -> [Draft] {
        var answers: [String: MaturityAnswer] = [:]
        for (place, item) in items.items.enumerated() { answers[item.id] = MaturityAnswer(declared: level(place)) }
        func draft(_ type: String, _ payload: [String: JSON], _ substance: [String: JSON] = [:]) -> Draft {
            MaturityEvents.draft(type, id, firm, observed: moment, payload: payload, substance: substance)
        }
        let handedIn = MaturityEvents.result(MaturityResult(answers, of: items))
        var drafts = [
            draft(MaturityEvents.started, ["firm": .string(firm.rawValue), "edition": .string(items.edition)]),
            draft(
                MaturityEvents.answered, [:],
                [
                    "answers": .array(
                        items.items.map { item in
                            [
                                "item": .string(item.id),
                                "level": answers[item.id]?.declared.map { .number(Double($0)) } ?? .null,
                            ]
                        })
                ]),
            draft(MaturityEvents.submitted, ["named": .bool(named)], handedIn),
        ]
        for (item, level) in verified.sorted(by: { $0.key < $1.key }) {
            answers[item]?.verified = level
            var substance = MaturityEvents.result(MaturityResult(answers, of: items))
            substance["found"] = .number(Double(level))
            substance["note"] = "현장 화면 확인(예시)"
            drafts.append(draft(MaturityEvents.verified, ["item": .string(item), "basis": "site"], substance))
        }
        return drafts
    }
}
