import Logging
public import Record
public import ServiceLifecycle
import Store

/// Keeps the Record's tree up with its log: numbers events where no commit does it (PostgreSQL), and signs a checkpoint
/// soon after the tree has grown.
public struct RecordService: Service {
    private let district: District
    private let signer: Signer
    private let holder: String

    /// How soon after growth a checkpoint is signed.
    static let pause = Duration.milliseconds(400)

    /// Follows a district's log; `holder` names this process in the sequencer's lease.
    public init(district: District, signer: Signer, holder: String) {
        self.district = district
        self.signer = signer
        self.holder = holder
    }

    /// Runs until the house closes.
    public func run() async throws {
        let commits = district.committed.listen()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await numbering() }
            group.addTask { await signing() }
            group.addTask {
                // Wakes the sequencer right after each commit instead of at its next beat.
                for await _ in commits.cancelOnGracefulShutdown() where district.store.dialect == .postgresql {
                    await step()
                }
            }
            await group.waitForAll()
        }
    }

    private func numbering() async {
        guard district.store.dialect == .postgresql else { return }
        await beat(every: .milliseconds(50)) { await step() }
    }

    private func step() async {
        do {
            let holder = holder
            let sequencer = Sequencer(clock: district.clock)
            guard try await district.store.read({ try sequencer.hasWork(in: $0) }) else { return }
            _ = try await district.store.write { transaction in
                guard let lease = try sequencer.acquire(for: holder, seconds: 5, in: transaction) else { return 0 }
                return try sequencer.sequence(in: transaction, limit: 4096, under: lease)
            }
        } catch {
            district.logger.error("the sequencer could not number events", metadata: ["reason": "\(error)"])
        }
    }

    private func signing() async {
        await beat(every: Self.pause) {
            do {
                let signer = signer
                let made = try await district.store.write { try signer.checkpoint(in: $0) }
                if let made { district.signed.send(made.checkpoint.size) }
            } catch {
                district.logger.error("no checkpoint could be signed", metadata: ["reason": "\(error)"])
            }
        }
    }
}

/// Does something again and again until the house closes or the task is cancelled.
public func beat(every pause: Duration, _ work: @Sendable @escaping () async -> Void) async {
    await cancelWhenGracefulShutdown {
        while !Task.isCancelled {
            await work()
            do { try await Task.sleep(for: pause) } catch { return }
        }
    }
}

/// The same for work that may fail: what it could not do is said in the log, and it is tried again.
public func beat(
    every pause: Duration, in district: District, failing what: String,
    _ work: @Sendable @escaping () async throws -> Void
) async {
    await beat(every: pause) {
        do { try await work() } catch { district.report(what, error) }
    }
}
