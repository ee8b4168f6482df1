import District
import Record

extension EconomyFile {
    /// What an event says of a file: its years and how much of it is known.
    struct Summary: Sendable, Hashable {
        let years: [Int]
        let regions: Int, industries: Int
        let known: Int, marked: Int, refused: Int, totals: Int

        /// As it is kept between looking and bringing in.
        var json: JSON {
            [
                "years": .array(years.map { .decimal(Int64($0)) }), "regions": .decimal(Int64(regions)),
                "industries": .decimal(Int64(industries)), "known": .decimal(Int64(known)),
                "marked": .decimal(Int64(marked)), "refused": .decimal(Int64(refused)),
                "totals": .decimal(Int64(totals)),
            ]
        }
    }

    /// What an event says of this file.
    var summary: Summary {
        let matrix = years.first?.matrix
        return Summary(
            years: years.map(\.year), regions: matrix?.regions.count ?? 0, industries: matrix?.industries.count ?? 0,
            known: known, marked: marked, refused: refused, totals: totals)
    }
}

extension EconomyFile.Summary {
    /// Out of what was kept; nil where that is no summary.
    init?(_ json: JSON) {
        func count(_ key: String) -> Int? { json[key]?.integer.map(Int.init) }
        guard let years = json["years"]?.elements?.compactMap({ $0.integer.map(Int.init) }),
            let regions = count("regions"), let industries = count("industries"), let known = count("known"),
            let marked = count("marked"), let refused = count("refused"), let totals = count("totals")
        else { return nil }
        self.init(
            years: years, regions: regions, industries: industries, known: known, marked: marked, refused: refused,
            totals: totals)
    }
}
