import Foundation

/// Holds a thread until it is opened; for transaction bodies, which run outside the cooperative threads.
public final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    /// A closed gate.
    public init() {}

    /// Lets one waiting thread, now or later, through.
    public func open() { semaphore.signal() }

    /// Waits until it is opened.
    public func wait() { semaphore.wait() }
}
