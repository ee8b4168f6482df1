import Record
import Series

/// Watches one series: constant work and memory a reading, no knowledge of the series but its own past.
///
/// Three scores, each with its own calibrated tail: the residual against a robust AR(1) prediction (must be out in three
/// of five readings), the fast mean against the slowly following location (must stay out), and the volatility
/// against its own past (must stay out for long). Besides, a check for repeated values. An anomaly goes on until all
/// scores have been quiet for a while; meanwhile nothing is learnt, except what a lasting new state looks like.
struct Detector: Sendable {
    let settings: DetectorSettings
    var calibration: [Double] = []
    var isCalibrated = false
    var regimes: [Regime] = []
    var active = 0
    var floor = 0.0
    var readings = 0.0

    /// Correlation from one reading to the next.
    var correlation = 0.0
    var covariance = 0.0
    var variance = 1.0
    /// How far the reading before was from the location, outliers taken back.
    var previous = 0.0
    var previousRaw = 0.0

    /// The fast mean of the deviations, and its mean square among healthy readings.
    var fast = 0.0
    var fastSquare = 0.0
    /// The mean absolute residual, its usual value, and how it usually varies.
    var volatility = 0.0
    var usualVolatility = 0.8
    var residualSquare = 1.0
    var volatilitySquare = 0.0

    var residualTail = TailModel(priorWeight: 12)
    var levelTail = TailModel(priorWeight: 30)
    var volatilityTail = TailModel(priorWeight: 30)
    var stuck = StuckCheck()
    var candidate = Candidate()

    /// The last readings' residuals, a bit each: out or not.
    var outs = 0
    var levelRun = 0
    var volatilityRun = 0
    var quietRun = 0
    var backRun = 0
    /// Whether level and volatility may be on their way out.
    var levelDoubt = Doubt()
    var volatilityDoubt = Doubt()
    /// Squared changes of the volatility, held back while they may be a fault.
    var heldChange = 0.0
    /// A residual that was out and may have been alone.
    var loneOutlier = 0.0
    var sinceJump = 1_000_000
    var reason: Reason?
    var residualLimit = 6.0

    /// A detector that knows nothing yet.
    init(settings: DetectorSettings = .standard) {
        self.settings = settings
    }

    /// Takes in a reading and says what it thinks of it. One of bad quality changes nothing.
    mutating func observe(_ reading: Reading) -> Verdict {
        let value = reading.value
        guard reading.quality != .bad, value.isFinite else {
            guard isCalibrated else { return Verdict(kind: .calibrating, score: 0, p: 1) }
            return Verdict(kind: reason == nil ? .normal : .anomalous, score: 0, p: 1, reason: reason)
        }
        let isStuck = stuck.observe(value)
        guard isCalibrated else {
            calibrate(with: value)
            return Verdict(kind: .calibrating, score: 0, p: 1)
        }
        return judge(value, isStuck: isStuck)
    }

