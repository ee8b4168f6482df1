/// The types of what happens at the desk.
enum DeskEvents {
    static let taken = "citizen.handover.taken"
    static let said = "citizen.handover.said"
    static let noted = "citizen.handover.noted"
    static let finished = "citizen.handover.finished"
    static let arranged = "citizen.callback.arranged"
    static let tried = "citizen.callback.tried"
    /// How a conversation ended: from the conversation itself.
    static let ended = "citizen.dialogue.ended"
    static let all = [HandoverRequested.type, taken, said, noted, finished, arranged, tried]
}
