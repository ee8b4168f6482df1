import District
import Record

/// What Sensing does when something happens elsewhere.
enum Reactions {
    static let all = [
        VehicleAlarms.raise, VehicleAlarms.clear,
        // A reaction that failed is retried by itself; that a person knows of it is this alarm's part.
        Reaction("sensing.alarm-on-failed-reaction", to: ReactionFailed.type, yields: ["sensing.alarm.raised"]) {
            event, _ in
            guard let fact = ReactionFailed(event) else { return [] }
            let alarm = Identifier(at: event.recorded)
            return [
                Draft(
                    "sensing.alarm.raised", stream: "alarm/\(alarm)", scope: event.scope, observed: event.observed,
                    payload: [
                        "alarm": .string(alarm.description), "thing": "slipway",
                        "priority": .string(AlarmPriority.high.rawValue), "origin": "system", "reason": "reaction",
                        "why": [
                            "ko": .string("자동 처리 ‘\(fact.reaction)’이(가) 실패해 다시 시도하고 있습니다. 원인이 된 사건은 그대로 기록되어 있습니다."),
                            "en": .string(
                                "The reaction \(fact.reaction) failed and is being retried. The event it answers stands."
                            ),
                        ],
                    ])
            ]
        },
    ]
}
