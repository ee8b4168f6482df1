import Foundation
import GRDB
import Logging
import Synchronization

/// One thread that takes whatever writes are waiting, runs each in a savepoint of one transaction, and answers them
/// all after that transaction's single fsync.
final class GroupCommitter: Sendable {
    private struct Waiting {
        var jobs: [WriteJob] = []
        var stopping = false
        var stopped: [CheckedContinuation<Void, Never>] = []
        var ended = false
    }

    /// The most writes of one group: bounds how long the first of them waits for the last.
    static let mostInGroup = 1024

    let logger: Logger
    private let pool: DatabasePool
    private let epilogue: (@Sendable (any Writer) throws -> Void)?
    private let waiting = Mutex(Waiting())
    private let bell = DispatchSemaphore(value: 0)

    init(pool: DatabasePool, epilogue: (@Sendable (any Writer) throws -> Void)?, logger: Logger) {
        self.pool = pool
        self.epilogue = epilogue
        self.logger = logger
        let thread = Thread { [self] in loop() }
        thread.name = "slipway.commit"
        thread.start()
    }

    func submit(_ job: WriteJob) {
        let accepted = waiting.withLock { state in
            guard !state.stopping else { return false }
            state.jobs.append(job)
            return true
        }
        if accepted {
            bell.signal()
        } else {
            job.fail(StoreError(.closed, "the store is closed"))
        }
    }

    /// Commits what is waiting and ends the thread.
    func stop() async {
        await withCheckedContinuation { continuation in
            let ended = waiting.withLock { state in
                state.stopping = true
                if !state.ended { state.stopped.append(continuation) }
                return state.ended
            }
            if ended { continuation.resume() } else { bell.signal() }
        }
    }

    private func loop() {
        while true {
            bell.wait()
            let (group, stopping) = waiting.withLock { state in
                let group = Array(state.jobs.prefix(Self.mostInGroup))
                state.jobs.removeFirst(group.count)
                if !state.jobs.isEmpty { bell.signal() }
                return (group, state.stopping && state.jobs.isEmpty)
            }
            if !group.isEmpty { commit(group) }
            if stopping {
                let stopped = waiting.withLock { state in
                    state.ended = true
                    return state.stopped
                }
                for continuation in stopped { continuation.resume() }
                return
            }
        }
    }

    private func commit(_ group: [WriteJob]) {
        var succeeded: [@Sendable () -> Void] = []
        var refused: [(job: WriteJob, error: any Error)] = []
        do {
            try pool.writeWithoutTransaction { database in
                let transaction = SQLiteTransaction(database)
                try database.execute(sql: "BEGIN IMMEDIATE")
                do {
                    for job in group {
                        do {
                            succeeded.append(try transaction.savepoint { try job.run(transaction) })
                        } catch {
                            refused.append((job, error))
                            // Where SQLite undid everything (disk full), the earlier jobs of the group fell with it.
                            guard database.isInsideTransaction else { throw error }
                        }
                    }
                    if !succeeded.isEmpty { try epilogue?(transaction) }
                    try database.execute(sql: "COMMIT")
                } catch {
                    if database.isInsideTransaction { try database.execute(sql: "ROLLBACK") }
                    throw error
                }
            }
            for answer in succeeded { answer() }
            for (job, error) in refused { job.fail(error) }
        } catch {
            let cause = (error as? DatabaseError).map { StoreError($0) } ?? error
            logger.error("group commit failed", metadata: ["writes": "\(group.count)", "reason": "\(cause)"])
            for job in group { job.fail(cause) }
        }
    }
}
