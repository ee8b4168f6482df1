import District
import Record

/// A place where nobody and nothing may work or drive until it is opened again.
struct Closure: Sendable, Hashable {
    /// Its identifier: the stream `closure/…`.
    let id: String
    let scope: Scope
    /// What is closed, with all it holds.
    let thing: ThingID
    let reason: Reason
    /// The hazard, stop, incident or emergency behind it.
    let source: String
    let closed: Timestamp
    let opened: Timestamp?
    /// Its last event.
    let event: Identifier?

    /// Why it was closed.
    enum Reason: String, Sendable, Hashable, CaseIterable {
        case hazard, stop = "stop-work", incident, emergency

        /// What people call it.
        var words: Words {
            switch self {
            case .hazard: Words("매우 높은 위험", "Severe hazard")
            case .stop: Words("작업중지", "Stop of work")
            case .incident: Words("사고", "Incident")
            case .emergency: Words("비상상황", "Emergency")
            }
        }

        /// The kind of source that its actions carry.
        var actionKind: String { self == .stop ? "stop" : rawValue }

        /// The page of what is behind it.
        func page(_ source: String) -> String? {
            switch self {
            case .hazard: "/safety/hazards/\(source)"
            case .stop: "/safety/stops/\(source)"
            case .incident: "/safety/incidents/\(source)"
            case .emergency: "/safety/emergencies/\(source)"
            }
        }
    }

    /// The event that closes a place.
    static func closed(
        at thing: ThingID, scope: Scope, reason: Reason, source: String, now: Timestamp, answers: Identifier? = nil
    ) -> Draft {
        let id = Identifier(at: now).description
        return Draft(
            ZoneClosed.type, stream: "closure/\(id)", scope: scope,
            payload: [
                "closure": .string(id), "thing": .string(thing.rawValue), "reason": .string(reason.rawValue),
                "source": .string(source),
            ], expectedVersion: 0, answers: answers)
    }

    /// The event that opens it again.
    func opening(_ more: [String: JSON] = [:]) -> Draft {
        Draft(
            ZoneOpened.type, stream: "closure/\(id)", scope: scope,
            payload: more.merging([
                "closure": .string(id), "thing": .string(thing.rawValue), "reason": .string(reason.rawValue),
                "source": .string(source),
            ]) { $1 }, answers: event)
    }
}

/// What must be true before a closed place is opened: unknown is never safe.
enum OpeningRule {
    /// What still stands against it.
    enum Obstacle: String, Sendable, Hashable {
        /// Nothing was done against its cause.
        case noAction = "no-action"
        /// Something was not done, or its effect not found.
        case notVerified = "not-verified"
        /// The cause itself is not over: a stop that was not answered with a go, a hazard that is not closed.
        case causeOpen = "cause-open"

        /// What people read.
        var words: Words {
            switch self {
            case .noAction:
                Words("이 위험에 대한 조치가 없습니다. 조치하고 효과를 확인한 뒤 열 수 있습니다.", "Nothing was done against it yet.")
            case .notVerified:
                Words("효과가 확인되지 않은 조치가 있습니다.", "An action was not found effective yet.")
            case .causeOpen:
                Words("닫힌 원인이 아직 끝나지 않았습니다.", "What caused the closure is not over.")
            }
        }
    }

    /// What stands against opening a place, given the actions against the cause (without those given up) and whether
    /// the cause is over; nil where nothing does.
    static func obstacle(_ reason: Closure.Reason, actions: [SafetyAction.State], isCauseOver: Bool) -> Obstacle? {
        guard actions.allSatisfy({ $0 == .verified }) else { return .notVerified }
        if actions.isEmpty, reason == .hazard || reason == .incident { return .noAction }
        return isCauseOver ? nil : .causeOpen
    }
}
