import Record

/// A firm's actions, inspections and meetings, from which its standing on any morning of the past can be read as it was
/// then: nothing that came later is known.
struct SitePast: Sendable {
    let firm: FirmID
    let headcount: Int?
    var actions: [Action] = []
    /// By the Monday of their week.
    var weeks: [Int64: Counts] = [:]

    /// An action by its days.
    struct Action: Sendable, Hashable {
        let opened: Int64
        let firstDue: Int64
        /// When it was done; nil while it is not.
        let completed: Int64?
        /// When it was verified or cancelled.
        let ended: Int64?

        /// Whether it waited to be done on the morning of a day.
        func isOpen(on day: Int64) -> Bool {
            opened < day && (completed.map { $0 >= day } ?? true)
                && (completed != nil || (ended.map { $0 >= day } ?? true))
        }

        /// Whether it was not done by its first due date, as far as is known on the morning of a day.
        func isMissed(knownOn day: Int64) -> Bool {
            guard firstDue < day else { return false }
            if let completed { return completed > firstDue }
            // One that was cancelled before it was due was never late.
            return ended.map { $0 > firstDue } ?? true
        }
    }

    /// What happened in a week.
    struct Counts: Sendable, Hashable {
        var extensions: Int64 = 0, inspections: Int64 = 0, late: Int64 = 0
        var lastMeeting: Int64?
    }

    /// How far back the signs look: half a year, and a quarter.
    static let half: Int64 = 182, quarter: Int64 = 91

    /// How the firm stood on the morning of a day. Of the past, ask for Mondays: a week is known as a whole.
    func standing(on morning: KoreanDay) -> SiteStanding {
        let day = morning.number
        var standing = SiteStanding(firm: firm, headcount: headcount)
        for action in actions where action.opened < day {
            if action.firstDue < day, action.firstDue >= day - Self.half {
                standing.due += 1
                if action.isMissed(knownOn: day) { standing.missed += 1 }
            }
            if action.opened >= day - Self.half { standing.opened += 1 }
            if action.isOpen(on: day) {
                standing.open += 1
                if action.firstDue < day { standing.overdue += 1 }
            }
        }
        var last: Int64?
        for (monday, counts) in weeks where monday < day {
            if monday >= day - Self.half { standing.extensions += counts.extensions }
            if monday >= day - Self.quarter {
                standing.inspections += counts.inspections
                standing.inspectionsLate += counts.late
            }
            if let met = counts.lastMeeting, met > last ?? .min { last = met }
        }
        standing.daysSinceMeeting = last.map { max(0, day - $0) }
        return standing
    }

    /// Whether a due date was missed from a day on, for so many days; nil where none fell into them, so that there was
    /// nothing to miss.
    func missed(from first: KoreanDay, days: Int64) -> Bool? {
        let span = first.number..<first.number + days
        var isThere = false
        for action in actions where span.contains(action.firstDue) {
            if action.isMissed(knownOn: span.upperBound) { return true }
            isThere = true
        }
        return isThere ? false : nil
    }
}

/// Where to visit first in the coming four weeks, and what such a list was worth in the weeks before.
struct VisitPlan: Sendable {
    let day: KoreanDay
    let lift: Lift
    /// The likeliest first, as many as can be visited.
    let sites: [Site]
    /// How many sites and spans the model learnt from.
    let examples: Int

    struct Site: Sendable, Hashable {
        let firm: FirmID
        let chance: Double
        /// The signs that raise it, with what the site shows of them.
        let reasons: [Reason]
    }

    struct Reason: Sendable, Hashable {
        let sign: SiteSign
        let value: Double
    }

    /// Fewer examples than this teach nothing.
    static let fewest = 60
    /// So many spans back are learnt from, and so many of the latest judged; days of a span.
    static let learnt = 12, judged = 6
    static let span: Int64 = 28

    /// Plans from a day on, by what is known on its morning; nil where there is too little to learn from.
    init?(_ sites: [SitePast], on day: KoreanDay, visits: Int) {
        let starts = (1...Self.learnt).reversed().map { day.monday - Int64($0) * Self.span }
        let examples = starts.map { start in
            sites.compactMap { site in
                site.missed(from: start, days: Self.span).map {
                    LateModel.Example(signs: SiteSign.values(site.standing(on: start)), missed: $0)
                }
            }
        }
        let all = examples.flatMap(\.self)
        guard all.count >= Self.fewest, let model = LateModel(all) else { return nil }
        var judged: [[(chance: Double, missed: Bool)]] = []
        for index in (starts.count - Self.judged)..<starts.count {
            // What was learnt before a span began, with spans that had ended by then.
            let before = examples[..<index].flatMap(\.self)
            guard before.count >= Self.fewest, let past = LateModel(before) else { continue }
            judged.append(examples[index].map { (past.chance($0.signs), $0.missed) })
        }
        self.day = day
        self.examples = all.count
        lift = Lift(visits: visits, spans: judged)
        self.sites = sites.compactMap { site -> Site? in
            let standing = site.standing(on: day + 1)
            // Where nothing is to be done, no due date can be missed.
            guard standing.open > 0 else { return nil }
            let signs = SiteSign.values(standing)
            return Site(
                firm: site.firm, chance: model.chance(signs),
                reasons: model.reasons(signs).map { sign in Reason(sign: sign, value: sign.value(standing)) })
        }.sorted { ($0.chance, $1.firm.rawValue) > ($1.chance, $0.firm.rawValue) }.prefix(visits).map(\.self)
    }
}
