import Record
import Synchronization

/// Bounds how often numbers that nobody has may be tried: guessed by all callers together, nine figures hold for years.
/// In memory of each node alone.
final class TrackTries: Sendable {
    /// In seconds.
    static let window = 600.0
    /// Wrong numbers in a window, of all callers together.
    static let most = 200
    private let seen = Mutex<(from: Timestamp, misses: Int)>((Timestamp(microseconds: 0), 0))

    /// Whether a number may be looked up now.
    func admits(at now: Timestamp) -> Bool {
        seen.withLock { seen in
            if now.seconds(since: seen.from) >= Self.window || now < seen.from { seen = (now, 0) }
            return seen.misses < Self.most
        }
    }

    /// Nobody has the number that was looked up.
    func missed() { seen.withLock { $0.misses += 1 } }
}
