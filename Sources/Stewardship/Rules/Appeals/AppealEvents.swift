/// The events of appeals and incidents.
enum AppealEvents {
    static let submitted = "stewardship.appeal.submitted"
    static let answered = "stewardship.appeal.answered"
    static let reported = "stewardship.incident.reported"
    static let closed = "stewardship.incident.closed"
}
