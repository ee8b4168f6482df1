/// A write that waits to be committed together with others.
struct WriteJob: Sendable {
    /// Does the work; what it returns is called once the commit is durable. May run more than once.
    let run: @Sendable (any Writer) throws -> @Sendable () -> Void
    /// Called instead where nothing of it was written.
    let fail: @Sendable (any Error) -> Void

    init(
        run: @escaping @Sendable (any Writer) throws -> @Sendable () -> Void,
        fail: @escaping @Sendable (any Error) -> Void
    ) {
        self.run = run
        self.fail = fail
    }

    /// A body whose result resumes whoever waits for it.
    init<T: Sendable>(
        _ body: @escaping @Sendable (any Writer) throws -> T, resuming waiting: CheckedContinuation<T, any Error>
    ) {
        self.init(
            run: { transaction in
                let result = try body(transaction)
                return { waiting.resume(returning: result) }
            }, fail: { waiting.resume(throwing: $0) })
    }
}
