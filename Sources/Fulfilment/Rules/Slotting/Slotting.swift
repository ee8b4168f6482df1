import Record

/// Where items should lie, so that pickers walk less: what is asked for often near the depot, what is asked for together close
/// together. Each move is judged by the exact tours that were walked.
struct Slotting: Sendable, Hashable {
    /// Moves worth doing, the most useful first; each counts on those before it.
    let moves: [SlotMove]
    /// How far one walks a day now, and after all moves, in metres.
    let before: Double
    let after: Double

    /// How much less is walked a day after all moves, in metres.
    var gain: Double { before - after }

    /// Advice.
    /// - Parameters:
    ///   - items: what is picked, and where it lies now.
    ///   - places: all pick places.
    ///   - tours: what was picked on each tour, by the items' codes; those of other items are left out.
    ///   - days: in how many days those tours were walked.
    ///   - hall: where.
    ///   - most: how many goods are moved at most; an exchange moves two.
    ///   - within: a move is worth it if what is saved in so many days is more than the way it takes.
    ///   - looked: how many items, and how many places for each, are looked at in each round.
    static func advice(
        _ items: [SlotItem], _ places: [Place], tours: [[String]], days: Double, _ hall: PickHall, most: Int,
        within: Double = 30, looked: (items: Int, places: Int) = (24, 16)
    ) -> Slotting {
        var board = SlotBoard(items, places, tours, hall)
        let scale = hall.metres / max(days, 1e-9)
        let before = Double(board.length) * scale
        var (moves, moved): ([SlotMove], Int) = ([], 0)
        while moved < most {
            var best: (change: SlotBoard.Change, saved: Int)?
            for change in board.changes(items: looked.items, places: looked.places) where moved + change.goods <= most {
                let saved = board.saved(change)
                // Each good is carried once from place to place, and somebody walks back.
                let way = 2 * board.way(change) * change.goods
                guard saved > 0, Double(saved) / max(days, 1e-9) * within > Double(way) else { continue }
                if saved > best?.saved ?? 0 { best = (change, saved) }
            }
            guard let best else { break }
            moves.append(board.told(best.change, gain: Double(best.saved) * scale))
            board.make(best.change)
            moved += best.change.goods
        }
        return Slotting(moves: moves, before: before, after: Double(board.length) * scale)
    }
}
