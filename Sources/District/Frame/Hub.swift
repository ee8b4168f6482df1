import Synchronization

/// Tells whoever listens, without waiting for them: a listener that lags loses the oldest, and is told how many.
public final class Hub<Element: Sendable>: Sendable {
    private struct State {
        var listeners: [UInt64: AsyncStream<Element>.Continuation] = [:]
        var next: UInt64 = 0
        var dropped: UInt64 = 0
    }

    private let state = Mutex(State())
    private let capacity: Int

    /// A hub whose listeners may each lag by so many elements.
    public init(capacity: Int = 1024) { self.capacity = capacity }

    /// How many elements were lost to listeners that lagged.
    public var dropped: UInt64 { state.withLock { $0.dropped } }

    /// How many listen.
    public var listeners: Int { state.withLock { $0.listeners.count } }

    /// Tells everyone.
    public func send(_ element: Element) {
        state.withLock { state in
            for listener in state.listeners.values {
                if case .dropped = listener.yield(element) { state.dropped += 1 }
            }
        }
    }

    /// Everything told from now on, until the task that reads it ends.
    public func listen() -> AsyncStream<Element> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Element.self, bufferingPolicy: .bufferingNewest(capacity))
        let id = state.withLock { state in
            defer { state.next += 1 }
            state.listeners[state.next] = continuation
            return state.next
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.listeners.removeValue(forKey: id) }
        }
        return stream
    }

    /// Ends every listener's stream.
    public func finish() {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners { listener.finish() }
    }
}
