/// What happens to accords, by the types of its events.
enum AccordEvents {
    static let signed = "transition.accord.signed"
    static let undertaken = "transition.accord.undertaken"
    static let set = "transition.accord.milestone-set"
    static let moved = "transition.accord.milestone-moved"
    static let reached = "transition.accord.milestone-reached"
    static let dropped = "transition.accord.milestone-dropped"
    static let measured = "transition.accord.outcome-measured"
    static let sent = "transition.accord.traveller-sent"
    static let erased = "transition.accord.traveller-erased"
    static let returned = "transition.accord.traveller-returned"

    static let all = [signed, undertaken, set, moved, reached, dropped, measured, sent, erased, returned]
}
