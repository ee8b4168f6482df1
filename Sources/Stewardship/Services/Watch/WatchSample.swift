import Access
import District
import Record
import Store
import Web

/// What the sample district has to watch: three officers with certificates, some weeks of judgements, one use that serves
/// the old worse and is flagged, objections, an incident, and the departments' ideas. All of it is invented.
struct WatchSample {
    let district: District
    let modules: [TrainingModule]

    private static let origin = Origin(author: .system("sample"))

    /// Founds nothing twice.
    func found() async throws {
        guard try await district.store.read({ try IdeaTable.all(in: $0) }).isEmpty else { return }
        let officers = try await staff()
        guard officers.count == 3 else { return }
        try await judgements()
        try await ideas(officers[0])
        try await appeals(officers)
    }

    /// Officers without passwords, and what they have learnt; the third's certificate ends soon.
    private func staff() async throws -> [Caller] {
        var drafts: [Draft] = []
        let today = KoreanDay(district.clock())
        for number in 1...3 {
            let person = Person(
                id: PersonID("zone-officer-\(number)"), name: "\(Role.zoneOfficer.words.ko) \(number)(예시)", firm: nil,
                roles: [.zoneOfficer])
            let isKnown = try await district.store.read { try Directory.caller(person.id, in: $0) != nil }
            if !isKnown {
                drafts += [try AccessEvents.personAdded(person), AccessEvents.roleGranted(.zoneOfficer, to: person)]
            }
            for module in modules where number < 3 || module.id == "ai.approve" {
                let passed = number == 3 ? today.adding(months: -module.months) + 15 : today - Int64(40 * number)
                drafts.append(
                    CertificateIssued(
                        certificate: "sample-\(number)-\(module.id)", person: person.id, module: module.id,
                        version: module.version, score: 80 + Int64(number * 4), passed: passed.description,
                        expires: module.expiry(passed: passed).description
                    ).draft)
            }
        }
        try await district.record(drafts, origin: Self.origin)
        return try await district.store.read { reader in
            try (1...3).compactMap { try Directory.caller(PersonID("zone-officer-\($0)"), in: reader) }
        }
    }

    /// Three weeks of judgements, always the same: one in ten of the old is understood less.
    private func judgements() async throws {
        let declared = Set(district.aiUses.map(\.id))
        let now = district.clock()
        // The voice agent where the house has one; else what stands for it in the sample.
        let flagged = declared.contains("citizen.understanding") ? "citizen.understanding" : "safety.alarm-hazard"
        for (use, turns, drop) in [("safety.accident-type", 240, false), (flagged, 700, true)]
        where declared.contains(use) {
            var drafts: [Draft] = []
            for turn in 0..<turns {
                var judged = AIUseJudged(use, turn % 13 == 5 ? .overruled : .kept)
                if drop { judged = Self.spoken(turn, use) }
                // What was judged had been done: the act comes first.
                for var draft in [AIUseActed(use).draft, judged.draft] {
                    draft.observed = now.advanced(bySeconds: -Double(turns - turn) * 21 * 86_400 / Double(turns))
                    drafts.append(draft)
                }
            }
            for start in stride(from: 0, to: drafts.count, by: 100) {
                try await district.record(
                    Array(drafts[start..<min(start + 100, drafts.count)]), origin: Self.origin)
            }
        }
    }

    /// A turn of the voice agent: of the old, from the four-hundredth turn on, one in three is handed over.
    private static func spoken(_ turn: Int, _ use: String) -> AIUseJudged {
        let isOld = turn % 7 == 3
        let isLost = isOld && turn > 400 && turn / 7 % 3 == 0
        let verdict: AIUseJudged.Verdict = isLost ? .escalated : turn % 19 == 7 ? .escalated : .kept
        let groups = [
            "age": isOld ? "70+" : turn % 2 == 0 ? "40-69" : "under-40",
            "speech": turn % 5 == 1 ? "gyeongsang" : "standard",
        ]
        return AIUseJudged(use, verdict, groups: groups)
    }

    private func ideas(_ officer: Caller) async throws {
        let known = Set(try await district.store.read { try RegisterTable.all(in: $0) }.map(\.id))
        for idea in SampleIdea.all {
            let outcome = try await district.perform(
                "stewardship.idea.propose",
                [
                    "department": .string(idea.department), "title": .string("\(idea.title)(예시)"),
                    "summary": .string(idea.summary), "benefit": .string(idea.benefit),
                ], by: officer)
            let id = JSON.string(String((outcome.events.first?.stream ?? "").dropFirst("idea/".count)))
            for state in idea.steps where state != .registered || known.contains(idea.use ?? "") {
                var values: [String: JSON] = ["idea": id, "state": .string(state.rawValue)]
                if state == .registered { values["use"] = .string(idea.use ?? "") }
                _ = try await district.perform("stewardship.idea.advance", values, by: officer)
            }
            if let reason = idea.reason {
                _ = try await district.perform(
                    "stewardship.idea.drop", ["idea": id, "reason": .string(reason)], by: officer)
            }
        }
    }

    /// Two objections, one of them answered, and an incident that is closed.
    private func appeals(_ officers: [Caller]) async throws {
        let texts = ["말을 천천히 했는데도 계속 못 알아듣고 처음부터 다시 하라고 했습니다(예시).", "왜 상담원에게 넘어갔는지 알고 싶습니다(예시)."]
        for (index, text) in texts.enumerated() {
            let outcome = try await district.perform(
                "stewardship.appeal.submit",
                ["text": .string(text), "wish": .string(index == 0 ? "person" : "explain")], by: .anonymous(),
                confirmed: true)
            guard index == 1, let stream = outcome.events.first?.stream else { continue }
            _ = try await district.perform(
                "stewardship.appeal.answer",
                [
                    "appeal": .string(Appeal.id(stream)), "outcome": "upheld",
                    "answer": "두 번 알아듣지 못하면 사람에게 넘어가도록 되어 있습니다. 통화 내용은 담당자만 보았습니다(예시).",
                ], by: officers[1])
        }
        guard let use = try await district.store.read({ try RegisterTable.all(in: $0) }).first?.id else { return }
        let outcome = try await district.perform(
            "stewardship.incident.report",
            [
                "use": .string(use), "happened": .string((KoreanDay(district.clock()) - 9).description),
                "harm": "nuisance", "text": "같은 제안이 두 번 보였습니다(예시).",
            ], by: officers[0])
        let incident = String((outcome.events.first?.stream ?? "").dropFirst("ai-incident/".count))
        _ = try await district.perform(
            "stewardship.incident.close",
            ["incident": .string(incident), "measures": "중복을 지우고 검사를 더했습니다(예시)."], by: officers[1])
    }
}
