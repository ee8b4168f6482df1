import Record
import Web

/// In words, how good looks forward really were.
enum DemandAccuracyView {
    /// A look whose days are over.
    struct Outcome: Sendable {
        let range: Forecast.Interval
        let came: Int64
    }

    /// A sentence; that nothing is known yet, where no days are over.
    static func words(_ outcomes: [Outcome], _ visit: Visit) -> String {
        let accuracy = DemandAccuracy(outcomes.map { ($0.range, $0.came) })
        guard accuracy.count > 0, let within = accuracy.within else { return visit.word("demand_accuracy_none") }
        let error = accuracy.error.map { "\(Int(($0 * 100).rounded())) %" } ?? "–"
        return visit.word("demand_accuracy")
            .replacing("{n}", with: Show.count(accuracy.count)).replacing("{error}", with: error)
            .replacing("{within}", with: "\(Int((within * 100).rounded())) %")
    }
}
