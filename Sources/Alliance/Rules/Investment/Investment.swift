import Record

/// How far a firm that comes in, or moves, has come.
enum InvestmentStage: String, Sendable, CaseIterable {
    case lead, visit, agreement, permit, construction, operating, lost

    var words: Words {
        switch self {
        case .lead: Words("발굴", "Lead")
        case .visit: Words("현장 방문", "Visit")
        case .agreement: Words("투자의향서·업무협약", "LOI or MOU")
        case .permit: Words("인허가", "Permit")
        case .construction: Words("건설", "Construction")
        case .operating: Words("가동", "Operating")
        case .lost: Words("무산", "Lost")
        }
    }

    /// Whether it may become another: what is lost begins anew, and what operates can only be lost; each change has a reason.
    func mayBecome(_ next: InvestmentStage) -> Bool {
        switch self {
        case next: false
        case .lost: next == .lead
        case .operating: next == .lost
        default: true
        }
    }
}

/// What kind of investment it is.
enum InvestmentKind: String, Sendable, CaseIterable {
    case domestic, expansion, relocation, foreign
    case comeback = "return"

    var words: Words {
        switch self {
        case .domestic: Words("신설(국내)", "New, domestic")
        case .expansion: Words("증설", "Extension")
        case .relocation: Words("이전", "Moving here")
        case .foreign: Words("외국인투자", "Foreign")
        case .comeback: Words("국내복귀", "Returning from abroad")
        }
    }
}

/// What a firm needs to come in.
enum InvestmentTask: String, Sendable, CaseIterable {
    case site, equipment, hiring, permit, research, digital, safety

    var words: Words {
        switch self {
        case .site: Words("입지", "Site")
        case .equipment: Words("설비", "Equipment")
        case .hiring: Words("채용", "Hiring")
        case .permit: Words("인허가·규제", "Permits")
        case .research: Words("연구개발", "Research")
        case .digital: Words("디지털 전환", "Digital transformation")
        case .safety: Words("안전", "Safety")
        }
    }
}

/// A size of firm, as the law on small firms divides them.
enum InvestmentSize: String, Sendable, CaseIterable {
    case small, mid, large

    var words: Words {
        switch self {
        case .small: Words("중소기업", "Small or medium")
        case .mid: Words("중견기업", "Mid-sized")
        case .large: Words("대기업", "Large")
        }
    }
}

/// A firm that comes in, or moves.
struct InvestmentCase: Sendable, Hashable {
    let id: String, name: String
    /// The firm of the zone that it is, where it is one already.
    let firm: FirmID?
    let scope: Scope
    let kind: InvestmentKind
    let size: InvestmentSize
    /// How many people it has; nil where unknown.
    let headcount: Int64?
    let sector: String
    /// What it means to invest, in won, and how many jobs it means to create; nil where unknown.
    let amount: Int64?, jobs: Int64?
    let tasks: Set<InvestmentTask>
    let stage: InvestmentStage
    let since: KoreanDay
}

/// Something promised to a firm, with the condition under which it may be kept.
struct Incentive: Sendable, Hashable {
    let id: String, caseID: String, what: String
    /// In won.
    let promised: Int64, paid: Int64
    let due: KoreanDay
    /// The jobs that it is for, and the day by which they must be there; nil where it has no such condition.
    let jobs: Int64?, jobsBy: KoreanDay?

    /// How promise and condition stand.
    enum Standing: Sendable, Hashable {
        /// The day of the condition has not come, or there is none.
        case pending
        /// The zone has not paid what it promised in time.
        case unpaid
        /// The jobs were counted, and are there.
        case kept
        /// The day has passed and nobody has counted since: not kept, and not broken.
        case unknown
        /// So many jobs are lacking: what was paid may have to come back.
        case broken(short: Int64)
    }

    /// How it stands on a day, by the counts of the whole case.
    func standing(on today: KoreanDay, counts: [JobCount]) -> Standing {
        if let jobs, let jobsBy, today > jobsBy {
            // Only a count from the day on shows that the condition was kept on that day.
            let after = counts.filter { $0.programme == JobCount.whole && $0.day >= jobsBy }
            guard let last = after.max(by: { ($0.day, $0.id) < ($1.day, $1.id) }) else { return .unknown }
            return last.kept >= jobs ? .kept : .broken(short: jobs - last.kept)
        }
        return paid < promised && today > due ? .unpaid : .pending
    }
}

