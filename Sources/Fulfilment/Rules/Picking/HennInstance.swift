/// A test instance of order batching as Henn and Wäscher publish them: a single block, orders of single items, a cart's capacity
/// in items.
///
/// The objective is that of the literature's programs: two racks make an aisle (rack 0 and 1 are aisle 0), position p is p + 1
/// from the front cross aisle, an aisle is as long as it has positions, aisles are 5 apart, the depot is at the front of aisle 0.
struct HennInstance: Sendable {
    let hall: PickHall
    let orders: [PickOrder]
    /// How many items a picker's cart takes.
    let capacity: Int

    /// How far aisles are apart in the published figures.
    static let pitch = 5

    /// - Parameters:
    ///   - layout: the text of a `.lyt`: aisles, positions, four lengths that the objective leaves out, capacity, orders.
    ///   - orders: the text of an `.ord`: for each order its number and how many items, then as many lines of item, rack, position.
    init?(layout: String, orders: String) {
        let numbers = layout.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }.map { Int($0) }
        guard numbers.count >= 8, numbers[0] > 0, numbers[1] > 0, numbers[6] > 0 else { return nil }
        hall = PickHall(aisles: numbers[0], length: numbers[1], pitch: Self.pitch)
        capacity = numbers[6]
        let values = orders.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        var (read, at): ([PickOrder], Int) = ([], 0)
        // An order without items ends the file in the original instances.
        while at + 1 < values.count, values[at + 1] > 0 {
            let (number, count) = (values[at], values[at + 1])
            at += 2
            guard at + 3 * count <= values.count else { return nil }
            let stops = (0..<count).map { PickStop(values[at + 3 * $0 + 1] / 2, values[at + 3 * $0 + 2] + 1) }
            guard stops.allSatisfy(hall.reaches) else { return nil }
            read.append(PickOrder("\(number)", stops: stops))
            at += 3 * count
        }
        guard read.count == numbers[7] else { return nil }
        self.orders = read
    }
}
