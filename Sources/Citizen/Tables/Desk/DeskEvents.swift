/// The types of what happens at the desk.
enum DeskEvents {
    static let taken = "citizen.handover.taken"
    static let said = "citizen.handover.said"
    static let noted = "citizen.handover.noted"
    static let finished = "citizen.handover.finished"
    static let arranged = "citizen.callback.arranged"
    static let tried = "citizen.callback.tried"
    /// The machine did what was asked for: from the conversation itself, while it goes on.
    static let served = "citizen.dialogue.served"
    /// How a conversation ended: from the conversation itself.
    static let ended = "citizen.dialogue.ended"
    /// The desk closed before anybody could take them: they are called.
    static let deferred = "citizen.handover.deferred"
    /// What was said was kept long enough.
    static let forgotten = "citizen.handover.forgotten"
    /// They said that somebody is in danger, and were told whom to call.
    static let endangered = "citizen.handover.endangered"
    static let all = [
        HandoverRequested.type, taken, said, noted, finished, arranged, tried, deferred, forgotten, endangered,
    ]
}
