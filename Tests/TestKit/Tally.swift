import Synchronization

/// A count that closures of several tasks share.
public final class Tally: Sendable {
    private let state = Mutex(0)

    /// Nothing counted yet.
    public init() {}

    /// What was counted.
    public var count: Int { state.withLock { $0 } }

    /// Counts one more.
    /// - Returns: the count with it.
    @discardableResult
    public func next() -> Int {
        state.withLock {
            $0 += 1
            return $0
        }
    }

    /// Begins anew.
    public func reset() { state.withLock { $0 = 0 } }
}
