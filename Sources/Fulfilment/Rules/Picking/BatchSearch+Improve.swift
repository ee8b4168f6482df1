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

    /// Simulated annealing until the budget is used up; the best plan seen stands afterwards.
    /// - Returns: whether time ended it.
    func improve(_ budget: Batching.Budget) -> Bool {
        guard count > 1, batches.count > 1 else { return false }
        let mean = Double(length) / Double(batches.count)
        let (hot, cold) = (mean * Heat.first, mean * Heat.last)
        var best = (length: length, batches: batches)
        var heat = hot
        let limit = max(0, budget.steps)
        var isCut = false
        while steps < limit {
            if steps & 1023 == 0 {
                let used = budget.used()
                if used >= 1 {
                    isCut = true
                    break
                }
                let part = max(used, Double(steps) / Double(limit))
                heat = hot * pow(cold / hot, part)
            }
            steps += 1
            let allowed = Int(-heat * log(1 - draw.uniform()))
            switch draw.below(16) {
            case 0..<9: exchange(allowed)
            case 9..<12: move(allowed)
            case 12..<15: exchangeTwo(allowed)
            default: rotate(allowed)
            }
            if length < best.length { best = (length, batches) }
        }
        set(best.batches)
        return isCut
    }

    /// How warm the search begins and ends, as parts of a mean tour.
    enum Heat {
        static let first = 0.02
        static let last = 0.003
    }

    /// Two orders of two batches change places.
    @inline(__always)
    private func exchange(_ allowed: Int) {
        let (one, other) = (draw.below(count), draw.below(count))
        let (here, there) = (home[one], home[other])
        guard here != there else { return }
        let more = items[other] - items[one]
        guard loads[here] + more <= capacity, loads[there] - more <= capacity else { return }
        let (first, second) = (tour(here, without: one, with: other), tour(there, without: other, with: one))
        let change = first + second - costs[here] - costs[there]
        guard change <= allowed else { return }
        take(one)
        take(other)
        put(other, into: here)
        put(one, into: there)
        (costs[here], costs[there]) = (first, second)
        length += change
    }

    /// An order goes to another batch, or now and then to one of its own.
    @inline(__always)
    private func move(_ allowed: Int) {
        let (one, other) = (draw.below(count), draw.below(count))
        let here = home[one]
        var there = home[other]
        if here == there {
            guard sizes[here] > 1, let empty = (0..<count).first(where: { sizes[$0] == 0 }) else { return }
            there = empty
        }
        guard loads[there] + items[one] <= capacity else { return }
        let (first, second) = (tour(here, without: one, with: -1), tour(there, without: -1, with: one))
        let change = first + second - costs[here] - costs[there]
        guard change <= allowed else { return }
        take(one)
        put(one, into: there)
        (costs[here], costs[there]) = (first, second)
        length += change
    }

    /// Two orders of a batch change places with one of another.
    @inline(__always)
    private func exchangeTwo(_ allowed: Int) {
        let (one, other) = (draw.below(count), draw.below(count))
        let (here, there) = (home[one], home[other])
        guard here != there, sizes[here] > 1 else { return }
        let two = member(here, draw.below(sizes[here]))
        guard two != one else { return }
        let more = items[other] - items[one] - items[two]
        guard loads[here] + more <= capacity, loads[there] - more <= capacity else { return }
        let first = tour(here, without: one, two, with: other)
        let second = tour(there, without: other, with: one, two)
        let change = first + second - costs[here] - costs[there]
        guard change <= allowed else { return }
        take(one)
        take(two)
        take(other)
        put(other, into: here)
        put(one, into: there)
        put(two, into: there)
        (costs[here], costs[there]) = (first, second)
        length += change
    }

    /// Three orders of three batches go round: each takes the place of the next.
    @inline(__always)
    private func rotate(_ allowed: Int) {
        let (one, two, three) = (draw.below(count), draw.below(count), draw.below(count))
        let (first, second, third) = (home[one], home[two], home[three])
        guard first != second, second != third, first != third,
            loads[first] - items[one] + items[three] <= capacity, loads[second] - items[two] + items[one] <= capacity,
            loads[third] - items[three] + items[two] <= capacity
        else { return }
        let a = tour(first, without: one, with: three)
        let b = tour(second, without: two, with: one)
        let c = tour(third, without: three, with: two)
        let change = a + b + c - costs[first] - costs[second] - costs[third]
        guard change <= allowed else { return }
        take(one)
        take(two)
        take(three)
        put(three, into: first)
        put(one, into: second)
        put(two, into: third)
        (costs[first], costs[second], costs[third]) = (a, b, c)
        length += change
    }
}
