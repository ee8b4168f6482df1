import Commons
import Foundation

/// A city's vote counted by equal shares, beside PyPI `pabutools` on the same file.
struct BudgetBench {
    /// Where the file is put that both read.
    let folder: String
    /// A Python that may have `pabutools`.
    let python: String

    private static let (ballots, projects) = (65_000, 119)

    func run() throws -> [Figure] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let vote = SyntheticBudget(seed: 65, ballots: Self.ballots, projects: Self.projects)
        let size = "65,000 ballots × 119 projects"
        let (plain, chosen) = Self.best { vote.count(raised: false) }
        let (raised, _) = Self.best { vote.count(raised: true) }
        var figures = [
            Figure(name: "equal shares, \(size)", value: plain, unit: "s", how: "one count, by cost; best of three"),
            Figure(
                name: "equal shares with +1 % completion, \(size)", value: raised, unit: "s",
                how: "counted again with each share raised until the budget is used; best of three"),
        ]
        if let said = try Self.pabutools.run(on: Data(vote.file.utf8), ending: "pb", in: folder, by: python) {
            figures.append(
                Figure(
                    name: "the same by pabutools, one count", value: said.seconds, unit: "s",
                    how: said.rest.sorted() == chosen
                        ? "PyPI, in the same run, once; same projects" : "PyPI; OTHER projects"))
        }
        return figures
    }

    private static func best(_ work: () -> [String]) -> (Double, [String]) {
        var (seconds, chosen) = (Double.infinity, [String]())
        for _ in 0..<3 {
            let time = ContinuousClock().measure { chosen = work() }
            seconds = min(seconds, Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18)
        }
        return (seconds, chosen)
    }

    private static let pabutools = PeerScript(
        package: "pabutools", part: "budget",
        script: """
            import sys, time
            from pabutools.election import Cost_Sat, parse_pabulib
            from pabutools.rules import method_of_equal_shares
            instance, profile = parse_pabulib(sys.argv[1])
            profile = profile.as_multiprofile()
            begin = time.perf_counter()
            chosen = method_of_equal_shares(instance, profile, sat_class=Cost_Sat)
            print(time.perf_counter() - begin, *(p.name for p in chosen))
            """)
}
