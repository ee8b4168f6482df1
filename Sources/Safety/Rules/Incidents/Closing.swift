import Record

/// What stands between an incident and its end.
enum ClosingStep: String, Sendable, CaseIterable {
    case severity, calls, form30, investigation, plan, effect, orders

    /// What is still to be done before an incident may be closed, in the order in which it is done.
    /// - Parameters:
    ///   - missingCalls: whether a call that was due is in no log.
    ///   - openOrders: how many orders of the authority are not fulfilled.
    static func missing(_ incident: Incident, missingCalls: Bool, openOrders: Int) -> [ClosingStep] {
        var steps: [ClosingStep] = []
        if [incident.osh.text, incident.sapa.text, incident.form30.rawValue].contains("undecided") {
            steps.append(.severity)
        }
        if missingCalls { steps.append(.calls) }
        if incident.form30 != .notNeeded, incident.form30Filed == nil { steps.append(.form30) }
        if !incident.isInvestigated { steps.append(.investigation) }
        if incident.plan == .none { steps.append(.plan) }
        if incident.plan != .verified { steps.append(.effect) }
        if openOrders > 0 { steps.append(.orders) }
        return steps
    }

    var words: Words {
        switch self {
        case .severity: Words("피해 정도를 모두 확인하지 못했습니다.", "How badly everyone is hurt is not known yet.")
        case .calls: Words("즉시 해야 할 신고가 기록되지 않았습니다.", "A call that was due at once is not in the log.")
        case .form30: Words("산업재해조사표를 제출하지 않았습니다.", "Form 30 has not been filed.")
        case .investigation: Words("원인조사를 하지 않았습니다.", "The causes have not been investigated.")
        case .plan: Words("재발방지대책이 없습니다.", "There is no plan against recurrence.")
        case .effect: Words("대책의 효과를 확인하지 않았습니다.", "The plan's effect has not been verified.")
        case .orders: Words("이행하지 않은 행정 명령이 있습니다.", "An order of the authority is not fulfilled.")
        }
    }
}
