/// A lift or a door of a simulated building: it moves when it is called, and opens when it is there.
struct SimulatedGate: Sendable, Hashable {
    /// The stops in order of floors; a door has one, its own id.
    let stops: [String]
    /// Seconds from one floor to the next, and for the doors to open.
    var floor = 4.0
    var doors = 3.0
    /// Whether it is stuck: it then moves nowhere and opens nothing.
    var isStuck = false
    private var at = 0.0
    private var openness = 0.0
    private var wish: Int?

    init(stops: [String]) { self.stops = stops }

    /// Calls it to a stop; nil where nobody needs it any more.
    mutating func call(_ stop: String?) { wish = stop.flatMap { stops.firstIndex(of: $0) } }

    /// Lets time pass.
    mutating func advance(by seconds: Double) {
        guard !isStuck else { return }
        guard let wish else {
            openness = max(0, openness - seconds / doors)
            return
        }
        let way = Double(wish) - at
        if way == 0 {
            openness = min(1, openness + seconds / doors)
        } else if openness > 0 {
            openness = max(0, openness - seconds / doors)
        } else {
            let step = seconds / floor
            at = abs(way) <= step ? Double(wish) : at + (way > 0 ? step : -step)
        }
    }

    /// What it says of itself.
    var status: Gate.Status {
        let isAtStop = at == at.rounded()
        return Gate.Status(
            stop: isAtStop ? stops[Int(at)] : "", isOpen: isAtStop && openness == 1, isInService: !isStuck)
    }
}
