import Record
import Testing

@testable import Alliance

@Suite("The hours of a brokerage day")
struct DayHoursTests {
    private func hours(_ begins: String, _ ends: String, _ minutes: Int64, tables: Int64 = 2) throws -> DayHours {
        DayHours(
            begins: try #require(DayHours.minutes(begins)), ends: try #require(DayHours.minutes(ends)),
            minutes: minutes,
            tables: tables, place: "상담실")
    }

    @Test(
        "a time of day is read as people write it, and nothing else is",
        arguments: [
            ("9:05", 545), ("14:30", 870), ("00:00", 0), ("24:00", nil), ("12:60", nil), ("오후 2시", nil), ("", nil),
            ("14:3", nil),
        ] as [(String, Int64?)])
    func time(_ text: String, _ expected: Int64?) {
        #expect(DayHours.minutes(text) == expected)
        if let expected { #expect(DayHours.minutes(DayHours.clock(expected)) == expected) }
    }

    @Test(
        "as many meetings as end within the day",
        arguments: [
            ("10:00", "12:00", 30, 4), ("10:00", "12:00", 50, 2), ("10:00", "10:20", 30, 0), ("12:00", "10:00", 30, 0),
        ] as [(String, String, Int64, Int)])
    func slots(_ begins: String, _ ends: String, _ minutes: Int64, _ expected: Int) throws {
        let found = try hours(begins, ends, minutes)
        #expect(found.slots.count == expected && found.capacity == Int64(expected) * 2)
    }

    @Test("nobody sits at two tables at once, no table has two meetings, and whoever finds no time has no seat")
    func seated() throws {
        let day = try hours("10:00", "11:00", 30)
        func sitting(_ id: String, _ firm: FirmID, _ supplier: FirmID) -> DayHours.Sitting {
            .init(id: id, firm: firm, supplier: supplier, seat: nil)
        }
        let all = day.seated([
            sitting("1", "a", "s"), sitting("2", "a", "t"), sitting("3", "b", "s"), sitting("4", "c", "u"),
            sitting("5", "b", "t"), sitting("6", "a", "u"),
        ])
        let seats = all.map { $0.seat.map { "\(DayHours.clock($0.hour))/\($0.table)" } }
        #expect(seats == ["10:00/1", "10:30/1", "10:30/2", "10:00/2", nil, nil])
        // A firm that is a supplier in another meeting is one firm all the same.
        #expect(day.seat("x", "s", beside: Array(all.prefix(1))) == .init(hour: 630, table: 1))
        #expect(day.seat("s", "x", beside: Array(all.prefix(1))) == .init(hour: 630, table: 1))
    }
}
