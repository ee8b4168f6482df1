/// What each group of ballots has left in a count, and what it paid for.
struct Purse {
    /// A project with what it would cost its supporters now, for each unit of gain.
    struct Offer {
        let project: Int
        let cost: Int
        let price: Double
        /// Its price exactly, where that was needed to tell it from another.
        var exact: SharePrice?
    }

    private let market: Market
    private var prices: SharePrices
    /// What one ballot of each group has left.
    private var left: [Double]
    /// Where in `paid` the rounds stand that each group paid in full, the newest first; −1 for none.
    private var heads: [Int32]
    private var paid: [(round: Int32, gain: Int, next: Int32)] = []
    /// What each ballot was given.
    let share: Double
    /// How near two figures of money may lie, as a part of what each ballot was given, before exact fractions decide. Rounding stays
    /// below 10⁻¹² of it in any election of fewer than 10⁴ rounds.
    private static let near = 1e-9

    init(market: Market, share: Fraction) {
        self.market = market
        prices = SharePrices(share: share)
        self.share = share.approximate
        left = [Double](repeating: self.share, count: market.counts.count)
        heads = [Int32](repeating: -1, count: market.counts.count)
    }

    /// The project with the lowest price, ties by identifier; nil where none can be paid for. What can be paid for no more is taken
    /// from `open`.
    mutating func cheapest(of open: inout [Market.Open], _ election: BudgetElection) -> Offer? {
        var best: Offer?
        // The lowest floor first: most others are then passed over without a look at their supporters.
        open.sort { $0.floor < $1.floor }
        for place in open.indices {
            if let best, open[place].floor > best.price * (1 + 8 * Self.near) { break }
            let project = open[place].project
            let cost = election.projects[project].cost
            switch price(of: project, cost, from: open[place].floor, atMost: best?.price) {
            case .none: open[place].floor = .infinity
            case .above(let floor): open[place].floor = floor
            case .at(let price):
                open[place].floor = price * (1 - Self.near)
                var offer = Offer(project: project, cost: cost, price: price)
                if var standing = best {
                    best = isCheaper(&offer, than: &standing, election) ? offer : standing
                } else {
                    best = offer
                }
            }
        }
        open.removeAll { $0.floor == .infinity }
        return best
    }

    private func isCheaper(_ offer: inout Offer, than best: inout Offer, _ election: BudgetElection) -> Bool {
        guard abs(offer.price - best.price) <= best.price * 4 * Self.near else { return offer.price < best.price }
        let (one, other) = (exact(offer), exact(best))
        (offer.exact, best.exact) = (one, other)
        let (ours, theirs) = (prices.value(of: one), prices.value(of: other))
        if ours == theirs { return election.projects[offer.project].comesBefore(election.projects[best.project]) }
        return ours < theirs
    }

    private enum Finding {
        /// The supporters have less than the cost.
        case none
        /// The price is above what was asked for, at least this.
        case above(Double)
        case at(Double)
    }

    /// The least price at which the supporters' payments come to the cost. It rises from `floor`: whoever cannot pay it pays what
    /// is left, which makes it dearer for the others, until nobody more falls short.
    private func price(of project: Int, _ cost: Int, from floor: Double, atMost: Double?) -> Finding {
        let sum = Double(cost)
        var (price, last) = (floor * (1 - Self.near), -1.0)
        while price > last {
            last = price
            let (given, gain, richest) = paidAt(price, project)
            // Nobody can pay it: they have less than the cost, or, within rounding, just as much.
            guard gain > 0 else { return isCovered(project, cost) ? .at(richest) : .none }
            price = max(price, (sum - given) / Double(gain))
            if let atMost, price > atMost * (1 + 8 * Self.near) { return .above(price * (1 - Self.near)) }
        }
        return .at(price)
    }

    /// At a price: what those give who have less, how much those gain who pay it in full, and the most that anybody can pay.
    private func paidAt(_ price: Double, _ project: Int) -> (given: Double, gain: Int, richest: Double) {
        var (given, gain, richest) = (0.0, 0, 0.0)
        market.supporters(of: project).withUnsafeBufferPointer { supporters in
            left.withUnsafeBufferPointer { left in
                for supporter in supporters {
                    let (has, count) = (left[Int(supporter.group)], Int(supporter.count))
                    if price * Double(supporter.gain) <= has {
                        gain += count * supporter.gain
                    } else {
                        given += Double(count) * has
                        richest = max(richest, has / Double(supporter.gain))
                    }
                }
            }
        }
        return (given, gain, richest)
    }

