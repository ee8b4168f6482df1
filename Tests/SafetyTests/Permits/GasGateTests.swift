import District
import Record
import TestKit
import Testing

@testable import Safety

@Suite("Air: the gate of Safety Rules 618")
struct GasGateTests {
    private let gate: GasGate
    private static let now = GasOracle.now

    init() throws {
        let courses = try TrainingCourses(ShippedBook.handbook)
        gate = try PermitRules(ShippedBook.handbook, courses: courses).gate
    }

    private func reading(
        _ gas: Gas, _ value: Double, unit: String? = nil, isGood: Bool = true, age: Int64 = 1_000_000,
        isPortable: Bool = false, source: String = "tank/x"
    ) -> GasReading {
        GasReading(
            gas: gas, source: source, value: value, unit: unit ?? gas.unit.sign, isGood: isGood,
            observed: Timestamp(microseconds: Self.now.microseconds - age), isPortable: isPortable)
    }

    private func problem(_ reading: GasReading) -> GasGate.Problem? {
        gate.judge([reading], required: [reading.gas], watched: [], at: Self.now).findings.first?.problem
    }

    @Test(
        "each limit holds to its last digit",
        arguments: [
            (Gas.o2, 17.9, GasGate.Problem.low as GasGate.Problem?), (.o2, 17.999_999, .low), (.o2, 18.0, nil),
            (.o2, 20.9, nil), (.o2, 23.4, nil), (.o2, 23.499_999, nil), (.o2, 23.5, .high), (.co2, 1.49, nil),
            (.co2, 1.5, .high), (.co, 29.9, nil), (.co, 30, .high), (.h2s, 9.99, nil), (.h2s, 10.0, .high),
            (.lel, 9.99, nil), (.lel, 10, .high), (.h2s, -0.1, .quality), (.o2, .nan, .quality),
            (.co, .infinity, .quality), (.o2, 0, .low),
        ])
    func limits(_ gas: Gas, _ value: Double, _ expected: GasGate.Problem?) {
        #expect(problem(reading(gas, value)) == expected)
    }

    @Test("a minute old is fresh, a millisecond more is stale; so with the half-hour of a portable meter")
    func stale() {
        #expect(problem(reading(.o2, 20.9, age: 60_000_000)) == nil)
        #expect(problem(reading(.o2, 20.9, age: 60_001_000)) == .stale)
        #expect(problem(reading(.o2, 20.9, age: 60_000_001)) == .stale)
        #expect(problem(reading(.o2, 20.9, age: 1_800_000_000, isPortable: true)) == nil)
        #expect(problem(reading(.o2, 20.9, age: 1_800_001_000, isPortable: true)) == .stale)
        #expect(problem(reading(.o2, 20.9, age: -2_000_000)) == nil)
        #expect(problem(reading(.o2, 20.9, age: -2_001_000)) == .future)
    }

    @Test("what is doubtful, in a strange unit, or not there is unsafe")
    func doubtful() {
        #expect(problem(reading(.o2, 20.9, isGood: false)) == .quality)
        for unit in ["Cel", "mg/m3", "", "kPa", "ppt", "% "] {
            #expect(problem(reading(.h2s, 1, unit: unit)) == .unit, "\(unit)")
        }
        let unsaid = GasReading(
            gas: .h2s, source: "x", value: 1, unit: nil, isGood: true, observed: Self.now, isPortable: false)
        #expect(problem(unsaid) == .unit)
        #expect(problem(reading(.lel, 100, unit: "ppm")) == .unit)
        let verdict = gate.judge([], required: [.o2, .h2s], watched: [.lel], at: Self.now)
        #expect(verdict.problems.map(\.gas) == [.o2, .h2s])
        #expect(verdict.problems.allSatisfy { $0.problem == .missing })
        #expect(!verdict.isSafe)
    }

    @Test("units are told apart: 0.0015 % is 15 ppm, 209,000 ppm is 20.9 %")
    func units() {
        #expect(problem(reading(.h2s, 0.0015, unit: "%")) == .high)
        #expect(problem(reading(.h2s, 0.0009, unit: "%")) == nil)
        #expect(problem(reading(.o2, 209_000, unit: "ppm")) == nil)
        #expect(problem(reading(.o2, 179_999, unit: "[ppm]")) == .low)
        #expect(problem(reading(.co, 29_999, unit: "[ppb]")) == nil)
        #expect(problem(reading(.co, 30_000, unit: "[ppb]")) == .high)
    }

    @Test("of several sensors the worst decides; a stale one is not outvoted")
    func several() {
        let good = reading(.o2, 20.9, source: "a/o2")
        func isSafe(_ readings: [GasReading]) -> Bool {
            gate.judge(readings, required: [.o2], watched: [], at: Self.now).isSafe
        }
        #expect(isSafe([good]))
        #expect(!isSafe([good, reading(.o2, 17, source: "b/o2")]))
        #expect(!isSafe([good, reading(.o2, 20.9, age: 61_000_000, source: "b/o2")]))
        let meter = reading(.o2, 20.9, isPortable: true, source: "meter:1")
        #expect(isSafe([meter]))
        #expect(!isSafe([meter, reading(.o2, 20.9, age: 61_000_000, source: "b/o2")]))
        #expect(!isSafe([good, reading(.o2, 17, age: 60_000_000, isPortable: true, source: "meter:1")]))
        #expect(isSafe([good, reading(.o2, 17, age: 1_801_000_000, isPortable: true, source: "meter:1")]))
    }

