import Record

/// What a firm reported for one month: hours worked, workers insured, and the injuries that fell into it.
struct MonthOfWork: Sendable, Hashable {
    /// `2026-11`.
    let month: String
    /// Hours worked by all; nil where not reported.
    var hours: Double?
    /// Workers insured against accidents at work; nil where not reported.
    var insured: Double?
    var injuries = Injuries()
}

/// What was counted of accidents in some time.
struct Injuries: Sendable, Hashable {
    /// People who were off work for a day or more, without those who died.
    var lostTime: Int64 = 0
    /// People who needed more than first aid, the former and the dead included.
    var recordable: Int64 = 0
    /// People hurt or ill enough for the statistics (a death, or three days off and more).
    var injured: Int64 = 0
    /// People who died by accident.
    var deaths: Int64 = 0
    /// Days lost.
    var lostDays: Int64 = 0

    static func + (left: Injuries, right: Injuries) -> Injuries {
        Injuries(
            lostTime: left.lostTime + right.lostTime, recordable: left.recordable + right.recordable,
            injured: left.injured + right.injured, deaths: left.deaths + right.deaths,
            lostDays: left.lostDays + right.lostDays)
    }
}

/// Lagging figures over some months of one firm, or of many.
///
/// An injury in a month whose hours nobody reported would be held against the hours of others, and a month without
/// injuries would lower the figure unseen. So each figure rests on the months for which its base is known, says how many
/// those are, and tells of the injuries that it left out.
struct Exposure: Sendable, Hashable {
    let months: [MonthOfWork]

    /// A figure, the months it rests on, and what was counted in months that it could not use.
    struct Reading: Sendable, Hashable {
        let rate: MeasuredRate
        let known: Int
        let of: Int
        let leftOut: Int64
    }

    func reading(_ indicator: Indicator) -> Reading {
        let known = months.filter { base($0, indicator) != nil }
        let counts = { (months: [MonthOfWork]) in
            months.reduce(Int64(0)) { $0 + Self.count($1.injuries, indicator) }
        }
        // Workers are an average over the year: a month of each counts a twelfth.
        let divisor: Double = indicator.base == .insured ? 12 : 1
        let sum = known.reduce(0) { $0 + (base($1, indicator) ?? 0) } / divisor
        let counted = counts(known)
        return Reading(
            rate: MeasuredRate(indicator: indicator, count: counted, base: known.isEmpty ? nil : sum),
            known: known.count, of: months.count, leftOut: counts(months) - counted)
    }

    private func base(_ month: MonthOfWork, _ indicator: Indicator) -> Double? {
        indicator.base == .hours ? month.hours : month.insured
    }

    static func count(_ injuries: Injuries, _ indicator: Indicator) -> Int64 {
        switch indicator {
        case .ltifr: injuries.lostTime
        case .trir: injuries.recordable
        case .injuryRate: injuries.injured
        case .fatalityRate: injuries.deaths
        case .severityRate: injuries.lostDays
        }
    }
}
