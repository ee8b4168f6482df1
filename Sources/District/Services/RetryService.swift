import Logging
public import ServiceLifecycle
import Store

/// Tries failed reactions again when they are due.
public struct RetryService: Service {
    private let district: District
    private let pause: Duration

    /// Retries a district's failed reactions, looking as often as `pause` says.
    public init(district: District, pause: Duration = .seconds(5)) {
        self.district = district
        self.pause = pause
    }

    /// Runs until the house closes.
    public func run() async throws {
        await beat(every: pause) {
            do {
                try await district.retryReactions()
            } catch {
                district.logger.error("retries could not run", metadata: ["reason": "\(error)"])
            }
        }
    }
}

extension District {
    /// Tries every failed reaction that is due once more.
    /// - Returns: how many were tried.
    @discardableResult
    public func retryReactions() async throws -> Int {
        let now = clock()
        let due = try await store.read { try FrameTables.dueRetries(now, in: $0) }
        let ledger = ledger
        for retry in due { tell(try await store.write { try ledger.retry(retry, in: $0) }) }
        return due.count
    }

    /// How many reactions wait for another try.
    public func waitingReactions() async throws -> Int64 {
        try await store.read {
            try $0.first("SELECT COUNT(*) AS many FROM district_reaction_retries")?.integer("many") ?? 0
        }
    }
}
