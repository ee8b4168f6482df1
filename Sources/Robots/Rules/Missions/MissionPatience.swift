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
        // Whoever was called because it is late was not called to whoever did not come.
        let others = [MissionReason.late, .untaken, .vehicle].map(\.rawValue)
        let called = kept.callReason.map(others.contains) == true ? nil : kept.called
        guard let called else { return waited >= stop.patience ? .call : .nothing }
        if stop.task == .visit { return now.seconds(since: called) >= stop.patience ? .pass : .nothing }
        return waited >= stop.patience * giveUp ? .fail : .nothing
    }

    /// Why a person must see to a mission that goes on by itself no more: its vehicle is gone, it is later than promised or
    /// wanted, or nobody takes it. Nil where all is well, or a person was called for it before.
    /// - Parameters:
    ///   - isGone: whether its vehicle was taken away, or has not been heard for long.
    ///   - untaken: after how many seconds a mission without a vehicle, of which nobody said by when, calls.
    static func trouble(
        _ kept: MissionCase, isGone: Bool, untaken: Double, at now: Timestamp
    ) -> MissionReason? {
        guard kept.mission.isOpen else { return nil }
        if isGone, kept.mission.vehicle != nil {
            return kept.callReason == MissionReason.vehicle.rawValue ? nil : .vehicle
        }
        // Whoever stands at the last stop has come: how long the recipient lets it wait is no lateness.
        guard kept.called == nil, kept.lateCalled == nil, !kept.mission.isAtGoal else { return nil }
        if [kept.promise?.late, kept.mission.deadline].compactMap(\.self).contains(where: { $0 < now }) {
            return .late
        }
        if kept.mission.state == .asked, now.seconds(since: kept.mission.asked) > untaken { return .untaken }
        return nil
    }
}
