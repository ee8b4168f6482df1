import Record

/// Whether air is adequate (Safety Rules 618). Unknown is never safe: what is old, of the future, doubtful, in a strange
/// unit or missing counts as bad.
struct GasGate: Sendable, Hashable {
    let limits: [Gas: GasLimit]
    /// The oldest reading of a fixed sensor that counts, in seconds.
    let live: Double
    /// The oldest reading of a portable meter that counts, in seconds.
    let portable: Double
    /// How far a device's clock may run ahead, in seconds.
    let ahead: Double

    /// What is wrong with a gas.
    enum Problem: String, Sendable, Hashable {
        case low, high, stale, future, quality, unit, missing
        case limit = "no-limit"

        /// What a person reads.
        var words: Words {
            switch self {
            case .low: Words("기준보다 낮습니다", "is below its limit")
            case .high: Words("기준보다 높습니다", "is above its limit")
            case .stale: Words("측정값이 오래되었습니다", "was measured too long ago")
            case .future: Words("측정 시각이 현재보다 늦습니다", "has a time in the future")
            case .quality: Words("센서가 값을 보증하지 않습니다", "is not vouched for by its sensor")
            case .unit: Words("단위를 알 수 없습니다", "has an unknown unit")
            case .missing: Words("측정값이 없습니다", "has no reading")
            case .limit: Words("기준이 없습니다", "has no limit to be held against")
            }
        }
    }

    /// One gas from one source, judged.
    struct Finding: Sendable, Hashable {
        let gas: Gas
        /// The reading; nil where there is none.
        let reading: GasReading?
        /// The value in the gas's own unit; nil where it cannot be told.
        let value: Double?
        /// What is wrong; nil where it is adequate.
        let problem: Problem?
    }

    /// What was found: safe only where nothing is wrong.
    struct Verdict: Sendable, Hashable {
        let findings: [Finding]
        var isSafe: Bool { findings.allSatisfy { $0.problem == nil } }
        var problems: [Finding] { findings.filter { $0.problem != nil } }
    }

    /// Judges the newest reading of each source.
    ///
    /// Every fixed sensor must be good, for the worst of them is the air somebody breathes. A portable reading counts
    /// while it is fresh; once it is old it is only missed where no fixed sensor stands in its place.
    /// - Parameters:
    ///   - required: gases that must have been measured.
    ///   - watched: gases that are judged where they are measured.
    func judge(_ readings: [GasReading], required: Set<Gas>, watched: Set<Gas>, at now: Timestamp) -> Verdict {
        var findings: [Finding] = []
        for gas in required.union(watched).sorted() {
            let own = readings.filter { $0.gas == gas }
            let fixed = own.filter { !$0.isPortable }
            // By time, and where two have the same the one by the later name: the order of input must not matter.
            let hand = own.filter(\.isPortable).max { ($0.observed, $0.source) < ($1.observed, $1.source) }
            var judged = fixed.sorted { $0.source < $1.source }.map(finding(at: now))
            if let hand {
                let finding = finding(at: now)(hand)
                if fixed.isEmpty ? required.contains(gas) || finding.problem != .stale : finding.problem != .stale {
                    judged.append(finding)
                }
            }
            if judged.isEmpty, required.contains(gas) {
                judged = [Finding(gas: gas, reading: nil, value: nil, problem: .missing)]
            }
            findings += judged
        }
        return Verdict(findings: findings)
    }

    private func finding(at now: Timestamp) -> (GasReading) -> Finding {
        { reading in
            let value = reading.gas.normalised(reading.value, unit: reading.unit)
            return Finding(
                gas: reading.gas, reading: reading, value: value, problem: problem(reading, value: value, at: now))
        }
    }

    private func problem(_ reading: GasReading, value: Double?, at now: Timestamp) -> Problem? {
        // In whole microseconds: a millisecond beyond the bound is beyond it.
        let age = now.microseconds - reading.observed.microseconds
        if age < -Int64(ahead * 1e6) { return .future }
        if age > Int64((reading.isPortable ? portable : live) * 1e6) { return .stale }
        guard reading.isGood, reading.value.isFinite else { return .quality }
        guard let value else { return .unit }
        guard let limit = limits[reading.gas] else { return .limit }
        // A concentration below nothing is a broken sensor.
        if value < 0 { return .quality }
        if limit.holds(value) { return nil }
        return value >= limit.below ? .high : .low
    }
}
