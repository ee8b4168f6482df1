import Record

/// What is known for the page of one assessment.
struct MaturityPage: Sendable {
    /// Who helps in a dimension.
    struct Offered: Sendable {
        let suppliers: [MaturityOffers.Offer]
        /// Why no suppliers are proposed, where the use of AI that ranks them does not run.
        let silent: Words?
        let grants: [MaturityOffers.Offer], courses: [MaturityOffers.Offer]
    }

    let assessment: MaturityAssessment
    let answers: [String: MaturityAnswer]
    let lines: [MaturityLine]
    /// The one before it of the same firm, with its lines.
    let before: (MaturityAssessment, [MaturityLine])?
    let firm: String?
    let offered: [String: Offered]

    /// The dimensions to work on first: the lowest below 5, then those of which too little is known.
    static func weakest(_ lines: [MaturityLine]) -> [MaturityLine] {
        let known = lines.filter { ($0.level ?? 5) < 5 }.enumerated()
            .sorted { ($0.element.level ?? 5, $0.offset) < ($1.element.level ?? 5, $1.offset) }.map(\.element)
        return Array((known + lines.filter { $0.level == nil }).prefix(3))
    }
}
