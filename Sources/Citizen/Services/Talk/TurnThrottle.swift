import Record
import Synchronization

/// How many turns one address and one dialogue may bring in a while. In memory alone: whoever speaks without a name
/// leaves no address behind.
final class TurnThrottle: Sendable {
    /// For so long something is remembered, in seconds.
    static let window = 60.0
    /// A hall with one address may hold many who speak; one dialogue is one mouth.
    static let perAddress = 600
    static let perDialogue = 60
    private let seen = Mutex<(swept: Timestamp, counts: [String: Int])>((Timestamp(microseconds: 0), [:]))

    /// Whether another turn may come in under each of these keys; it counts only where it may.
    func admit(_ keys: [(key: String, most: Int)], at now: Timestamp) -> Bool {
        seen.withLock { seen in
            if now.seconds(since: seen.swept) >= Self.window || now < seen.swept { seen = (now, [:]) }
            guard keys.allSatisfy({ (seen.counts[$0.key] ?? 0) < $0.most }) else { return false }
            for (key, _) in keys { seen.counts[key, default: 0] += 1 }
            return true
        }
    }
}
