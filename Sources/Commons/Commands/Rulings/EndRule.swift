import Access
import District
import Record
import Store

/// Takes a rule that citizens adopted off again, for a reason that everybody reads.
enum EndRule {
    static let kind = "civic-rule"

    static let command = Command(
        Form(
            "commons.rule.end", title: Words("시민이 정한 규칙 폐지", "End an adopted rule"),
            help: Words(
                "이유가 공개됩니다. 로봇 지도에서도 제한이 풀립니다.", "The reason is public. The limit is taken off the robots' map."),
            fields: [
                Field("rule", Words("규칙", "Rule"), .reference(kind: kind, source: nil)),
                Field("reason", Words("이유", "Reason"), .longText(maximum: 600)),
            ], permission: VoteAsk.officers, confirmation: .secondPerson([.zoneOfficer]), after: "/commons/rules")
    ) { ask, tables in
        guard let rule = try RulingTable.find(ask.values.text("rule"), in: tables) else {
            throw Refusal(.notFound, "rule.unknown", Words("그런 규칙이 없습니다.", "There is no such rule."))
        }
        guard rule.holds else {
            throw Refusal(.conflict, "rule.over", Words("이미 폐지된 규칙입니다.", "This rule has ended before."))
        }
        return [Ruling.ending(rule.id, ask.values.text("reason"), at: ask.now)]
    }

    /// What a count chose becomes a rule by itself, so that nobody can forget it.
    static let adopting = Reaction(
        "commons.adopt-rules", to: BallotEvents.counted, yields: [RuleEnded.type, RuleAdopted.type]
    ) { event, tables in
        let id = String(event.stream.dropFirst("vote/".count))
        guard let vote = try VoteTable.find(id, in: tables)?.vote, vote.options.contains(where: { $0.effect != nil })
        else { return [] }
        return Ruling.adopting(
            (event.payload["chosen"]?.elements ?? []).compactMap(\.text), of: vote,
            ballots: Int(event.payload["ballots"]?.integer ?? 0), at: event.observed,
            standing: try RulingTable.all(in: tables))
    }
}
