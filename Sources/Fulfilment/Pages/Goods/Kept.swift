import Foundation
import HTTPTypes
import Web

/// What a device of the floor keeps for whoever works with it: the language of its words, the station it stands at. Neither says
/// anything about a person.
enum Kept: String {
    case language = "slipway_floor_language"
    case station = "slipway_station"

    /// What is kept; nil where nothing is.
    func read(_ visit: Visit) -> String? {
        for header in visit.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let halves = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
                if halves.count == 2, halves[0] == rawValue { return String(halves[1]).removingPercentEncoding }
            }
        }
        return nil
    }

    /// The cookie that keeps it for a year, or forgets it where it is empty.
    func cookie(_ value: String) -> String {
        let age = value.isEmpty ? 0 : 31_536_000
        return "\(rawValue)=\(Table.encoded(value)); Path=/fulfilment; Max-Age=\(age); SameSite=Lax; HttpOnly"
    }
}
