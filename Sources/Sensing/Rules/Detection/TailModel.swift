#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How likely a score is among healthy ones: counted in the body, a generalised Pareto distribution beyond.
///
/// Peaks over a threshold, updated as readings come (SPOT: Siffer, Fouque, Termier, Largouët, KDD 2017). The tail is
/// fitted by probability-weighted moments (Hosking and Wallis 1987), and its shape is held towards a prior one while
/// peaks are few, because a handful of them says nothing of one reading in a million.
struct TailModel: Sendable, Hashable {
    /// The score beyond which the tail begins.
    private(set) var threshold: Double
    private var shape: Double
    private var scale: Double
    private var seen: Double
    private var exceeding: Double
    private var peaks: [Double] = []
    private var next = 0
    private var body: [Double]
    private let priorWeight: Double
    private let priorShape: Double
    private let priorMean: Double

    private static let peaksKept = 64
    private static let bins = 32
    /// Scores after which the older half counts half.
    private static let horizon = 200_000.0

    /// A tail like that of a Gaussian score, before anything is known.
    init(priorWeight: Double, priorShape: Double = 0.1) {
        threshold = 2.33
        self.priorWeight = priorWeight
        self.priorShape = priorShape
        priorMean = 0.4
        shape = priorShape
        scale = priorMean * (1 - priorShape)
        seen = 100
        exceeding = 2
        body = Array(repeating: 98 / Double(Self.bins), count: Self.bins)
    }

    /// A tail that begins at the 98 % quantile of scores known to be healthy.
    init(calibratedBy scores: [Double], priorWeight: Double) {
        self.init(priorWeight: priorWeight)
        let sorted = scores.sorted()
        guard let first = sorted.first, sorted.count >= 50 else { return }
        threshold = max(sorted[sorted.count * 98 / 100], first + 1e-9, 0.5)
        seen = 0
        exceeding = 0
        body = Array(repeating: 0, count: Self.bins)
        for score in sorted { observe(score) }
    }

    /// Takes in the score of a healthy reading.
    mutating func observe(_ score: Double) {
        seen += 1
        if score > threshold {
            exceeding += 1
            if peaks.count < Self.peaksKept {
                peaks.append(score - threshold)
            } else {
                peaks[next] = score - threshold
                next = (next + 1) % Self.peaksKept
            }
            fit()
        } else {
            body[bin(score)] += 1
        }
        guard seen > Self.horizon else { return }
        seen /= 2
        exceeding /= 2
        for index in body.indices { body[index] /= 2 }
    }

    /// The probability that a healthy score is at least so large.
    func probability(of score: Double) -> Double {
        guard score > threshold else {
            // Within a bin the scores are taken to lie evenly.
            let place = max(0, score) / threshold * Double(Self.bins)
            let index = min(Self.bins - 1, Int(place))
            let above = body[(index + 1)...].reduce(exceeding, +)
            return min(1, (above + body[index] * (1 - (place - Double(index)))) / seen)
        }
        let excess = (score - threshold) / scale
        let survival = abs(shape) < 1e-6 ? exp(-excess) : pow(max(0, 1 + shape * excess), -1 / shape)
        return rate * survival
    }

    /// The score that a healthy reading exceeds with such a probability.
    func quantile(_ probability: Double) -> Double {
        let ratio = max(1, rate / probability)
        let excess = abs(shape) < 1e-6 ? log(ratio) : (pow(ratio, shape) - 1) / shape
        return threshold + scale * excess
    }

    private var rate: Double { max(exceeding, 1) / max(seen, 1) }

    private func bin(_ score: Double) -> Int {
        min(Self.bins - 1, Int(max(0, score) / threshold * Double(Self.bins)))
    }

    private mutating func fit() {
        let sorted = peaks.sorted()
        let count = Double(sorted.count)
        var mean = 0.0
        var weighted = 0.0
        for (index, peak) in sorted.enumerated() {
            mean += peak / count
            weighted += peak / count * (1 - (Double(index) + 0.65) / count)
        }
        let confidence = count / (count + priorWeight)
        if count >= 8, mean > 2 * weighted, weighted > 0 {
            let fitted = 2 - mean / (mean - 2 * weighted)
            shape = confidence * min(0.3, max(-0.1, fitted)) + (1 - confidence) * priorShape
        }
        scale = max(1e-6, (confidence * mean + (1 - confidence) * priorMean) * (1 - shape))
    }

    /// Carries the state out or in.
    mutating func exchange(with archive: inout StateArchive) {
        archive.exchange(&threshold)
        archive.exchange(&shape)
        archive.exchange(&scale)
        archive.exchange(&seen)
        archive.exchange(&exceeding)
        archive.exchange(&peaks)
        archive.exchange(&next)
        archive.exchange(&body)
    }

    /// Whether the numbers that were read can be those of a tail.
    var isSound: Bool {
        threshold > 0 && scale > 0 && seen > 0 && body.count == Self.bins && peaks.count <= Self.peaksKept
            && (0..<Self.peaksKept).contains(next)
    }
}
