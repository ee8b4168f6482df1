import Record

/// What was done about a hazard, as far as it counts for what remains.
struct ControlClaim: Sendable, Hashable {
    /// Where it stands in the hierarchy.
    let step: ControlStep
    /// By how many steps it is meant to lower the likelihood.
    let likelihoodSteps: Int
    /// By how many steps it is meant to lower the severity.
    let severitySteps: Int
    /// The latest verification; nil while nobody has verified it.
    let verification: Verification?

    /// What somebody found when they looked whether the control works.
    struct Verification: Sendable, Hashable {
        /// Whether it does.
        let isGood: Bool
        /// Until when that may be relied on.
        let validUntil: Timestamp
    }

    /// Whether it counts: verified as working, and the verification has not run out.
    func isInForce(at now: Timestamp) -> Bool {
        guard let verification else { return false }
        return verification.isGood && now < verification.validUntil
    }

    /// What it takes from the likelihood: what was claimed, within what its place in the hierarchy allows.
    var likelihoodGain: Int { min(max(likelihoodSteps, 0), step.mostLikelihood) }
    /// What it takes from the severity: nothing at all for administrative measures and protective equipment.
    var severityGain: Int { min(max(severitySteps, 0), step.mostSeverity) }
}

/// The risk that remains once verified controls are counted.
///
/// The rules: only a verified control lowers the likelihood; administrative controls and protective equipment never
/// lower the severity, and together take one step of likelihood at most; a failed or expired verification restores the
/// inherent risk; what can kill stays high until a control of engineering or better is verified.
struct Residual: Sendable, Hashable {
    /// What remains, in steps.
    let risk: Risk
    /// Its band.
    let band: RiskBand
    /// When the first verification that this rests on runs out; nil where it rests on none.
    let until: Timestamp?

    init(of inherent: Risk, on scale: RiskScale, controls: [ControlClaim], at now: Timestamp) {
        let inForce = controls.filter { $0.isInForce(at: now) }
        let hard = inForce.filter(\.step.isHard)
        let soft = min(1, inForce.filter { !$0.step.isHard }.reduce(0) { $0 + $1.likelihoodGain })
        let likelihood = inherent.likelihood - soft - hard.reduce(0) { $0 + $1.likelihoodGain }
        let severity = inherent.severity - hard.reduce(0) { $0 + $1.severityGain }
        risk = Risk(likelihood: max(1, likelihood), severity: max(1, severity))
        let isLethal = risk.severity >= scale.severities
        let works = hard.contains { $0.likelihoodGain > 0 || $0.severityGain > 0 }
        band = isLethal && !works ? max(scale.band(risk), .high) : scale.band(risk)
        until = inForce.compactMap { $0.verification?.validUntil }.min()
    }

    /// The risk before anything is done.
    static func inherent(_ risk: Risk, on scale: RiskScale) -> RiskBand {
        Residual(of: risk, on: scale, controls: [], at: Timestamp(microseconds: 0)).band
    }
}
