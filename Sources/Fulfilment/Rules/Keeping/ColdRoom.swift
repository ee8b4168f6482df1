import District
import Record
import Series

/// Within which temperatures goods of a climate are kept, and how long they bear another, from `cold.json`.
struct ColdLimits: Sendable, Hashable {
    /// °C.
    let range: ClosedRange<Double>
    /// Beyond which goods are lost at once, °C.
    let atOnce: ClosedRange<Double>
    /// How long they bear what is between, seconds.
    let patience: Double
}

/// How a cold room stands, by its readings. Unknown is never good.
enum ColdState: Sendable, Hashable {
    /// Within its limits: the last temperature, °C.
    case good(Double)
    /// Outside, for less long than goods bear: the last temperature, and since when.
    case drifting(Double, since: Timestamp)
    /// Outside for longer, or far outside: the worst temperature, and since when.
    case excursion(Double, since: Timestamp)
    /// No reading that says anything; since when, where one was seen.
    case unknown(since: Timestamp?)

    /// The word of it in events and rows.
    var name: String {
        switch self {
        case .good: "good"
        case .drifting: "drifting"
        case .excursion: "excursion"
        case .unknown: "unknown"
        }
    }

    /// How a cold room stands.
    /// - Parameters:
    ///   - readings: by the time they were observed; those of bad quality say nothing.
    ///   - stale: after how many seconds a reading says nothing any more.
    static func of(_ readings: [Reading], _ limits: ColdLimits, stale: Double, at now: Timestamp) -> ColdState {
        let sound = readings.filter { $0.quality == .good && now.seconds(since: $0.time) >= -stale }
        guard let last = sound.last, now.seconds(since: last.time) <= stale else {
            return .unknown(since: sound.last?.time)
        }
        let outside = sound.reversed().prefix { !limits.range.contains($0.value) }.reversed()
        guard let first = outside.first else { return .good(last.value) }
        let worst = outside.map(\.value).max { limits.distance($0) < limits.distance($1) } ?? last.value
        let isFar = outside.contains { !limits.atOnce.contains($0.value) }
        let isLong = now.seconds(since: first.time) >= limits.patience
        return isFar || isLong ? .excursion(worst, since: first.time) : .drifting(last.value, since: first.time)
    }
}

extension ColdLimits {
    /// How far outside a temperature is, in degrees.
    func distance(_ celsius: Double) -> Double { max(celsius - range.upperBound, range.lowerBound - celsius) }
}

/// The limits of all climates, from the handbook.
struct ColdSettings: Sendable {
    let limits: [Item.Climate: ColdLimits]
    /// After how many seconds a reading says nothing any more.
    let stale: Double

    init(_ book: Handbook) throws(HandbookError) {
        let file = "cold.json"
        let (json, _) = try book.read(file)
        func number(_ place: JSON?, _ name: String) throws(HandbookError) -> Double {
            guard let value = place?[name]?.double else {
                throw HandbookError(file: file, place: name, rule: "a number")
            }
            return value
        }
        var limits: [Item.Climate: ColdLimits] = [:]
        for climate in [Item.Climate.chilled, .frozen] {
            let place = json[climate.rawValue]
            let (low, high) = (try number(place, "low"), try number(place, "high"))
            let (lowest, highest) = (try number(place, "at_once_low"), try number(place, "at_once_high"))
            guard low <= high, lowest <= low, high <= highest else {
                throw HandbookError(
                    file: file, place: climate.rawValue, rule: "at_once_low ≤ low ≤ high ≤ at_once_high")
            }
            limits[climate] = ColdLimits(
                range: low...high, atOnce: lowest...highest, patience: 60 * (try number(place, "minutes")))
        }
        self.limits = limits
        stale = 60 * (try number(json, "stale_minutes"))
    }
}
