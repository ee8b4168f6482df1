import Alliance
import Citizen
import Commons
import District
import Fulfilment
import Robots
import Safety
import Sensing
import Stewardship
import Transition
import Web

/// The rooms of this house: one line each.
enum Rooms {
    /// - Parameter handbook: the district's own folder of handbook corrections, by room.
    static func all(sampleSeed: UInt64?, handbook: String) throws(HandbookError) -> [any Room] {
        [
            try Sensing(sampleSeed: sampleSeed, corrections: "\(handbook)/sensing"),
            try Safety(corrections: "\(handbook)/safety"),
            try Citizen(corrections: "\(handbook)/citizen"),
            try Stewardship(corrections: "\(handbook)/stewardship"),
            try Robots(corrections: "\(handbook)/robots"),
            try Fulfilment(corrections: "\(handbook)/fulfilment"),
            try Transition(corrections: "\(handbook)/transition"),
            try Alliance(corrections: "\(handbook)/alliance"),
            try Commons(corrections: "\(handbook)/commons"),
        ]
    }
}
