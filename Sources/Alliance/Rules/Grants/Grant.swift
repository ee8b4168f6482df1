import Record

/// What a programme gives.
enum GrantKind: String, Sendable, CaseIterable {
    case safetyVoucher = "safety-voucher"
    case seminar
    case equipment
    case consulting

    var words: Words {
        switch self {
        case .safetyVoucher: Words("안전 서비스 이용권", "Vouchers for safety services")
        case .seminar: Words("디지털 전환 세미나", "Seminars on digital transformation")
        case .equipment: Words("설비 지원", "Support for equipment")
        case .consulting: Words("진단·자문", "Assessment and advice")
        }
    }
}

/// A programme that firms of the zone can apply to.
struct Programme: Sendable, Hashable {
    let id: String
    let title: Words
    /// Who runs it.
    let runner: String
    let kind: GrantKind
    /// Money there is, money promised to applications, and money paid out, in won.
    let budget: Int64, granted: Int64, paid: Int64
    /// The most that one application may ask for, in won.
    let most: Int64
    /// The days on which applications are taken, both included.
    let opens: KoreanDay, closes: KoreanDay
    /// Firms with more people than this may not apply; nil for any.
    let headcount: Int64?
    /// The kinds of solution that it pays for; none for all.
    let solutions: Set<String>
    /// When it was closed before its last day, and why; nil where it was not.
    let closed: Closing?

    /// A programme that takes no more applications.
    struct Closing: Sendable, Hashable {
        let day: KoreanDay
        let reason: String
    }

    /// Money that no application holds: never below zero.
    var left: Int64 { max(0, budget - granted) }

    /// Whether applications are taken on a day.
    func takes(on day: KoreanDay) -> Bool { closed == nil && day >= opens && day <= closes }

    /// Why a firm may not apply on a day; nil where it may.
    func hindrance(headcount people: Int?, on day: KoreanDay) -> Hindrance? {
        if closed != nil { return .closed }
        if day < opens { return .early }
        if day > closes { return .late }
        if left == 0 { return .spent }
        guard let headcount else { return nil }
        // Unknown is not small: whoever cannot tell is asked to register it first.
        guard let people else { return .unknownSize }
        return Int64(people) > headcount ? .tooLarge : nil
    }

    /// Why a firm may not apply.
    enum Hindrance: String, Sendable, CaseIterable {
        case closed, early, late, spent
        case unknownSize = "unknown-size"
        case tooLarge = "too-large"

        var words: Words {
            switch self {
            case .closed: Words("마감한 지원사업입니다.", "The programme was closed.")
            case .early: Words("아직 신청 기간이 아닙니다.", "Applications are not open yet.")
            case .late: Words("신청 기간이 끝났습니다.", "Applications have closed.")
            case .spent: Words("남은 예산이 없습니다.", "No budget is left.")
            case .unknownSize:
                Words(
                    "상시근로자 수가 등록되지 않아 대상인지 알 수 없습니다.",
                    "Whether the firm may apply is unknown: its headcount is not registered.")
            case .tooLarge: Words("대상 규모를 넘는 기업입니다.", "The firm is larger than the programme is for.")
            }
        }
    }
}

/// Where an application stands.
enum GrantState: String, Sendable, CaseIterable {
    case filed, granted, rejected, withdrawn

    var words: Words {
        switch self {
        case .filed: Words("심사 중", "Being decided")
        case .granted: Words("선정", "Granted")
        case .rejected: Words("미선정", "Rejected")
        case .withdrawn: Words("취하", "Withdrawn")
        }
    }
}

/// A firm's application to a programme.
struct GrantApplication: Sendable, Hashable {
    let id: String, programme: String
    let firm: FirmID
    let scope: Scope
    /// What was asked for and what was granted, in won.
    let amount: Int64, granted: Int64?
    let purpose: String
    /// The assessment that it starts from.
    let assessment: String?
    let filed: KoreanDay
    let state: GrantState
    let reason: String
    let decided: KoreanDay?
    /// Whether a second person signed the decision.
    let isSigned: Bool
    /// Money paid out, and tied up in vouchers that can still be used, in won.
    let used: Int64

    /// How often the firm has put it right, counted from 1: who decides says which one they have read.
    let version: Int64
    /// When it was last put right; nil where it stands as it was filed.
    let revised: KoreanDay?

    /// Whether the firm has applied by it: it may not apply again beside it.
    var isLive: Bool { state == .filed || state == .granted }

    /// Money that was granted and not yet used.
    var left: Int64 { max(0, (granted ?? 0) - used) }
}

/// What changed after a grant: one figure before and after, of one firm.
struct GrantOutcome: Sendable, Hashable {
    let metric: Metric
    let before: Double, after: Double
    let beforeDay: KoreanDay, afterDay: KoreanDay
    let source: String

    /// How much it proves, 1 to 5 on the Maryland scale: one firm before and after, compared with nobody.
    static let evidence = 1

    /// What is measured.
    enum Metric: String, Sendable, CaseIterable {
        case maturity, incidents, actions, productivity, defects, jobs

        var words: Words {
            switch self {
            case .maturity: Words("스마트공장 수준(단계)", "Smart-factory level")
            case .incidents: Words("사고(건/년)", "Incidents (a year)")
            case .actions: Words("기한 안에 끝낸 개선조치(%)", "Actions done in time (%)")
            case .productivity: Words("시간당 생산량(개/시간)", "Output (pieces an hour)")
            case .defects: Words("불량률(%)", "Defects (%)")
            case .jobs: Words("고용(명)", "Jobs (people)")
            }
        }

        /// Whether less is better.
        var isLessBetter: Bool { self == .incidents || self == .defects }
    }

    /// Whether it became better; nil where it stayed.
    var isBetter: Bool? {
        guard before != after else { return nil }
        return (after > before) != metric.isLessBetter
    }
}
