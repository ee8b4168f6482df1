import Foundation

/// Real economies at two moments, for measuring: they lie beside the repository and never in it.
public struct RealChange: Sendable {
    /// What it is called.
    public let name: String
    /// The moments in order, with the same regions and industries.
    public let moments: [Snapshot]

    private struct Source {
        let name: String, files: [(name: String, year: Int)]
        let columns: EconomyColumns.Named
        let missingIsZero: Bool
    }

    /// What may lie in a folder. A country that is not in the list of a product's trade is taken to have none of it;
    /// jobs that are not in the list of a metro's are unknown, or, in the second reading, none.
    private static let sources: [Source] = {
        let world = EconomyColumns.Named(region: "country", industry: "product", value: "value")
        let metro = EconomyColumns.Named(region: "cbsa_code", industry: "naics_code", value: "EMP")
        let (trade, jobs) = (
            [("world_hs4_1962.csv", 1962), ("world_hs4_1980.csv", 1980)],
            [("us_metro_naics4_2018.csv", 2018), ("us_metro_naics4_2019.csv", 2019)]
        )
        return [
            Source(name: "world trade 1962→1980", files: trade, columns: world, missingIsZero: true),
            Source(name: "US metros 2018→2019", files: jobs, columns: metro, missingIsZero: false),
            Source(name: "US metros 2018→2019, absent as zero", files: jobs, columns: metro, missingIsZero: true),
        ]
    }()

    /// Those of a folder that are there.
    public static func all(in folder: String) -> [RealChange] {
        sources.compactMap { source in
            var read: [EconomyMatrix] = []
            for file in source.files {
                guard let data = FileManager.default.contents(atPath: "\(folder)/\(file.name)"),
                    let text = try? EconomyText.text([UInt8](data))
                else { return nil }
                var reading = EconomyFile.Reading()
                (reading.columns, reading.year) = (source.columns, file.year)
                guard let matrix = try? EconomyFile(text, reading).years.first?.matrix else { return nil }
                read.append(matrix)
            }
            // Only what is there at both moments: a country that came to be in between did not enter everything it has.
            let regions = read.dropFirst().reduce(Set(read[0].regions)) { $0.intersection($1.regions) }.sorted()
            let industries = read.dropFirst().reduce(Set(read[0].industries)) { $0.intersection($1.industries) }
                .sorted()
            let aligned = read.map { $0.aligned(regions: regions, industries: industries) }
            return RealChange(
                name: source.name, moments: aligned.map { Snapshot(source.missingIsZero ? $0.filled() : $0) })
        }
    }
}
