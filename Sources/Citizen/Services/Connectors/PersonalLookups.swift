import Record
import Synchronization

/// Bounds what can be found out by trying numbers: a number is looked up a few times in ten minutes, and all of them
/// together so often as people of one town ask. In memory alone.
final class PersonalLookups: Sendable {
    /// In seconds.
    static let window = 600.0
    static let perNumber = 5
    static let inAll = 120
    private let seen = Mutex<(from: Timestamp, numbers: [String: Int], all: Int)>((Timestamp(microseconds: 0), [:], 0))

    /// Whether one more look-up with these numbers may be made; it counts only where it may.
    func admit(_ numbers: [String], at now: Timestamp) -> Bool {
        seen.withLock { seen in
            if now.seconds(since: seen.from) >= Self.window || now < seen.from { seen = (now, [:], 0) }
            guard seen.all < Self.inAll, numbers.allSatisfy({ (seen.numbers[$0] ?? 0) < Self.perNumber }) else {
                return false
            }
            for number in numbers { seen.numbers[number, default: 0] += 1 }
            seen.all += 1
            return true
        }
    }
}
