import Record

/// Where goods are put away: every place of a centre is judged, those that may not take them with why, the others ranked
/// with what speaks for them.
struct Putaway: Sendable {
    /// What is put away.
    let item: Item
    let lot: String
    let quantity: Int64
    let status: StockStatus
    /// What lies where in the centre: goods by location, with the item they are.
    let contents: [String: [Content]]
    /// The places of the centre.
    let places: [Place]
    let segregation: Segregation
    /// Hazardous goods in the centre, where they lie: few among many, and looked at for every place.
    private let hazardous: [(place: Place, content: Content)]
    /// From the first to the last place of the item's climate, as pickers come by.
    private let depth: ClosedRange<Int>?

    init(
        item: Item, lot: String, quantity: Int64, status: StockStatus, contents: [String: [Content]], places: [Place],
        segregation: Segregation
    ) {
        (self.item, self.lot, self.quantity, self.status) = (item, lot, quantity, status)
        (self.contents, self.places, self.segregation) = (contents, places, segregation)
        hazardous =
            item.hazard == nil
            ? []
            : places.flatMap { place in
                (contents[place.id] ?? []).filter { $0.item.hazard != nil }.map { (place, $0) }
            }
        let storage = places.lazy.filter { $0.isStorage && $0.climate == item.climate }.map(\.sequence)
        depth = storage.min().flatMap { first in storage.max().map { first...max(first, $0) } }
    }

    /// Something that lies in a place already.
    struct Content: Sendable, Hashable {
        let item: Item
        let lot: String
        let quantity: Int64
    }

    /// A place that may take them.
    struct Proposal: Sendable, Hashable {
        let place: Place
        /// How many of them it can take, at most what there is.
        let holds: Int64
        /// What speaks for and against it, the weightiest first.
        let reasons: [Words]
        fileprivate let score: Double
    }

    /// A place that may not.
    struct Refused: Sendable, Hashable {
        let place: Place
        let code: String
        let why: Words
    }

    /// All places that may take them, the best first, and those that may not.
    func judged() -> (proposals: [Proposal], refused: [Refused]) {
        var (proposals, refused) = ([Proposal](), [Refused]())
        for place in places {
            if let no = refusal(of: place) { refused.append(no) } else { proposals.append(proposal(for: place)) }
        }
        proposals.sort { one, other in
            (other.score, one.place.sequence, one.place.name) < (one.score, other.place.sequence, other.place.name)
        }
        return (proposals, refused)
    }

    /// One of these places as it would take them; nil where it may not. The others are not judged for it.
    func proposal(at id: String) -> Proposal? {
        guard let place = places.first(where: { $0.id == id }), refusal(of: place) == nil else { return nil }
        return proposal(for: place)
    }

    /// Why a place may not take them; nil where it may.
    func refusal(of place: Place) -> Refused? {
        func no(_ code: String, _ ko: String, _ en: String) -> Refused {
            Refused(place: place, code: code, why: Words(ko, en))
        }
        if place.isClosed { return no("closed", "닫혀 있는 위치입니다.", "It is closed.") }
        if status != .available {
            return place.kind == .quarantine
                ? nil : no("status", "격리·파손 물건은 격리 위치에만 둡니다.", "Goods that are kept back lie in quarantine only.")
        }
        guard place.isStorage else {
            return no("kind", "보관하는 위치가 아닙니다(\(place.kind.words.ko)).", "It is no storage: \(place.kind.words.en).")
        }
        guard place.climate == item.climate else {
            return no(
                "climate", "\(item.climate.words.ko) 상품인데 \(place.climate.words.ko) 위치입니다.",
                "The item is \(item.climate.words.en), the place \(place.climate.words.en).")
        }
        if let hazard = hazardRefusal(of: place) { return hazard }
        if room(in: place).map({ $0 < 1 }) ?? false {
            return no("full", "용적이나 무게가 더 들어갈 수 없습니다.", "Nothing more fits by volume or weight.")
        }
        return nil
    }

    private func hazardRefusal(of place: Place) -> Refused? {
        func no(_ code: String, _ ko: String, _ en: String) -> Refused {
            Refused(place: place, code: code, why: Words(ko, en))
        }
        let within = contents[place.id] ?? []
        guard let hazard = item.hazard else {
            let other = within.first { $0.item.hazard != nil }
            return other.map {
                no(
                    "mixed", "위험물(\($0.item.name))이 있는 위치입니다.",
                    "There are hazardous goods: \($0.item.name).")
            }
        }
        guard place.hazards.contains(hazard) else {
            return no(
                "hazard", "위험물 \(hazard)등급을 둘 수 없는 위치입니다.", "Hazard class \(hazard) may not lie there.")
        }
        if within.contains(where: { $0.item.hazard == nil }) {
            return no("mixed", "위험물이 아닌 상품과 같은 위치에 둘 수 없습니다.", "Goods that are not hazardous lie there.")
        }
        for (other, content) in hazardous {
            guard let theirs = content.item.hazard else { continue }
            let apart = segregation.distance(hazard, theirs)
            guard apart > .together, isWithin(apart, place, other) else { continue }
            return no(
                "segregation",
                "\(other.name)의 \(content.item.name)(\(theirs)등급)과 \(hazard)등급은 \(apart == .bay ? "다른 칸" : "다른 통로")에 두어야 합니다.",
                "Class \(hazard) must lie in another \(apart == .bay ? "bay" : "aisle") than \(content.item.name) (class \(theirs)) in \(other.name)."
            )
        }
        return nil
    }

