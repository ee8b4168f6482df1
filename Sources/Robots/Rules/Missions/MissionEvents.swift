import District
import Record

/// The events of a mission's life, drafted by pure functions: each refuses a step that cannot follow.
enum MissionEvents {
    static let asked = "robots.mission.asked"
    static let assigned = "robots.mission.assigned"
    static let returned = "robots.mission.returned"
    static let queued = "robots.mission.queued"
    static let started = "robots.mission.started"
    static let arrived = "robots.mission.arrived"
    static let waiting = "robots.mission.waiting"
    static let handed = "robots.mission.handed"
    static let mistaken = "robots.mission.mistaken"
    static let coded = "robots.mission.coded"
    static let answered = "robots.mission.answered"
    static let passed = "robots.mission.passed"
    static let called = "robots.mission.called"
    static let warmed = "robots.mission.warmed"
    static let promised = MissionPromised.type
    static let shown = "robots.mission.shown"
    static let completed = MissionEnded.completed
    static let cancelled = MissionEnded.cancelled
    static let failed = MissionEnded.failed
    static let retried = "robots.mission.retried"

    /// A person has taken the goods out of a vehicle; of the vehicle's stream.
    static let unloaded = "robots.vehicle.unloaded"

    /// All of them, in the order of a life.
    static let all = [
        asked, assigned, returned, queued, started, arrived, waiting, handed, mistaken, coded, answered, passed, called,
        warmed,
        promised, shown, completed, cancelled, failed, retried,
    ]

    /// Somebody asks for a mission.
    static func asked(_ kept: MissionCase, subject: PersonID) -> Draft {
        let mission = kept.mission
        var payload: [String: JSON] = [
            "kind": .string(mission.kind.rawValue), "site": .string(mission.site),
            "stops": .array(mission.stops.map(\.json)), "priority": .string(mission.priority.name),
            "items": .string(mission.items), "sender": .string(kept.sender), "asker": .string(kept.author),
        ]
        if let deadline = mission.deadline { payload["deadline"] = .string(deadline.description) }
        if let load = mission.load { payload["load"] = .number(load) }
        if let cold = kept.cold { payload["cold"] = cold.json }
        if kept.isSample { payload["synthetic"] = true }
        var personal: [String: PersonalContent] = [:]
        func keep(_ name: String, _ text: String?) {
            guard let text, !text.isEmpty else { return }
            personal[name] = PersonalContent(of: subject, .string(text))
        }
        keep("recipient", kept.secret.recipient)
        keep("note", kept.secret.note)
        keep("track", kept.secret.track)
        keep("digits", kept.secret.digits)
        if !kept.secret.says.isEmpty {
            let says = kept.secret.says.map { ("\($0.key)", JSON.string($0.value)) }
            personal["says"] = PersonalContent(of: subject, .object(Dictionary(uniqueKeysWithValues: says)))
        }
        return draft(asked, kept, payload, personal: personal)
    }

    /// A vehicle got it.
    /// - Parameter by: the use of AI that chose, or the person's author text.
    static func assigned(
        _ kept: MissionCase, to vehicle: VehicleID, promise: Promise?, by: String
    ) throws(MissionFault) -> Draft {
        _ = try kept.mission.after(.assigned(vehicle))
        var payload: [String: JSON] = [
            "maker": .string(vehicle.manufacturer), "serial": .string(vehicle.serial),
            "thing": .string(vehicle.thing.rawValue), "by": .string(by),
        ]
        if let promise { payload.merge(promise.payload) { $1 } }
        return draft(assigned, kept, payload)
    }

    /// The vehicle gave it back; it waits for another.
    static func returned(_ kept: MissionCase, _ reason: MissionReason) throws(MissionFault) -> Draft {
        _ = try kept.mission.after(.returned)
        return draft(returned, kept, ["reason": .string(reason.rawValue)])
    }

    /// Nobody drives it yet, for a reason that people are told.
    /// - Returns: nothing where it was told already, or somebody has it meanwhile.
    static func queued(_ kept: MissionCase, _ wait: DispatchDecision.Wait) -> [Draft] {
        guard kept.mission.state == .asked, kept.waits != wait.rawValue else { return [] }
        return [draft(queued, kept, ["reason": .string(wait.rawValue)])]
    }

    /// The vehicle sets out for a stop.
    static func started(_ kept: MissionCase, leg: Int, at time: Timestamp? = nil) throws(MissionFault) -> Draft {
        try step(started, kept, .started(leg: leg), leg, at: time)
    }

    /// The vehicle stands at the stop.
    static func arrived(_ kept: MissionCase, leg: Int, at time: Timestamp? = nil) throws(MissionFault) -> Draft {
        try step(arrived, kept, .arrived(leg: leg), leg, at: time)
    }

    /// The vehicle waits there for somebody.
    static func waiting(_ kept: MissionCase, leg: Int, at time: Timestamp? = nil) throws(MissionFault) -> Draft {
        try step(waiting, kept, .waiting(leg: leg), leg, at: time)
    }

    /// What was carried changed hands, confirmed so.
    static func handed(
        _ kept: MissionCase, leg: Int, proof: Mission.Stop.Proof, to person: PersonID? = nil
    ) throws(MissionFault) -> Draft {
        var draft = try step(handed, kept, .handed(leg: leg), leg)
        draft.payload["proof"] = .string(proof.rawValue)
        if let person { draft.payload["person"] = .string(person.rawValue) }
        return draft
    }

