import Record

/// The calls that an accident asks for at once, and how they stand.
struct AtOnceCalls: Sendable, Hashable {
    /// How one call stands.
    struct Standing: Sendable, Hashable {
        let call: IncidentLaw.Call
        /// When it was made first; nil where nobody has logged it.
        let made: Timestamp?
        /// Minutes from the accident to the call, or until now where it was not made.
        let minutes: Double
        /// Not made, or made, later than the handbook's bound.
        let isLate: Bool
    }

    let standings: [Standing]
    /// Whether one that the law asks for was not made; others are good advice, and no reason to write down a call that
    /// nobody made.
    var isLawMissing: Bool { standings.contains { $0.made == nil && $0.call.source.mark == "law" } }
    /// Whether one that was not made is late by now.
    var isOverdue: Bool { standings.contains { $0.made == nil && $0.isLate } }

    /// - Parameters:
    ///   - mayBeSerious: serious by any definition, or not decided.
    ///   - made: the calls that were logged, by whom they reached.
    init(
        _ casualties: Casualties, occurred: Timestamp, mayBeSerious: Bool, made: [(to: String, at: Timestamp)],
        law: IncidentLaw, now: Timestamp
    ) {
        let isHurt = casualties.undescribed > 0 || casualties.people.contains { $0.care != .firstAid }
        standings = law.calls.filter { $0.whenHurt ? isHurt : mayBeSerious }.map { call in
            let first = made.filter { $0.to == call.id }.map(\.at).min()
            let minutes = (first ?? now).seconds(since: occurred) / 60
            return Standing(call: call, made: first, minutes: max(0, minutes), isLate: minutes > call.redMinutes)
        }
    }
}
