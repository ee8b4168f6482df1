import Foundation

/// How many different things a region does, and how related they are (Frenken, van Oort, Verburg 2007), in bits.
///
/// Unrelated variety is the entropy between sectors, Σ_g P_g log₂(1/P_g); related variety that within them, Σ_g P_g
/// H_g with H_g = Σ_i (p_i/P_g) log₂(P_g/p_i). Together they are the entropy over industries. Shares are of what is
/// known.
public struct Variety: Sendable, Hashable {
    /// Entropy between sectors, bits.
    public let unrelated: Double
    /// Entropy within sectors, bits.
    public let related: Double

    /// Entropy over industries, bits.
    public var total: Double { unrelated + related }

    /// The variety of one region; nil where nothing is known of it, or all is zero.
    /// - Parameter sector: the sector of each industry (two digits of a code of four, say).
    public init?(of region: Int, in matrix: EconomyMatrix, sector: (String) -> String) {
        var sums: [String: Double] = [:]
        var order: [String] = []
        var parts: [(sector: String, value: Double)] = []
        for (industry, name) in matrix.industries.enumerated() {
            guard let value = matrix[region, industry], value > 0 else { continue }
            let group = sector(name)
            if sums[group] == nil { order.append(group) }
            sums[group, default: 0] += value
            parts.append((group, value))
        }
        let all = order.reduce(0) { $0 + (sums[$1] ?? 0) }
        guard all > 0 else { return nil }
        var (between, within) = (0.0, 0.0)
        for group in order {
            let share = (sums[group] ?? 0) / all
            between += share * log2(1 / share)
        }
        for part in parts {
            let share = part.value / (sums[part.sector] ?? 1)
            within += part.value / all * log2(1 / share)
        }
        (unrelated, related) = (between, within)
    }
}
