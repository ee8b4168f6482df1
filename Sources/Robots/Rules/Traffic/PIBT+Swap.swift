/// The swap operation: who stands in whose way in a corridor, and whether both can change places further on.
extension PIBT {
    /// With whom a vehicle must change places, -1 where with nobody. It then takes its choices from the worst on, away from the
    /// other, who follows, until both are where the corridor widens.
    func partner(_ vehicle: Int32, _ best: Int32) -> Int32 {
        let here = from[vehicle]
        let ahead = now[best]
        if ahead >= 0, ahead != vehicle, state[ahead] == 0, mustSwap(vehicle, ahead, here, best), canSwap(best, here) {
            return ahead
        }
        // Somebody behind may need this one out of its way, and may be pushing it just now: then it must not slip back into the
        // corridor.
        guard best != here else { return -1 }
        for way in ways.start[here]..<ways.start[here + 1] {
            let node = ways.target[way]
            let behind = now[node]
            guard behind >= 0, behind != vehicle, node != best else { continue }
            if mustSwap(behind, vehicle, here, best), canSwap(best, here) { return behind }
        }
        return -1
    }

    /// The only way on from a node other than back to `origin`; -1 where there is none, -2 where there are several. Dead ends in
    /// which somebody has arrived are no ways on.
    @inline(__always)
    private func onlyWay(_ node: Int32, _ origin: Int32) -> Int32 {
        var found: Int32 = -1
        for way in ways.start[node]..<ways.start[node + 1] {
            let next = ways.target[way]
            guard next != origin, !barred[next] else { continue }
            let other = now[next]
            if other >= 0, ways.start[next + 1] - ways.start[next] == 1, goal[other] == next || fixed[other] {
                continue
            }
            if found >= 0 { return -2 }
            found = next
        }
        return found
    }

    /// Whether one who pushes the other along the corridor would still have to pass it where the corridor ends.
    private func mustSwap(_ pusher: Int32, _ pulled: Int32, _ pusherNode: Int32, _ pulledNode: Int32) -> Bool {
        var (back, front) = (pusherNode, pulledNode)
        while distance(pusher, front) < distance(pusher, back) {
            let next = onlyWay(front, back)
            if next == -2 { return false }
            if next == -1 { break }
            (back, front) = (front, next)
        }
        return distance(pulled, back) < distance(pulled, front)
            && (distance(pusher, back) == 0 || distance(pusher, front) < distance(pusher, back))
    }

    /// Whether, drawing back from the node `ahead` through `here` and on, a place is found where the two can pass.
    private func canSwap(_ ahead: Int32, _ here: Int32) -> Bool {
        var (back, front) = (ahead, here)
        // One-way roads may lead into a circle that never comes back here.
        for _ in 0..<1_000 {
            let next = onlyWay(front, back)
            if next == -2 { return true }
            if next == -1 || next == ahead { return false }
            (back, front) = (front, next)
        }
        return false
    }
}
