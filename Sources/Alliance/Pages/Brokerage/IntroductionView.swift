import District
import Record
import Web

/// How introductions are shown.
struct IntroductionView {
    let visit: Visit
    let lists: SolutionKinds

    func state(_ one: Introduction, on today: KoreanDay) -> JSON {
        if one.isCancelled { return Show.badge("off", visit.word("brokerage_state_cancelled")) }
        if one.isEnded {
            return one.stage == .contract
                ? Show.badge("ok", visit.word("brokerage_stage_contract"))
                : Show.badge("off", visit.word(one.stage == .made ? "brokerage_declined" : "brokerage_nothing"))
        }
        if one.stage > .made, one.isOverdue(on: today) { return Show.badge("danger", visit.word("brokerage_overdue")) }
        return Show.badge(one.stage == .made ? "warn" : "info", visit.word("brokerage_stage_\(one.stage.key)"))
    }

    /// What a side said.
    func answer(_ answer: Introduction.Answer?) -> JSON {
        switch answer {
        case .accepted: Show.badge("ok", visit.word("brokerage_accepted"))
        case .declined: Show.badge("off", visit.word("brokerage_declined"))
        case nil: Show.badge("unknown", visit.word("brokerage_unanswered"))
        }
    }

    /// How many came how far: a row for each step, with its share of all.
    func funnel(_ funnel: IntroductionTable.Funnel) -> JSON {
        let all = funnel.reached[.made] ?? 0
        guard all > 0 else { return .null }
        return [
            "steps": .array(
                Introduction.Stage.allCases.map { stage in
                    let many = funnel.reached[stage] ?? 0
                    let share = Int((Double(many) / Double(all) * 100).rounded())
                    return [
                        "name": .string(visit.word("brokerage_stage_\(stage.key)")), "many": .string(Show.count(many)),
                        "share": .string("\(share)"),
                    ]
                }),
            "declined": .string(Show.count(funnel.declined)), "nothing": .string(Show.count(funnel.nothing)),
            "cancelled": .string(Show.count(funnel.cancelled)),
        ]
    }
}
