import District
import Record

/// What somebody proposes in a process, with what became of it.
struct Proposal: Sendable, Hashable {
    /// What officers say of whether it can be done.
    enum Verdict: String, Sendable, CaseIterable {
        case feasible, partly, infeasible

        var words: Words {
            switch self {
            case .feasible: Words("할 수 있음", "Feasible")
            case .partly: Words("고치면 할 수 있음", "Feasible if changed")
            case .infeasible: Words("할 수 없음", "Not feasible")
            }
        }

        var badge: String {
            switch self {
            case .feasible: "ok"
            case .partly: "warn"
            case .infeasible: "off"
            }
        }
    }

    let text: CivicText
    /// Where it is about, in degrees.
    let place: Place?
    /// What its authors think it costs, in won.
    let cost: Int64?
    let verdict: Verdict?
    let verdictReason: String?
    /// What officers say it costs, in won.
    let verdictCost: Int64?
    let mergedInto: String?
    let mergeReason: String?
    /// In plain words, for whoever reads no more than two lines; nil where its author wrote none, or was forgotten.
    let plain: String?
    /// How many people support it.
    let supports: Int64
    /// The number of its present text, from 1.
    let version: Int64

    struct Place: Sendable, Hashable {
        let latitude: Double, longitude: Double
    }

    var id: String { text.id }
    var process: String { text.process }
    var title: String { text.heading }

    /// Whether it can still be supported, amended and voted on.
    var isOpen: Bool { text.state == .shown && mergedInto == nil }

    /// What its costs are taken to be: what officers say goes before what its authors think.
    var assumedCost: Int64? { verdictCost ?? cost }

    /// Why it is not taken to the vote; nil where it is.
    func lacks(for process: CivicProcess) -> Lack? {
        if !isOpen { return .closed }
        guard let verdict else { return .unjudged }
        if verdict != .feasible { return .infeasible }
        if supports < process.supportNeeded { return .support }
        if process.kind == .budget, assumedCost == nil { return .cost }
        return nil
    }

    /// What a proposal lacks to be voted on.
    enum Lack: String, Sendable {
        case closed, unjudged, infeasible, support, cost

        var words: Words {
            switch self {
            case .closed: Words("공개되지 않았거나 합쳐짐", "not shown, or merged")
            case .unjudged: Words("검토 전", "not reviewed yet")
            case .infeasible: Words("‘할 수 있음’이 아님", "not found feasible")
            case .support: Words("지지가 모자람", "too few supporters")
            case .cost: Words("비용이 없음", "without a cost")
            }
        }
    }

    /// What it is, in short: its plain summary, else how its text begins.
    var inShort: String {
        if let plain, !plain.isEmpty { return plain }
        let first = (text.body ?? "").split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return first.count <= 160 ? first : first.prefix(160) + "…"
    }

    /// As it is compared with others.
    var candidate: Duplicates.Candidate {
        Duplicates.Candidate(
            id: id, profile: TextProfile(title + "\n" + (text.body ?? "")),
            place: place.map { (latitude: $0.latitude, longitude: $0.longitude) })
    }
}

/// A proposal as a map shows it.
struct PlacedProposal: Sendable, Hashable {
    let id: String
    let title: String
    let place: Proposal.Place
}

/// A change to a proposal's text that somebody asks for.
struct Amendment: Sendable, Hashable {
    enum Outcome: String, Sendable {
        case open, accepted, declined

        var words: Words {
            switch self {
            case .open: Words("검토 중", "Open")
            case .accepted: Words("받아들임", "Accepted")
            case .declined: Words("받아들이지 않음", "Declined")
            }
        }

        var badge: String {
            switch self {
            case .open: "info"
            case .accepted: "ok"
            case .declined: "off"
            }
        }
    }

    /// Its new title and text.
    let text: CivicText
    /// Why it is asked for.
    let why: String?
    /// The version of the proposal that it changes.
    let base: Int64
    let outcome: Outcome
    let outcomeReason: String?
    let supports: Int64

    var id: String { text.id }
    var title: String { text.heading }
}
