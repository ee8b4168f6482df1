import District
import Record
import Testing

@testable import Citizen

struct DeskFigureTests {
    private func end(_ day: String, _ outcome: String, turns: Int = 3, channel: String = "voice", age: String? = nil)
        -> DeskFigures.End
    {
        DeskFigures.End(
            ended: Timestamp(iso8601: "\(day)T23:30:00+09:00") ?? Timestamp(microseconds: 0), outcome: outcome,
            intent: nil, turns: turns, channel: channel, age: age)
    }

    @Test(
        "weeks begin on Monday in Korea, also late on a Sunday evening",
        arguments: [
            ("2026-11-16", "2026-11-16"), ("2026-11-21", "2026-11-16"), ("2026-11-22", "2026-11-16"),
            ("2026-11-23", "2026-11-23"), ("2027-01-01", "2026-12-28"),
        ])
    func mondays(_ day: String, _ monday: String) {
        #expect(DeskFigures(ends: [end(day, "done")]).weeks.first?.monday == monday)
    }

    @Test("whoever left half-way counts against completion, and nothing is known of no conversation")
    func completion() {
        let figures = DeskFigures(ends: [
            end("2026-11-20", "done"), end("2026-11-20", "looked-up", turns: 9), end("2026-11-20", "abandoned"),
            end("2026-11-20", "handed-over", turns: 40),
        ])
        #expect(figures.completion == .init(count: 2, total: 4))
        #expect(figures.handedOver == .init(count: 1, total: 4))
        #expect(figures.medianTurns == 3)
        #expect(DeskFigures(ends: []).medianTurns == nil)
        #expect(DeskFigures(ends: []).completion.total == 0)
    }

    @Test("an emergency is no failure of the machine")
    func groups() {
        let ends = [
            end("2026-11-20", "emergency", age: "70+"), end("2026-11-20", "abandoned", age: "70+"),
            end("2026-11-20", "done", channel: "text"),
        ]
        let groups = DeskFigures(ends: ends).unfinished { $0.age ?? "unknown" }
        #expect(groups.map(\.group) == ["70+", "unknown"])
        #expect(groups.map(\.share) == [.init(count: 1, total: 2), .init(count: 0, total: 1)])
    }

    @Test(
        "a phone number is shown in groups",
        arguments: [
            ("01055501234", "010-5550-1234"), ("0212345678", "02-1234-5678"), ("0311234567", "031-123-4567"),
            ("120", "120"),
        ])
    func phones(_ digits: String, _ shown: String) { #expect(DeskView.grouped(digits) == shown) }
}
