import Record

/// A gas by which air is judged, as sensors and forms name it.
enum Gas: String, Sendable, Hashable, CaseIterable, Comparable {
    case o2, co2, co, h2s, lel

    /// The unit in which its limit is stated.
    var unit: GasUnit {
        switch self {
        case .o2, .co2, .lel: .percent
        case .co, .h2s: .ppm
        }
    }

    /// A value in this gas's own unit; nil where the unit is none by which it can be judged.
    ///
    /// A share of the lower explosive limit is a per cent of its own: no concentration can be turned into it unless the
    /// gas is known, so that nothing but per cent is taken.
    func normalised(_ value: Double, unit text: String?) -> Double? {
        guard value.isFinite, let text, let given = GasUnit(text) else { return nil }
        switch (given, unit) {
        case (.percent, .percent), (.ppm, .ppm): return value
        case (.ppm, .percent): return self == .lel ? nil : value / 10_000
        case (.percent, .ppm): return value * 10_000
        case (.ppb, .ppm): return value / 1000
        case (.ppb, .percent): return self == .lel ? nil : value / 10_000_000
        case (_, .ppb): return nil
        }
    }

    static func < (left: Gas, right: Gas) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

/// A unit of concentration, from the ways in which devices write it.
enum GasUnit: Sendable, Hashable {
    case percent, ppm, ppb

    /// From its UCUM code or its usual sign; nil where it is another unit, mass per volume for one: that depends on
    /// temperature and pressure, which nobody told.
    init?(_ text: String) {
        switch text.lowercased() {
        case "%", "%{vol}", "vol-%", "vol%", "%vol", "%{lel}", "%lel": self = .percent
        case "ppm", "[ppm]", "[ppm]{vol}", "ppmv": self = .ppm
        case "ppb", "[ppb]", "ppbv": self = .ppb
        default: return nil
        }
    }

    /// What people read.
    var sign: String {
        switch self {
        case .percent: "%"
        case .ppm: "ppm"
        case .ppb: "ppb"
        }
    }
}

/// A gas reading as the gate takes it.
struct GasReading: Sendable, Hashable {
    let gas: Gas
    /// `gaon-tank-1/o2` of a sensor, `meter:A-17` of a portable meter.
    let source: String
    let value: Double
    /// The unit it came in; nil where nobody said.
    let unit: String?
    /// Whether whoever measured says it can be trusted.
    let isGood: Bool
    let observed: Timestamp
    /// Whether a person took it with a portable meter.
    let isPortable: Bool
}

/// Within which bounds air is adequate.
struct GasLimit: Sendable, Hashable {
    let gas: Gas
    let title: Words
    /// The least adequate value, itself adequate; nil where little is no danger.
    let from: Double?
    /// The least value that is too much.
    let below: Double
    let citation: Words
    let isAdvice: Bool

    /// Whether a value in the gas's own unit is adequate; what is no number is not.
    func holds(_ value: Double) -> Bool { value >= (from ?? 0) && value < below }

    /// `18 이상 23.5 미만 %`.
    func words(_ number: (Double) -> String) -> Words {
        let unit = gas.unit.sign
        guard let from else {
            return Words("\(number(below)) \(unit) 미만", "below \(number(below)) \(unit)")
        }
        return Words(
            "\(number(from)) % 이상 \(number(below)) \(unit) 미만", "\(number(from)) % to below \(number(below)) \(unit)")
    }
}
