/// Tells how long the exact tour past many places is, and nothing else, as fast as can be: the same result as
/// ``Tour/length(_:_:)`` from bit masks of places, for searches that ask millions of times.
///
/// A mask holds `words` words an aisle; the bit p of an aisle says that something is taken at position p.
final class TourMeter {
    let aisles: Int
    /// Words of 64 bits an aisle.
    let words: Int
    private let length: Int
    private let pitch: Int
    private let doors: UnsafeMutablePointer<PickHall.Door>
    private let depot: Int
    private let never = AisleNeed.never

    init(_ hall: PickHall) {
        aisles = hall.doors.count
        words = hall.length / 64 + 1
        length = hall.length
        pitch = hall.pitch
        depot = hall.depot
        doors = .allocate(capacity: hall.doors.count)
        doors.initialize(from: hall.doors, count: hall.doors.count)
    }

    deinit { doors.deallocate() }

    /// How many words a mask has.
    var size: Int { aisles * words }

    /// Marks places in a mask; those that lie in no aisle or too far are left out.
    func mark(_ stops: [PickStop], in mask: UnsafeMutablePointer<UInt64>) {
        for stop in stops where (0..<aisles).contains(stop.aisle) && (0...length).contains(stop.position) {
            mask[stop.aisle * words + stop.position / 64] |= 1 << UInt64(stop.position % 64)
        }
    }

    /// The length of the exact tour past the places of a mask, in units of the hall.
    func length(_ mask: UnsafePointer<UInt64>) -> Int {
        var (oddOdd, evenNone, noneEven) = (never, never, never)
        var (evenEven, apart, nothing, done) = (never, never, 0, never)
        for aisle in 0..<aisles {
            if aisle > 0 {
                // The way over from the aisle before (Crossing).
                done = min(done, evenNone, noneEven, evenEven)
                evenNone = min(evenNone, evenEven) + 2 * pitch
                noneEven = min(noneEven, evenEven) + 2 * pitch
                oddOdd += 2 * pitch
                evenEven += 4 * pitch
                apart += 4 * pitch
            }
            let need = need(mask + aisle * words, isDepot: aisle == depot)
            if need.isEmpty, aisle != depot {
                guard doors[aisle] == .open else { continue }
                // Passed through where that shortens something, else left alone: nothing and done stay as they are.
                let (odd, even) = (oddOdd, min(evenNone, noneEven, evenEven, apart, nothing))
                oddOdd = min(odd, even + length)
                evenEven = min(evenEven, odd + length, even + 2 * length)
                continue
            }
            let cost = costs(need, aisle)
            let inOdd = min(cost.back, cost.front, cost.both, cost.twice)
            let any = min(evenNone, noneEven, nothing)
            let joined = min(evenEven + inOdd, oddOdd + cost.through, apart + cost.twice, any + cost.twice)
            let odd = min(oddOdd + inOdd, min(any, evenEven, apart) + cost.through)
            apart = min(
                apart + min(cost.back, cost.front, cost.both), any + cost.both,
                evenNone + cost.front, noneEven + cost.back)
            evenNone = min(evenNone, nothing) + cost.back
            noneEven = min(noneEven, nothing) + cost.front
            (oddOdd, evenEven, nothing, done) = (odd, joined, never, never)
        }
        return min(evenNone, noneEven, evenEven, nothing, done)
    }

    /// The lowest and the highest place in an aisle and the widest gap between neighbours; the depot counts as place 0.
    private struct Need {
        var lowest = -1
        var highest = -1
        var gap = 0
        /// The lowest place without the depot.
        var first = -1
        var isEmpty: Bool { first < 0 }
    }

    @inline(__always)
    private func need(_ mask: UnsafePointer<UInt64>, isDepot: Bool) -> Need {
        var need = Need()
        if words == 1 {
            let taken = mask[0]
            guard taken != 0 else { return need }
            need.first = taken.trailingZeroBitCount
            let all = isDepot ? taken | 1 : taken
            need.lowest = all.trailingZeroBitCount
            need.highest = 63 - all.leadingZeroBitCount
            let span = (UInt64.max >> UInt64(63 - need.highest)) & (UInt64.max << UInt64(need.lowest))
            need.gap = Self.longestRun(span & ~all) + 1
            return need
        }
        var last = isDepot ? 0 : -1
        if isDepot { need.lowest = 0 }
        for word in 0..<words {
            var rest = mask[word]
            while rest != 0 {
                let position = word * 64 + rest.trailingZeroBitCount
                rest &= rest - 1
                if need.first < 0 { need.first = position }
                if need.lowest < 0 { need.lowest = position }
                if last >= 0 { need.gap = max(need.gap, position - last) }
                need.highest = position
                last = position
            }
        }
        return need
    }

    /// How many ones stand beside each other at most.
    @inline(__always)
    private static func longestRun(_ bits: UInt64) -> Int {
        let two = bits & bits >> 1
        let four = two & two >> 2
        let eight = four & four >> 4
        let sixteen = eight & eight >> 8
        var (run, starts) = (0, UInt64.max)
        // A run of n more is there where one of n begins right behind it; what is masked by zeros ends it.
        longer(32, sixteen & sixteen >> 16, &run, &starts)
        longer(16, sixteen, &run, &starts)
        longer(8, eight, &run, &starts)
        longer(4, four, &run, &starts)
        longer(2, two, &run, &starts)
        longer(1, bits, &run, &starts)
        return run
    }

    @inline(__always)
    private static func longer(_ step: Int, _ begins: UInt64, _ run: inout Int, _ starts: inout UInt64) {
        let both = starts & begins >> UInt64(run)
        if both != 0 { (run, starts) = (run + step, both) }
    }

    @inline(__always)
    private func costs(
        _ need: Need, _ aisle: Int
    ) -> (through: Int, back: Int, front: Int, both: Int, twice: Int) {
        let isDepot = aisle == depot
        switch doors[aisle] {
        case .open:
            if need.isEmpty { return (length, never, 0, never, 2 * length) }
            return (
                length, isDepot ? never : 2 * (length - need.lowest), 2 * need.highest,
                need.lowest == need.highest ? never : 2 * (length - need.gap), 2 * length
            )
        case .front: return (never, never, need.isEmpty ? 0 : 2 * need.highest, never, never)
        case .back:
            if need.isEmpty { return (never, never, 0, never, never) }
            return isDepot
                ? (never, never, never, 2 * (length - need.first), never)
                : (never, 2 * (length - need.first), never, never, never)
        case .closed: return (never, never, need.isEmpty ? 0 : never, never, never)
        }
    }
}