    /// A wrong code was entered; the digits stand nowhere.
    /// - Parameter isAsker: whether whoever asked for the mission entered it, away from the robot: then it does not count.
    static func mistaken(_ kept: MissionCase, leg: Int, left: Int, isAsker: Bool = false) -> Draft {
        var payload: [String: JSON] = ["leg": .number(Double(leg)), "left": .number(Double(left))]
        if isAsker { payload["by"] = "asker" }
        return draft(mistaken, kept, payload)
    }

    /// New digits take the place of the old ones, which open nothing any more; the tries begin anew.
    static func coded(_ kept: MissionCase, digits: String, subject: PersonID) -> Draft {
        draft(coded, kept, [:], personal: ["digits": PersonalContent(of: subject, .string(digits))])
    }

    /// Who was visited answered.
    static func answered(_ kept: MissionCase, leg: Int) throws(MissionFault) -> Draft {
        try step(answered, kept, .answered(leg: leg), leg)
    }

    /// Nobody answered, a person was called, and the round goes on.
    static func passed(_ kept: MissionCase, leg: Int) throws(MissionFault) -> Draft {
        try step(passed, kept, .passed(leg: leg), leg)
    }

    /// A person is called.
    static func called(_ kept: MissionCase, _ reason: MissionReason) throws(MissionFault) -> Draft {
        _ = try kept.mission.after(.called)
        return draft(called, kept, ["reason": .string(reason.rawValue), "leg": .number(Double(kept.mission.leg))])
    }

    /// What is carried became too warm; rests on the reading.
    static func warmed(_ kept: MissionCase, _ limit: ColdLimit, _ reading: ColdReading) -> Draft {
        draft(
            warmed, kept,
            [
                "celsius": .number(reading.celsius),
                "evidence": [
                    "thing": .string(limit.thing.rawValue), "property": .string(limit.property),
                    "observed": .string(reading.observed.description), "value": .number(reading.celsius),
                    "unit": "Cel",
                ],
            ])
    }

    /// Another time is promised.
    static func promised(_ kept: MissionCase, _ promise: Promise) throws(MissionFault) -> Draft {
        _ = try kept.mission.after(.promised)
        return draft(promised, kept, promise.payload)
    }

    /// The digits were shown to whoever asked.
    static func shown(_ kept: MissionCase) -> Draft { draft(shown, kept, [:]) }

    /// It is done.
    static func completed(_ kept: MissionCase, at time: Timestamp? = nil) throws(MissionFault) -> Draft {
        _ = try kept.mission.after(.completed)
        var draft = draft(completed, kept, [:])
        draft.observed = time
        return draft
    }

    /// It is called off; `loaded` says that a person must take goods from the vehicle.
    static func cancelled(_ kept: MissionCase, why: String) throws(MissionFault) -> Draft {
        _ = try kept.mission.after(.cancelled)
        return draft(cancelled, kept, ["reason": .string(why), "loaded": .bool(kept.mission.isLoaded)])
    }

    /// It could not be done.
    static func failed(_ kept: MissionCase, _ reason: MissionReason) throws(MissionFault) -> Draft {
        _ = try kept.mission.after(.failed)
        return draft(
            failed, kept, ["reason": .string(reason.rawValue), "loaded": .bool(kept.mission.isLoaded)])
    }

    /// A person has taken out what was aboard: the vehicle may work again.
    static func unloaded(_ laden: LadenVehicle) -> Draft {
        Draft(
            unloaded, stream: "vehicle/\(laden.vehicle.thing)", scope: laden.scope,
            payload: [
                "thing": .string(laden.vehicle.thing.rawValue), "site": .string(laden.site),
                "missions": .array(laden.missions.map { .string($0) }),
            ])
    }

    /// It is asked for once more.
    static func retried(_ kept: MissionCase) throws(MissionFault) -> Draft {
        _ = try kept.mission.after(.retried)
        return draft(retried, kept, [:])
    }

    /// The event of a step that a vehicle takes; nil for steps that need more than a leg.
    static func moved(
        _ kept: MissionCase, _ step: MissionStep, at time: Timestamp?
    ) throws(MissionFault) -> Draft? {
        switch step {
        case .started(let leg): try started(kept, leg: leg, at: time)
        case .arrived(let leg): try arrived(kept, leg: leg, at: time)
        case .waiting(let leg): try waiting(kept, leg: leg, at: time)
        case .handed(let leg): try handed(kept, leg: leg, proof: .none)
        case .completed: try completed(kept, at: time)
        default: nil
        }
    }

    private static func step(
        _ type: String, _ kept: MissionCase, _ step: MissionStep, _ leg: Int, at time: Timestamp? = nil
    ) throws(MissionFault) -> Draft {
        _ = try kept.mission.after(step)
        let node = kept.mission.stops[leg].node
        var draft = draft(type, kept, ["leg": .number(Double(leg)), "node": .string(node)])
        draft.observed = time
        return draft
    }

    private static func draft(
        _ type: String, _ kept: MissionCase, _ more: [String: JSON], personal: [String: PersonalContent] = [:]
    ) -> Draft {
        var payload = more
        payload["mission"] = .string(kept.id)
        if let purpose = kept.purpose { payload["purpose"] = .string(purpose) }
        return Draft(type, stream: kept.id, scope: kept.mission.scope, payload: payload, personal: personal)
    }
}
