import Record

/// A roadmap for a narrow screen: milestones one below the other in the order of their days, today between them. Its
/// letters are as large as the text about it.
struct RoadmapLine: Sendable, Hashable {
    /// A milestone on the line.
    struct Stop: Sendable, Hashable {
        let id: String
        let y: Double
        /// Its number in the table and its title; below them its day, its layer and what comes first.
        let label: String, note: String
        /// Up to where it is late; nil where it is not.
        let lateTo: Double?
    }

    static let width = 330.0
    /// Where the line stands, and where the words begin.
    static let x = 16.0, words = 36.0
    private static let row = 48.0, pause = 36.0, top = 24.0

    let stops: [Stop]
    let today: Double
    let height: Double

    /// - Parameters:
    ///   - milestones: numbered in the order given, as in the table.
    ///   - first: what stands before the numbers of what comes first.
    ///   - late: what is said of something late, with `{days}`.
    init(_ milestones: [Milestone], on day: KoreanDay, _ language: Language, first: String, late: String) {
        let numbers = Dictionary(
            milestones.enumerated().map { ($1.id, $0 + 1) }, uniquingKeysWith: { first, _ in first })
        let order = milestones.sorted { ($0.due, numbers[$0.id] ?? 0) < ($1.due, numbers[$1.id] ?? 0) }
        let past = order.count { $0.due < day }
        let today = Self.top + Double(past) * Self.row
        stops = order.enumerated().map { place, milestone in
            let needs = milestone.needs.compactMap { numbers[$0] }.sorted()
            var note = "\(milestone.due)"
            if milestone.isLate(on: day) {
                note += " · " + late.replacing("{days}", with: "\(milestone.daysLate(on: day))")
            }
            note += " · \(milestone.layer.words[language])"
            if !needs.isEmpty { note += " · \(first) \(needs.map(String.init).joined(separator: ", "))" }
            return Stop(
                id: milestone.id, y: Self.top + Double(place) * Self.row + (place < past ? 0 : Self.pause),
                label: RoadmapPicture.shortened(
                    "\(numbers[milestone.id] ?? 0) \(milestone.title[language])", to: Self.width - Self.words),
                note: RoadmapPicture.shortened(note, to: Self.width - Self.words),
                lateTo: milestone.isLate(on: day) ? today : nil)
        }
        self.today = today
        height = Self.top + Double(order.count) * Self.row + Self.pause
    }
}