/// Jobs that were counted at a firm, on a day, with their source.
struct JobCount: Sendable, Hashable {
    let id: String, caseID: String
    /// The programme that they are counted for; ``whole`` for the whole case.
    let programme: String
    let day: KoreanDay
    /// Jobs created since the case began, and how many of them are still there.
    let created: Int64, kept: Int64
    /// Of those kept: of young people (by which rule), and of skilled people; nil where nobody counted them.
    let youth: Int64?, skilled: Int64?
    let youthRule: String
    let source: String

    /// As it stands once the case was lost: what was created was created, and nothing is there any more.
    var lost: JobCount {
        JobCount(
            id: id, caseID: caseID, programme: programme, day: day, created: created, kept: 0,
            youth: youth.map { _ in 0 },
            skilled: skilled.map { _ in 0 }, youthRule: youthRule, source: source)
    }

    /// Whether a row of these firms beside a row of others would tell of one to four firms by their difference.
    static func tells(_ own: [JobCount], beside other: [JobCount]) -> Bool {
        let (own, other) = (Set(own.map(\.caseID)), Set(other.map(\.caseID)))
        guard own.isSubset(of: other) || other.isSubset(of: own) else { return false }
        let apart = own.symmetricDifference(other).count
        return apart > 0 && apart < MaturityCells.least
    }

    /// Stands for the whole case: counts of programmes overlap and are never added up.
    static let whole = "whole"
}

/// Jobs of several firms, for one programme or the whole.
struct JobTotal: Sendable, Hashable {
    let firms: Int
    let created: Int64, kept: Int64
    /// By each rule of who is young, with how many firms counted so; and skilled. Firms that did not count are not zeros.
    let youth: [String: (jobs: Int64, firms: Int)]
    let skilled: Int64, skilledFirms: Int

    static func == (left: JobTotal, right: JobTotal) -> Bool { left.row == right.row }
    func hash(into hasher: inout Hasher) { hasher.combine(row) }

    private var row: [String] {
        ["\(firms) \(created) \(kept) \(skilled) \(skilledFirms)"]
            + youth.map { "\($0.key) \($0.value.jobs) \($0.value.firms)" }.sorted()
    }

    /// The newest count of each firm, added up; ages of different rules are kept apart.
    init(_ counts: [JobCount]) {
        let newest = Dictionary(grouping: counts, by: \.caseID).values.compactMap { own in
            own.max { ($0.day, $0.id) < ($1.day, $1.id) }
        }
        firms = newest.count
        created = newest.reduce(0) { $0 + $1.created }
        kept = newest.reduce(0) { $0 + $1.kept }
        skilled = newest.reduce(0) { $0 + ($1.skilled ?? 0) }
        skilledFirms = newest.count { $0.skilled != nil }
        youth = newest.reduce(into: [:]) { sums, count in
            guard let young = count.youth else { return }
            let sum = sums[count.youthRule] ?? (0, 0)
            sums[count.youthRule] = (sum.jobs + young, sum.firms + 1)
        }
    }
}

/// Something in law or practice that stands in the way, and who decides it.
struct Obstacle: Sendable, Hashable {
    let id: String, caseID: String, what: String
    /// The rule it comes from, and who decides.
    let rule: String, decider: String
    let raised: KoreanDay, due: KoreanDay
    let decision: Decision?
    let decided: KoreanDay?
    let reason: String
    /// Why what was recorded as decided was put right; empty where it was not.
    let corrected: String

    /// What was decided.
    enum Decision: String, Sendable, CaseIterable {
        case granted, denied, deferred

        var words: Words {
            switch self {
            case .granted: Words("해소(허용)", "Removed")
            case .denied: Words("유지(불허)", "Stays")
            case .deferred: Words("보류(새 기한)", "Put off, with a new day")
            }
        }
    }

    /// Whether somebody must still decide.
    var isOpen: Bool { decision == nil || decision == .deferred }
    /// Whether it should have been decided by now.
    func isOverdue(on today: KoreanDay) -> Bool { isOpen && due < today }
}
