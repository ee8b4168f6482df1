import Record

/// An alarm's whole life as ANSI/ISA-18.2 draws it: its state, and whether it is held back from people.
///
/// Behind a hold the condition is followed silently. When the hold ends, an alarm whose condition lasts is announced
/// anew; one whose condition has gone is over. An alarm of critical priority, a hard limit's, is never held.
struct AlarmLife: Sendable, Hashable {
    /// What can happen to it.
    enum Step: Sendable, Hashable {
        case raise, acknowledge, clear
        /// Put off until a moment.
        case shelve(until: Timestamp)
        case unshelve
        case suppress, unsuppress
        case takeOutOfService, returnToService
    }

    /// The longest an alarm may be put off, in seconds: one shift.
    static let longestShelf: Double = 8 * 3600

    /// Where it stands, held or not.
    private(set) var state: AlarmState
    /// Why it is held back; nil where it is not.
    private(set) var hold: AlarmHold?
    let priority: AlarmPriority

    /// An alarm that is normal and not held, or where it stood.
    init(_ state: AlarmState = .normal, hold: AlarmHold? = nil, priority: AlarmPriority) {
        self.state = state
        self.hold = hold
        self.priority = priority
    }

    /// Whether people are to see and hear it now.
    var isAnnounced: Bool { state != .normal && hold == nil }

    /// The life after a step.
    /// - Throws: ``AlarmRefusal`` where the step makes no sense from here.
    func after(_ step: Step, at now: Timestamp) throws(AlarmRefusal) -> AlarmLife {
        var next = self
        switch (hold, step) {
        case (nil, .raise): next.state = try state.after(.raise)
        case (nil, .clear): next.state = try state.after(.clear)
        case (nil, .acknowledge): next.state = try state.after(.acknowledge)
        // Behind a hold nobody is asked to acknowledge; only the condition is followed.
        case (_, .raise):
            guard !state.isActive else { throw .alreadyActive }
            next.state = .unacknowledgedActive
        case (_, .clear):
            guard state.isActive else { throw .alreadyCleared }
            next.state = .normal
        case (_, .acknowledge): throw .held
        case (nil, .shelve(let until)):
            guard state != .normal else { throw .over }
            try holdable()
            let seconds = until.seconds(since: now)
            guard seconds > 0, seconds <= Self.longestShelf else { throw .shelfTime }
            next.hold = .shelved(until: until)
        case (nil, .suppress):
            try holdable()
            next.hold = .suppressed
        case (nil, .takeOutOfService), (.shelved, .takeOutOfService), (.suppressed, .takeOutOfService):
            try holdable()
            next.hold = .outOfService
        case (.shelved, .unshelve), (.suppressed, .unsuppress), (.outOfService, .returnToService): next.release()
        case (nil, .unshelve), (nil, .unsuppress), (nil, .returnToService): throw .notHeld
        case (_, .shelve), (_, .suppress), (_, .takeOutOfService): throw .held
        case (_, .unshelve), (_, .unsuppress), (_, .returnToService): throw .heldOtherwise
        }
        return next
    }

    /// The life at a moment: a shelf whose time is up holds no longer.
    func at(_ now: Timestamp) -> AlarmLife {
        guard case .shelved(let until) = hold, now >= until else { return self }
        var next = self
        next.release()
        return next
    }

    private func holdable() throws(AlarmRefusal) {
        // Hard limits protect people; they cannot be switched off.
        guard priority != .critical else { throw .neverHeld }
    }

    private mutating func release() {
        hold = nil
        state = state.isActive ? .unacknowledgedActive : .normal
    }
}
