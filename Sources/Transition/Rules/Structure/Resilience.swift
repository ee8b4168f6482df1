/// How a region took a shock, against how all regions together took it.
///
/// Sensitivity (Martin 2012): (ΔE_r / E_r) / (ΔE / E), a pure number; in a fall, above 1 it fell more than the whole.
/// Resistance (Martin, Sunley, Gardiner, Tyler 2016): (ΔE_r − ΔE_r*) / |ΔE_r*| with ΔE_r* = Σ_p E_rp ΔE/E, what it
/// would have lost or won had it gone with the whole; above 0 it did better. Over cells that are known at both
/// moments.
public struct Resilience: Sendable, Hashable {
    /// Martin's sensitivity index; nil where the whole did not change, or the region had nothing.
    public let sensitivity: Double?
    /// The resistance index; nil likewise.
    public let resistance: Double?

    /// How one region took what happened between two moments.
    public init(of region: Int, in change: ShiftShare) {
        let part = change.regions[region]
        guard let growth = change.growth, growth != 0, part.before > 0 else {
            (sensitivity, resistance) = (nil, nil)
            return
        }
        let expected = part.before * growth
        sensitivity = part.change / part.before / growth
        resistance = (part.change - expected) / abs(expected)
    }
}
