public import Record

/// A hub of the World Economic Forum's Advanced Manufacturing network: what is known of it, and from where.
public struct Hub: Sendable, Hashable {
    /// What is held side by side.
    public enum Metric: String, Sendable, CaseIterable {
        /// Industry's share of the place's own output, percent.
        case share
        /// Jobs in industry.
        case jobs
        /// The place's share of its country's industry, percent.
        case national
        /// Industry's output or exports, in money.
        case output
        /// Research and development as a share of output, percent.
        case research
    }

    /// One figure.
    public struct Figure: Sendable, Hashable {
        /// What it is of.
        public let metric: Metric
        /// How much, and in which unit.
        public let value: Double, unit: Words
        /// The year for which it holds; nil where the source does not say.
        public let year: Int?
        /// What must be known of it: that it is of a part of the place, or of something near to it.
        public let note: Words?
        /// Its sources, by their names in the hub.
        public let sources: [String]
    }

    /// Its name.
    public let id: String
    /// The place and its country.
    public let name: Words, country: Words
    /// When it became a hub, as exactly as is known; nil where it is not.
    public let since: String?
    /// Who leads it; nil where that is unknown.
    public let lead: Words?
    /// What is known of it in figures.
    public let figures: [Figure]
    /// That it is a hub, and what is told of it.
    public let claims: [CityCase.Claim]
    /// Where it is all written.
    public let sources: [CityCase.Source]

    /// Reads a hub and holds it against the rules of cases.
    init(_ json: JSON) throws(CaseFault) {
        let reader = CaseReader(
            json: json, sources: Set(json["sources"]?.elements?.compactMap { $0["id"]?.text } ?? []))
        id = try reader.text("id")
        name = try reader.words("name")
        country = try reader.words("country")
        since = json["since"]?.text
        lead = Words(json["lead"])
        sources = try reader.checkedSources()
        claims = try reader.claims("claims")
        var figures: [Figure] = []
        for (index, each) in (json["figures"]?.elements ?? []).enumerated() {
            let place = "figures.\(index + 1)"
            guard let value = each["value"]?.double, let unit = Words(each["unit"]) else {
                throw CaseReader.missing("\(place).value")
            }
            figures.append(
                Figure(
                    metric: try reader.kind(place, each["metric"]), value: value, unit: unit,
                    year: each["year"]?.integer.map(Int.init), note: Words(each["note"]),
                    sources: try reader.cited(each, place)))
        }
        self.figures = figures
    }
}
