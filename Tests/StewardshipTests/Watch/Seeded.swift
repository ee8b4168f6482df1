import District

@testable import Stewardship

/// A generator that gives the same numbers for the same seed (SplitMix64, Steele, Lea and Flood 2014).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &self) < probability }

    /// A turn of somebody: fourteen in a hundred are 70 or older, ten in a hundred speak Jeolla's dialect.
    mutating func turn(kept: Double, drop: (group: String, points: Double)? = nil) -> AIUseJudged {
        let (age, speech) = (Double.random(in: 0..<1, using: &self), Double.random(in: 0..<1, using: &self))
        let groups = [
            "age": age < 0.14 ? "70+" : age < 0.6 ? "40-69" : "under-40",
            "speech": speech < 0.75 ? "standard" : speech < 0.9 ? "gyeongsang" : "jeolla",
        ]
        let isWorse = drop.map { groups.values.contains($0.group) } ?? false
        return AIUseJudged(
            "mill.grain", chance(kept - (isWorse ? drop?.points ?? 0 : 0)) ? .kept : .overruled, groups: groups)
    }
}
