import Record

extension Detector {
    private static let version = 1.0

    /// The whole state, so that a restart forgets nothing.
    var snapshot: JSON {
        var copy = self
        var archive = StateArchive()
        copy.exchange(with: &archive)
        return ["version": .number(Self.version), "state": archive.json]
    }

    /// A detector that goes on where the snapshot was taken; nil where the snapshot is none of ours.
    init?(snapshot: JSON, settings: DetectorSettings) {
        guard snapshot["version"]?.double == Self.version, let state = snapshot["state"],
            var archive = StateArchive(state)
        else { return nil }
        self.init(settings: settings)
        exchange(with: &archive)
        guard archive.isComplete, !isCalibrated || regimes.indices.contains(active),
            residualTail.isSound, levelTail.isSound, volatilityTail.isSound
        else { return nil }
    }

    private mutating func exchange(with archive: inout StateArchive) {
        archive.exchange(&calibration)
        archive.exchange(&isCalibrated)
        var count = regimes.count
        archive.exchange(&count)
        guard archive.isValid, (0...64).contains(count) else { return }
        if regimes.count != count {
            regimes = Array(repeating: Regime(location: 0, scale: 1, innovation: 1, count: 0), count: count)
        }
        for index in regimes.indices { regimes[index].exchange(with: &archive) }
        archive.exchange(&active)
        for field in [
            \Detector.floor, \.readings, \.correlation, \.covariance, \.variance, \.previous, \.previousRaw, \.fast,
            \.fastSquare, \.volatility, \.usualVolatility, \.residualSquare, \.volatilitySquare, \.residualLimit,
            \.loneOutlier, \.heldChange,
        ] {
            archive.exchange(&self[keyPath: field])
        }
        residualTail.exchange(with: &archive)
        levelTail.exchange(with: &archive)
        volatilityTail.exchange(with: &archive)
        stuck.exchange(with: &archive)
        levelDoubt.exchange(with: &archive)
        volatilityDoubt.exchange(with: &archive)
        candidate.exchange(with: &archive)
        for field in [\Detector.outs, \.levelRun, \.volatilityRun, \.quietRun, \.backRun, \.sinceJump] {
            archive.exchange(&self[keyPath: field])
        }
        var code = reason.flatMap { Reason.allCases.firstIndex(of: $0) } ?? -1
        archive.exchange(&code)
        reason = Reason.allCases.indices.contains(code) ? Reason.allCases[code] : nil
    }
}
