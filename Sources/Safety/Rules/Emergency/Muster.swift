import District
import Record

/// Accounting for everyone. Nobody is safe because nothing is known of them, and two people who saw different things
/// are never made one by a rule: somebody decides.
enum Muster {
    /// What somebody says of another.
    enum Status: String, Sendable, Hashable, CaseIterable {
        case safe, injured, missing

        var words: Words {
            switch self {
            case .safe: Words("안전", "Safe")
            case .injured: Words("부상", "Injured")
            case .missing: Words("안 보임", "Missing")
            }
        }

        static let choices = allCases.map { Field.Choice($0.rawValue, $0.words) }
    }

    /// Something that was said of one person on the roster.
    struct Mark: Sendable, Hashable {
        let status: Status
        /// Who said so, as authors stand on the Record.
        let by: String
        /// Whether it is the person on the roster themself.
        let isSelf: Bool
        /// When they saw it, by the house's clock.
        let seen: Timestamp
        /// The order in which the Record learnt of it.
        let order: Int64
        /// Where they were seen.
        var place: ThingID?
    }

    /// What a person decided where marks disagreed.
    struct Ruling: Sendable, Hashable {
        let status: Status
        let at: Timestamp
        let order: Int64
    }

    /// How somebody stands.
    enum Standing: Sendable, Hashable {
        /// Nothing is known.
        case unknown
        /// They say themselves that they are safe; nobody has seen them yet.
        case selfReported
        /// Seen, safe.
        case safe
        /// Seen, hurt.
        case injured
        /// Looked for, not seen.
        case missing
        /// Seen differently by different people.
        case conflict(Set<Status>)

        var name: String {
            switch self {
            case .unknown: "unknown"
            case .selfReported: "self-reported"
            case .safe: "safe"
            case .injured: "injured"
            case .missing: "missing"
            case .conflict: "conflict"
            }
        }

        init(_ status: Status) {
            self =
                switch status {
                case .safe: .safe
                case .injured: .injured
                case .missing: .missing
                }
        }

        /// Only who was seen safe is safe.
        var isConfirmedSafe: Bool { self == .safe }
        /// Whether somebody has seen them, safe or hurt.
        var isAccounted: Bool { self == .safe || self == .injured }
    }

    /// How somebody stands after all that was said, and since when.
    ///
    /// Of each person who marked, the mark they saw last counts, whatever order marks arrived in. Where those agree,
    /// they are it; where not, it is a conflict until somebody rules, and again once something else arrives after the
    /// ruling. A person's own “I am safe” is only that.
    static func standing(_ marks: [Mark], ruling: Ruling? = nil) -> (standing: Standing, since: Timestamp?) {
        let fresh = marks.filter { mark in ruling.map { mark.order > $0.order } ?? true }
        var last: [String: Mark] = [:]
        for mark in fresh {
            if let kept = last[mark.by], (kept.seen, kept.order) > (mark.seen, mark.order) { continue }
            last[mark.by] = mark
        }
        let own = last.values.filter { $0.isSelf && $0.status == .safe }
        let seen = last.values.filter { !($0.isSelf && $0.status == .safe) }
        var said = Set(seen.map(\.status))
        if let ruling { said.insert(ruling.status) }
        // Who says of themself that they are safe, while another misses them, is a case for a person too.
        if !own.isEmpty, !said.isEmpty, !said.contains(.safe) { said.insert(.safe) }
        let since = ([ruling?.at] + last.values.map { Optional($0.seen) }).compactMap { $0 }.max()
        guard let status = said.first else { return (own.isEmpty ? .unknown : .selfReported, since) }
        return (said.count == 1 ? Standing(status) : .conflict(said), since)
    }
}

/// Everyone who was on site when it began, or was found to be, and how each stands.
struct Roster: Sendable, Hashable {
    /// One of them.
    struct Entry: Sendable, Hashable {
        /// `p:…` for a person of the district, `v:…` for a visit, `x:…` for somebody found there.
        let id: String
        let kind: Kind
        let person: PersonID?
        let standing: Muster.Standing
        /// When it was seen so.
        let since: Timestamp?
        /// Where they were seen last.
        var place: ThingID?
    }

    /// What somebody is at the site.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        case worker, contractor, visitor

        var words: Words {
            switch self {
            case .worker: Words("근로자", "Worker")
            case .contractor: Words("협력업체", "Contractor")
            case .visitor: Words("방문자", "Visitor")
            }
        }

        static let choices = allCases.map { Field.Choice($0.rawValue, $0.words) }
    }

    let entries: [Entry]

    /// The roster without those who were seen safe.
    var unaccounted: [Entry] { entries.filter { !$0.standing.isConfirmedSafe } }
    /// How many stand so.
    func count(_ standing: String) -> Int { entries.count { $0.standing.name == standing } }

    /// Seconds from the beginning until everyone had been seen, safe or hurt; nil while somebody has not.
    func secondsToAccount(from declared: Timestamp) -> Double? {
        guard entries.allSatisfy(\.standing.isAccounted) else { return nil }
        return max(0, entries.compactMap(\.since).max()?.seconds(since: declared) ?? 0)
    }
}
