extension Detector {
    /// Learns from a healthy reading.
    mutating func learn(
        deviation: Double, residual: Double, score: Double, size: Double, doubtsLevel: Bool, doubtsVolatility: Bool
    ) {
        let scale = regimes[active].scale
        let memory = min(readings + Double(settings.calibration), settings.memory)
        if !doubtsLevel, !doubtsVolatility {
            let clipped = min(max(deviation / scale, -4), 4)
            covariance += (clipped * previousRaw - covariance) / memory
            variance += (clipped * clipped - variance) / memory
            previousRaw = clipped
            correlation = min(0.98, max(0, covariance / max(variance, 0.05)))
            regimes[active].follow(
                deviation: deviation, residual: residual, slow: settings.slow, memory: settings.memory, floor: floor)
            fastSquare += (fast * fast / (scale * scale) - fastSquare) / memory
        }
        // While the volatility is out it may be a fault; what is over by itself is taken in afterwards.
        let change = volatility - usualVolatility
        if !doubtsVolatility {
            usualVolatility += (size - usualVolatility) / memory
            residualSquare += (size * size - residualSquare) / memory
            volatilitySquare += (change * change + heldChange - volatilitySquare) / memory
            heldChange = 0
        } else {
            heldChange += change * change
        }

        let exceeds = score > residualTail.threshold
        residualTail.observe(score)
        if exceeds || Int(readings) % 64 == 0 { residualLimit = residualTail.quantile(settings.residualProbability) }
    }

    /// An outlier belongs to the tail of a healthy signal once the readings about it have turned out to be no anomaly.
    mutating func learnLoneOutlier(_ score: Double?) {
        if reason != nil {
            (loneOutlier, heldChange) = (0, 0)
            (levelDoubt, volatilityDoubt) = (Doubt(), Doubt())
        } else if let score {
            loneOutlier = max(loneOutlier, min(score, 1.2 * residualLimit))
        } else if loneOutlier > 0, outs == 0, levelRun == 0 {
            residualTail.observe(loneOutlier)
            residualLimit = residualTail.quantile(settings.residualProbability)
            loneOutlier = 0
        }
    }

    /// How far the fast mean scatters about the location when all is well.
    ///
    /// For an AR(1) process with correlation φ, an exponentially weighted mean with weight λ has the variance
    /// σ² λ/(2−λ) · (1+φ(1−λ))/(1−φ(1−λ)); to it comes that of the location itself. What was seen counts where larger.
    func fastScale(_ regime: Regime) -> Double {
        let weight = 1 / settings.fast
        let lag = correlation * (1 - weight)
        let smooth = weight / (2 - weight) * (1 + lag) / (1 - lag)
        let known = min(regime.count, 2 * settings.slow) * (1 - correlation) / (1 + correlation)
        let inflation = 1 + 1.5 / max(known, 4).squareRoot()
        return regime.scale * max(smooth + 1 / max(known, 4), fastSquare).squareRoot() * inflation
    }

    /// How far the volatility scatters about its usual value when all is well.
    var volatilityScale: Double {
        let independent = max(0.05, residualSquare - usualVolatility * usualVolatility) / (2 * settings.volatility)
        return max(independent, volatilitySquare).squareRoot() * 1.2
    }

    /// Makes the state that has lasted the normal one.
    mutating func adoptCandidate() {
        defer { forgetAnomaly() }
        if reason == .stuck {
            // A machine that was switched off may rest; a value stuck within the band says nothing of how it scatters.
            stuck.accept()
            guard abs(candidate.location - regimes[active].location) > 4 * regimes[active].scale else { return }
        }
        var fresh = candidate.regime(floor: floor, correlation: correlation)
        fresh.lastUsed = readings
        if let same = regimes.indices.first(where: {
            abs(regimes[$0].location - fresh.location) < max(regimes[$0].scale, fresh.scale)
        }) {
            regimes[same] = fresh
            active = same
        } else if regimes.count < settings.regimes {
            regimes.append(fresh)
            active = regimes.count - 1
        } else if let oldest = regimes.indices.min(by: { regimes[$0].lastUsed < regimes[$1].lastUsed }) {
            regimes[oldest] = fresh
            active = oldest
        }
    }

    /// Starts afresh after an anomaly that has become the normal state.
    private mutating func forgetAnomaly() {
        candidate = Candidate()
        reason = nil
        (previous, previousRaw, fast) = (0, 0, 0)
        volatility = usualVolatility
        (outs, levelRun, volatilityRun, quietRun) = (0, 0, 0, 0)
    }
}
