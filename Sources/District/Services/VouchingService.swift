import Logging
public import Record
public import ServiceLifecycle
import Store

/// Asks the witnesses soon after each new checkpoint, and has one stamped now and then.
public struct VouchingService: Service {
    private let district: District
    private let vouching: Vouching
    private let log: VerifierKey
    private let pause: Duration
    private let stampPause: Duration

    /// Follows a district's checkpoints.
    /// - Parameters:
    ///   - log: the log's own key.
    ///   - pause: how soon after a checkpoint witnesses are asked; checkpoints signed in between are covered by the next.
    ///   - stampPause: how often a checkpoint is stamped.
    public init(
        district: District, vouching: Vouching, log: VerifierKey, pause: Duration = .seconds(5),
        stampPause: Duration = .seconds(3600)
    ) {
        self.district = district
        self.vouching = vouching
        self.log = log
        self.pause = pause
        self.stampPause = stampPause
    }

    /// Runs until the house closes.
    public func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await asking() }
            group.addTask { await stamping() }
            await group.waitForAll()
        }
    }

    private func asking() async {
        await beat(every: pause) {
            guard vouching.witnessing.policy.witnesses.contains(where: { $0.url != nil }), await isBehind() else {
                return
            }
            let states = await vouching.askWitnesses(of: district)
            for (name, state) in states where state == .silent || state == .stranger {
                district.logger.warning(
                    "a witness has not signed", metadata: ["witness": "\(name)", "state": "\(state)"])
            }
            // Pages that show who signed are renewed.
            if states.values.contains(.signed) { district.signed.send(0) }
        }
    }

    /// Whether some witness has not signed the newest checkpoint.
    private func isBehind() async -> Bool {
        let witnessing = vouching.witnessing
        do {
            return try await district.store.read { reader in
                guard let size = try Signer.latest(in: reader)?.checkpoint.size else { return false }
                return try witnessing.standings(in: reader).contains {
                    $0.witness.url != nil && ($0.size != size || $0.state != .signed)
                }
            }
        } catch {
            district.report("checkpoints could not be read", error)
            return false
        }
    }

    private func stamping() async {
        guard vouching.authority != nil else { return }
        // Looked at often, so that the first checkpoint of a new house is stamped soon and an authority that was away is
        // asked again.
        await beat(every: min(.seconds(60), stampPause)) {
            do {
                let (newest, last) = try await district.store.read {
                    (try Signer.latest(in: $0), try TimeStamps.latest(in: $0)?.time)
                }
                let due = last.map { district.clock().seconds(since: $0) >= Double(stampPause.components.seconds) }
                guard let newest, due ?? true else { return }
                _ = try await vouching.stamp(newest, by: log, in: district)
            } catch {
                district.report("no time-stamp could be had", error)
            }
        }
    }
}
