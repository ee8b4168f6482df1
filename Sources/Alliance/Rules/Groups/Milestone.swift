import District
import Record

/// Where on a roadmap a milestone stands: the layers of a T-Plan chart, from why to how.
enum RoadmapLayer: String, Sendable, CaseIterable {
    case market, product, technology, research, resources

    /// What people call it.
    var words: Words {
        switch self {
        case .market: Words("시장", "Market")
        case .product: Words("제품·서비스", "Product")
        case .technology: Words("기술", "Technology")
        case .research: Words("연구개발", "R&D")
        case .resources: Words("자원", "Resources")
        }
    }

    /// As forms offer them.
    static let choices = allCases.map { Field.Choice($0.rawValue, $0.words) }
}

/// Something that a group means to have reached by a day.
struct Milestone: Sendable, Hashable {
    /// What became of it.
    enum State: String, Sendable, CaseIterable {
        /// It is being worked on.
        case open
        /// It was reached.
        case reached
        /// It was given up.
        case dropped
    }

    /// Its identifier: the stream `milestone/…`.
    let id: String
    /// The group on whose roadmap it stands.
    let group: String
    /// What it is called.
    let title: Words
    /// Its layer.
    let layer: RoadmapLayer
    /// Whose it is, one of the group's members.
    let owner: String
    /// When it is due.
    let due: KoreanDay
    /// When it was first due.
    let firstDue: KoreanDay
    /// How many days of work remain once all that it needs is there; 0 where nobody said.
    let work: Int64
    /// The milestones that must be reached before it.
    let needs: [String]
    /// What became of it.
    let state: State
    /// The due day that passed with it unreached, as the Record has it.
    let slipped: KoreanDay?
    /// Why it is late, once its owner has said so; of the present due day.
    let why: String?
    /// The day it was reached or given up.
    let ended: KoreanDay?
    /// What shows that it was reached, or why it was given up.
    let note: String?
    /// The promise to citizens that it keeps, where it came from one.
    var promise: String?

    /// Whether its due day has passed and it is not reached.
    func isLate(on today: KoreanDay) -> Bool { state == .open && due < today }
    /// How many days late it is; 0 where it is in time.
    func daysLate(on today: KoreanDay) -> Int64 { isLate(on: today) ? today.number - due.number : 0 }
    /// Whether that it slipped has still to be recorded: once for each due day.
    func slips(on today: KoreanDay) -> Bool { isLate(on: today) && slipped != due }
}

/// One entry of the log of changes: what became of a milestone, when and why.
struct MilestoneEntry: Sendable, Hashable {
    /// The event.
    let id: String
    /// The milestone and its group.
    let milestone: String, group: String
    /// What the milestone is called.
    let title: Words
    /// What happened: `set`, `moved`, `slipped`, `explained`, `reached`, `dropped`, `handed`, `linked`, `measured`.
    let kind: String
    /// The day it is due by then, and the one before where it was moved.
    let due: KoreanDay, was: KoreanDay?
    /// Why, or what shows it.
    let reason: String?
    /// When it happened.
    let at: Timestamp
}

/// What came of a milestone, measured.
struct GroupOutcome: Sendable, Hashable {
    /// Its identifier, and the milestone's.
    let id: String, milestone: String
    /// What was measured, in which unit.
    let metric: Words, unit: String
    /// How much it was before, where that is known, and how much it is.
    let before: Double?, value: Double
    /// The day for which it holds.
    let day: String
    /// Where the figure is from.
    let source: String
    /// How sure it is that the milestone brought it about: 1 to 5 on the Maryland Scientific Methods Scale.
    let level: Int64

    /// By how much it changed; nil where nobody knows how much it was before.
    var change: Double? { before.map { value - $0 } }
}
