import Access
import District
import Foundation
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// Until when goods may come back, what is paid back, and whether they are those that were sent.
@Suite struct ReturnTests {
    private func terms() throws -> ReturnTerms { try ReturnTerms(Handbook(shipped: Fulfilment.shippedData)) }

    @Test(
        "the day of delivery does not count, the last day counts whole, and one at a weekend or on a holiday moves on",
        arguments: [
            ("2026-11-23T23:30:00+09:00", ReturnRule.Reason.unwanted, "2026-11-30"),
            ("2026-11-23T00:00:00+09:00", .unwanted, "2026-11-30"),
            // Seven days after a Saturday is a Saturday.
            ("2026-11-21T12:00:00+09:00", .unwanted, "2026-11-30"),
            ("2026-11-22T12:00:00+09:00", .unwanted, "2026-11-30"),
            ("2026-11-23T12:00:00+09:00", .faulty, "2027-02-23"),
            // The end of February 2027 is a Sunday, and the day after it a holiday (삼일절).
            ("2026-11-30T12:00:00+09:00", .late, "2027-03-02"),
            // Christmas is a Friday.
            ("2026-12-18T12:00:00+09:00", .unwanted, "2026-12-28"),
            // 설날: Saturday to Monday, with Tuesday instead of Sunday.
            ("2027-01-31T12:00:00+09:00", .unwanted, "2027-02-10"),
            // 노동절, a Saturday since it is a holiday: Monday instead.
            ("2027-04-24T12:00:00+09:00", .unwanted, "2027-05-04"),
        ])
    func last(delivered: String, reason: ReturnRule.Reason, day: String) throws {
        let at = try #require(Timestamp(iso8601: delivered))
        #expect(try terms().last(reason, delivered: at).description == day)
        let end = try #require(Timestamp(iso8601: "\(day)T23:59:59+09:00"))
        #expect(try terms().isOpen(reason, delivered: at, at: end))
        #expect(try !terms().isOpen(reason, delivered: at, at: end.advanced(bySeconds: 1)))
    }

    @Test("in a year whose holidays are not known nobody is refused for one of them")
    func unknownYear() throws {
        let at = try #require(Timestamp(iso8601: "2031-12-18T12:00:00+09:00"))
        #expect(try terms().last(.unwanted, delivered: at).description == "2031-12-25")
        let later = try #require(Timestamp(iso8601: "2032-01-04T23:59:59+09:00"))
        #expect(try terms().isOpen(.unwanted, delivered: at, at: later))
        #expect(try !terms().isOpen(.unwanted, delivered: at, at: later.advanced(bySeconds: 1)))
        let holidays = try PublicHolidays(Handbook(shipped: Fulfilment.shippedData))
        #expect(try !holidays.knows(#require(KoreanDay("2031-12-25"))))
        #expect(try holidays.knows(#require(KoreanDay("2026-12-25"))))
    }

    @Test("a list of holidays with a day of another year, or none, is refused by its place")
    func wrongList() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "holidays-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for days in [#"["2027-01-01"]"#, "[]", #"["soon"]"#] {
            let text = #"{"source": "test", "unknown_days": 1, "years": {"2026": \#(days)}}"#
            try Data(text.utf8).write(to: folder.appending(path: "holidays.json"))
            let book = Handbook(shipped: Fulfilment.shippedData, corrections: folder.path)
            #expect { try PublicHolidays(book) } throws: { ($0 as? HandbookError)?.place == "years.2026" }
        }
    }

    @Test("a package that was opened lessens nothing; what was ours is paid back whole")
    func refund() throws {
        let terms = try terms()
        #expect(ReturnRule.Grade.allCases.map { terms.refund(1_000, 3, $0, .unwanted) } == [3_000, 3_000, 1_500, 0])
        #expect(ReturnRule.Grade.allCases.map { terms.refund(1_000, 3, $0, .wrong) } == [3_000, 3_000, 3_000, 3_000])
        #expect(terms.workingDays == 3)
    }

    /// An order of milk out of L1, delivered, with a return asked for of all of it.
    private func asked(_ yard: Yard) async throws -> [String: JSON] {
        try await yard.put("MILK", lot: "L1", 2, at: "C-01-1", expiry: "2026-12-10T00:00:00Z")
        let order = try await yard.order([("MILK", 2)])
        try await yard.release()
        try await yard.pickAll()
        try await yard.pack(order, carton: "냉장")
        try await yard.handOver()
        try await yard.perform("fulfilment.order.deliver", ["order": .string(order)], by: .lead)
        let back = try await yard.perform(
            "fulfilment.return.ask",
            ["order": .string(order), "reason": "unwanted", "lines": [["line": 1, "quantity": 2]]], by: .lead)
        return [
            "return": .string(back.events.first?.stream ?? ""), "line": 1, "quantity": 1, "place": "RET-1",
        ]
    }

    @Test("a lot that was never sent with the order is asked about, marked, and does not become stock")
    func otherLot() async throws {
        try await Yard.selling { yard in
            let base = try await asked(yard)
            try await yard.put("MILK", lot: "L9", 5, at: "C-01-1", expiry: "2026-12-20T00:00:00Z")
            func receive(_ more: [String: JSON]) async throws -> Refusal? {
                try await yard.refusal("fulfilment.return.receive", base.merging(more) { $1 }, by: .picker)
            }
            let refusal = try await receive(["lot": "L9"])
            #expect(refusal?.code == "return.other-lot" && refusal?.faults.first?.field == "lot")
            #expect(refusal?.words.ko.contains("L1") == true)
            #expect(try await receive(["lot": "L1"]) == nil)
            #expect(try await yard.last(StockEvent.returned)?.payload["strange"] == nil)
            #expect(try await receive(["lot": "L9", "other": true]) == nil)
            #expect(try await yard.last(StockEvent.returned)?.payload["strange"]?.bool == true)
            func grade(_ lot: String, _ grade: String, to: String) async throws -> String? {
                try await yard.refusal(
                    "fulfilment.return.grade",
                    base.merging(["lot": .string(lot), "grade": .string(grade), "note": "-", "to": .string(to)]) { $1 },
                    by: .picker)?.code
            }
            #expect(try await grade("L9", "a", to: "C-01-1") == "return.strange")
            #expect(try await grade("L9", "c", to: "Q-01") == nil)
            #expect(try await grade("L1", "a", to: "C-01-1") == nil)
            let lines = try await yard.store.read { try ReturnTable.latest(for: Yard.owner, in: $0) }.flatMap(\.lines)
            #expect(lines.map(\.isStrange) == [true])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("more of a lot than was sent is asked about")
    func tooMany() async throws {
        try await Yard.selling { yard in
            let base = try await asked(yard)
            try await yard.put("MILK", lot: "L2", 1, at: "C-01-1", expiry: "2026-12-20T00:00:00Z")
            for _ in 0..<2 {
                let one = base.merging(["lot": "L1"]) { $1 }
                #expect(try await yard.refusal("fulfilment.return.receive", one, by: .picker) == nil)
            }
            #expect(
                try await yard.refusal("fulfilment.return.receive", base.merging(["lot": "L1"]) { $1 }, by: .picker)?
                    .code
                    == "return.quantity")
        }
    }
}
