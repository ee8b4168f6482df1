import District
import Foundation
import Transition

/// The whole pipeline of an economy, beside PyPI `ecomplexity` on the same file, and how good predictions are on real
/// ones.
struct EconomyBench {
    /// Where files are put that both read.
    let folder: String
    /// A Python that may have `ecomplexity`.
    let python: String
    /// Real economies.
    let data: String

    private static let (regions, industries) = (3000, 1000)

    func run() throws -> [Figure] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let matrix = Self.synthetic()
        let before = Self.peak()
        let clock = ContinuousClock()
        var seconds: [Double] = []
        for _ in 0..<3 {
            let time = clock.measure { Self.pipeline(matrix) }
            seconds.append(Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18)
        }
        var figures = [
            Figure(
                name: "economy 3,000 × 1,000, wall", value: seconds.min() ?? 0, unit: "s",
                how: "RCA, M, proximity, density twice, ECI and PCI, COI and COG; best of three"),
            Figure(
                name: "economy 3,000 × 1,000, peak memory", value: Self.peak(), unit: "MB",
                how: "of the process, \(Int(before)) MB of it before the first run, the economy itself included"),
        ]
        if let theirs = try peer(matrix) { figures += theirs }
        return figures + predictions()
    }

    private static func synthetic() -> EconomyMatrix {
        let years = SyntheticEconomy(seed: 3000, regions: regions, industries: industries).years(1, from: 2020)
        return (years.first?.matrix ?? EconomyMatrix(regions: [], industries: [], values: [])).filled()
    }

    private static func pipeline(_ matrix: EconomyMatrix) {
        let specialisation = Specialisation(matrix)
        let space = IndustrySpace(specialisation)
        let (one, zero) = Density.both(specialisation, space)
        guard let complexity = Complexity(specialisation) else { return }
        let outlook = Outlook(specialisation, space, one, complexity)
        // What was worked out is looked at, so that none of it is left out.
        guard zero[0, 0] != nil || !outlook.index.isEmpty else { return }
    }

    /// The most memory that this process has had, in MB.
    private static func peak() -> Double { Double(ProcessUse.memory()) / 1_048_576 }

    /// The same economy through `ecomplexity`, where there is one: read, then timed without its check of
    /// log-supermodularity, which ours does not do.
    private func peer(_ matrix: EconomyMatrix) throws -> [Figure]? {
        var text = "year,region,industry,value\n"
        for (row, region) in matrix.regions.enumerated() {
            for (column, industry) in matrix.industries.enumerated() {
                if let value = matrix[row, column], value > 0 { text += "1,\(region),\(industry),\(Int(value))\n" }
            }
        }
        guard
            let said = try Self.ecomplexity.run(on: Data(text.utf8), ending: "csv", in: folder, by: python),
            let memory = said.rest.first.flatMap(Double.init)
        else { return nil }
        return [
            Figure(
                name: "the same by ecomplexity, wall", value: said.seconds, unit: "s",
                how: "PyPI, in the same run, once"),
            Figure(
                name: "the same by ecomplexity, peak memory", value: memory, unit: "MB", how: "of its process"),
        ]
    }

    private static let ecomplexity = PeerScript(
        package: "ecomplexity", part: "economy",
        script: """
            import resource, sys, time
            import pandas as pd
            from ecomplexity import ecomplexity
            data = pd.read_csv(sys.argv[1], dtype={"region": str, "industry": str})
            begin = time.perf_counter()
            ecomplexity(data, {"time": "year", "loc": "region", "prod": "industry", "val": "value"},
                        check_logsupermodularity=False, verbose=False)
            print(time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
            """)

    /// How good each predictor is on real changes, where it had not looked.
    private func predictions() -> [Figure] {
        var figures: [Figure] = []
        for change in RealChange.all(in: data) {
            guard let model = OpeningModel(change.moments) else { continue }
            for one in model.figures {
                let first = one.score.first.map { "P@\($0.count) \($0.entered)/\($0.count)" }.joined(separator: ", ")
                let lift = one.lift.map {
                    "lift \(Self.short($0.value)) (\(Self.short($0.interval.low))–\(Self.short($0.interval.high))), "
                }
                figures.append(
                    Figure(
                        name: "\(change.name), \(one.predictor.rawValue), average precision ‰",
                        value: one.score.averagePrecision * 1000, unit: "‰",
                        how:
                            "\(lift ?? "")\(first); \(one.score.entered) of \(one.score.count) entered; held out by \(model.held.rawValue)"
                    ))
            }
        }
        return figures
    }

    private static func short(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