    private mutating func judge(_ value: Double, isStuck: Bool) -> Verdict {
        readings += 1
        let limit = residualLimit
        var expected = regimes[active].location + correlation * previous
        var scale = regimes[active].innovation
        if abs(value - expected) > min(5, limit) * scale, let other = regime(of: value) {
            active = other
            previous = 0
            fast = 0
            expected = regimes[other].location
            scale = regimes[other].scale
        }
        regimes[active].lastUsed = readings
        let regime = regimes[active]
        let deviation = value - regime.location
        let residual = value - expected
        let score = abs(residual) / scale
        let isOut = score > limit
        sinceJump = score > min(4.5, limit) ? 0 : min(sinceJump + 1, 1_000_000)

        // A residual that is out hardly moves the next prediction, so that a step stays visible for a while.
        let taken = isOut ? (residual > 0 ? scale : -scale) : residual
        previous = min(max(expected + taken - regime.location, -6 * regime.scale), 6 * regime.scale)
        fast += (min(max(deviation, -10 * regime.scale), 10 * regime.scale) - fast) / settings.fast
        let size = min(score, 4)
        volatility += (size - volatility) / settings.volatility

        let levelScore = abs(fast) / fastScale(regime)
        let volatilityScore = max(0, (volatility - usualVolatility) / volatilityScale)
        let p = residualTail.probability(of: score)
        let levelP = levelTail.probability(of: levelScore)
        let volatilityP = volatilityTail.probability(of: volatilityScore)

        outs = (outs << 1 | (isOut ? 1 : 0)) & 31
        let levelOut = levelP < settings.levelProbability && abs(fast) > settings.levelEffect * regime.scale
        levelRun = levelOut ? levelRun + 1 : 0
        let volatilityOut =
            volatilityP < settings.volatilityProbability && volatility > settings.volatilityEffect * usualVolatility
        volatilityRun = volatilityOut ? volatilityRun + 1 : 0

        let found = found(isStuck: isStuck)
        let isQuiet = !isStuck && !isOut && levelP > 10 * settings.levelProbability && !volatilityOut
        follow(found, isQuiet: isQuiet, value: value)
        if reason == nil, !isOut, levelRun == 0 {
            let doubtsLevel = levelDoubt.holds(
                levelScore, against: &levelTail, longest: Int(settings.slow) / 2,
                target: settings.alarmProbability)
            let doubtsVolatility = volatilityDoubt.holds(
                volatilityScore, against: &volatilityTail, longest: 2 * settings.volatilityPersistence,
                target: settings.alarmProbability)
            learn(
                deviation: deviation, residual: residual, score: score, size: size,
                doubtsLevel: doubtsLevel, doubtsVolatility: doubtsVolatility)
            if Int(readings) % Int(settings.fast) == 0 {
                if !doubtsLevel { levelTail.observe(levelScore) }
                if !doubtsVolatility { volatilityTail.observe(volatilityScore) }
            }
        }
        learnLoneOutlier(isOut ? score : nil)
        let width = limit * scale
        return Verdict(
            kind: reason == nil ? .normal : .anomalous, score: max(score, levelScore), p: min(p, levelP, volatilityP),
            expected: expected, low: expected - width, high: expected + width, reason: reason)
    }

    /// What is out now, the plainest reason first.
    private func found(isStuck: Bool) -> Reason? {
        if isStuck { return .stuck }
        if levelRun >= settings.levelPersistence { return sinceJump < 60 ? .level : .drift }
        if outs.nonzeroBitCount >= 3 { return .spike }
        return volatilityRun >= settings.volatilityPersistence ? .variance : nil
    }

    /// Begins, carries on or ends an anomaly.
    private mutating func follow(_ found: Reason?, isQuiet: Bool, value: Double) {
        guard let current = reason else {
            guard let found else { return }
            reason = found
            quietRun = 0
            candidate.observe(value, floor: floor)
            return
        }
        if let found, current == .spike || found == .stuck { reason = found }
        quietRun = isQuiet ? quietRun + 1 : 0
        // Once the values are back, the fast mean need not remember for long where they were.
        let isBack = abs(value - regimes[active].location) < 4 * regimes[active].scale && outs == 0
        backRun = isBack ? backRun + 1 : 0
        if backRun > 10 {
            fast *= 0.85
            if current != .variance { volatility = usualVolatility + (volatility - usualVolatility) * 0.85 }
        }
        if quietRun >= settings.rearm {
            reason = nil
            outs = 0
            return
        }
        // Readings back in the old state tell nothing of the new one, and must not make it start anew.
        guard !isBack || reason == .variance || reason == .stuck else { return }
        candidate.observe(value, floor: floor)
        if candidate.count >= settings.freeze { adoptCandidate() }
    }

    /// The known regime that explains a value which the active one does not.
    private func regime(of value: Double) -> Int? {
        guard regimes.count > 1 else { return nil }
        let here = abs(value - regimes[active].location) / regimes[active].scale
        var best: (index: Int, distance: Double)?
        for index in regimes.indices where index != active {
            let distance = abs(value - regimes[index].location) / regimes[index].scale
            if distance < 3.5, distance < here, distance < best?.distance ?? .infinity { best = (index, distance) }
        }
        return best?.index
    }
}
