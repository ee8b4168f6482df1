import Foundation
import Record
import Testing

@testable import Fulfilment

/// When an order leaves and when it comes: by cut-offs, rest days, carriers and the capacity of the day.
@Suite struct PromiseTests {
    private var terms: CentreTerms {
        var terms = CentreTerms(centre: "c", name: Words("센터", "Centre"))
        terms.capacity = 10
        terms.carriers = [
            .init(id: "one", name: Words("하루", "One"), days: 1, fee: 3000),
            .init(id: "always", name: Words("늘", "Always"), days: 1, fee: 3000, restsAtWeekends: false),
        ]
        terms.robots = .init(site: "s", from: "n", minutes: 40, stops: [])
        return terms
    }

    private func make(
        _ now: String, lines: Int64 = 1, _ delivery: Order.Delivery = .carrier("one"), load: [String: Int64] = [:]
    ) throws -> (String, String)? {
        let now = try #require(Timestamp(iso8601: now))
        let made = Promise.make(ready: now, lines: lines, by: delivery, terms) { load[$0.description] ?? 0 }
        return made.map { ($0.ship.description, $0.due.description) }
    }

    // 2026-11-18 is a Wednesday; 11:00 in Korea is 02:00Z, 16:00 is 07:00Z, 18:00 is 09:00Z.
    @Test(
        "an order makes the first cut-off that leaves an hour for it",
        arguments: [
            ("2026-11-18T09:00:00+09:00", "2026-11-18T02:00:00Z", "2026-11-19T09:00:00Z"),
            ("2026-11-18T10:00:00+09:00", "2026-11-18T02:00:00Z", "2026-11-19T09:00:00Z"),
            ("2026-11-18T10:00:01+09:00", "2026-11-18T07:00:00Z", "2026-11-19T09:00:00Z"),
            ("2026-11-18T15:30:00+09:00", "2026-11-19T02:00:00Z", "2026-11-20T09:00:00Z"),
            // Friday's parcel comes on Monday where the carrier rests; Friday evening's order leaves on Monday.
            ("2026-11-20T09:00:00+09:00", "2026-11-20T02:00:00Z", "2026-11-23T09:00:00Z"),
            ("2026-11-20T19:00:00+09:00", "2026-11-23T02:00:00Z", "2026-11-24T09:00:00Z"),
        ])
    func cutoffs(now: String, ship: String, due: String) throws {
        let made = try #require(try make(now))
        #expect(made.0 == ship && made.1 == due)
    }

    @Test func carriersThatNeverRestAndRobotsAndTheCounter() throws {
        let friday = "2026-11-20T09:00:00+09:00"
        #expect(try make(friday, .carrier("always"))?.1 == "2026-11-21T09:00:00Z")
        #expect(try make(friday, .robot("n"))?.1 == "2026-11-20T02:40:00Z")
        #expect(try make(friday, .counter)?.1 == "2026-11-20T02:00:00Z")
    }

    @Test("a day that is full is left out, and an order larger than any day gets one of its own")
    func capacity() throws {
        let now = "2026-11-18T09:00:00+09:00"
        #expect(try make(now, lines: 2, load: ["2026-11-18": 8])?.0 == "2026-11-18T02:00:00Z")
        #expect(try make(now, lines: 3, load: ["2026-11-18": 8])?.0 == "2026-11-19T02:00:00Z")
        #expect(
            try make(now, lines: 99, load: ["2026-11-18": 1, "2026-11-19": 1])?.0 == "2026-11-20T02:00:00Z")
        let full = Dictionary(
            uniqueKeysWithValues: (0...60).map { (("2026-11-18".day + $0).description, Int64(10)) })
        #expect(try make(now, load: full) == nil)
    }

    @Test("terms come back from JSON as they were")
    func roundTrip() throws {
        #expect(CentreTerms(terms.json) == terms)
    }

    @Test("a number is read as people say it")
    func number() throws {
        let id = Identifier(at: try #require(Timestamp(iso8601: "2026-11-21T00:00:00Z")))
        let number = OrderNumber.make(id, at: try #require(Timestamp(iso8601: "2026-11-21T00:00:00Z")))
        #expect(number.hasPrefix("1121-") && number.count == 13)
        #expect(OrderNumber.read(number.lowercased()) == number)
        #expect(OrderNumber.read("1121-oIl0ab") == "1121-0110AB")
    }
}

extension String {
    fileprivate var day: KoreanDay { KoreanDay(self) ?? KoreanDay(number: 0) }
}
