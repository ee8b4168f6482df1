import Record

/// Where a use of AI stands on its way through the register.
enum UseState: String, Sendable, Hashable, CaseIterable {
    case draft, triaged, assessed, approved, pilot, live, review, retired

    var words: Words {
        switch self {
        case .draft: Words("초안", "Draft")
        case .triaged: Words("위험 등급 정함", "Triaged")
        case .assessed: Words("평가 마침", "Assessed")
        case .approved: Words("승인됨", "Approved")
        case .pilot: Words("시범 운영", "Pilot")
        case .live: Words("운영 중", "Live")
        case .review: Words("재검토 중", "In review")
        case .retired: Words("종료", "Retired")
        }
    }

    /// The badge beside its word.
    var badge: String {
        switch self {
        case .draft: "unknown"
        case .triaged, .assessed, .approved: "info"
        case .pilot, .review: "warn"
        case .live: "ok"
        case .retired: "off"
        }
    }
}

/// How much a use of AI can do to people, the gravest last.
enum RiskTier: String, Sendable, Hashable, CaseIterable, Comparable {
    case minimal, limited, high, prohibited

    var words: Words {
        switch self {
        case .minimal: Words("최소", "Minimal")
        case .limited: Words("제한", "Limited")
        case .high: Words("고영향", "High-impact")
        case .prohibited: Words("금지", "Prohibited")
        }
    }

    var badge: String {
        switch self {
        case .minimal: "ok"
        case .limited: "info"
        case .high: "warn"
        case .prohibited: "danger"
        }
    }

    static func < (left: RiskTier, right: RiskTier) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

/// What is assessed before anybody approves.
enum AssessmentKind: String, Sendable, Hashable, CaseIterable {
    case impact, privacy, inclusion

    var words: Words {
        switch self {
        case .impact: Words("영향평가", "Impact assessment")
        case .privacy: Words("개인정보 평가", "Privacy assessment")
        case .inclusion: Words("디지털 포용 평가", "Digital inclusion assessment")
        }
    }
}

/// What an assessment came to.
enum AssessmentOutcome: String, Sendable, Hashable, CaseIterable {
    case acceptable, conditions, unacceptable

    var words: Words {
        switch self {
        case .acceptable: Words("문제없음", "Acceptable")
        case .conditions: Words("조치 조건부", "Acceptable with measures")
        case .unacceptable: Words("허용할 수 없음", "Not acceptable")
        }
    }
}

/// On what a permit to run rests.
enum PermitBasis: String, Sendable, Hashable {
    /// The declaration that came with the release, until the district has decided.
    case provisional
    case pilot, live

    var words: Words {
        switch self {
        case .provisional: Words("임시 허용", "Provisional")
        case .pilot: Words("시범 운영", "Pilot")
        case .live: Words("정식 운영", "Live")
        }
    }
}
