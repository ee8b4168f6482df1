import Foundation

/// The two distribution functions behind exact intervals, by the textbook expansions (Abramowitz and Stegun 1964).
public enum Distribution {
    private static let rounds = 500
    private static let precision = 1e-15

    /// The regularised incomplete gamma function P(a, x), the distribution function of a gamma variable of shape `a`:
    /// its power series (6.5.29) on the left, its continued fraction (6.5.31) on the right.
    public static func gamma(shape a: Double, _ x: Double) -> Double {
        guard x > 0 else { return 0 }
        let front = exp(a * log(x) - x - lgamma(a))
        if x < a + 1 {
            var (term, sum) = (1 / a, 1 / a)
            for step in 1...rounds {
                term *= x / (a + Double(step))
                sum += term
                if term < sum * precision { break }
            }
            return front * sum
        }
        let fraction = continued { step in
            step == 0 ? (1, x + 1 - a) : (-Double(step) * (Double(step) - a), x + 2 * Double(step) + 1 - a)
        }
        return 1 - front * fraction
    }

    /// The regularised incomplete beta function I_x(a, b), by its continued fraction (26.5.8).
    public static func beta(_ a: Double, _ b: Double, _ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        // The fraction is quick only left of the mean; right of it the mirrored function is.
        if x > (a + 1) / (a + b + 2) { return 1 - beta(b, a, 1 - x) }
        let logarithm: Double = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)
        let fraction = continued { step in
            guard step > 0 else { return (1, 1) }
            let m = Double(step / 2)
            let first: Double = a + 2 * m
            if step.isMultiple(of: 2) {
                let over: Double = m * (b - m) * x
                return (over / ((first - 1) * first), 1)
            }
            let over: Double = (a + m) * (a + b + m) * x
            return (-over / (first * (first + 1)), 1)
        }
        return exp(logarithm) / a * fraction
    }

    /// Where a rising function of [low, high] reaches a value, by halving.
    public static func inverse(of value: Double, between low: Double, and high: Double, _ rising: (Double) -> Double)
        -> Double
    {
        var (low, high) = (low, high)
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if rising(middle) < value { low = middle } else { high = middle }
            if high - low <= 1e-12 * max(1, high) { break }
        }
        return (low + high) / 2
    }

    /// The value of a continued fraction a₀/(b₀ + a₁/(b₁ + …)), by Lentz's method.
    private static func continued(_ part: (Int) -> (a: Double, b: Double)) -> Double {
        let tiny = 1e-300
        var (value, c, d) = (tiny, tiny, 0.0)
        for step in 0..<rounds {
            let (a, b) = part(step)
            d = b + a * d
            c = b + a / c
            if d == 0 { d = tiny }
            if c == 0 { c = tiny }
            d = 1 / d
            value *= c * d
            if step > 0, abs(c * d - 1) < precision { break }
        }
        return value
    }
}
