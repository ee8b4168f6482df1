import Alliance
import Foundation
import Record

/// A brokerage day for a whole zone: every pair scored and matched, beside PyPI `matching` on the same wishes.
struct BrokerageBench {
    /// Where files are put that both read.
    let folder: String
    /// A Python that may have `matching`.
    let python: String

    private static let (needs, suppliers) = (2000, 200)

    func run() throws -> [Figure] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let market = SyntheticMarket(seed: 2000, needs: Self.needs, suppliers: Self.suppliers)
        let (three, several) = Self.best { market.matched(meetings: 3) }
        let (one, single) = Self.best { market.matched(meetings: 1) }
        var figures = [
            Figure(
                name: "brokerage 2,000 needs × 200 suppliers, wall", value: three, unit: "s",
                how:
                    "conditions, two scores a pair, stable matching with up to three meetings; \(several.pairs.count) meetings of \(several.possible) pairs; best of three"
            ),
            Figure(
                name: "the same, one meeting a need", value: one, unit: "s",
                how: "\(single.pairs.count) meetings; best of three"),
        ]
        if let theirs = try peer(market, single.pairs) { figures.append(theirs) }
        return figures
    }

    private static func best(
        _ body: () -> (pairs: [[Int]], possible: Int)
    ) -> (seconds: Double, found: (pairs: [[Int]], possible: Int)) {
        let clock = ContinuousClock()
        var found: (pairs: [[Int]], possible: Int) = ([], 0)
        let seconds = (0..<3).map { _ in
            let time = clock.measure { found = body() }
            return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        }
        return (seconds.min() ?? 0, found)
    }

    /// The same wishes through `matching`'s hospitals and residents, where there is one: its matching alone is timed, for
    /// it scores nothing.
    private func peer(_ market: SyntheticMarket, _ ours: [[Int]]) throws -> Figure? {
        let wishes = market.wishes()
        func list(_ lists: [[Int]]) -> JSON {
            .array(lists.map { .array($0.map { .number(Double($0)) }) })
        }
        let told: JSON = ["needs": list(wishes.needs), "offers": list(wishes.offers), "ours": list(ours)]
        guard
            let said = try Self.matching.run(on: Data(told.canonical), ending: "json", in: folder, by: python),
            let verdict = said.rest.first
        else { return nil }
        return Figure(
            name: "the same wishes by matching, wall", value: said.seconds, unit: "s",
            how: "PyPI, HospitalResident, solving alone, in the same run, once; pairs \(verdict)")
    }

    private static let matching = PeerScript(
        package: "matching", part: "brokerage",
        script: """
            import json, sys, threading, time, warnings
            warnings.simplefilter("ignore")
            from matching.games import HospitalResident
            def run():
                data = json.load(open(sys.argv[1]))
                needs = {f"n{i}": [f"o{o}" for o in wish] for i, wish in enumerate(data["needs"]) if wish}
                offers = {f"o{i}": [f"n{n}" for n in wish] for i, wish in enumerate(data["offers"]) if wish}
                game = HospitalResident.create_from_dictionaries(needs, offers, {name: 10 for name in offers})
                begin = time.perf_counter()
                found = game.solve(optimal="resident")
                seconds = time.perf_counter() - begin
                theirs = {(str(need), str(offer)) for offer, chosen in found.items() for need in chosen}
                ours = {(f"n{n}", f"o{o}") for n, o in data["ours"]}
                print(seconds, "alike" if theirs == ours else "unlike")
            # It copies its players deeply, one within the other: of two thousand that is deeper than Python goes by itself.
            sys.setrecursionlimit(10_000_000)
            threading.stack_size(1 << 29)
            thread = threading.Thread(target=run)
            thread.start()
            thread.join()
            """)
}
