import Record

/// What a firm did about its due dates in one month, as the zone's table adds it up.
struct SiteMonth: Sendable, Hashable {
    /// `2026-11`.
    let month: String
    /// Due dates of actions that fell into the month: the first ones, which no extension moves.
    var due: Int64 = 0
    /// Of these, those that were missed: done later, or not yet.
    var missed: Int64 = 0
    /// Extensions that were granted.
    var extensions: Int64 = 0
    /// Actions that were begun.
    var opened: Int64 = 0
    /// Inspections that were planned, and of these those that were not made.
    var inspections: Int64 = 0, inspectionsMissed: Int64 = 0
    /// Days with a tool-box meeting.
    var meetings: Int64 = 0
}

/// A firm as it stood at a moment: what the past tells of the next month.
struct SiteStanding: Sendable, Hashable {
    let firm: FirmID
    /// People; nil where not known.
    let headcount: Int?
    /// The months before, the latest last.
    let months: [SiteMonth]
    /// Actions open at the moment, and those of them whose first due date is past.
    let open: Int64, overdue: Int64
    /// Days since the last tool-box meeting; nil where there never was one.
    let daysSinceMeeting: Int64?
}

/// A reason why a site may miss a due date, with the number behind it.
enum SiteSign: String, Sendable, CaseIterable {
    /// Due dates missed among those of the last six months, drawn towards a third where there were few.
    case missedShare = "missed-share"
    /// Open actions for ten people.
    case openLoad = "open-load"
    /// Open actions that are past their first due date already.
    case overdueNow = "overdue-now"
    /// Extensions for each action of the last six months.
    case extensions
    /// Inspections not made among those planned in the last three months.
    case inspectionsMissed = "inspections-missed"
    /// Days since the last tool-box meeting, counted up to sixty.
    case silence

    var words: Words {
        switch self {
        case .missedShare: Words("최근 6개월에 기한을 넘긴 비율", "Share of due dates missed in six months")
        case .openLoad: Words("근로자 10명당 진행 중인 조치", "Open actions for ten people")
        case .overdueNow: Words("지금 기한이 지난 조치", "Actions overdue now")
        case .extensions: Words("조치당 기한 연장", "Extensions per action")
        case .inspectionsMissed: Words("최근 3개월에 하지 않은 점검 비율", "Share of inspections not made in three months")
        case .silence: Words("마지막 TBM 이후 지난 날", "Days since the last tool-box meeting")
        }
    }

    /// What a site shows of this sign. What is not known counts as its worst, for silence is no good sign.
    func value(_ site: SiteStanding) -> Double {
        let half = site.months.suffix(6)
        switch self {
        case .missedShare:
            let (missed, due) = (half.reduce(0) { $0 + $1.missed }, half.reduce(0) { $0 + $1.due })
            return (Double(missed) + 1) / (Double(due) + 3)
        case .openLoad: return min(10, 10 * Double(site.open) / Double(max(site.headcount ?? 10, 1)))
        case .overdueNow: return min(10, Double(site.overdue))
        case .extensions:
            let actions = half.reduce(0) { $0 + $1.opened }
            return min(3, Double(half.reduce(0) { $0 + $1.extensions }) / Double(max(actions, 1)))
        case .inspectionsMissed:
            let quarter = site.months.suffix(3)
            let planned = quarter.reduce(0) { $0 + $1.inspections }
            return planned > 0 ? Double(quarter.reduce(0) { $0 + $1.inspectionsMissed }) / Double(planned) : 0
        case .silence: return Double(min(site.daysSinceMeeting ?? 60, 60))
        }
    }

    static func values(_ site: SiteStanding) -> [Double] { allCases.map { $0.value(site) } }
}
