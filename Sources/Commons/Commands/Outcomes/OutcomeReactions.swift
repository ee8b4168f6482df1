import District
import Record
import Store

/// What makes promises by itself, and what is told of them when the group's milestone changes. A promise's own events never
/// change a milestone: while there is one, its day and its end come from the roadmap alone.
enum OutcomeReactions {
    static let all = [
        chosen,
        following(.moved, OutcomeTable.slipped) { change, promise in
            var payload: [String: JSON] = ["due": .string(change.due)]
            if let before = promise.due { payload["before"] = .string(before) }
            return payload
        },
        following(.slipped, OutcomeTable.late) { change, _ in ["due": .string(change.due)] },
        following(.reached, OutcomeTable.reached) { _, _ in [:] },
        following(.dropped, OutcomeTable.abandoned) { _, _ in [:] },
    ]

    /// What a vote chose becomes a promise by itself, so that nobody can forget it.
    static let chosen = Reaction(
        "commons.promise-chosen", to: BallotEvents.counted, yields: [OutcomeTable.promised]
    ) { event, tables in
        let id = String(event.stream.dropFirst("vote/".count))
        guard let vote = try VoteTable.find(id, in: tables)?.vote else { return [] }
        return (event.payload["chosen"]?.elements ?? []).compactMap(\.text).compactMap { chosen in
            // What is a rule for robots is done with the count: nobody has to promise it.
            guard let option = vote.options.first(where: { $0.id == chosen }), option.effect == nil else { return nil }
            var payload: [String: JSON] = [
                "title": .string(option.name), "summary": .string(option.summary), "vote": .string(id),
                "option": .string(option.id), "proposal": .string(option.proposal), "sample": .bool(vote.isSample),
                "said": "",
            ]
            if option.cost > 0 { payload["planned"] = .decimal(Int64(option.cost)) }
            var made = OutcomeAsk.draft(OutcomeTable.promised, "\(id)-\(option.id)", payload)
            made.observed = event.observed
            return made
        }
    }

    /// Tells of a promise what became of its milestone, with the reason where there is one.
    private static func following(
        _ change: MilestoneChanged.Change, _ type: String,
        _ more: @escaping @Sendable (MilestoneChanged, Promise) -> [String: JSON]
    ) -> Reaction {
        Reaction("commons.promise-\(change.rawValue)", to: change.type, yields: [type]) { event, tables in
            guard let fact = MilestoneChanged(event), let id = fact.promise,
                let promise = try OutcomeTable.item(id, in: tables), promise.isGoing,
                // A milestone that another one has replaced tells of the promise no more.
                promise.milestone == fact.milestone
            else { return [] }
            let payload: [String: JSON] = ["milestone": .string(fact.milestone), "said": .string(fact.reason ?? "")]
            var told = OutcomeAsk.draft(type, id, payload.merging(more(fact, promise)) { $1 })
            told.observed = event.observed
            return [told]
        }
    }
}
