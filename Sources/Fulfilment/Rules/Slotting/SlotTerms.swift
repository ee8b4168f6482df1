import District
import Record

/// By what advice on pick places is worked out: the handbook's `slotting.json`.
struct SlotTerms: Sendable, Hashable {
    /// Over how many days tours count, at most how many of them, and from how many on they are enough to judge by.
    let days: Int
    let tours: Int
    let enough: Int
    /// What one position of an aisle is, and from one aisle to the next, in metres.
    let position: Double
    let aisle: Double
    /// How many goods are moved at most at once.
    let goods: Int
    /// Within how many days a move must save its own way.
    let within: Double
    /// How many items, and how many places for each, are looked at in each round.
    let items: Int
    let places: Int
    /// For how many days what somebody declined is not proposed again.
    let declined: Int

    /// Reads the terms.
    /// - Throws: ``HandbookError`` where a number is missing or out of bounds.
    init(_ json: JSON, file: String) throws(HandbookError) {
        func number(_ key: String, _ bounds: ClosedRange<Double>) throws(HandbookError) -> Double {
            guard let value = json[key]?.double, bounds.contains(value) else {
                throw HandbookError(
                    file: file, place: key, rule: "is a number from \(bounds.lowerBound) to \(bounds.upperBound)")
            }
            return value
        }
        days = Int(try number("days", 7...365))
        tours = Int(try number("tours", 10...2000))
        enough = Int(try number("enough", 1...1000))
        position = try number("position_m", 0.2...20)
        aisle = try number("aisle_m", 0.2...50)
        goods = Int(try number("goods", 1...50))
        within = try number("within", 1...365)
        items = Int(try number("items", 1...100))
        places = Int(try number("places", 1...100))
        declined = Int(try number("declined_days", 0...3650))
    }

    /// The hall that a centre's places make by these measures; nil where no place lies in an aisle.
    func hall(_ places: [Place]) -> PickHall? {
        PickHall(places, pitch: max(1, Int((aisle / position).rounded())), metres: position)
    }
}

/// Walks that stand for a demand of which only items, days and quantities are known.
enum SlotCarts {
    /// Each day's goods on as few carts as take them. Few full carts walk less than was really walked, so what is said to be
    /// saved is rather too little than too much.
    /// - Parameter asked: what was asked for of each item, by day.
    static func tours(
        _ asked: [String: [(day: Int, quantity: Double)]], pieces: Int = TourPlan.pieces, most: Int = TourPlan.orders
    ) -> [(day: Int, items: [String])] {
        var days: [Int: [String: Int]] = [:]
        for (item, quantities) in asked {
            for (day, quantity) in quantities where quantity >= 1 {
                days[day, default: [:]][item, default: 0] += Int(min(quantity, 100_000))
            }
        }
        var tours: [(day: Int, items: [String])] = []
        for (day, goods) in days.sorted(by: { $0.key < $1.key }) {
            var (cart, room) = ([String](), pieces)
            for (item, quantity) in goods.sorted(by: { $0.key < $1.key }) {
                var left = quantity
                while left > 0 {
                    if room == 0 || cart.count >= most {
                        tours.append((day, cart))
                        (cart, room) = ([], pieces)
                    }
                    let some = min(left, room)
                    cart.append(item)
                    left -= some
                    room -= some
                }
            }
            if !cart.isEmpty { tours.append((day, cart)) }
        }
        return tours
    }
}
