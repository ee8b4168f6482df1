import Access
import District
import Record

/// Finds the tier of risk from answers, by rules that are data.
struct TriageUse {
    let rules: TierRules

    var command: Command {
        let (rules, gaps) = (rules, UseGaps(rules: rules))
        return Command(
            Form(
                UseStep.triage.command,
                title: Words("위험 등급 정하기", "Triage a use of AI"),
                help: Words(
                    "질문에 모두 답하면 등급과 이유가 정해집니다. 근거: \(rules.law.ko), 확인일 \(rules.checked).",
                    "Answer every question: they give the tier and its reasons. By \(rules.law.en), looked up \(rules.checked)."
                ),
                fields: [UseAsk.field]
                    + rules.questions.map { rule in
                        Field(
                            rule.id, rule.words, .choice(Self.answers), help: rule.source,
                            group: Self.group(rule.tier))
                    },
                permission: UseAsk.permission(.triage))
        ) { ask, tables in
            let entry = try UseAsk.entry(ask, .triage, in: tables)
            try gaps.check(.triage, entry)
            let yes = Set(rules.questions.map(\.id).filter { ask.values.text($0) == "yes" })
            let (tier, reasons) = rules.judge(yes: yes, fields: entry.fields)
            return [
                UseEvents.draft(
                    UseEvents.triaged, entry.id,
                    [
                        "tier": .string(tier.rawValue), "reasons": .array(reasons.map { .string($0.id) }),
                        "edition": .string(rules.edition), "text": .string(rules.date),
                    ])
            ]
        }
    }

    /// No answer is none: a box left blank must not count as a no.
    private static let answers: [Field.Choice] = [
        .init("yes", Words("예", "Yes")), .init("no", Words("아니요", "No")),
    ]

    private static func group(_ tier: RiskTier) -> Words {
        switch tier {
        case .prohibited: Words("쓰지 않기로 한 것", "What is not to be used")
        case .high: Words("고영향", "High-impact")
        case .limited, .minimal: Words("알릴 의무", "Duty to tell people")
        }
    }
}
