import Record

/// Which orders go to the floor now: the most urgent that fit, without waves.
enum ReleaseRule {
    /// An order that could go, with what is promised to it out of stock and not picked yet.
    struct Candidate: Sendable, Hashable {
        var order: Order
        var lines: [OrderLine]
        /// What of which lot it is promised.
        var promised: [Reserved]

        /// Whether everything it may go with is there. What may not come in parts waits for all of it.
        var isReady: Bool {
            !order.isHeld && order.state == .placed && !promised.isEmpty
                && (order.isPartial || lines.allSatisfy { $0.waiting == 0 })
        }
    }

    /// Urgent ones first, then by the cut-off they must make, then as they came in.
    static func precedes(_ one: Candidate, _ other: Candidate) -> Bool {
        if one.order.isUrgent != other.order.isUrgent { return one.order.isUrgent }
        let late = Timestamp(microseconds: .max)
        return (one.order.ship ?? late, one.order.placed, one.order.id)
            < (other.order.ship ?? late, other.order.placed, other.order.id)
    }

    /// What is released, and what could not be for its goods lie nowhere a picker goes.
    struct Released: Sendable {
        var tasks: [PickTask] = []
        var orders: [Order] = []
        var stuck: [Order] = []
    }

    /// Releases as many as the floor takes.
    /// - Parameters:
    ///   - room: how many more picks may be open.
    ///   - names: what lines are called.
    static func release(_ candidates: [Candidate], on floor: PickFloor, room: Int64) -> Released {
        var (floor, open, released) = (floor, room, Released())
        for candidate in candidates.filter(\.isReady).sorted(by: precedes) {
            guard open > 0 else { break }
            var (trial, tasks, isWhole) = (floor, [PickTask](), true)
            for share in candidate.promised {
                let got = trial.take(share.quantity, of: share.item, lot: share.lot)
                isWhole = isWhole && got.reduce(0) { $0 + $1.quantity } == share.quantity
                let name = candidate.lines.first { $0.line == share.line }?.name ?? share.item
                tasks += got.map {
                    PickTask(
                        task: 0, order: share.order, line: share.line, item: share.item, name: name, lot: share.lot,
                        quantity: $0.quantity, place: $0.place.id, sequence: Int64($0.place.sequence))
                }
            }
            guard isWhole || candidate.order.isPartial, !tasks.isEmpty else {
                released.stuck.append(candidate.order)
                continue
            }
            floor = trial
            open -= Int64(tasks.count)
            released.tasks += tasks
            released.orders.append(candidate.order)
        }
        return released
    }
}
