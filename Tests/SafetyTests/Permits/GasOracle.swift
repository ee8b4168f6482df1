import Record
import TestKit

@testable import Safety

/// The law once more, written apart from the gate: whole numbers only, unit by unit, and the figures of Safety Rules
/// 618 as they stand there. A reading is in thousandths of its unit.
struct GasOracle {
    /// A reading as the oracle and the gate are both told of it.
    struct Case {
        var gas: String
        /// The value in thousandths; nil for what is no number.
        var thousandths: Int64?
        var unit: String?
        var isGood: Bool
        /// How old it is, in microseconds; negative in the future.
        var age: Int64
        var isPortable: Bool
        var source: Int
    }

    static let now = Timestamp(microseconds: 1_800_000_000_000_000)

    /// Whether somebody may breathe there: four gases measured, nothing doubtful.
    static func allows(_ cases: [Case]) -> Bool {
        for gas in ["o2", "co2", "co", "h2s"] where !measured(gas, cases, mustBeThere: true) { return false }
        return measured("lel", cases, mustBeThere: false)
    }

    private static func measured(_ gas: String, _ cases: [Case], mustBeThere: Bool) -> Bool {
        var fixed: [Case] = []
        var meter: Case?
        for one in cases where one.gas == gas {
            if !one.isPortable {
                fixed.append(one)
            } else if let other = meter {
                if one.age < other.age || (one.age == other.age && one.source > other.source) { meter = one }
            } else {
                meter = one
            }
        }
        for one in fixed where !breathable(one, oldest: 60_000_000) { return false }
        if let meter {
            let isOld = meter.age > 1_800_000_000
            if isOld { return fixed.isEmpty ? !mustBeThere : true }
            return breathable(meter, oldest: 1_800_000_000)
        }
        return fixed.isEmpty ? !mustBeThere : true
    }

    private static func breathable(_ one: Case, oldest: Int64) -> Bool {
        if one.age > oldest || one.age < -2_000_000 || !one.isGood { return false }
        guard let value = one.thousandths, value >= 0 else { return false }
        // In ten-millionths of a per cent, or thousandths of a ppm.
        switch (one.gas, one.unit) {
        case ("o2", "%"): return value >= 18_000 && value < 23_500
        case ("o2", "ppm"): return value >= 180_000_000 && value < 235_000_000
        case ("co2", "%"): return value < 1500
        case ("co2", "ppm"): return value < 15_000_000
        case ("co", "ppm"): return value < 30_000
        case ("co", "%"): return value * 10_000 < 30_000
        case ("h2s", "ppm"): return value < 10_000
        case ("h2s", "%"): return value * 10_000 < 10_000
        case ("lel", "%"): return value < 10_000
        default: return false
        }
    }
}

extension SeededGenerator {
    mutating func one<T>(of choices: [T]) -> T { choices[Int(next() % UInt64(choices.count))] }
}
