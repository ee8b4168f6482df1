import Record

/// Appends that wait for their turn, in the order they came.
struct AppendQueue: Sendable {
    /// One append and whom to tell what became of it.
    struct Waiting: Sendable {
        let samples: [Sample]
        let arrived: Timestamp
        let answer: CheckedContinuation<Appended, any Error>
    }

    private var waiting: [Waiting] = []
    private var draining = false
    private var closed = false
    private var closing: [CheckedContinuation<Void, Never>] = []

    /// - Returns: whether it was taken, and whether the lane has to be started.
    mutating func add(_ append: Waiting) -> (taken: Bool, start: Bool) {
        guard !closed else { return (false, false) }
        waiting.append(append)
        defer { draining = true }
        return (true, !draining)
    }

    /// The next appends that go together; none when the lane has come to its end.
    mutating func next(readings limit: Int) -> [Waiting] {
        var readings = 0
        let group = waiting.prefix { append in
            defer { readings += append.samples.count }
            return readings == 0 || readings + append.samples.count <= limit
        }
        waiting.removeFirst(group.count)
        if group.isEmpty { draining = false }
        return Array(group)
    }

    /// Refuses whatever comes from now on.
    /// - Returns: whether nothing is under way; otherwise the continuation is among ``takeClosing()``.
    mutating func close(_ continuation: CheckedContinuation<Void, Never>) -> Bool {
        closed = true
        if draining { closing.append(continuation) }
        return !draining
    }

    /// Whom to tell, at the lane's end, that nothing is under way any more.
    mutating func takeClosing() -> [CheckedContinuation<Void, Never>] {
        guard !draining else { return [] }
        defer { closing = [] }
        return closing
    }

    var isClosed: Bool { closed }
}
