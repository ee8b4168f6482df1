import Record
import Store

/// What happens inside one transaction when events are recorded: they are appended, projected, and answered by
/// reactions, each in a savepoint of its own; what the reactions append is projected and answered in turn.
struct Ledger: Sendable {
    /// How long a chain of reactions may grow.
    static let deepest = 8

    let log: RecordLog
    let plan: Plan
    let clock: TimeSource

    /// Records drafts and everything that follows from them.
    /// - Parameter failing: whether this answers a failure, so that what fails in turn begins no chain.
    /// - Returns: every event recorded, causes before effects.
    func settle(
        _ drafts: [Draft], origin: Origin, failing: Bool = false, in transaction: any Writer
    ) throws -> [Event] {
        try refuseUnregistered(origin.author, in: transaction)
        var steps = try append(drafts, origin: origin, in: transaction)
            .map { Step(event: $0, depth: 0, failing: failing || $0.type == ReactionFailed.type) }
        var at = 0
        while at < steps.count {
            let step = steps[at]
            for reaction in plan.reactions[step.event.type] ?? [] {
                let effects = try respond(reaction, to: step, in: transaction)
                steps += effects.map {
                    Step(
                        event: $0, depth: step.depth + 1, failing: step.failing || $0.type == ReactionFailed.type)
                }
            }
            at += 1
        }
        return steps.map(\.event)
    }

    /// An event on its way through the reactions: how long the chain behind it is, and whether a failure is in it.
    private struct Step {
        let event: Event
        let depth: Int
        let failing: Bool
    }

    /// Writes what an event changes in the rooms' tables.
    func project(_ event: Event, in transaction: any Writer) throws {
        let projections = (plan.projections[event.type] ?? []) + (plan.projections[Projection.every] ?? [])
        guard !projections.isEmpty else { return }
        let payload = plan.upcast(event, try log.disclosed(event, in: transaction))
        for projection in projections { try projection.apply(event, payload, transaction) }
    }

    /// Tries a failed reaction again; when it succeeds the retry is forgotten and the recovery recorded.
    func retry(_ retry: FrameTables.Retry, in transaction: any Writer) throws -> [Event] {
        // Another node may have been quicker.
        guard try FrameTables.isWaiting(retry, in: transaction) else { return [] }
        guard let reaction = plan.reactionsByName[retry.reaction],
            let event = try log.event(retry.event, in: transaction)
        else {
            try FrameTables.forgetRetry(retry.reaction, retry.event, in: transaction)
            return []
        }
        do {
            let effects = try transaction.savepoint {
                try settle(
                    try drafts(of: reaction, to: event, in: transaction), origin: origin(of: reaction, to: event),
                    failing: event.type == ReactionFailed.type, in: transaction)
            }
            try FrameTables.forgetRetry(retry.reaction, retry.event, in: transaction)
            let recovered = Draft(
                "district.reaction.recovered", stream: "reaction/\(reaction.name)/\(event.id)", scope: event.scope,
                payload: ["reaction": .string(reaction.name), "attempts": .decimal(retry.attempts + 1)])
            return effects + (try append([recovered], origin: origin(of: reaction, to: event), in: transaction))
        } catch let error as StoreError where error.code == .conflict || error.code == .unavailable {
            throw error
        } catch {
            let attempts = retry.attempts + 1
            // Half a minute, a minute, two …, at most an hour apart.
            let wait = min(3600, 30 * Double(1 << min(attempts, 7)))
            try FrameTables.scheduleRetry(
                reaction.name, event.id, attempts: attempts, due: clock().advanced(bySeconds: wait),
                reason: "\(error)", in: transaction)
            return []
        }
    }

    private func respond(_ reaction: Reaction, to step: Step, in transaction: any Writer) throws -> [Event] {
        let event = step.event
        do {
            guard step.depth < Self.deepest else { throw ChainTooLong() }
            return try transaction.savepoint {
                try append(
                    try drafts(of: reaction, to: event, in: transaction), origin: origin(of: reaction, to: event),
                    in: transaction)
            }
        } catch let error as StoreError where error.code == .conflict || error.code == .unavailable {
            // The whole transaction is lost and will run again: this is no failure of the reaction.
            throw error
        } catch {
            try FrameTables.scheduleRetry(
                reaction.name, event.id, attempts: 1, due: clock().advanced(bySeconds: 30), reason: "\(error)",
                in: transaction)
            // What fails while a failure is being answered is retried, but begins no chain of its own.
            guard !step.failing else { return [] }
            let failed = Draft(
                ReactionFailed.type, stream: "reaction/\(reaction.name)/\(event.id)", scope: event.scope,
                payload: [
                    "reaction": .string(reaction.name), "event": .string(event.id.description),
                    "type": .string(event.type), "reason": .string(String("\(error)".prefix(500))),
                ])
            return try append([failed], origin: origin(of: reaction, to: event), in: transaction)
        }
    }

    private func drafts(of reaction: Reaction, to event: Event, in reader: any Reader) throws -> [Draft] {
        let drafts = try reaction.respond(event, reader)
        for draft in drafts where !reaction.yields.contains(draft.type) {
            throw UndeclaredYield(reaction: reaction.name, type: draft.type)
        }
        return drafts
    }

    private func append(_ drafts: [Draft], origin: Origin, in transaction: any Writer) throws -> [Event] {
        guard !drafts.isEmpty else { return [] }
        let events = try log.append(drafts, origin: origin, in: transaction)
        for event in events { try project(event, in: transaction) }
        return events
    }

    private func origin(of reaction: Reaction, to event: Event) -> Origin {
        Origin(author: .rule(reaction.name), correlation: event.correlation, cause: event.id)
    }

    /// A model acts only where its use is declared, permitted by the register and not switched off.
    private func refuseUnregistered(_ author: Author, in reader: any Reader) throws {
        guard case .model(let id) = author else { return }
        if let refusal = try standing(of: id, in: reader).refusal { throw refusal }
    }

    /// Whether a use may act now; what no room declares may not.
    func standing(of use: String, in reader: any Reader) throws -> AIStanding {
        try plan.aiUses[use]?.standing(in: reader, at: clock()) ?? .unregistered
    }
}

/// A chain of reactions grew past its bound.
struct ChainTooLong: Error {}

/// A reaction appended a type that it had not declared.
struct UndeclaredYield: Error {
    let reaction: String
    let type: String
}
