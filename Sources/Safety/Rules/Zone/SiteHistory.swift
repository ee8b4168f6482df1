import Record

/// A firm as it stood on a morning: what the past tells of the weeks to come.
struct SiteStanding: Sendable, Hashable {
    let firm: FirmID
    /// People; nil where not known.
    let headcount: Int?
    /// Due dates of actions in the last half-year (the first ones, which no extension moves), and those that were missed.
    var due: Int64 = 0, missed: Int64 = 0
    /// Actions that were begun and extensions that were granted in the last half-year.
    var opened: Int64 = 0, extensions: Int64 = 0
    /// Inspections handed in during the last quarter, and those that came after their day.
    var inspections: Int64 = 0, inspectionsLate: Int64 = 0
    /// Actions open, and those of them whose first due date is past.
    var open: Int64 = 0, overdue: Int64 = 0
    /// Days since the last tool-box meeting; nil where there never was one.
    var daysSinceMeeting: Int64?
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
    /// Inspections that came after their day, among those of the last three months.
    case inspectionsLate = "inspections-late"
    /// Days since the last tool-box meeting, counted up to sixty.
    case silence

    var words: Words {
        switch self {
        case .missedShare: Words("최근 6개월에 기한을 넘긴 비율", "Share of due dates missed in six months")
        case .openLoad: Words("근로자 10명당 진행 중인 조치", "Open actions for ten people")
        case .overdueNow: Words("지금 기한이 지난 조치", "Actions overdue now")
        case .extensions: Words("조치당 기한 연장", "Extensions per action")
        case .inspectionsLate: Words("최근 3개월에 늦은 점검 비율", "Share of late inspections in three months")
        case .silence: Words("마지막 TBM 이후 지난 날", "Days since the last tool-box meeting")
        }
    }

    /// What a site shows of this sign. What is not known counts as its worst, for silence is no good sign.
    func value(_ site: SiteStanding) -> Double {
        switch self {
        case .missedShare: return (Double(site.missed) + 1) / (Double(site.due) + 3)
        case .openLoad: return min(10, 10 * Double(site.open) / Double(max(site.headcount ?? 10, 1)))
        case .overdueNow: return min(10, Double(site.overdue))
        case .extensions: return min(3, Double(site.extensions) / Double(max(site.opened, 1)))
        case .inspectionsLate:
            return site.inspections > 0 ? Double(site.inspectionsLate) / Double(site.inspections) : 0
        case .silence: return Double(min(site.daysSinceMeeting ?? 60, 60))
        }
    }

    static func values(_ site: SiteStanding) -> [Double] { allCases.map { $0.value(site) } }
}
