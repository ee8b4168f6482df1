import Record

/// A duty that the law lays on a firm, as the duty table has it.
struct Duty: Sendable, Hashable {
    /// Its identifier in the table: `sapa-d4-3`.
    let id: String
    /// Where it stands in the law.
    let citation: Words
    /// The day from which the text cited here is in force.
    let text: String
    /// How it is known.
    let mark: Mark
    /// What it is called.
    let title: Words
    /// What it demands.
    let demands: Words
    /// How often evidence is due.
    let rhythm: Rhythm
    /// Of a yearly one, the half of the year by whose end it is due.
    let dueHalf: Int
    /// Who signs; nil where the evidence carries its own signatures.
    let signer: Signer?
    /// The kinds of evidence that prove it.
    let kinds: [String]
    /// Which events of the house are evidence.
    let sources: [Source]
    /// Which events make it due, where it is due on an event.
    let triggers: [String]
    /// For whom it holds: one of these is enough.
    let conditions: [Condition]
    /// How many years its evidence is kept.
    let years: Int64
    /// The day before which it is not in force.
    let since: KoreanDay?

    /// How a rule is known: read in the primary text, from a secondary page, or general knowledge, which is advice.
    enum Mark: String, Sendable { case law, second = "2nd", advice = "know" }

    /// How often evidence is due.
    enum Rhythm: String, Sendable, CaseIterable {
        case yearly, halfYear, standing, onEvent, quarterly, monthly, weekly, everyTwoDays

        /// Whether it runs on within the half-year, so that what is due depends on today.
        var isRunning: Bool { [.quarterly, .monthly, .weekly, .everyTwoDays].contains(self) }
    }

    /// Who signs for a duty.
    enum Signer: String, Sendable, CaseIterable { case executive, manager, workersRepresentative, supervisor }

    /// An event that is evidence, where its payload has these values.
    struct Source: Sendable, Hashable {
        let type: String
        let kind: String
        let values: [String: JSON]
    }

    /// For whom a duty holds: all of it must be met.
    struct Condition: Sendable, Hashable {
        /// From so many regular workers.
        var headcount: Int?
        /// Business under one of these beginnings.
        var industries: [String] = []
        /// Business under none of these.
        var otherIndustries: [String] = []
        /// A firm of which this is true.
        var trait: FirmTrait?
    }

    /// Whether a duty holds for a firm. What is not known of the firm makes no duty go away.
    enum Holding: Sendable, Hashable, Comparable { case no, unknown, yes }

    /// Whether the duty holds for a firm.
    func holds(for firm: FirmProfile) -> Holding { conditions.map { $0.holds(for: firm) }.max() ?? .no }

    /// Whether it is in force in a half-year.
    func isInForce(in period: HalfYear) -> Bool { since.map { $0 <= period.last } ?? true }
}

extension Duty.Condition {
    /// Whether a firm meets it; the least of its parts.
    func holds(for firm: FirmProfile) -> Duty.Holding {
        var parts: [Duty.Holding] = []
        if let least = headcount { parts.append(firm.headcount.map { $0 >= least ? .yes : .no } ?? .unknown) }
        if !industries.isEmpty {
            parts.append(firm.industry.map { $0.lies(under: industries) ? .yes : .no } ?? .unknown)
        }
        if !otherIndustries.isEmpty {
            parts.append(firm.industry.map { $0.lies(under: otherIndustries) ? .no : .yes } ?? .unknown)
        }
        if let trait { parts.append(firm.traits[trait].map { $0 ? .yes : .no } ?? .unknown) }
        return parts.min() ?? .yes
    }
}

extension Duty.Signer {
    /// What people call it.
    var words: Words {
        switch self {
        case .executive: Words("경영책임자", "executive")
        case .manager: Words("안전관리자", "safety manager")
        case .workersRepresentative: Words("근로자대표", "workers' representative")
        case .supervisor: Words("관리감독자", "supervisor")
        }
    }
}

extension Duty.Rhythm {
    /// What people call it.
    var words: Words {
        switch self {
        case .yearly: Words("매년", "yearly")
        case .halfYear: Words("반기마다", "each half-year")
        case .standing: Words("상시 유지", "standing")
        case .onEvent: Words("사유 발생 시", "on event")
        case .quarterly: Words("분기마다", "quarterly")
        case .monthly: Words("매월", "monthly")
        case .weekly: Words("매주", "weekly")
        case .everyTwoDays: Words("2일마다", "every two days")
        }
    }

    /// The spans within a half-year of which each needs evidence, for a duty that runs on. Every two days means days of
    /// work: weekends lie within a span and make none of their own.
    func spans(in period: HalfYear) -> [ClosedRange<KoreanDay>] {
        switch self {
        case .monthly, .quarterly:
            let months: Int64 = self == .monthly ? 1 : 3
            return (0..<(6 / months)).map { index in
                let start = period.first.adding(months: index * months)
                return start...(start.adding(months: months) - 1)
            }
        case .weekly:
            var spans: [ClosedRange<KoreanDay>] = []
            var monday = period.first.monday
            while monday <= period.last {
                // A week belongs to the half-year in which it ends.
                if monday + 6 >= period.first, monday + 6 <= period.last { spans.append(monday...(monday + 6)) }
                monday = monday + 7
            }
            return spans
        case .everyTwoDays:
            let days = (period.first.number...period.last.number).map { KoreanDay(number: $0) }.filter { !$0.isWeekend }
            return stride(from: 0, to: days.count, by: 2).map { days[$0]...days[min($0 + 1, days.count - 1)] }
        default: return []
        }
    }
}
