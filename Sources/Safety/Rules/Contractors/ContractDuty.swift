import Record

/// What a client owes a contract beyond choosing well, and how often (OSH 64; Rules 79, 80 and 82).
enum ContractDuty: String, Sendable, CaseIterable {
    /// The council of both firms, every month (Rule 79).
    case council
    /// The client's patrol: every two days in manufacturing and construction, every week elsewhere (Rule 80).
    case patrol
    /// The joint check, every quarter; every two months in construction (Rule 82).
    case jointCheck = "joint-check"
    /// The contractor's ability judged, every half-year (SAPA decree 4(9)).
    case score

    /// The last day on which the next one is still in time.
    /// - Parameters:
    ///   - last: when it was last done; nil where never.
    ///   - start: the day the contract began.
    func due(after last: KoreanDay?, start: KoreanDay, trade: Trade) -> KoreanDay {
        switch self {
        case .council: return Self.endOfPeriod(months: 1, after: last, start: start)
        case .patrol: return (last ?? start - 1) + (trade == .other ? 7 : 2)
        case .jointCheck: return Self.endOfPeriod(months: trade == .construction ? 2 : 3, after: last, start: start)
        case .score: return Self.endOfPeriod(months: 6, after: last, start: start)
        }
    }

    /// The end of the calendar period that follows the one in which it was last done, or of the one the contract began in.
    private static func endOfPeriod(months: Int64, after last: KoreanDay?, start: KoreanDay) -> KoreanDay {
        func first(of day: KoreanDay) -> KoreanDay {
            let month = Int64(day.month.suffix(2)) ?? 1
            return day.firstOfMonth.adding(months: -((month - 1) % months))
        }
        guard let last else { return first(of: start).adding(months: months) - 1 }
        return first(of: last).adding(months: 2 * months) - 1
    }
}

/// What kind of business a contract's work is, on which the intervals depend.
enum Trade: String, Sendable, CaseIterable {
    case manufacturing, construction, other
}
