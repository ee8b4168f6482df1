import Record

/// A standing order to vehicles not to move: nothing is released to whoever it reaches, and they are paused. It is no use of
/// AI, nobody can switch it off, and it lasts until a person lifts it.
struct Hold: Sendable, Hashable {
    /// The stream `hold/…`.
    let id: String
    let reach: Reach
    let cause: Cause
    /// Why, in a person's words.
    let reason: String
    let scope: Scope
    let placed: Timestamp
    /// When it ended; nil while it holds.
    var lifted: Timestamp?

    /// Whom it reaches.
    enum Reach: Sendable, Hashable {
        /// Every vehicle, of whoever placed it: of a firm, or of the zone.
        case fleet
        /// A vehicle, a site or an area, with all it holds.
        case thing(ThingID)
        /// A zone drawn on a site.
        case zone(site: String, zone: String)
    }

    /// Why vehicles are held.
    enum Cause: String, Sendable, Hashable, CaseIterable {
        /// Somebody pressed the button.
        case person
        /// An emergency, or a drill of one: vehicles clear the corridors, then hold.
        case evacuation
    }
}

extension Hold.Reach {
    /// As events and tables carry it: `fleet`, `thing`, `zone`, and the target.
    var parts: (kind: String, target: String) {
        switch self {
        case .fleet: ("fleet", "")
        case .thing(let thing): ("thing", thing.rawValue)
        case .zone(let site, let zone): ("zone", "\(site)/\(zone)")
        }
    }

    /// Reads what an event or a table carries; nil where it is another.
    init?(kind: String, target: String) {
        switch kind {
        case "fleet": self = .fleet
        case "thing" where !target.isEmpty: self = .thing(ThingID(target))
        case "zone":
            let parts = target.split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return nil }
            self = .zone(site: parts[0], zone: parts[1])
        default: return nil
        }
    }
}

extension Hold.Cause {
    /// What people read.
    var words: Words {
        switch self {
        case .person: Words("사람이 멈춤", "Held by a person")
        case .evacuation: Words("비상: 통로를 비우고 멈춤", "Emergency: corridors cleared, then held")
        }
    }
}
