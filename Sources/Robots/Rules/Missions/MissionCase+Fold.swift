import Record

extension MissionCase {
    /// The step that an event of the Record is; nil for those that change no state.
    static func step(_ type: String, _ payload: [String: JSON]) -> MissionStep? {
        let leg = payload["leg"]?.double.map { Int($0) } ?? 0
        switch type {
        case MissionEvents.assigned:
            guard let maker = payload["maker"]?.text, let serial = payload["serial"]?.text else { return nil }
            return .assigned(VehicleID(manufacturer: maker, serial: serial))
        case MissionEvents.returned: return .returned
        case MissionEvents.started: return .started(leg: leg)
        case MissionEvents.arrived: return .arrived(leg: leg)
        case MissionEvents.waiting: return .waiting(leg: leg)
        case MissionEvents.handed: return .handed(leg: leg)
        case MissionEvents.answered: return .answered(leg: leg)
        case MissionEvents.passed: return .passed(leg: leg)
        case MissionEvents.called: return .called
        case MissionEvents.promised: return .promised
        case MissionEvents.completed: return .completed
        case MissionEvents.cancelled: return .cancelled
        case MissionEvents.failed: return .failed
        case MissionEvents.retried: return .retried
        default: return nil
        }
    }

    /// What it is after an event. A step that cannot follow changes nothing: the Record may hold what a machine said twice.
    mutating func apply(_ type: String, _ payload: [String: JSON], at time: Timestamp) {
        if let step = Self.step(type, payload) {
            guard let next = try? mission.after(step) else { return }
            mission = next
        }
        switch type {
        case MissionEvents.assigned, MissionEvents.promised:
            if let said = Promise(payload) { (promise, promised) = (said, time) }
            guard type == MissionEvents.assigned else { break }
            assignedBy = payload["by"]?.text
            waits = nil
            if callReason == MissionReason.untaken.rawValue || callReason == MissionReason.vehicle.rawValue {
                (called, callReason) = (nil, nil)
            }
        case MissionEvents.returned:
            (started, arrived, called, callReason) = (nil, nil, nil, nil)
            (promise, promised, assignedBy) = (nil, nil, nil)
        case MissionEvents.queued: waits = payload["reason"]?.text
        case MissionEvents.started:
            started = started ?? time
            (arrived, called, callReason, mistakes) = (nil, nil, nil, 0)
        case MissionEvents.arrived: arrived = time
        case MissionEvents.handed, MissionEvents.answered, MissionEvents.passed: (called, callReason) = (nil, nil)
        case MissionEvents.called:
            (called, callReason) = (time, payload["reason"]?.text)
            if [MissionReason.late.rawValue, MissionReason.untaken.rawValue].contains(callReason) { lateCalled = time }
        case MissionEvents.mistaken: mistakes += payload["by"]?.text == "asker" ? 0 : 1
        case MissionEvents.coded:
            (secret.digits, secret.isShown, mistakes) = (payload["digits"]?.text, false, 0)
            if callReason == MissionReason.tries.rawValue { (called, callReason) = (nil, nil) }
        case MissionEvents.shown: secret.isShown = true
        case MissionEvents.completed, MissionEvents.cancelled, MissionEvents.failed:
            (ended, reason, called, callReason) = (time, payload["reason"]?.text, nil, nil)
        case MissionEvents.retried:
            (ended, reason, started, arrived, promise, mistakes) = (nil, nil, nil, nil, nil, 0)
            (promised, assignedBy, lateCalled, waits) = (nil, nil, nil, nil)
        default: break
        }
    }

    /// A mission from the event that asked for it, with personal content as disclosed; nil where the event is no such.
    init?(asked event: Event, _ payload: [String: JSON]) {
        guard event.type == MissionEvents.asked, let site = payload["site"]?.text,
            let kind = payload["kind"]?.text.flatMap({ Mission.Kind(rawValue: $0) }),
            let stops = payload["stops"]?.elements?.compactMap({ Mission.Stop($0) }), !stops.isEmpty
        else { return nil }
        let priority = payload["priority"]?.text.flatMap { Mission.Priority(name: $0) } ?? .normal
        let mission = Mission(
            id: event.stream, kind: kind, site: site, stops: stops, priority: priority,
            deadline: payload["deadline"]?.text.flatMap { Timestamp(iso8601: $0) },
            items: payload["items"]?.text ?? "", load: payload["load"]?.double, scope: event.scope,
            asked: event.observed)
        self.init(
            mission: mission, sender: payload["sender"]?.text ?? event.scope.text, purpose: payload["purpose"]?.text,
            author: payload["asker"]?.text ?? event.author.text, cold: ColdLimit(payload["cold"]))
        isSample = payload["synthetic"]?.bool ?? false
        let says = (payload["says"]?.members ?? [:]).compactMap { key, value in
            Int(key).flatMap { index in value.text.map { (index, $0) } }
        }
        secret = Secrets(
            recipient: payload["recipient"]?.text, note: payload["note"]?.text,
            says: Dictionary(uniqueKeysWithValues: says), track: payload["track"]?.text,
            digits: payload["digits"]?.text)
    }
}
