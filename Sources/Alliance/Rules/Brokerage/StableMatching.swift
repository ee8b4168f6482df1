/// Who meets whom, so that no two would rather have met than what they got: deferred acceptance, in which firms ask and
/// suppliers keep the best of those that ask, within everyone's bounds.
///
/// What is matched is a contract: one need with one offer. On the firms' side a firm has so many slots, each need so many
/// meetings, and a need meets a supplier once; on the suppliers' side a supplier has so many slots and each offer so many
/// introductions. Bounds within bounds (laminar) let each side choose greedily, best first, and such choices always have
/// a stable outcome (Fleiner 2003: matroid kernels), the best for the firms of all stable ones when the firms ask.
///
/// A contract that is not matched *blocks* where its firm would take it (it fits, or what must go for it is worse) and
/// its supplier would too. The outcome has none.
struct StableMatching: Sendable {
    /// A need and an offer that could meet.
    struct Contract: Sendable, Hashable {
        let firm: Int, need: Int, supplier: Int, offer: Int
        /// What the firm has of it, and what the supplier has.
        let firmScore: Double, supplierScore: Double
    }

    /// How much each can take, by place.
    struct Bounds: Sendable, Hashable {
        var firms: [Int], needs: [Int], suppliers: [Int], offers: [Int]
    }

    let contracts: [Contract]
    let bounds: Bounds

    /// Whether a firm prefers one contract to another: by its score, then the supplier's, then the order of the list.
    func firmPrefers(_ one: Int, _ other: Int) -> Bool {
        let (left, right) = (contracts[one], contracts[other])
        if left.firmScore != right.firmScore { return left.firmScore > right.firmScore }
        if left.supplierScore != right.supplierScore { return left.supplierScore > right.supplierScore }
        return one < other
    }

    /// Whether a supplier prefers one contract to another: by its score, then the firm's, then the order of the list.
    func supplierPrefers(_ one: Int, _ other: Int) -> Bool {
        let (left, right) = (contracts[one], contracts[other])
        if left.supplierScore != right.supplierScore { return left.supplierScore > right.supplierScore }
        if left.firmScore != right.firmScore { return left.firmScore > right.firmScore }
        return one < other
    }

    /// The contracts that are matched, by their places in the list, in order.
    func solved() -> [Int] {
        var wishes = [[Int]](repeating: [], count: bounds.firms.count)
        for (index, contract) in contracts.enumerated() { wishes[contract.firm].append(index) }
        for firm in wishes.indices { wishes[firm].sort(by: firmPrefers) }
        var (isRejected, isHeld) = (
            [Bool](repeating: false, count: contracts.count), [Bool](repeating: false, count: contracts.count)
        )
        var held = [[Int]](repeating: [], count: bounds.suppliers.count)
        var asking = Array(wishes.indices)
        while !asking.isEmpty {
            var asked: [Int: [Int]] = [:]
            for firm in asking {
                for wish in firmChoice(wishes[firm], isRejected) where !isHeld[wish] {
                    asked[contracts[wish].supplier, default: []].append(wish)
                }
            }
            var turned: Set<Int> = []
            for (supplier, wishes) in asked {
                let pool = (held[supplier] + wishes).sorted(by: supplierPrefers)
                held[supplier] = supplierChoice(pool)
                for wish in pool { isHeld[wish] = false }
                for wish in held[supplier] { isHeld[wish] = true }
                for wish in pool where !isHeld[wish] {
                    isRejected[wish] = true
                    turned.insert(contracts[wish].firm)
                }
            }
            asking = turned.sorted()
        }
        return held.flatMap { $0 }.sorted()
    }

    /// The best of a firm's wishes, best first, that fit its bounds together.
    private func firmChoice(_ wishes: [Int], _ isRejected: [Bool]) -> [Int] {
        guard let firm = wishes.first.map({ contracts[$0].firm }) else { return [] }
        var chosen: [Int] = []
        for wish in wishes where !isRejected[wish] {
            if chosen.count >= bounds.firms[firm] { break }
            let one = contracts[wish]
            var meetings = 0
            var meetsAlready = false
            for other in chosen where contracts[other].need == one.need {
                meetings += 1
                if contracts[other].supplier == one.supplier { meetsAlready = true }
            }
            if !meetsAlready, meetings < bounds.needs[one.need] { chosen.append(wish) }
        }
        return chosen
    }

    /// The best of a supplier's pool, best first, that fit its bounds together.
    private func supplierChoice(_ pool: [Int]) -> [Int] {
        guard let supplier = pool.first.map({ contracts[$0].supplier }) else { return [] }
        var chosen: [Int] = []
        for wish in pool {
            if chosen.count >= bounds.suppliers[supplier] { break }
            let offer = contracts[wish].offer
            if chosen.reduce(0, { $0 + (contracts[$1].offer == offer ? 1 : 0) }) < bounds.offers[offer] {
                chosen.append(wish)
            }
        }
        return chosen
    }
}
