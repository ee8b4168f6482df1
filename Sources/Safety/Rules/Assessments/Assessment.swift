import Record

/// One risk assessment: a place and a process, judged by one method.
struct Assessment: Sendable, Hashable {
    /// Its identifier: the stream `assessment/…`.
    let id: String
    /// Whose it is.
    let scope: Scope
    /// The place or machine it is about.
    let thing: ThingID
    /// The site that this is part of.
    let site: ThingID
    let method: AssessmentMethod
    let kind: AssessmentKind
    /// What is done there, in the firm's own words.
    let process: String
    let state: AssessmentState
    let scale: RiskScale
    let opened: Timestamp
    /// The day of the walk-round as it was announced (OSH Rule 37-3).
    let planned: Timestamp
    /// When the work begins before which it must be done.
    let workStarts: Timestamp?
    /// The assessment it was copied from, where it was.
    let copiedFrom: String?
    let reported: Timestamp?
    let shared: Timestamp?
    let closed: Timestamp?

    /// The firm, where the scope names one.
    var firm: FirmID? {
        guard case .firm(let firm) = scope else { return nil }
        return firm
    }
}

/// How far an assessment has come.
enum AssessmentState: String, Sendable, Hashable, CaseIterable {
    case open, reported, shared, closed

    /// What people call it.
    var words: Words {
        switch self {
        case .open: Words("작성 중", "Being made")
        case .reported: Words("경영책임자 보고", "Reported")
        case .shared: Words("근로자 공유", "Shared")
        case .closed: Words("종료", "Closed")
        }
    }

    /// The badge that shows it.
    var badge: String {
        switch self {
        case .open: "unknown"
        case .reported, .shared: "info"
        case .closed: "verified"
        }
    }
}

/// A hazard as it was judged.
struct AssessedHazard: Sendable, Hashable {
    let id: String
    let assessment: String
    let thing: ThingID
    let description: String
    let accident: AccidentType
    /// Before anything is done.
    let inherent: Risk
    /// The hazard it was copied from, where it was.
    let copiedFrom: String?
    /// The walk-round at which it was confirmed on the spot; empty where it has not been.
    let confirmed: String
    /// Whether a walk-round found that it does not exist here.
    let isRemoved: Bool
    /// Why each of the higher steps was rejected.
    let rejections: [ControlStep: String]
    /// What is or will be done about it.
    var controls: [PlannedControl]

    /// What remains of it.
    func residual(on scale: RiskScale, at now: Timestamp) -> Residual {
        Residual(of: inherent, on: scale, controls: controls.map(\.claim), at: now)
    }

    /// The steps above protective equipment that still lack a reason, where protective equipment is all there is.
    var unexplained: [ControlStep] {
        guard !controls.isEmpty, controls.allSatisfy({ $0.step == .ppe }) else { return [] }
        return ControlStep.allCases.filter { $0 != .ppe && rejections[$0] == nil }
    }
}

/// A measure against a hazard: who does it by when, and whether somebody verified that it works.
struct PlannedControl: Sendable, Hashable {
    let id: String
    let hazard: String
    let step: ControlStep
    let description: String
    let owner: PersonID
    let due: Timestamp
    let likelihoodSteps: Int
    let severitySteps: Int
    /// The latest verification.
    let verification: ControlClaim.Verification?
    /// When and by whom, and with which file as evidence.
    let verified: Timestamp?
    let verifier: String?
    let evidence: String?
    /// Whether the evidence had been used for another control before.
    let isReused: Bool

    var claim: ControlClaim {
        ControlClaim(
            step: step, likelihoodSteps: likelihoodSteps, severitySteps: severitySteps, verification: verification)
    }

    /// How it stands.
    func state(at now: Timestamp) -> ControlState {
        guard let verification else { return due < now ? .overdue : .planned }
        if !verification.isGood { return .failed }
        return now < verification.validUntil ? .verified : .expired
    }
}

/// How a control stands.
enum ControlState: String, Sendable, Hashable {
    case planned, overdue, verified, failed, expired

    /// What people call it.
    var words: Words {
        switch self {
        case .planned: Words("계획됨", "Planned")
        case .overdue: Words("기한 지남", "Overdue")
        case .verified: Words("효과 확인됨", "Verified")
        case .failed: Words("효과 없음", "Does not work")
        case .expired: Words("확인 기간 만료", "Verification expired")
        }
    }

    /// The badge that shows it.
    var badge: String {
        switch self {
        case .planned: "unknown"
        case .overdue, .failed: "danger"
        case .verified: "verified"
        case .expired: "stale"
        }
    }
}

/// How people took part on a day.
struct Participation: Sendable, Hashable {
    let id: String
    let at: Timestamp
    let way: ParticipationWay
    let participants: [PersonID]
    /// How many of them are workers.
    let workers: Int
    /// What was seen; nil once it was forgotten.
    let seen: String?
    let photo: String?
}

/// Someone with whom an assessment was shared.
struct AssessmentReader: Sendable, Hashable {
    let person: PersonID
    /// When they said that they read it; nil while they have not.
    let read: Timestamp?
    /// In which language.
    let language: String?
}
