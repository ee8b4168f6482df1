import Record

/// What is due at a stop where somebody is waited for.
enum MissionPatience {
    /// What must happen now.
    enum Due: Sendable, Hashable {
        case nothing
        /// A person is called: nobody came, or no answer.
        case call
        /// A person was called and the round goes on.
        case pass
        /// Nobody comes any more: the mission fails, and a person takes the goods.
        case fail
    }

    /// - Parameter giveUp: how often the first patience is waited in all.
    static func due(_ kept: MissionCase, giveUp: Double, at now: Timestamp) -> Due {
        guard kept.mission.state == .waiting, let stop = kept.mission.stop, let since = kept.arrived else {
            return .nothing
        }
        let waited = now.seconds(since: since)
        guard let called = kept.called else { return waited >= stop.patience ? .call : .nothing }
        if stop.task == .visit { return now.seconds(since: called) >= stop.patience ? .pass : .nothing }
        return waited >= stop.patience * giveUp ? .fail : .nothing
    }
}
