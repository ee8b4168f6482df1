import Foundation

extension BatchSearch {
    /// A first plan: those two batches are joined whose common tour saves most, until none saves and fits.
    func begin() {
        var lists = (0..<count).map { [$0] }
        var savings: [(saved: Int, one: Int, other: Int)] = []
        for one in 0..<count {
            for other in 0..<one where items[one] + items[other] <= capacity {
                savings.append((costs[one] + costs[other] - tour(one, without: -1, with: other), other, one))
            }
        }
        savings.sort { ($1.saved, $0.one, $0.other) < ($0.saved, $1.one, $1.other) }
        for pair in savings where pair.saved > 0 {
            let (one, other) = (home[pair.one], home[pair.other])
            guard one != other, loads[one] + loads[other] <= capacity else { continue }
            let (before, moved) = (costs[one] + costs[other], members(other))
            for order in moved {
                take(order)
                put(order, into: one)
            }
            (costs[one], costs[other]) = (tour(one), 0)
            if costs[one] > before {
                for order in moved {
                    take(order)
                    put(order, into: other)
                }
                (costs[one], costs[other]) = (tour(one), before - tour(one))
            }
        }
        lists = batches
        set(lists)
    }

    /// Simulated annealing until the budget is used up, once from lukewarm and once from hot; the best plan seen stands
    /// afterwards.
    ///
    /// While it goes on a batch may be a little too heavy, which counts as a longer way: between two plans with one batch fewer
    /// there often lies none that fits.
    /// - Returns: whether time ended it.
    func improve(_ budget: Batching.Budget) -> Bool {
        guard count > 1, batches.count > 1 else { return false }
        let limit = max(0, budget.steps)
        let start = batches
        var best = (length: length, batches: start)
        let mean = Double(length) / Double(start.count)
        var (heat, round) = (0.0, 0)
        while steps < limit {
            if steps & 1023 == 0 {
                let used = budget.used()
                if !(used < 1) {
                    set(best.batches)
                    return true
                }
                let part = max(used, Double(steps) / Double(limit)) * Double(Course.all.count)
                if Int(part) != round {
                    round = Int(part)
                    set(start)
                }
                let (course, within) = (Course.all[round], part - Double(round))
                heat = mean * course.heat.first * pow(course.heat.last / course.heat.first, within)
                let weights = course.weight
                weight = mean / Double(max(1, capacity)) * weights.first * pow(weights.last / weights.first, within)
            }
            steps += 1
            let allowed = -heat * log(1 - draw.uniform())
            switch draw.below(16) {
            case 0..<9: exchange(allowed)
            case 9..<12: move(allowed)
            case 12..<15: exchangeTwo(allowed)
            default: rotate(allowed)
            }
            if length < best.length, excess == 0 { best = (length, batches) }
        }
        set(best.batches)
        return false
    }

    /// How warm a search begins and ends, as parts of a mean tour, and what an item too many counts in it, as a multiple of what an
    /// item costs on a mean tour. Found by trying on some of the published instances: some want the one, some the other.
    private struct Course {
        let heat: (first: Double, last: Double)
        let weight: (first: Double, last: Double)

        static let all = [
            Course(heat: (0.015, 0.004), weight: (5, 8)), Course(heat: (0.08, 0.005), weight: (6, 6)),
        ]
    }

    /// What a batch may weigh while the search goes on.
    private var most: Int { capacity + leeway }

    /// Whether a change of this length and of these loads may be made; it is counted where it may.
    @inline(__always)
    private func accepts(_ change: Int, _ more: Int, _ allowed: Double) -> Bool {
        guard Double(change) + weight * Double(more) <= allowed else { return false }
        length += change
        excess += more
        return true
    }

    /// How many items more a batch has too many at another load.
    @inline(__always)
    private func over(_ load: Int, _ before: Int) -> Int { max(0, load - capacity) - max(0, before - capacity) }

    /// Two orders of two batches change places.
    @inline(__always)
    private func exchange(_ allowed: Double) {
        let (one, other) = (draw.below(count), draw.below(count))
        let (here, there) = (home[one], home[other])
        guard here != there else { return }
        let more = items[other] - items[one]
        guard loads[here] + more <= most, loads[there] - more <= most else { return }
        let excess = over(loads[here] + more, loads[here]) + over(loads[there] - more, loads[there])
        let (first, second) = (tour(here, without: one, with: other), tour(there, without: other, with: one))
        guard accepts(first + second - costs[here] - costs[there], excess, allowed) else { return }
        take(one)
        take(other)
        put(other, into: here)
        put(one, into: there)
        (costs[here], costs[there]) = (first, second)
    }

    /// An order goes to another batch, or now and then to one of its own.
    @inline(__always)
    private func move(_ allowed: Double) {
        let (one, other) = (draw.below(count), draw.below(count))
        let here = home[one]
        var there = home[other]
        if here == there {
            guard sizes[here] > 1, let empty = (0..<count).first(where: { sizes[$0] == 0 }) else { return }
            there = empty
        }
        guard loads[there] + items[one] <= most else { return }
        let excess = over(loads[there] + items[one], loads[there]) + over(loads[here] - items[one], loads[here])
        let (first, second) = (tour(here, without: one, with: -1), tour(there, without: -1, with: one))
        guard accepts(first + second - costs[here] - costs[there], excess, allowed) else { return }
        take(one)
        put(one, into: there)
        (costs[here], costs[there]) = (first, second)
    }

    /// Two orders of a batch change places with one of another.
    @inline(__always)
    private func exchangeTwo(_ allowed: Double) {
        let (one, other) = (draw.below(count), draw.below(count))
        let (here, there) = (home[one], home[other])
        guard here != there, sizes[here] > 1 else { return }
        let two = member(here, draw.below(sizes[here]))
        guard two != one else { return }
        let more = items[other] - items[one] - items[two]
        guard loads[here] + more <= most, loads[there] - more <= most else { return }
        let excess = over(loads[here] + more, loads[here]) + over(loads[there] - more, loads[there])
        let first = tour(here, without: one, two, with: other)
        let second = tour(there, without: other, with: one, two)
        guard accepts(first + second - costs[here] - costs[there], excess, allowed) else { return }
        take(one)
        take(two)
        take(other)
        put(other, into: here)
        put(one, into: there)
        put(two, into: there)
        (costs[here], costs[there]) = (first, second)
    }

    /// Three orders of three batches go round: each takes the place of the next.
    @inline(__always)
    private func rotate(_ allowed: Double) {
        let (one, two, three) = (draw.below(count), draw.below(count), draw.below(count))
        let (first, second, third) = (home[one], home[two], home[three])
        guard first != second, second != third, first != third else { return }
        let a = loads[first] - items[one] + items[three]
        let b = loads[second] - items[two] + items[one]
        let c = loads[third] - items[three] + items[two]
        guard a <= most, b <= most, c <= most else { return }
        let excess = over(a, loads[first]) + over(b, loads[second]) + over(c, loads[third])
        let x = tour(first, without: one, with: three)
        let y = tour(second, without: two, with: one)
        let z = tour(third, without: three, with: two)
        guard accepts(x + y + z - costs[first] - costs[second] - costs[third], excess, allowed) else { return }
        take(one)
        take(two)
        take(three)
        put(three, into: first)
        put(one, into: second)
        put(two, into: third)
        (costs[first], costs[second], costs[third]) = (x, y, z)
    }
}
