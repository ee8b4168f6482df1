import Record
import Synchronization

/// How often an order may be looked up by its number: so often from one address, and so often for one number from all of
/// them, so that nobody tries out four figures. In memory alone: whoever looks leaves no address behind.
final class LookUpBound: Sendable {
    /// For so long a try is remembered, in seconds.
    static let window = 3600.0
    static let perAddress = 20
    /// Of ten thousand endings, so few may be tried in an hour.
    static let perNumber = 8
    /// So many addresses and numbers are told apart at a time; beyond them nobody is let in before the next window.
    static let most = 20_000

    private let seen = Mutex<(began: Timestamp, counts: [String: Int])>((Timestamp(microseconds: 0), [:]))

    /// Whether one more try may come in; it counts only where it may.
    func admits(_ number: String, from address: String, at now: Timestamp) -> Bool {
        let bounds = [("a \(address)", Self.perAddress), ("n \(number)", Self.perNumber)]
        return seen.withLock { seen in
            if now.seconds(since: seen.began) >= Self.window || now < seen.began { seen = (now, [:]) }
            let new = bounds.count { seen.counts[$0.0] == nil }
            guard new == 0 || seen.counts.count + new <= Self.most,
                bounds.allSatisfy({ (seen.counts[$0.0] ?? 0) < $0.1 })
            else { return false }
            for (key, _) in bounds { seen.counts[key, default: 0] += 1 }
            return true
        }
    }
}
