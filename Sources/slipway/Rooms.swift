import Sensing
import Web

/// The rooms of this house: one line each.
enum Rooms {
    static func all(sampleSeed: UInt64?) -> [any Room] {
        [
            Sensing(sampleSeed: sampleSeed)
        ]
    }
}
