/// Streams without any fault, by which false alarms are counted. One reading a second.
struct HealthyStream: Sendable {
    /// What the values are like.
    enum Kind: String, Sendable, CaseIterable {
        /// Independent, Gaussian.
        case gaussian
        /// Each leans on the one before: AR(1) with φ = 0.95.
        case correlated
        /// Independent, Student's t with four degrees of freedom: outliers are usual.
        case heavyTailed
        /// Gaussian whose standard deviation is 1 for some minutes and 2 for some others.
        case volatilityShifts
        /// A machine that idles and works, 20 standard deviations apart, half an hour to an hour and a half each.
        case twoStates
    }

    let kind: Kind
    private let noise: HashedNoise
    private var index: Int64 = 0
    private var value = 0.0
    private var isSecondState = false
    private var left = 0

    /// A stream of a kind; the same seed gives the same values.
    init(_ kind: Kind, seed: UInt64) {
        self.kind = kind
        noise = HashedNoise(seed: seed)
    }

    /// The next value.
    mutating func next() -> Double {
        index += 8
        let draw = noise.gaussian(index)
        switch kind {
        case .gaussian: return 50 + draw
        case .correlated:
            value = 0.95 * value + (1 - 0.95 * 0.95).squareRoot() * draw
            return 50 + value
        case .heavyTailed:
            // Normal over the root of a mean of four squares.
            let squares = (1...4).reduce(0.0) { sum, offset in
                let other = noise.gaussian(index + Int64(offset))
                return sum + other * other
            }
            return 50 + draw / (squares / 4).squareRoot()
        case .volatilityShifts:
            turn(shortest: isSecondState ? 60 : 120, longest: isSecondState ? 180 : 360)
            return 50 + (isSecondState ? 2 : 1) * draw
        case .twoStates:
            turn(shortest: 1800, longest: 5400)
            return (isSecondState ? 70 : 50) + draw
        }
    }

    /// Changes the state when its time is over.
    private mutating func turn(shortest: Double, longest: Double) {
        if left == 0 {
            isSecondState.toggle()
            left = Int(shortest + (longest - shortest) * noise.uniform(2 * index + 13))
        }
        left -= 1
    }
}
