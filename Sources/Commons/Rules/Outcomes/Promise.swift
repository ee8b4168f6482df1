import District
import Record

/// What the zone promised its citizens to do: what it is, by when, and how far it has come. What nobody said is unknown, and
/// never nought.
struct Promise: Sendable, Hashable {
    /// What became of the group's milestone that keeps it.
    enum Step: String, Sendable { case open, reached, dropped }

    let id: String, title: String, summary: String
    /// The vote and the option that were chosen, and the proposal; empty where none.
    let vote: String, option: String, proposal: String
    /// In won; nil where nobody said.
    let planned: Int?, spent: Int?
    /// How much is done; nil until it is told for the first time.
    let percent: Int?
    /// `2027-05-31`: the day it is due, and the one that was said first; nil where none was said.
    let due: String?, firstDue: String?
    /// `going`, `done` or `dropped`.
    let state: String
    /// The day it ended.
    let ended: String?
    /// The working group that is to do it, by its name where it is known, the milestone on its roadmap, and what became of that.
    let group: String?, groupName: Words?, milestone: String?, step: Step?
    /// How often its day was moved to a later one.
    let moves: Int
    let promised: Timestamp, changed: Timestamp
    let isSample: Bool

    var isGoing: Bool { state == "going" }
    /// While a milestone is open its day and its end are the group's: there is one place where they change.
    var isGroups: Bool { step == .open }
    /// A group was named and no milestone stands on its roadmap: it has ended, or there is none.
    var lacksMilestone: Bool { isGoing && group != nil && milestone == nil }
    /// Whether a group can be asked to do it.
    var canBeEntrusted: Bool { isGoing && (milestone == nil || step == .dropped) }

    /// How it stands against the day that was said first.
    enum Standing: Sendable, Hashable {
        /// It was done by that day.
        case onTime
        /// It was done so many days later, or is known to be so many days late.
        case late(Int64)
        /// It was given up.
        case dropped
        /// That day has not come.
        case ahead
        /// No day was ever said.
        case dayless
    }

    func standing(on today: KoreanDay) -> Standing {
        if state == "dropped" { return .dropped }
        guard let first = firstDue.flatMap({ KoreanDay($0) }) else { return .dayless }
        let last =
            state == "done"
            ? ended.flatMap { KoreanDay($0) } ?? first
            : max(due.flatMap { KoreanDay($0) } ?? first, today)
        if state == "done" { return last <= first ? .onTime : .late(last.number - first.number) }
        // One whose day was moved is late from that moment, even before its first day has come.
        let moved = due.flatMap { KoreanDay($0) } ?? first
        guard today > first || moved > first else { return .ahead }
        return .late((today > first ? last : moved).number - first.number)
    }
}
