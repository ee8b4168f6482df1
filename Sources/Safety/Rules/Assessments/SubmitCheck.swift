import District
import Record

/// What stands between an assessment and its report to the executive.
struct SubmitCheck: Sendable {
    let assessment: Assessment
    /// Its hazards that were not found to be absent.
    let hazards: [AssessedHazard]
    let rounds: [Participation]
    /// The texts of hazards at other places, by assessment.
    let others: [String: [String]]

    /// One reason why it cannot be reported.
    struct Obstacle: Sendable, Hashable {
        let code: String
        let words: Words
        /// What is missing for which hazard, where hazards are concerned.
        var faults: [Refusal.Fault] = []
    }

    init(
        _ assessment: Assessment, hazards: [AssessedHazard], rounds: [Participation], others: [String: [String]]
    ) {
        self.assessment = assessment
        self.hazards = hazards.filter { !$0.isRemoved }
        self.rounds = rounds
        self.others = others
    }

    /// The walk-rounds in which at least one worker took part.
    var walks: [Participation] { rounds.filter { $0.way == .walk && $0.workers > 0 } }

    /// The assessment it was copied from, as was said or as its texts say; and the share that is alike.
    var source: (assessment: String, share: Double)? {
        let texts = hazards.map(\.description)
        let alike = others.map { ($0.key, CopyCheck.share(of: texts, in: $0.value)) }
            .filter { $0.1 >= CopyCheck.threshold }
            .max { ($0.1, $1.0) < ($1.1, $0.0) }
        if let alike { return alike }
        return assessment.copiedFrom.map { ($0, 1) }
    }

    /// Everything that is missing, the gravest first.
    var obstacles: [Obstacle] {
        [noWalk, copied, empty, noControl, ppeOnly].compactMap { $0 }
    }

    private var noWalk: Obstacle? {
        guard walks.isEmpty else { return nil }
        if source != nil {
            return Obstacle(
                code: "assessment.copied",
                words: Words(
                    "다른 장소의 평가를 옮긴 것으로, 이곳에서 근로자와 함께한 순회점검이 없습니다. 순회점검을 하고 위험요인을 하나씩 확인해 주세요.",
                    "This was copied from another place and nobody walked round here with workers. Walk round, and confirm each hazard."
                ))
        }
        if rounds.contains(where: { $0.way == .walk }) {
            return Obstacle(
                code: "assessment.no-worker",
                words: Words(
                    "순회점검에 근로자가 한 명도 없었습니다. 그 작업을 하는 근로자와 다시 돌아봐 주세요.",
                    "No worker took part in the walk-round. Walk round again with those who do the work."))
        }
        return Obstacle(
            code: "assessment.no-walk-round",
            words: Words(
                "순회점검 없이는 보고할 수 없습니다. 근로자와 함께 현장을 돌아본 기록을 남겨 주세요.",
                "It cannot be reported without a walk-round. Record one that was made with workers."))
    }

    private var copied: Obstacle? {
        let valid = Set(walks.map(\.id))
        guard source != nil, !valid.isEmpty else { return nil }
        let open = hazards.filter { !valid.contains($0.confirmed) }
        guard !open.isEmpty else { return nil }
        return Obstacle(
            code: "assessment.copy-unconfirmed",
            words: Words(
                "다른 장소의 평가와 같은 내용입니다. 이곳에도 있는 위험인지 순회점검에서 하나씩 확인해 주세요.",
                "The same stands in another place's assessment. Confirm on a walk-round that each hazard is here too."),
            faults: open.map {
                fault($0, "confirmed", Words("이곳에서 확인하지 않았습니다.", "was not confirmed here."))
            })
    }

    private var empty: Obstacle? {
        guard hazards.isEmpty else { return nil }
        return Obstacle(
            code: "assessment.no-hazard",
            words: Words("위험요인을 한 가지 이상 넣어 주세요.", "Please add at least one hazard."))
    }

    private var noControl: Obstacle? {
        let open = hazards.filter {
            $0.controls.isEmpty && !Residual.inherent($0.inherent, on: assessment.scale).isAcceptable
        }
        guard !open.isEmpty else { return nil }
        return Obstacle(
            code: "assessment.no-control",
            words: Words("허용할 수 없는 위험에 대책이 없습니다.", "A risk that is not acceptable has no control."),
            faults: open.map { fault($0, "control", Words("대책을 넣어 주세요.", "needs a control.")) })
    }

    private var ppeOnly: Obstacle? {
        let open = hazards.filter { !$0.unexplained.isEmpty }
        guard !open.isEmpty else { return nil }
        return Obstacle(
            code: "assessment.ppe-only",
            words: Words(
                "보호구만으로 막으려면 더 나은 네 단계를 쓰지 못하는 사유를 하나씩 적어야 합니다.",
                "Where protective equipment is all there is, say why each of the four higher steps was rejected."),
            faults: open.map { hazard in
                let ko = hazard.unexplained.map(\.words.ko).joined(separator: ", ")
                let en = hazard.unexplained.map(\.words.en).joined(separator: ", ")
                return fault(hazard, "reasons", Words("사유가 없는 단계: \(ko)", "no reason for: \(en)"))
            })
    }

    private func fault(_ hazard: AssessedHazard, _ rule: String, _ words: Words) -> Refusal.Fault {
        Refusal.Fault(
            field: "assessment", rule: rule,
            words: Words("“\(hazard.description)” – \(words.ko)", "“\(hazard.description)” – \(words.en)"))
    }
}