    /// Whether two places are nearer than two classes may lie. Places whose aisle nobody named are near each other.
    private func isWithin(_ apart: Segregation.Distance, _ one: Place, _ other: Place) -> Bool {
        if one.id == other.id { return true }
        // What passes through staging is under people's eyes; only where goods stay do neighbours matter.
        guard other.isStorage else { return false }
        guard let mine = one.aisle, let theirs = other.aisle else { return true }
        guard mine == theirs else { return false }
        guard apart == .bay, let at = one.position, let there = other.position else { return true }
        return at == there
    }

    /// How many more of the item a place takes; nil where nobody can say.
    private func room(in place: Place) -> Int64? {
        var fits: [Int64] = []
        let within = contents[place.id] ?? []
        if let volume = place.volume, item.size.isKnown {
            let used = within.reduce(0.0) { $0 + Double($1.item.size.volume) * Double($1.quantity) }
            fits.append(Int64(max(0, (Double(volume) - used) / Double(item.size.volume))))
        }
        if let bears = place.weight, let weight = item.weight, weight > 0 {
            let used = within.reduce(0.0) { $0 + Double($1.item.weight ?? 0) * Double($1.quantity) }
            fits.append(Int64(max(0, (Double(bears) - used) / Double(weight))))
        }
        return fits.min()
    }

    private func proposal(for place: Place) -> Proposal {
        var (score, reasons) = (0.0, [Words]())
        let within = contents[place.id] ?? []
        let room = room(in: place)
        let holds = min(quantity, room ?? quantity)
        if within.contains(where: { $0.item.code == item.code && $0.lot == lot }) {
            score += 40
            reasons.append(
                lot.isEmpty
                    ? Words("같은 상품이 있습니다.", "The same item lies there.")
                    : Words("같은 로트가 있습니다.", "The same lot lies there."))
        } else if within.contains(where: { $0.item.code == item.code }) {
            // Lots side by side in one place are mixed up: better together in the aisle than in the box.
            score += item.hasLots ? 5 : 30
            reasons.append(
                item.hasLots
                    ? Words("같은 상품의 다른 로트가 있습니다.", "Another lot of the item lies there.")
                    : Words("같은 상품이 있습니다.", "The same item lies there."))
        } else if within.isEmpty {
            score += 20
            reasons.append(Words("비어 있습니다.", "It is empty."))
        } else {
            score -= 10
            reasons.append(Words("다른 상품과 함께 둡니다.", "Other items lie there."))
        }
        if holds < quantity {
            score -= 60
            reasons.append(Words("\(holds)개까지 들어갑니다.", "It takes \(holds) of them."))
        } else if room == nil {
            score -= 5
            reasons.append(
                Words("크기나 무게를 몰라 들어가는지 확인해야 합니다.", "Size or weight is unknown: please see whether they fit."))
        } else {
            reasons.append(Words("모두 들어갑니다.", "All of them fit."))
        }
        score += nearness(of: place, &reasons)
        if item.hazard != nil {
            reasons.append(Words("위험물을 둘 수 있고 혼재 기준에 맞습니다.", "Its hazard class may lie there, apart from others."))
        }
        if place.climate != item.climate {
            // Only where goods are kept back: whatever may be let go again has to keep its temperature there, too.
            score -= status == .damaged || status == .expired ? 0 : 200
            reasons.append(
                Words(
                    "보관 온도가 맞지 않습니다(\(place.climate.words.ko)). 다시 쓸 물건이면 \(item.climate.words.ko) 위치에 두세요.",
                    "It is \(place.climate.words.en): goods that may be used again belong where it is \(item.climate.words.en)."
                ))
        } else if item.climate != .ambient {
            reasons.append(Words("보관 온도가 맞습니다.", "It keeps the temperature."))
        }
        return Proposal(place: place, holds: holds, reasons: reasons, score: score)
    }

    /// What is picked often lies near the front, what is picked seldom leaves the front to others.
    private func nearness(of place: Place, _ reasons: inout [Words]) -> Double {
        guard status == .available, let range = depth, range.upperBound > range.lowerBound else { return 0 }
        let depth = Double(place.sequence - range.lowerBound) / Double(range.upperBound - range.lowerBound)
        switch item.velocity {
        case .a:
            if depth <= 0.34 {
                reasons.append(Words("자주 나가는 상품이라 앞쪽입니다.", "It is picked often and lies near the front."))
            }
            return 24 * (1 - depth) + (place.kind == .pick ? 6 : 0)
        case .b: return 10 * (1 - abs(depth - 0.4)) + (place.kind == .pick ? 3 : 0)
        case .c:
            if depth >= 0.5 { reasons.append(Words("드물게 나가는 상품이라 안쪽입니다.", "It is picked seldom and lies further in.")) }
            return 12 * depth + (place.kind == .reserve ? 4 : 0)
        }
    }
}
