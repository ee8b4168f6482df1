import Record
import Testing

@testable import Commons

@Suite("How promises are judged")
struct PromiseScoreTests {
    static let today = KoreanDay(number: 20_000)

    /// A promise whose days are so many from today.
    static func promise(
        first: Int64?, due: Int64? = nil, state: String = "going", ended: Int64? = nil, planned: Int? = nil,
        spent: Int? = nil
    ) -> Promise {
        func day(_ distance: Int64?) -> String? { distance.map { (today + $0).description } }
        return Promise(
            id: "p", title: "쉼터", summary: "", vote: "", option: "", proposal: "", planned: planned, spent: spent,
            percent: nil, due: day(due ?? first), firstDue: day(first), state: state, ended: day(ended), group: nil,
            groupName: nil, milestone: nil, step: nil, moves: 0, promised: today.start, changed: today.start,
            isSample: false)
    }

    @Test(
        "against the day that was said first",
        arguments: [
            (promise(first: nil), Promise.Standing.dayless),
            (promise(first: nil, state: "done", ended: 0), .dayless),
            (promise(first: 0), .ahead),
            (promise(first: 10), .ahead),
            (promise(first: -1), .late(1)),
            // Moved and not there yet: so late as it is known to be.
            (promise(first: -5, due: 20), .late(25)),
            (promise(first: 5, due: 20), .late(15)),
            // Moved to an earlier day is not late.
            (promise(first: 20, due: 5), .ahead),
            // Moved, and the new day has passed too.
            (promise(first: -30, due: -10), .late(30)),
            (promise(first: -10, state: "done", ended: -10), .onTime),
            (promise(first: -10, state: "done", ended: -12), .onTime),
            (promise(first: -10, due: -3, state: "done", ended: -3), .late(7)),
            // Whoever was early after all kept the first day, whatever was said in between.
            (promise(first: -10, due: -3, state: "done", ended: -11), .onTime),
            (promise(first: 10, state: "dropped", ended: 0), .dropped),
            (promise(first: nil, state: "dropped", ended: 0), .dropped),
        ])
    func standing(_ promise: Promise, _ standing: Promise.Standing) {
        #expect(promise.standing(on: Self.today) == standing)
    }

    @Test("the share says what it rests on; what nobody told is left out, and nothing to judge is no share")
    func score() {
        let score = PromiseScore(
            [
                Self.promise(first: -10, state: "done", ended: -10, planned: 100, spent: 90),
                Self.promise(first: -10, state: "done", ended: -1, planned: 50, spent: 80),
                Self.promise(first: -10, planned: 1000), Self.promise(first: 5, state: "dropped", ended: 0, spent: 7),
                Self.promise(first: 9), Self.promise(first: nil),
            ], on: Self.today)
        #expect(score.all == 6 && score.done == 2 && score.dropped == 1)
        #expect(score.judged == 4 && score.onTime == 1 && score.share == 25)
        #expect(score.ahead == 1 && score.dayless == 1)
        #expect(score.priced == 2 && score.planned == 150 && score.spent == 170)
        let none = PromiseScore([Self.promise(first: 3), Self.promise(first: nil)], on: Self.today)
        #expect(none.share == nil && none.json["on_time_percent"] == .null && none.json["planned"] == .null)
        #expect(none.json["not_due_yet"] == 1 && none.json["without_day"] == 1 && none.json["judged"] == 0)
    }
}
