import District
import Record

/// What an entry lacks before a step.
struct UseGaps: Sendable {
    struct Gap: Sendable, Hashable {
        /// A field's key, or `assessment-impact`, `tests`.
        let key: String
        let words: Words
    }

    let rules: TierRules

    /// What is missing before a step may be done, in the order of the page.
    func before(_ step: UseStep, _ entry: RegisterEntry) -> [Gap] {
        let steps: Set<UseStep> = step == .triage ? [.triage] : [.triage, .approve]
        guard step == .triage || step == .approve || step == .pilot || step == .golive else { return [] }
        var gaps = RegisterField.all.filter { field in
            field.needed.map(steps.contains) ?? false && (entry.fields[field.key] ?? "").isEmpty
        }.map { Gap(key: $0.key, words: $0.label) }
        guard step != .triage else { return gaps }
        guard let tier = entry.tier, let demand = rules.demands[tier] else {
            return gaps + [Gap(key: "tier", words: Words("위험 등급", "Risk tier"))]
        }
        gaps += demand.assessments.filter { entry.assessments[$0] == nil }.map {
            Gap(key: "assessment-\($0.rawValue)", words: $0.words)
        }
        let missing = demand.tests - entry.currentTests.count
        if missing > 0 {
            gaps.append(
                Gap(
                    key: "tests",
                    words: Words("지금 버전의 집단별 시험 \(missing)건", "\(missing) test(s) by subgroup of what it is now")))
        }
        return gaps
    }

    /// Holds an entry against what a step needs.
    /// - Throws: ``Refusal`` with one fault for each thing that is missing.
    func check(_ step: UseStep, _ entry: RegisterEntry) throws(Refusal) {
        let gaps = before(step, entry)
        guard !gaps.isEmpty else { return }
        throw Refusal(
            .conflict, "use.incomplete",
            Words(
                "먼저 채워야 할 것이 있습니다: \(gaps.map(\.words.ko).joined(separator: ", ")).",
                "Something is missing first: \(gaps.map(\.words.en).joined(separator: ", "))."),
            faults: gaps.map { .init(field: $0.key, rule: "required", words: $0.words) })
    }

    /// Whether every assessment that the tier asks for is there, once this one is.
    func completes(_ kind: AssessmentKind, _ entry: RegisterEntry) -> Bool {
        guard let tier = entry.tier, let demand = rules.demands[tier] else { return false }
        return demand.assessments.allSatisfy { $0 == kind || entry.assessments[$0] != nil }
    }
}
