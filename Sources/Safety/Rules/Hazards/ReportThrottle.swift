import Record
import Synchronization

/// How many reports one QR code and one network address may bring in a while, so that no machine fills the list. Kept in
/// memory alone: whoever reports without a name leaves no address behind.
final class ReportThrottle: Sendable {
    /// For so long something is remembered, in seconds.
    static let window = 600.0
    private let seen = Mutex<[String: [Timestamp]]>([:])

    /// Whether another one may come in under each of these keys; it counts only where it may.
    func admit(_ keys: [(key: String, most: Int)], at now: Timestamp) -> Bool {
        seen.withLock { seen in
            let since = now.advanced(bySeconds: -Self.window)
            // Few are kept at a time; a sweep of all costs less than a plan of when to sweep.
            seen = seen.compactMapValues { times in
                let kept = times.filter { $0 > since }
                return kept.isEmpty ? nil : kept
            }
            guard keys.allSatisfy({ (seen[$0.key]?.count ?? 0) < $0.most }) else { return false }
            for (key, _) in keys { seen[key, default: []].append(now) }
            return true
        }
    }
}
