import Access
import District
import Record
import Store

/// A person has seen the alarm and takes it on.
enum AcknowledgeAlarm {
    static let command = Command(
        Form(
            "sensing.alarm.acknowledge", title: Words("경보 확인", "Acknowledge alarm"),
            help: Words(
                "경보를 보았고 조치를 맡는다는 뜻입니다. 이상이 남아 있으면 경보는 ‘확인됨’으로 계속 표시됩니다.",
                "Says that you have seen the alarm and take it on. While the cause lasts it stays listed as acknowledged."
            ),
            fields: [
                Field("alarm", Words("경보", "Alarm"), .reference(kind: "alarm", source: "/api/v1/alarms")),
                Field(
                    "note", Words("메모", "Note"), .longText(maximum: 1000), required: false,
                    help: Words("무엇을 보았고 무엇을 할지 적어 주세요.", "What you saw, and what you will do."), isPersonal: true),
            ],
            permission: AlarmRoles.permission("sensing.alarm.acknowledge"),
            surfaces: [.web, .http, .cli, .mcp, .voice])
    ) { ask, tables in
        let alarm = try AlarmRoles.alarm(ask, tables)
        _ = try AlarmRoles.advanced(alarm, .acknowledge)
        var draft = Draft(
            "sensing.alarm.acknowledged", stream: "alarm/\(alarm.id)", scope: alarm.scope,
            payload: ["alarm": .string(alarm.id), "thing": .string(alarm.thing.rawValue)], answers: alarm.event)
        let note = ask.values.text("note")
        if !note.isEmpty {
            if let person = ask.caller.person {
                draft.personal["note"] = PersonalContent(of: person, .string(note))
            } else {
                draft.payload["note"] = .string(note)
            }
        }
        return [draft]
    }
}

/// The cause is gone, as a person has seen for themselves; while the sensor still shows it a new alarm will come.
enum ClearAlarm {
    static let command = Command(
        Form(
            "sensing.alarm.clear", title: Words("경보 해제", "Clear alarm"),
            help: Words(
                "원인이 사라졌음을 현장에서 확인했을 때 해제합니다. 이상이 다시 측정되면 새 경보가 울립니다.",
                "Clear it when you have seen that the cause is gone. If it is measured again a new alarm is raised."),
            fields: [
                Field("alarm", Words("경보", "Alarm"), .reference(kind: "alarm", source: "/api/v1/alarms")),
                Field("reason", Words("해제 사유", "Reason"), .text(maximum: 300)),
                Field(
                    "cause", Words("원인", "Cause"), .choice(AlarmCause.allCases.map { .init($0.rawValue, $0.words) }),
                    required: false,
                    help: Words(
                        "틀린 경보였는지 알려 주시면 감지가 얼마나 맞는지 셉니다.",
                        "Says whether the alarm was right; detection is counted by it.")),
            ],
            permission: AlarmRoles.permission("sensing.alarm.clear"), confirmation: .readBack,
            surfaces: [.web, .http, .cli, .mcp, .voice])
    ) { ask, tables in
        let alarm = try AlarmRoles.alarm(ask, tables)
        _ = try AlarmRoles.advanced(alarm, .clear)
        var payload: [String: JSON] = [
            "alarm": .string(alarm.id), "thing": .string(alarm.thing.rawValue), "by": "person",
            "note": .string(ask.values.text("reason")),
        ]
        let cause = AlarmCause(rawValue: ask.values.text("cause"))
        if let cause { payload["cause"] = .string(cause.rawValue) }
        let cleared = Draft(
            "sensing.alarm.cleared", stream: "alarm/\(alarm.id)", scope: alarm.scope, payload: payload,
            answers: alarm.event)
        guard let verdict = cause?.verdict, try isByModel(alarm, in: tables) else { return [cleared] }
        return [cleared, AIUseJudged(Declarations.tail.id, verdict, act: alarm.event).draft]
    }

    /// Whether detection raised it, and no limit that people set.
    private static func isByModel(_ alarm: AlarmRow, in tables: any Reader) throws -> Bool {
        // Only looked up: no clock is asked.
        let log = RecordLog(clock: { Timestamp(microseconds: 0) })
        return try log.event(alarm.event, in: tables)?.author == .model(Declarations.tail.id)
    }
}

/// What a person found behind an alarm.
enum AlarmCause: String, Sendable, Hashable, CaseIterable {
    case real, `false`, unknown

    var words: Words {
        switch self {
        case .real: Words("실제 이상이었음", "Something was wrong")
        case .false: Words("틀린 경보", "False alarm")
        case .unknown: Words("알 수 없음", "Unknown")
        }
    }

    /// What it says of the detection that raised it; nil where nothing.
    var verdict: AIUseJudged.Verdict? {
        switch self {
        case .real: .kept
        case .false: .overruled
        case .unknown: nil
        }
    }
}

/// What the alarm commands share: who may, and which alarm is meant.
enum AlarmRoles {
    static func permission(_ command: String) -> Permission {
        .roles([.zoneOfficer, .safetyManager, .executive, .operator, .worker]).orToken("command:\(command)")
    }

    static func alarm(_ ask: Ask, _ tables: any Reader) throws -> AlarmRow {
        guard let alarm = try AlarmTable.find(ask.values.text("alarm"), for: ask.tenant, in: tables) else {
            throw Refusal(.notFound, "alarm.unknown", Words("그런 경보가 없습니다.", "There is no such alarm."))
        }
        return alarm
    }

    static func advanced(_ alarm: AlarmRow, _ step: AlarmStep) throws -> AlarmState {
        do {
            return try alarm.state.after(step)
        } catch {
            throw Refusal(.conflict, "alarm.\(error.code)", error.words)
        }
    }
}
