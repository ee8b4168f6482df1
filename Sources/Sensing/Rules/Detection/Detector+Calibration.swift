extension Detector {
    /// Gathers a reading; the last one wanted makes the first model.
    mutating func calibrate(with value: Double) {
        calibration.append(value)
        guard calibration.count >= max(50, settings.calibration) else { return }
        let values = calibration
        calibration = []
        floor = Self.finest(values)
        regimes = Self.regimes(of: values, floor: floor, most: settings.regimes - 1)
        correlate(values)
        measure(values)
        isCalibrated = true
    }

    /// The regimes within a stretch of values: the largest first, then what lies far from it, if it is no mere handful.
    private static func regimes(of values: [Double], floor: Double, most: Int) -> [Regime] {
        var found: [Regime] = []
        var rest = values
        while found.count < most, rest.count * 10 >= values.count || found.isEmpty {
            let location = median(rest)
            let spread = max(floor, 1.4826 * median(rest.map { abs($0 - location) }))
            let sizes = rest.map { min(abs($0 - location), 4 * spread) }
            let scale = max(floor, Regime.gaussian * sizes.reduce(0, +) / Double(sizes.count))
            found.append(
                Regime(location: location, scale: scale, innovation: scale, count: Double(rest.count)))
            rest = rest.filter { abs($0 - location) > 8 * spread }
        }
        return found
    }

    /// The correlation from one reading to the next, within regimes.
    private mutating func correlate(_ values: [Double]) {
        var previous: (regime: Int, value: Double)?
        var count = 0.0
        (covariance, variance) = (0, 0)
        for value in values {
            let index = nearest(value)
            let scaled = min(max((value - regimes[index].location) / regimes[index].scale, -4), 4)
            if let previous, previous.regime == index {
                covariance += previous.value * scaled
                variance += (scaled * scaled + previous.value * previous.value) / 2
                count += 1
            }
            previous = (index, scaled)
        }
        covariance /= max(count, 1)
        variance = max(variance / max(count, 1), 0.05)
        // An estimate from few readings is too small by (1 + 3φ)/n (Kendall 1954).
        let raw = covariance / variance
        correlation = min(0.98, max(0, raw + (1 + 3 * raw) / max(count, 1)))
    }

    /// Residuals and their tail, by running through the values once more.
    private mutating func measure(_ values: [Double]) {
        var residuals: [Double] = []
        var last: Int?
        for value in values {
            let index = nearest(value)
            let deviation = value - regimes[index].location
            let predicted = last == index ? correlation * previous : 0
            residuals.append((deviation - predicted) / regimes[index].scale)
            previous = min(max(deviation, -6 * regimes[index].scale), 6 * regimes[index].scale)
            last = index
        }
        active = last ?? 0
        let spread = max(1e-6, 1.4826 * Self.median(residuals.map { abs($0) }))
        let sizes = residuals.map { min(abs($0), 4 * spread) }
        let ratio = max(1e-6, Regime.gaussian * sizes.reduce(0, +) / Double(sizes.count))
        for index in regimes.indices { regimes[index].innovation = max(floor, regimes[index].scale * ratio) }
        let scores = residuals.map { abs($0) * regimes[active].scale / regimes[active].innovation }
        residualTail = TailModel(calibratedBy: scores, priorWeight: 12)
        residualLimit = residualTail.quantile(settings.residualProbability)

        let clipped = scores.map { min($0, 4) }
        usualVolatility = clipped.reduce(0, +) / Double(clipped.count)
        residualSquare = clipped.reduce(0) { $0 + $1 * $1 } / Double(clipped.count)
        volatility = usualVolatility
        for size in clipped {
            volatility += (size - volatility) / settings.volatility
            let change = volatility - usualVolatility
            volatilitySquare += change * change / Double(clipped.count)
        }
        previousRaw = previous / regimes[active].scale
    }

    private func nearest(_ value: Double) -> Int {
        regimes.indices.min {
            abs(value - regimes[$0].location) / regimes[$0].scale
                < abs(value - regimes[$1].location) / regimes[$1].scale
        } ?? 0
    }

    /// Half the smallest step between values: nothing finer than the sensor's resolution is worth a word.
    private static func finest(_ values: [Double]) -> Double {
        var step = Double.infinity
        for (one, other) in zip(values, values.dropFirst()) where one != other { step = min(step, abs(one - other)) }
        let size = values.reduce(0) { max($0, abs($1)) }
        return max(step.isFinite ? step / 2 : 0, size * 1e-6, 1e-12)
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let upper = sorted[sorted.count / 2]
        return sorted.count % 2 == 1 ? upper : (sorted[sorted.count / 2 - 1] + upper) / 2
    }
}
