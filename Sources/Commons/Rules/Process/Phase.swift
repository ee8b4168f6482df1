import District
import Record

/// A stretch of a process, and what can be done in it.
enum Phase: String, Sendable, CaseIterable {
    /// What it is about is read; nothing is decided.
    case information
    /// Proposals are made and supported.
    case proposals
    /// Proposals are discussed; statements are agreed or disagreed with.
    case debate
    /// Texts are amended.
    case amendment
    /// Ballots are cast.
    case vote
    /// What became of it is told.
    case accountability

    /// What somebody wants to do in a process.
    enum Act: Sendable, CaseIterable {
        case comment, propose, support, amend, answerStatement, vote, report
    }

    var words: Words {
        switch self {
        case .information: Words("안내", "Information")
        case .proposals: Words("제안", "Proposals")
        case .debate: Words("토론", "Debate")
        case .amendment: Words("수정", "Amendment")
        case .vote: Words("투표", "Vote")
        case .accountability: Words("이행 공개", "Accountability")
        }
    }

    /// What can be done in this phase. Reading, appealing and asking are possible in all.
    var acts: Set<Act> {
        switch self {
        case .information: [.comment]
        case .proposals: [.comment, .propose, .support]
        case .debate: [.comment, .support, .answerStatement]
        case .amendment: [.comment, .amend]
        case .vote: [.vote]
        case .accountability: [.comment, .report]
        }
    }
}

/// A phase with its days.
struct PhaseDays: Sendable, Hashable {
    let phase: Phase
    /// The first day and the last, both within it.
    let begins: KoreanDay
    let ends: KoreanDay
}

/// The phases of a process, in time.
struct PhasePlan: Sendable, Hashable {
    let phases: [PhaseDays]

    /// Why phases make no plan: the place of the phase, from 0, and the rule.
    struct Fault: Error, Sendable, Hashable {
        enum Rule: String, Sendable { case none, ends, overlap, order, twice }

        let place: Int
        let rule: Rule
    }

    /// Phases in the order in which they are given. Days may lie between them; no phase comes twice; a vote comes after what it
    /// is about, and accountability last.
    init(_ phases: [PhaseDays]) throws(Fault) {
        guard !phases.isEmpty else { throw Fault(place: 0, rule: .none) }
        var seen = Set<Phase>()
        for (place, phase) in phases.enumerated() {
            guard phase.begins <= phase.ends else { throw Fault(place: place, rule: .ends) }
            guard seen.insert(phase.phase).inserted else { throw Fault(place: place, rule: .twice) }
            guard place > 0 else { continue }
            let before = phases[place - 1]
            guard before.ends < phase.begins else { throw Fault(place: place, rule: .overlap) }
            let order = Phase.allCases
            guard let one = order.firstIndex(of: before.phase), let other = order.firstIndex(of: phase.phase),
                one < other
            else { throw Fault(place: place, rule: .order) }
        }
        self.phases = phases
    }

    /// The phase that a day falls into; nil between phases, before the first and after the last.
    func phase(on day: KoreanDay) -> PhaseDays? { phases.first { $0.begins <= day && day <= $0.ends } }

    /// The phase that comes next after a day.
    func next(after day: KoreanDay) -> PhaseDays? { phases.first { day < $0.begins } }

    /// Whether something can be done on a day.
    func allows(_ act: Phase.Act, on day: KoreanDay) -> Bool { phase(on: day)?.phase.acts.contains(act) ?? false }
}
