import Record

/// When a site is to drill again: every half-year, and rescue from confined space by itself every six months where the
/// site has a manual for it (SAPA decree 4(8); Safety Rules 640).
enum DrillRule {
    /// A drill that a site owes.
    struct Due: Sendable, Hashable {
        let site: ThingID
        /// The scenario it must be; nil where any will do.
        let scenario: String?
        /// The last day in time; nil where there has been none yet.
        let day: KoreanDay?

        /// Whether it is late: a site that has a manual and never drilled is.
        func isLate(on today: KoreanDay) -> Bool { day.map { $0 < today } ?? true }
    }

    /// What a site owes by its manuals and the drills it has held.
    static func dues(_ site: ThingID, manuals: [EmergencyManual], drills: [Drill], months: Int64) -> [Due] {
        guard manuals.contains(where: { $0.site == site }) else { return [] }
        let held = drills.filter { $0.site == site && $0.held != nil }
        let last = held.compactMap(\.held).max()
        var dues = [Due(site: site, scenario: nil, day: last?.adding(months: months))]
        if manuals.contains(where: { $0.site == site && $0.scenario == "confined" }) {
            let rescue = held.filter { $0.scenario == "confined" }.compactMap(\.held).max()
            dues.append(Due(site: site, scenario: "confined", day: rescue?.adding(months: months)))
        }
        return dues
    }
}