    /// The price exactly: where rounding might decide who falls short, fractions do.
    private func exact(_ offer: Offer) -> SharePrice {
        if let exact = offer.exact { return exact }
        let slack = 8 * share * Self.near
        var (poor, gain, doubtful) = (Leftover(rounds: prices.count), 0, [Market.Supporter]())
        for supporter in market.supporters(of: offer.project) {
            let (due, has) = (offer.price * Double(supporter.gain), left[Int(supporter.group)])
            if due > has + slack {
                add(Int(supporter.group), Int(supporter.count), to: &poor)
            } else {
                gain += Int(supporter.count) * supporter.gain
                if due > has - slack { doubtful.append(supporter) }
            }
        }
        while !doubtful.isEmpty {
            let value = prices.value(of: SharePrice(cost: offer.cost, poor: poor, gain: gain))
            let short = doubtful.filter { has(Int($0.group)) < value * $0.gain }
            if short.isEmpty { break }
            for supporter in short {
                add(Int(supporter.group), Int(supporter.count), to: &poor)
                gain -= Int(supporter.count) * supporter.gain
            }
            let gone = Set(short.map(\.group))
            doubtful.removeAll { gone.contains($0.group) }
        }
        return SharePrice(cost: offer.cost, poor: poor, gain: gain)
    }

    /// What one ballot of a group has left, exactly.
    private func has(_ group: Int) -> Fraction {
        var one = Leftover(rounds: prices.count)
        add(group, 1, to: &one)
        return prices.value(of: one)
    }

    /// Whether the supporters have the cost together.
    private func isCovered(_ project: Int, _ cost: Int) -> Bool {
        let supporters = market.supporters(of: project)
        let all = supporters.reduce(0.0) { $0 + Double($1.count) * left[Int($1.group)] }
        if abs(all - Double(cost)) > Double(cost) * Self.near { return all > Double(cost) }
        var sum = Leftover(rounds: prices.count)
        for supporter in supporters { add(Int(supporter.group), Int(supporter.count), to: &sum) }
        return !(prices.value(of: sum) < Fraction(cost))
    }

    /// Adds what ballots of a group have left.
    private func add(_ group: Int, _ count: Int, to sum: inout Leftover) {
        guard left[group] > 0 else { return }
        sum.add(count)
        var at = heads[group]
        while at >= 0 {
            let entry = paid[Int(at)]
            sum.add(count * entry.gain, in: Int(entry.round))
            at = entry.next
        }
    }

    /// The supporters pay.
    mutating func pay(_ offer: Offer) -> EqualShares.Round {
        let (exact, slack, round) = (exact(offer), 8 * share * Self.near, Int32(prices.count))
        let value = prices.value(of: exact)
        var (supporters, full, least, most) = (0, 0, Double.infinity, 0.0)
        var changes: [(group: Int, gain: Int, due: Double, isEmptied: Bool)] = []
        for supporter in market.supporters(of: offer.project) {
            let (group, gain, count) = (Int(supporter.group), supporter.gain, Int(supporter.count))
            let due = offer.price * Double(gain)
            var (falls, empties) = (due > left[group], due > left[group])
            if abs(due - left[group]) <= slack, left[group] > 0 {
                let (has, owes) = (has(group), value * gain)
                (falls, empties) = (has < owes, !(owes < has))
            }
            supporters += count
            if !falls {
                full += count
                (least, most) = (min(least, due), max(most, due))
            }
            changes.append((group, gain, due, empties))
        }
        prices.append(exact)
        for change in changes {
            guard !change.isEmptied else {
                (left[change.group], heads[change.group]) = (0, -1)
                continue
            }
            left[change.group] -= change.due
            paid.append((round, change.gain, heads[change.group]))
            heads[change.group] = Int32(paid.count - 1)
        }
        return EqualShares.Round(
            project: offer.project, price: offer.price, supporters: supporters, paidInFull: full,
            least: full > 0 ? least : 0, most: most)
    }
}
