import Record

/// An industry that the district means to grow into: the first link of a chain of opportunity, case, working group,
/// milestone and outcome.
struct Opportunity: Sendable {
    /// On what it rests.
    enum Basis: String, Sendable {
        /// A prediction that stands on the Record.
        case forecast
        /// The officer's own judgement, and said to be.
        case judgement
    }

    /// How it ended.
    enum End: String, Sendable, CaseIterable {
        case reached, dropped, merged
    }

    /// Who did something, when, and the event that says so.
    struct Act: Sendable {
        let author: Author
        let at: Timestamp
        let event: String
    }

    let id: String
    let title: Words
    let economy: String, region: String, industry: String
    let basis: Basis
    /// The prediction: its odds, from which year to which, and the event that carries it.
    let forecast: (event: String, odds: Double, base: Int, target: Int)?
    let why: String
    let opened: Act
    /// How it ended and why; nil where it is open.
    let closed: (how: End, why: String, act: Act)?

    static func path(_ id: String) -> String { "/transition/opportunities/\(id)" }
}

/// Everything that followed an opportunity, as far as it is known here: its cases, and what Alliance told of groups,
/// milestones and outcomes.
struct OpportunityChain: Sendable {
    /// What a list says of a chain.
    struct Mark: Sendable, Hashable {
        /// The last link that is there, as ``reach``.
        var reach = "opportunity"
        /// How often its milestones slipped.
        var slips: Int64 = 0
    }

    /// A case that it rests on.
    struct Linked: Sendable {
        let caseID: String
        let title: Words
        let level: Int
        let carries: String
        let act: Opportunity.Act
    }

    /// A working group.
    struct Group: Sendable {
        let id: String
        let title: Words
        let act: Opportunity.Act
    }

    /// One change of a milestone.
    struct Change: Sendable {
        let kind: String, due: String
        let reason: String?
        let act: Opportunity.Act
    }

    /// A milestone, with its changes, the oldest first.
    struct Milestone: Sendable {
        let id: String, group: String
        let title: Words
        var changes: [Change]

        /// The day it is due now, and the day it was due at first.
        var due: String { changes.last?.due ?? "" }
        var first: String { changes.first?.due ?? "" }
        /// How it stands: what last changed it.
        var state: String { changes.last?.kind ?? "set" }
        /// How often it slipped.
        var slips: Int { changes.count { $0.kind == "slipped" } }
        /// By how many days its due day was put off since it was set; nil where a day cannot be read.
        var delay: Int64? {
            guard let first = KoreanDay(first), let now = KoreanDay(due) else { return nil }
            return now.number - first.number
        }
    }

    /// What was measured.
    struct Outcome: Sendable {
        let id: String, milestone: String
        let metric: Words
        let unit: String
        let before: Double?
        let value: Double
        let day: String, source: String
        /// How sure it is that the milestone brought it about, 1 to 5; nil where nobody said.
        let level: Int64?
        let act: Opportunity.Act
    }

    var cases: [Linked] = []
    var groups: [Group] = []
    var milestones: [Milestone] = []
    var outcomes: [Outcome] = []

    /// How many of its milestones were reached, how many there are but those given up, and how many are late on a day.
    func tally(on day: KoreanDay) -> (reached: Int, all: Int, late: Int) {
        let standing = milestones.filter { $0.state != "dropped" }
        let open = standing.filter { $0.state != "reached" }
        return (
            standing.count - open.count, standing.count,
            open.count { milestone in KoreanDay(milestone.due).map { $0 < day } ?? false }
        )
    }

    /// How far the chain has come: the last link that is there.
    var reach: String {
        !outcomes.isEmpty
            ? "outcome"
            : !milestones.isEmpty ? "milestone" : !groups.isEmpty ? "group" : !cases.isEmpty ? "case" : "opportunity"
    }
}
