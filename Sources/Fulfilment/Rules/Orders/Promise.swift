import Record

/// When an order leaves, and when it comes.
struct Promise: Sendable, Hashable {
    /// The cut-off by which it leaves.
    var ship: Timestamp
    /// When it is there.
    var due: Timestamp

    /// How many days ahead a promise is looked for.
    static let horizon: Int64 = 45
    /// Parcels come by so many minutes after midnight.
    private static let evening = 18.0 * 60

    /// The first cut-off that an order of so many lines still makes, in a day that still has capacity for it.
    /// - Parameters:
    ///   - ready: when its goods are there.
    ///   - load: how many lines are promised for a day.
    /// - Returns: nil where there is none within the horizon.
    static func make(
        ready: Timestamp, lines: Int64, by delivery: Order.Delivery, _ terms: CentreTerms,
        load: (KoreanDay) -> Int64
    ) -> Promise? {
        let first = ready.advanced(bySeconds: Double(terms.handling) * 60)
        let begin = KoreanDay(first)
        for offset in 0...horizon {
            let day = begin + offset
            if terms.restsAtWeekends, day.isWeekend { continue }
            let taken = load(day)
            // An order larger than a day's capacity gets a day of its own.
            guard taken + lines <= terms.capacity || taken == 0 else { continue }
            let moments = terms.cutoffs.sorted().map { day.start.advanced(bySeconds: Double($0) * 60) }
            guard let ship = moments.first(where: { $0 >= first }) else { continue }
            return Promise(ship: ship, due: due(leaving: ship, by: delivery, terms))
        }
        return nil
    }

    /// When what leaves at a cut-off is there.
    static func due(leaving ship: Timestamp, by delivery: Order.Delivery, _ terms: CentreTerms) -> Timestamp {
        switch delivery {
        case .counter: return ship
        case .robot: return ship.advanced(bySeconds: Double(terms.robots?.minutes ?? 60) * 60)
        case .carrier(let id):
            let carrier = terms.carrier(id)
            var (day, open) = (KoreanDay(ship), carrier?.days ?? 1)
            while open > 0 {
                day = day + 1
                if carrier?.restsAtWeekends ?? true, day.isWeekend { continue }
                open -= 1
            }
            return day.start.advanced(bySeconds: evening * 60)
        }
    }

    /// Why a promise was moved.
    enum Cause: String, Sendable, Hashable {
        /// A count or a picker found less than there should be.
        case short
        /// The goods are kept back.
        case quarantined
        /// The goods are past their date.
        case expired
        /// What it waited for has come.
        case arrived
        /// What it waits for comes at another time.
        case inbound
        /// A place is closed.
        case closed
        /// The robot comes at another time, or not.
        case robot
        /// A person decided so.
        case person
        /// The customer wants it elsewhere.
        case address

        /// The reason as the one who ordered reads it.
        func words(_ items: String) -> Words {
            switch self {
            case .short:
                Words(
                    "\(items): 재고를 확인해 보니 모자라 도착 예정이 바뀌었습니다.",
                    "\(items): there was less in stock than we knew of, so the promise has moved.")
            case .quarantined:
                Words(
                    "\(items): 품질 확인을 위해 보류되어 도착 예정이 바뀌었습니다.",
                    "\(items): kept back for a check of its quality, so the promise has moved.")
            case .expired:
                Words(
                    "\(items): 남은 유통기한이 짧아 다른 것으로 보내 드리느라 도착 예정이 바뀌었습니다.",
                    "\(items): too little of its life was left, so the promise has moved.")
            case .arrived:
                Words("\(items): 기다리던 물건이 들어왔습니다.", "\(items): what it waited for has come in.")
            case .inbound:
                Words(
                    "\(items): 들어올 물건의 예정이 바뀌었습니다.",
                    "\(items): what it waits for will come in at another time.")
            case .closed:
                Words(
                    "\(items): 안전을 위해 창고 일부를 닫아 도착 예정이 바뀌었습니다.",
                    "\(items): a part of the hall is closed for safety, so the promise has moved.")
            case .robot:
                Words("배달 로봇의 도착 예정이 바뀌었습니다.", "The delivery robot comes at another time.")
            case .person: Words("담당자가 도착 예정을 바꾸었습니다.", "The promise was moved by our staff.")
            case .address:
                Words("받는 곳이 바뀌어 도착 예정이 바뀌었습니다.", "It goes to another address, so the promise has moved.")
            }
        }
    }
}
