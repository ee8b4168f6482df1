import Record

/// An announced delivery (ASN): what a supplier says will come, and what has come of it.
struct Arrival: Sendable, Hashable {
    let id: String
    let scope: Scope
    let centre: String
    let supplier: String
    /// The supplier's own number of the despatch advice; empty where none was given.
    let reference: String
    let due: Timestamp
    /// Whether it is finished: nothing more of it is expected.
    let isClosed: Bool
    let lines: [Line]

    /// A line of it.
    struct Line: Sendable, Hashable {
        /// From 1.
        let number: Int64
        let item: String
        /// The lot that was announced; empty where none was.
        let lot: String
        let expiry: Timestamp?
        let expected: Int64
        /// What has come in good state, damaged ones left out.
        let received: Int64
        let damaged: Int64
        /// The pallet it was said to stand on; nil where none was named.
        let sscc: String?

        /// What of it is still to come.
        var open: Int64 { max(0, expected - received - damaged) }
        /// What has come beyond what was announced.
        var surplus: Int64 { max(0, received + damaged - expected) }
    }

    /// What receiving found, and what it leads to.
    enum Difference: String, Sendable, Hashable {
        /// Less came than was announced: what is missing is claimed, and is no longer expected.
        case short
        /// More came: the surplus is kept back until somebody has decided.
        case over
        /// What is broken is kept apart, claimed, and destroyed or sent back.
        case damaged
    }

    /// The differences of a line once nothing more of it is expected.
    static func differences(of line: Line) -> [(Difference, Int64)] {
        [(.short, line.open), (.over, line.surplus), (.damaged, line.damaged)].filter { $0.1 > 0 }
    }

    static let announced = "fulfilment.inbound.announced"
    static let closed = "fulfilment.inbound.closed"
    static let stream = "inbound/"

    /// The reference by which papers name it.
    var paper: StockEvent.Paper { StockEvent.Paper(type: "desadv", reference: Self.stream + id) }
}

extension Arrival.Difference {
    /// What it leads to, in words.
    var words: Words {
        switch self {
        case .short: Words("부족: 공급처에 청구하고 입고 예정에서 뺍니다.", "Short: claimed from the supplier, no longer expected.")
        case .over: Words("초과: 결정할 때까지 격리해 둡니다.", "Over: kept back until somebody decides.")
        case .damaged: Words("파손: 따로 두고 반송하거나 폐기합니다.", "Damaged: kept apart, then returned or scrapped.")
        }
    }
}

/// A lot that waits to be checked.
struct Check: Sendable, Hashable {
    let id: String
    let scope: Scope
    let centre: String
    let inbound: String
    let item: String
    let lot: String
    let quantity: Int64
    /// Where it lies.
    let location: String
    let plan: SamplingPlans.Plan
    let since: Timestamp
    let state: State

    enum State: String, Sendable, Hashable { case open, accepted, rejected, withdrawn }

    static let asked = "fulfilment.check.asked"
    static let decided = "fulfilment.check.decided"
    /// Nothing is left to be checked: what asked for it was entered by mistake.
    static let withdrawn = "fulfilment.check.withdrawn"

    /// The verdict for so many faulty pieces in the sample.
    func state(faulty: Int64) -> State { faulty <= plan.accept ? .accepted : .rejected }
}