    @Test("against an oracle: of 10,000 drawn cases none is let through that the law stops, nor stopped that it lets")
    func oracle() {
        var draw = SeededGenerator(seed: 618)
        var (falseSafe, falseUnsafe, safe) = (0, 0, 0)
        for _ in 0..<10_000 {
            let cases = Self.cases(&draw)
            let readings = cases.map { one in
                GasReading(
                    gas: Gas(rawValue: one.gas) ?? .o2, source: "s\(one.source)",
                    value: one.thousandths.map { Double($0) / 1000 } ?? .nan, unit: one.unit, isGood: one.isGood,
                    observed: Timestamp(microseconds: Self.now.microseconds - one.age), isPortable: one.isPortable)
            }
            let verdict = gate.judge(
                readings, required: [.o2, .co2, .co, .h2s], watched: [.lel], at: Self.now
            ).isSafe
            let allowed = GasOracle.allows(cases)
            if verdict, !allowed { falseSafe += 1 }
            if !verdict, allowed { falseUnsafe += 1 }
            if allowed { safe += 1 }
        }
        #expect(falseSafe == 0)
        #expect(falseUnsafe == 0)
        // The draw must try both sides, or it proves nothing.
        #expect(safe > 1500 && safe < 8500, "\(safe)")
    }

    /// Mostly good air, each case with a few things that may be off, values thick about the limits.
    private static func cases(_ draw: inout SeededGenerator) -> [GasOracle.Case] {
        let edges: [String: [Int64]] = [
            "o2": [18_000, 23_500], "co2": [1500], "co": [30_000], "h2s": [10_000], "lel": [10_000],
        ]
        var cases: [GasOracle.Case] = []
        for gas in ["o2", "co2", "co", "h2s", "lel"] {
            let many = draw.one(of: gas == "lel" ? [0, 1] : [1, 1, 1, 1, 1, 1, 1, 2, 2, draw.one(of: [0, 1, 3])])
            for number in 0..<many {
                let edge = draw.one(of: edges[gas] ?? [0])
                let usual: Int64 = gas == "o2" ? 20_900 : 100
                let near = edge + draw.one(of: [-2, -1, -1, 0, 1]) * (gas == "o2" && edge == 18_000 ? -1 : 1)
                let value: Int64? = draw.one(
                    of: [usual, usual, usual, usual, usual, usual, near, near, draw.one(of: [nil, -1, 0, edge * 7])])
                let native = ["co", "h2s"].contains(gas) ? "ppm" : "%"
                var one = GasOracle.Case(
                    gas: gas, thousandths: value, unit: native, isGood: draw.next() % 40 != 0,
                    age: draw.one(of: [0, 1_000_000, 5_000_000, 59_999_000, 60_000_000]),
                    isPortable: draw.next() % 6 == 0,
                    source: number)
                switch draw.next() % 40 {
                case 0:
                    one.age = draw.one(of: [60_001_000, 60_000_001, 3_600_000_000, -2_001_000, -2_000_000, -900_000])
                case 1: one.unit = draw.one(of: [nil, "mg/m3", "Cel", "", "kPa"])
                case 2...5 where native == "%" && gas != "lel":
                    one.unit = "ppm"
                    one.thousandths = value.map { $0 * 10_000 }
                case 6 where native == "ppm":
                    one.unit = "%"
                    one.thousandths = draw.one(of: [0, 1, 2, 3, 4])
                default: break
                }
                if one.isPortable, draw.next() % 3 == 0 {
                    one.age = draw.one(of: [1_800_000_000, 1_800_000_001, 1_800_001_000, 90_000_000])
                }
                cases.append(one)
            }
        }
        return cases
    }

    @Test("a handbook may be stricter than 618 but not looser, and never judges a confined space by fewer gases")
    func looser() throws {
        let courses = try TrainingCourses(ShippedBook.handbook)
        let text = try ShippedBook.text("permits.json")
        func read(_ change: (String) -> String) throws -> PermitRules {
            try ShippedBook.with("permits.json", change(text)) { try PermitRules($0, courses: courses) }
        }
        #expect(throws: HandbookError.self) { try read { $0.replacing("\"below\": 23.5", with: "\"below\": 25") } }
        #expect(throws: HandbookError.self) { try read { $0.replacing("\"from\": 18", with: "\"from\": 1.8") } }
        #expect(throws: HandbookError.self) { try read { $0.replacing("    \"h2s\"\n", with: "    \"co\"\n") } }
        #expect(throws: HandbookError.self) {
            try read { $0.replacing("\"live_seconds\": 60", with: "\"live_seconds\": 6000") }
        }
        #expect(try read { $0.replacing("\"from\": 18", with: "\"from\": 19.5") }.gate.limits[.o2]?.from == 19.5)
    }
}
