import Access
import District
import Record
import Store
import Web

/// The sample firms' half-year: one lacks a single piece of evidence, one is complete, one is half way.
struct DutySample {
    let spine: Spine
    let book: DutyBook

    /// The one duty for which the stamping firm has no evidence: nothing else in the house proves it.
    static let lacking = "sapa-d5-1"

    private static let firms: [(firm: String, industry: String, confined: String, foreign: String)] = [
        ("gaon", "C25914", "yes", "yes"), ("nuri", "C24311", "yes", "yes"), ("saebyeok", "H52102", "no", "no"),
        ("haesol", "H5210", "no", "yes"), ("onyu", "Q86101", "no", "no"), ("solmaru", "S94110", "no", "no"),
    ]

    func found() async throws {
        for entry in Self.firms {
            guard let manager = try await caller("\(entry.firm)-manager-1"), let firm = manager.firm,
                try await district.store.read({ try FirmProfiles.find(firm, in: $0) })?.industry == nil
            else { continue }
            var profile: [String: JSON] = [
                "industry": .string(entry.industry), "confined": .string(entry.confined),
                "foreign": .string(entry.foreign), "top_builder": "no",
            ]
            // The stamping firm's contracts say of themselves that it has contractors.
            if entry.firm != "gaon" { profile["contracting"] = "no" }
            _ = try await district.perform("safety.firm.profile", profile, by: manager)
        }
        try await prove("gaon", share: 1, without: [Self.lacking])
        try await prove("onyu", share: 1, without: [])
        try await prove("nuri", share: 0.5, without: [])
    }

    private var district: District { spine.district }

    private func caller(_ person: String) async throws -> Caller? {
        try await district.store.read { try Directory.caller(PersonID(person), in: $0) }
    }

    /// Puts evidence to a firm's duties, the first of them up to a share, and has them signed.
    private func prove(_ stem: String, share: Double, without missing: Set<String>) async throws {
        guard let manager = try await caller("\(stem)-manager-1"),
            let executive = try await caller("\(stem)-executive-1"),
            let worker = try await caller("\(stem)-worker-1"), let firm = manager.firm, let person = worker.person
        else { return }
        let (tenant, now, period, book) = (try manager.tenant, district.clock(), HalfYear(district.clock()), book)
        let board = try await district.store.read {
            try DutyTable.board(firm, period, book, at: now, for: tenant, in: $0)?.board
        }
        guard let board, !board.standings.contains(where: { $0.signature != nil }) else { return }
        let due = board.lacking.filter { !missing.contains($0.duty.id) }
        let contracts = try await district.store.read { try DutyTable.contracts(of: firm, for: tenant, in: $0) }
        for standing in due.prefix(Int((Double(due.count) * share).rounded(.up))) {
            for day in Self.days(of: standing, period, contracts, today: KoreanDay(now)) {
                try await add(standing.duty, day: day, firm: firm, by: manager)
            }
        }
        _ = try await district.perform(
            "safety.role.appoint",
            ["person": .string(person.rawValue), "role": .string(SafetyRole.workersRepresentative.rawValue)],
            by: manager)
        for signer in [manager, executive, worker] {
            do {
                _ = try await district.perform(SignDuty.name, [:], by: signer, confirmed: true)
            } catch let refusal as Refusal where refusal.code == "duty.nothing-to-sign" {}
        }
    }

    /// The days for which evidence is given: one for each span that lacks it, else a fortnight ago.
    private static func days(
        of standing: DutyBoard.Standing, _ period: HalfYear, _ contracts: [ClosedRange<KoreanDay>], today: KoreanDay
    ) -> [KoreanDay] {
        guard standing.duty.rhythm.isRunning else { return [max(period.first, today - 14)] }
        let known = Set(standing.evidence.map(\.day))
        return DutyBoard.spans(of: standing.duty, in: period, contracts)
            .filter { span in span.upperBound < today && !known.contains(where: span.contains) }.map(\.lowerBound)
    }

