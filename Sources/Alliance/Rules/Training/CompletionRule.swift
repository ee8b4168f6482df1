/// When a programme counts as done: enough of it attended, and enough points.
struct CompletionRule: Sendable, Hashable {
    /// The least share of the minutes that must be attended, in per cent.
    let share: Int64
    /// The least mean of the modules' scores that passes, out of 100.
    let pass: Int64

    /// What is known of somebody in one module; what was not marked is unknown, never absent and never 0 points.
    struct Mark: Sendable, Hashable {
        var present: Bool?
        var score: Int64?
    }

    /// What the marks come to.
    enum Verdict: Sendable, Hashable {
        /// So much was attended (per cent), with so many points where there was a test.
        case passed(share: Int64, score: Int64?)
        /// Not enough, and nothing that is unknown could change it.
        case failed(share: Int64, score: Int64?)
        /// These modules are not marked yet.
        case unknown([String])
    }

    /// Weighs what is known: attendance and scores by minutes, over the modules that have a test.
    func verdict(_ modules: [TrainingProgramme.Module], _ marks: [String: Mark]) -> Verdict {
        let missing = modules.filter { module in
            guard let mark = marks[module.id], let present = mark.present else { return true }
            return module.isTested && present && mark.score == nil
        }
        guard missing.isEmpty else { return .unknown(missing.map(\.id)) }
        let all = modules.reduce(0) { $0 + $1.minutes }
        let attended = modules.filter { marks[$0.id]?.present == true }.reduce(0) { $0 + $1.minutes }
        let share = all == 0 ? 0 : attended * 100 / all
        let tested = modules.filter(\.isTested)
        // Whoever was absent from a test has taken none: it counts with no points, which a person marked, not a gap.
        let weight = tested.reduce(0) { $0 + $1.minutes }
        let points = tested.reduce(0) { $0 + $1.minutes * (marks[$1.id]?.score ?? 0) }
        let score = weight == 0 ? nil : points / weight
        let isEnough = attended * 100 >= self.share * all && (weight == 0 || points >= pass * weight)
        return isEnough ? .passed(share: share, score: score) : .failed(share: share, score: score)
    }
}
