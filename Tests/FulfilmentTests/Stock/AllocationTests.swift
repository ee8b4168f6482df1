import Record
import TestKit
import Testing

@testable import Fulfilment

/// What expires first goes first; what would not reach its customer in time is not taken.
@Suite struct AllocationTests {
    private let now = Timestamp(microseconds: 1_000_000_000_000_000)

    private func lot(_ name: String, _ available: Int64, _ reserved: Int64 = 0, days: Double?, came: Double = 0)
        -> LotStock
    {
        LotStock(
            scope: .zone, centre: "c", item: "milk", lot: name, available: available, reserved: reserved,
            expiry: days.map { now.advanced(bySeconds: $0 * 86_400) }, received: now.advanced(bySeconds: came))
    }

    @Test func whatExpiresFirstGoesFirst() {
        let lots = [lot("late", 5, days: 30), lot("none", 5, days: nil), lot("soon", 5, 3, days: 10)]
        let shares = Allocation.shares(of: 9, from: lots, usable: now)
        #expect(shares.map(\.lot) == ["soon", "late", "none"] && shares.map(\.quantity) == [2, 5, 2])
    }

    @Test func whatIsNotGoodLongEnoughIsNotTaken() {
        let lots = [lot("soon", 5, days: 3), lot("late", 5, days: 30)]
        let shares = Allocation.shares(of: 9, from: lots, usable: now.advanced(bySeconds: 5 * 86_400))
        #expect(shares == [Allocation.Share(lot: "late", quantity: 5)])
    }

    @Test func whatDoesNotExpireGoesAsItCame() {
        let lots = [
            lot("b", 1, days: nil, came: 20), lot("a", 1, days: nil, came: 30), lot("c", 1, days: nil, came: 10),
        ]
        #expect(Allocation.shares(of: 3, from: lots, usable: now).map(\.lot) == ["c", "b", "a"])
    }

    @Test("shares never exceed what is free, nor what is asked, whatever there is")
    func bounds() {
        var dice = PlanDraw(seed: 7)
        for _ in 0..<500 {
            let lots = (0..<Int.random(in: 0...6, using: &dice)).map { number in
                let available = Int64.random(in: 0...9, using: &dice)
                return lot(
                    "l\(number)", available, Int64.random(in: 0...available, using: &dice),
                    days: Bool.random(using: &dice) ? Double.random(in: 0...9, using: &dice) : nil)
            }
            let asked = Int64.random(in: 1...30, using: &dice)
            let shares = Allocation.shares(of: asked, from: lots, usable: now.advanced(bySeconds: 3 * 86_400))
            let usable = lots.filter { $0.expiry.map { $0 > now.advanced(bySeconds: 3 * 86_400) } ?? true }
            #expect(shares.map(\.quantity).reduce(0, +) == min(asked, usable.map(\.free).reduce(0, +)))
            for share in shares {
                #expect(share.quantity <= lots.first { $0.lot == share.lot }?.free ?? 0)
            }
        }
    }
}