    private func add(_ duty: Duty, day: KoreanDay, firm: FirmID, by manager: Caller) async throws {
        guard let kind = duty.kinds.first else { return }
        let (now, author) = (district.clock(), manager.author)
        let text = "예시 자료: \(duty.title.ko) (\(day))\n이 파일의 내용은 가상입니다. / Sample, not a real document.\n"
        let file = try await district.store.write {
            try Attachments.keep(Array(text.utf8), scope: .firm(firm), author: author, at: now, in: $0)
        }
        _ = try await district.perform(
            GiveEvidence.name,
            [
                "duty": .string(duty.id), "kind": .string(kind), "file": .string(file), "day": .string(day.description),
            ], by: manager)
    }
}

/// The sample firm's budget and opinions.
struct OpinionSample {
    let spine: Spine

    private var district: District { spine.district }

    func found() async throws {
        guard let manager = try await district.store.read({ try Directory.caller("gaon-manager-1", in: $0) }),
            let worker = try await district.store.read({ try Directory.caller("gaon-worker-2", in: $0) }),
            let firm = manager.firm
        else { return }
        let tenant = try manager.tenant
        let year = HalfYear(district.clock()).year
        guard try await district.store.read({ try BudgetTable.lines(of: firm, in: year, for: tenant, $0) }).isEmpty
        else {
            return
        }
        try await budget(manager, firm)
        try await opinions(manager, worker)
    }

    private func budget(_ manager: Caller, _ firm: FirmID) async throws {
        let items: [(String, BudgetPurpose, Double, Double)] = [
            ("프레스 광전자식 방호장치 교체(예시)", .facilities, 48_000_000, 45_500_000),
            ("보호구·청력보호(예시)", .equipment, 9_600_000, 8_700_000),
            ("특별안전교육(예시)", .training, 6_000_000, 5_400_000),
            ("집진 설비 개선(예시)", .improvement, 30_000_000, 4_200_000),
        ]
        let (now, author) = (district.clock(), manager.author)
        for (name, purpose, planned, spent) in items {
            let done = try await district.perform(
                "safety.budget.plan",
                ["name": .string(name), "purpose": .string(purpose.rawValue), "amount": .number(planned)], by: manager)
            guard let stream = done.events.first?.stream else { continue }
            let receipt = "예시 영수증: \(name) \(Int64(spent))원\n"
            let file = try await district.store.write {
                try Attachments.keep(Array(receipt.utf8), scope: .firm(firm), author: author, at: now, in: $0)
            }
            _ = try await district.perform(
                "safety.budget.spend",
                [
                    "item": .string(String(stream.dropFirst("budget/".count))), "amount": .number(spent),
                    "file": .string(file),
                ], by: manager)
        }
    }

    private func opinions(_ manager: Caller, _ worker: Caller) async throws {
        func give(_ topic: Opinion.Topic, _ text: String) async throws -> JSON {
            let done = try await district.perform(
                GiveOpinion.form.name, ["topic": .string(topic.rawValue), "text": .string(text)], by: worker)
            return .string(String((done.events.first?.stream ?? "").dropFirst("opinion/".count)))
        }
        let due = KoreanDay(district.clock()) + 14
        let done = try await give(.hazard, "2호 프레스 앞 바닥이 기름 때문에 미끄럽습니다.(예시)")
        let decided = try await give(.equipment, "겨울용 방한 장갑이 모자랍니다.(예시)")
        _ = try await give(.procedure, "교대 시간에 지게차와 사람이 같은 문으로 다닙니다.(예시)")
        for (opinion, reason) in [(done, "흡착 매트를 깔고 배관 누유를 고칩니다.(예시)"), (decided, "사이즈별로 더 사겠습니다.(예시)")] {
            _ = try await district.perform(
                "safety.opinion.decide",
                ["opinion": opinion, "decision": "accept", "reason": .string(reason), "due": .string(due.description)],
                by: manager)
        }
        _ = try await district.perform(
            "safety.opinion.finish", ["opinion": done, "outcome": "배관을 고치고 매트를 깔았습니다.(예시)"], by: manager)
    }
}
