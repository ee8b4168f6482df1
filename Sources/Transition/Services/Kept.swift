/// One piece of heavy work after the other, each on one thread: however many pages are open, the house keeps a core
/// for everything else.
actor Lane {
    /// Does a piece of work once those before it are done.
    func run<T: Sendable>(_ work: @Sendable () throws -> T) rethrows -> T { try work() }
}

/// What was worked out, by name: once, however many ask for it at a time, and kept while there is room. What was not
/// asked for longest goes first. Everything in it can be worked out again, so that it can be forgotten at any time.
actor Kept<Value: Sendable> {
    private struct Entry {
        let task: Task<Value, any Error>
        var value: Value?
        var weight = 0
        var asked: Int
    }

    private let room: Int
    private let weigh: @Sendable (Value) -> Int
    private var entries: [String: Entry] = [:]
    private var asked = 0

    /// - Parameters:
    ///   - room: how much is kept in all.
    ///   - weigh: how much of it a value takes.
    init(room: Int, weigh: @escaping @Sendable (Value) -> Int = { _ in 1 }) {
        self.room = room
        self.weigh = weigh
    }

    /// How many are there, or being made.
    var count: Int { entries.count }

    /// A value, made where it is not there.
    func value(_ name: String, _ make: @escaping @Sendable () async throws -> Value) async throws -> Value {
        start(name, make)
        guard let task = entries[name]?.task else { throw CancellationError() }
        return try await finish(name, task)
    }

    /// A value that was made already; nothing is begun.
    func kept(_ name: String) -> Value? { entries[name]?.value }

    /// As many as are made at a time where nobody waits for them.
    private static var mostPending: Int { 8 }

    /// A value that is there; else it is begun, unless too many are, and nobody waits for it: whoever asks asks again.
    func ready(_ name: String, _ make: @escaping @Sendable () async throws -> Value) -> Value? {
        if let value = entries[name]?.value {
            start(name, make)
            return value
        }
        let isNew = entries[name] == nil
        guard !isNew || entries.values.count(where: { $0.value == nil }) < Self.mostPending else { return nil }
        start(name, make)
        if isNew, let task = entries[name]?.task { Task { _ = try? await finish(name, task) } }
        return nil
    }

    private func start(_ name: String, _ make: @escaping @Sendable () async throws -> Value) {
        asked += 1
        if entries[name] != nil {
            entries[name]?.asked = asked
        } else {
            entries[name] = Entry(task: Task { try await make() }, asked: asked)
        }
    }

    private func finish(_ name: String, _ task: Task<Value, any Error>) async throws -> Value {
        do {
            let value = try await task.value
            if entries[name]?.task == task, entries[name]?.value == nil {
                entries[name]?.value = value
                entries[name]?.weight = weigh(value)
                makeRoom(for: name)
            }
            return value
        } catch {
            // What failed is tried anew by who asks next.
            if entries[name]?.task == task { entries[name] = nil }
            throw error
        }
    }

    /// Forgets what was not asked for longest; what is still being made stays.
    private func makeRoom(for name: String) {
        var taken = entries.values.reduce(0) { $0 + $1.weight }
        let old = entries.filter { $0.key != name && $0.value.value != nil }.sorted { $0.value.asked < $1.value.asked }
        for entry in old where taken > room {
            taken -= entry.value.weight
            entries[entry.key] = nil
        }
    }
}
