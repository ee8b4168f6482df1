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
    /// - Returns: every event recorded, causes before effects.
    func settle(_ drafts: [Draft], origin: Origin, in transaction: any Writer) throws -> [Event] {
        try refuseUnregistered(origin.author, in: transaction)
        var all = try append(drafts, origin: origin, in: transaction)
        var depth = Array(repeating: 0, count: all.count)
        var at = 0
        while at < all.count {
            let event = all[at]
            for reaction in plan.reactions[event.type] ?? [] {
                let effects = try respond(reaction, to: event, depth: depth[at], in: transaction)
                all += effects
                depth += Array(repeating: depth[at] + 1, count: effects.count)
            }
            at += 1
        }
        return all
    }

    /// Writes what an event changes in the rooms' tables.
    func project(_ event: Event, in transaction: any Writer) throws {
        guard let projections = plan.projections[event.type] else { return }
        let payload = plan.upcast(event, try log.disclosed(event, in: transaction))
        for projection in projections { try projection.apply(event, payload, transaction) }
    }

    /// Tries a failed reaction again; when it succeeds the retry is forgotten and the recovery recorded.
    func retry(_ retry: FrameTables.Retry, in transaction: any Writer) throws -> [Event] {
        guard let reaction = plan.reactionsByName[retry.reaction],
            let event = try log.event(retry.event, in: transaction)
        else {
            try FrameTables.forgetRetry(retry.reaction, retry.event, in: transaction)
            return []
        }
        do {
            let effects = try transaction.savepoint {
                try settle(
                    try reaction.respond(event, transaction), origin: origin(of: reaction, to: event), in: transaction)
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

    private func respond(
        _ reaction: Reaction, to event: Event, depth: Int, in transaction: any Writer
    ) throws -> [Event] {
        do {
            guard depth < Self.deepest else { throw ChainTooLong() }
            return try transaction.savepoint {
                let drafts = try reaction.respond(event, transaction)
                for draft in drafts where !reaction.yields.contains(draft.type) {
                    throw UndeclaredYield(reaction: reaction.name, type: draft.type)
                }
                return try append(drafts, origin: origin(of: reaction, to: event), in: transaction)
            }
        } catch let error as StoreError where error.code == .conflict || error.code == .unavailable {
            // The whole transaction is lost and will run again: this is no failure of the reaction.
            throw error
        } catch {
            try FrameTables.scheduleRetry(
                reaction.name, event.id, attempts: 1, due: clock().advanced(bySeconds: 30), reason: "\(error)",
                in: transaction)
            // The failure of an answer to a failure is retried and logged, but begins no chain of its own.
            guard event.type != "district.reaction.failed", depth < Self.deepest else { return [] }
            let failed = Draft(
                "district.reaction.failed", stream: "reaction/\(reaction.name)/\(event.id)", scope: event.scope,
                payload: [
                    "reaction": .string(reaction.name), "event": .string(event.id.description),
                    "type": .string(event.type), "reason": .string(String("\(error)".prefix(500))),
                ])
            return try append([failed], origin: origin(of: reaction, to: event), in: transaction)
        }
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

    /// A model acts only where its use is declared and not switched off.
    private func refuseUnregistered(_ author: Author, in reader: any Reader) throws {
        guard case .model(let use) = author else { return }
        guard plan.aiUses[use] != nil else {
            throw Refusal(
                .forbidden, "ai.unregistered",
                Words("등록되지 않은 인공지능은 사용할 수 없습니다.", "A use of AI that is not registered does not run."))
        }
        guard try !FrameTables.isSwitchedOff(use, in: reader) else {
            throw Refusal(
                .forbidden, "ai.switched-off", Words("이 인공지능은 꺼져 있습니다.", "This use of AI is switched off."))
        }
    }
}

/// A chain of reactions grew past its bound.
struct ChainTooLong: Error {}

/// A reaction appended a type that it had not declared.
struct UndeclaredYield: Error {
    let reaction: String
    let type: String
}
