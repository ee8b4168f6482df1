import Access
import District
import Record
import Store

/// A person decides that nothing is done, and says why; whoever reported it reads the reason.
enum RejectHazard {
    static let command = Command(
        Form(
            "safety.hazard.reject", title: Words("위험으로 보지 않음", "Reject a hazard"),
            help: Words("사유는 신고한 사람에게도 보입니다.", "Whoever reported it reads the reason."),
            fields: [
                HazardAsk.field, Field("reason", Words("사유", "Reason"), .text(maximum: 300), isPersonal: true),
            ],
            permission: .roles(HazardAsk.managers).orToken("command:safety.hazard.reject"),
            surfaces: [.web, .http, .cli, .mcp, .voice])
    ) { ask, tables in
        let hazard = try HazardAsk.find(ask, tables, in: [.raised, .proposed])
        return [
            HazardAsk.draft(
                "safety.hazard.rejected", hazard, saying: ask.values.text("reason"), as: "reason", ask)
        ] + HazardProposal.judged(hazard, .overruled)
    }
}

/// Two reports of the same danger become one.
enum JoinHazard {
    static let command = Command(
        Form(
            "safety.hazard.join", title: Words("같은 신고 합치기", "Join a duplicate"),
            help: Words("이 신고를 이미 처리 중인 다른 신고와 함께 처리합니다.", "Handles this report together with another one."),
            fields: [
                HazardAsk.field, Field("into", Words("합칠 곳", "Into"), .reference(kind: "hazard", source: nil)),
            ], permission: .roles(HazardAsk.managers).orToken("command:safety.hazard.join"))
    ) { ask, tables in
        let hazard = try HazardAsk.find(ask, tables, in: [.raised, .proposed])
        let other = try HazardAsk.find(
            ask, tables, field: "into", in: [.raised, .proposed, .accepted, .controlled])
        guard other.id != hazard.id, other.scope == hazard.scope else {
            let words = Words("같은 기업의 다른 신고를 골라 주세요.", "Choose another report of the same firm.")
            throw Refusal(.invalid, "hazard.join", of: "into", "other", words)
        }
        return [HazardAsk.draft("safety.hazard.joined", hazard, ["into": .string(other.id)])]
    }
}

/// An acceptable risk is closed without a measure; a higher one never is.
enum CloseHazard {
    static let command = Command(
        Form(
            "safety.hazard.close", title: Words("조치 없이 종결", "Close without a measure"),
            help: Words(
                "위험 등급이 ‘보통’ 이하이고 남은 조치가 없을 때만 됩니다.",
                "Only where the risk is medium or lower and no action is left."),
            fields: [
                HazardAsk.field, Field("reason", Words("사유", "Reason"), .text(maximum: 300), isPersonal: true),
            ], permission: .roles(HazardAsk.managers).orToken("command:safety.hazard.close"))
    ) { ask, tables in
        let hazard = try HazardAsk.find(ask, tables, in: [.accepted, .controlled])
        guard hazard.band?.isAcceptable == true else {
            throw Refusal(
                .conflict, "hazard.not-acceptable",
                Words(
                    "위험 등급이 높아 조치와 효과 확인 없이는 종결할 수 없습니다.",
                    "The risk is too high to be closed without a verified measure."))
        }
        let actions = try ActionTable.of("hazard", hazard.id, for: ask.tenant, in: tables)
        guard actions.allSatisfy({ $0.state.isOver }) else {
            throw Refusal(
                .conflict, "hazard.actions-left", Words("끝나지 않은 조치가 있습니다.", "An action is not finished."))
        }
        return [
            HazardAsk.draft("safety.hazard.closed", hazard, saying: ask.values.text("reason"), as: "reason", ask)
        ]
    }
}

extension SafetyAction.State {
    /// Whether nothing more is to be done about it.
    var isOver: Bool { self == .verified || self == .cancelled }
}
