import Record

/// What prevention money is for (SAPA Decree 4(4)).
enum BudgetPurpose: String, Sendable, Hashable, CaseIterable {
    case people, facilities, equipment, training, health, improvement

    var words: Words {
        switch self {
        case .people: Words("인력", "Staff")
        case .facilities: Words("안전시설·설비", "Safety installations")
        case .equipment: Words("보호구·장비", "Protective equipment")
        case .training: Words("교육·훈련", "Training")
        case .health: Words("보건·작업환경", "Health and work environment")
        case .improvement: Words("위험요인 개선", "Hazard improvement")
        }
    }
}

/// An item of a year's budget for prevention, held against what was spent of it; won.
struct BudgetLine: Sendable, Hashable {
    let id: String
    let firm: FirmID
    let year: Int
    let name: String
    let purpose: BudgetPurpose
    let planned: Int64
    let spent: Int64

    /// How spending stands against the plan.
    enum State: String, Sendable { case over, behind, onTrack }

    /// What is left of the plan; negative where more was spent.
    var rest: Int64 { planned - spent }

    /// How it stands on a day. Behind means that less was spent than seven tenths of what an even year would have spent
    /// by then: money that was planned for prevention and is not used shows a hazard left as it was.
    func state(on day: KoreanDay) -> State { Self.state(planned: planned, spent: spent, year: year, on: day) }

    /// The same for a whole year's budget.
    static func state(planned: Int64, spent: Int64, year: Int, on day: KoreanDay) -> State {
        if spent > planned { return .over }
        let even = Double(planned) * elapsed(of: year, on: day)
        return Double(spent) < even * 0.7 ? .behind : .onTrack
    }

    /// Which part of a year is over on a day, 0…1.
    static func elapsed(of year: Int, on day: KoreanDay) -> Double {
        let first = HalfYear(year: year, half: 1).first, last = HalfYear(year: year, half: 2).last
        guard day >= first else { return 0 }
        return min(1, Double(day.number - first.number + 1) / Double(last.number - first.number + 1))
    }

    /// Below this share of the plan at the review the reason must be said.
    static let expectedShare = 0.9
}

/// Money spent, with its receipt.
struct BudgetSpending: Sendable, Hashable {
    let id: String
    let item: String
    let amount: Int64
    let day: KoreanDay
    let file: String
    let note: String?
    let at: Timestamp
}
