import Record
import Synchronization

/// Bounds how many appeals come in a Korean day without anybody signing in, so that nobody buries the others'.
final class AppealThrottle: Sendable {
    private struct Counts {
        var day = KoreanDay(number: 0)
        var times: [String: Int] = [:]
    }
    private let counts = Mutex(Counts())

    /// Whether one more is taken in; addresses are kept in memory for the day and nowhere else.
    func admit(_ address: String, at now: Timestamp, _ rules: AppealRules) -> Bool {
        counts.withLock { counts in
            let today = KoreanDay(now)
            if counts.day != today { counts = Counts(day: today) }
            guard counts.times["", default: 0] < rules.perDay,
                counts.times["a \(address)", default: 0] < rules.perAddress
            else { return false }
            counts.times["", default: 0] += 1
            counts.times["a \(address)", default: 0] += 1
            return true
        }
    }
}
