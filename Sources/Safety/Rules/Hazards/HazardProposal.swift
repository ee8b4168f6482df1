import District
import Record

/// When an alarm makes the house propose a hazard, and what a proposal says.
enum HazardProposal {
    static let type = "safety.hazard.proposed"

    /// The use of AI that proposes. A proposal is a rule's word on a model's or a limit's finding; it disposes of nothing.
    static let use = AIUse(
        "safety.alarm-hazard",
        title: Words("경보에서 위험 제안", "Hazards proposed after alarms"),
        purpose: Words(
            "우선순위가 높은 경보가 나면 위험으로 등록할지 사람에게 제안합니다.",
            "After an alarm of high or critical priority, proposes to a person to register a hazard."),
        model: "rule, version 1: live alarms of high or critical priority, one open proposal per thing and property",
        evidence: Words("경보, 설비, 측정 항목, 우선순위, 경보의 근거", "The alarm, thing, property, priority and its reason"),
        override: Words(
            "안전관리자가 받아들이지 않으면 됩니다. 받아들일 때도 위험 등급은 사람이 정합니다.",
            "A safety manager rejects it; whoever accepts it sets the band of risk themselves."),
        modelInKorean: "규칙 1판: 우선순위가 높은 경보에서, 설비와 항목마다 제안 하나")

    /// Whether an alarm is grave enough: live, and of high or critical priority. Replays and the house's own troubles
    /// are no hazards of work.
    static func isDue(_ alarm: AlarmRaised) -> Bool {
        alarm.origin == "live" && ["critical", "high"].contains(alarm.priority)
    }

    /// What a person's word says of a proposal; nothing where a person had reported it.
    static func judged(_ hazard: Hazard, _ verdict: AIUseJudged.Verdict) -> [Draft] {
        guard hazard.origin == .alarm else { return [] }
        let use = hazard.alarm == nil ? NearMiss.use : use
        return [AIUseJudged(use.id, verdict, act: hazard.event).draft]
    }

    /// The event that proposes it, with its evidence.
    static func draft(_ alarm: AlarmRaised, _ event: Event) -> Draft {
        let id = Identifier(at: event.recorded).description
        var payload: [String: JSON] = [
            "hazard": .string(id), "thing": .string(alarm.thing.rawValue), "alarm": .string(alarm.alarm),
            "priority": .string(alarm.priority), "evidence": .string(event.id.description), "use": .string(use.id),
        ]
        if let property = alarm.property { payload["property"] = .string(property) }
        if let why = event.payload["why"] { payload["why"] = why }
        return Draft(
            type, stream: "hazard/\(id)", scope: event.scope, observed: event.observed, payload: payload,
            expectedVersion: 0)
    }
}
