import Record

/// A lift or a door, as the fleet uses it: it is asked for, it says where it stands, and who waits too long for it calls a
/// person. What it last said is believed only for a while: an old word opens nothing.
struct Gate: Sendable, Hashable {
    /// The lift's or door's id in its site.
    let id: String
    /// How long an answer is waited for before a person is called, in seconds.
    let patience: Double
    /// What it last said of itself, and when that came.
    private(set) var status: Status?
    private(set) var heard: Timestamp?
    /// What it was last asked for, since when, and when that was last sent.
    private(set) var wish: Wish?
    /// Whether a person was called because it does not come.
    private(set) var isStuck = false

    /// After how many seconds its word says nothing any more.
    static let fresh = 15.0
    /// After how many seconds a wish is sent again.
    static let again = 5.0

    /// What a lift or door says of itself.
    struct Status: Sendable, Hashable {
        /// The stop where the cabin stands, a node; for a door its own id. Empty while it moves.
        var stop: String
        /// Whether a vehicle can pass.
        var isOpen: Bool
        /// Whether it takes calls.
        var isInService: Bool
    }

    /// What it is asked for.
    struct Wish: Sendable, Hashable {
        let stop: String
        let since: Timestamp
        var sent: Timestamp
    }

    /// What is to be done about it.
    enum Effect: Sendable, Hashable {
        /// Call it to a stop, and keep it open there.
        case call(stop: String)
        /// Nobody needs it any more.
        case release
        /// A person must look after it.
        case stuck
        /// It works again.
        case recovered
    }

    init(id: String, patience: Double) {
        self.id = id
        self.patience = patience
    }

    /// Takes what it says.
    mutating func hear(_ status: Status, at now: Timestamp) -> [Effect] {
        self.status = status
        heard = now
        guard isStuck, isOpen(at: wish?.stop ?? status.stop, now) else { return [] }
        isStuck = false
        return [.recovered]
    }

    /// Whether a vehicle may pass at a stop now.
    func isOpen(at stop: String, _ now: Timestamp) -> Bool {
        guard let status, let heard, now.seconds(since: heard) < Self.fresh else { return false }
        return status.isInService && status.isOpen && status.stop == stop
    }

    /// Says which stop is wanted now, nil where none is, and what is to be done then.
    mutating func want(_ stop: String?, at now: Timestamp) -> [Effect] {
        guard let stop else {
            guard wish != nil else { return [] }
            wish = nil
            return isStuck ? recover(with: [.release]) : [.release]
        }
        guard var wish, wish.stop == stop else {
            self.wish = Wish(stop: stop, since: now, sent: now)
            return isOpen(at: stop, now) ? [] : [.call(stop: stop)]
        }
        if isOpen(at: stop, now) {
            // Patience is with what does not come, not with who uses it.
            self.wish = Wish(stop: stop, since: now, sent: wish.sent)
        }
        var effects: [Effect] = []
        if now.seconds(since: wish.sent) >= Self.again {
            wish.sent = now
            self.wish?.sent = now
            effects.append(.call(stop: stop))
        }
        if !isStuck, !isOpen(at: stop, now), now.seconds(since: wish.since) >= patience {
            isStuck = true
            effects.append(.stuck)
        }
        return effects
    }

    private mutating func recover(with effects: [Effect]) -> [Effect] {
        isStuck = false
        return effects + [.recovered]
    }
}
