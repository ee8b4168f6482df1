import Synchronization

/// Lets only so many tests at once use something that is scarce, such as the connections of a database server.
public final class Turns: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// The turns of the PostgreSQL server under test: each store takes up to eight of its connections.
    public static let postgresql = Turns(8)

    private let state: Mutex<State>

    /// So many at once.
    public init(_ count: Int) { state = Mutex(State(free: count)) }

    /// Waits for a turn and runs a body in it.
    public func take<T>(_ body: () async throws -> T) async rethrows -> T {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
        defer {
            let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
                guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
                state.free += 1
                return nil
            }
            next?.resume()
        }
        return try await body()
    }
}
