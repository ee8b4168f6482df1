import Record
import Testing

@testable import Sensing

struct ReadingTimeTests {
    @Test(
        "dates and times of day are read as spreadsheets and loggers write them",
        arguments: [
            "2026-11-21T09:05:00+09:00", "2026-11-21 09:05:00", "2026-11-21 09:05", "2026/11/21 9:05",
            "2026.11.21 09:05:00",
            "2026. 11. 21. 오전 9:05:00", "2026-11-21 9:05:00 AM", "2026년 11월 21일 9시 5분 0초", "20261121090500",
            "1795219500", "1795219500000", "2026-11-21 09:05:00.000",
        ])
    func written(text: String) {
        #expect(ReadingTime.moment(text, offsetSeconds: 32_400)?.description == "2026-11-21T00:05:00Z")
    }

    @Test(
        "noon and midnight fall where clocks have them",
        arguments: [("오전 12:00", "00:00"), ("오후 12:00", "12:00"), ("오후 1:30", "13:30"), ("오전 11:59", "11:59")])
    func halves(text: String, expected: String) {
        #expect(ReadingTime.moment("2026-11-21 \(text)", offsetSeconds: 0)?.description == "2026-11-21T\(expected):00Z")
    }

    @Test("a date alone is its midnight, and fractions are kept")
    func edges() {
        #expect(ReadingTime.moment("2026.11.21", offsetSeconds: 0)?.description == "2026-11-21T00:00:00Z")
        #expect(ReadingTime.moment("2026/11/21 9:05:00.25", offsetSeconds: 0)?.microseconds == 1_795_251_900_250_000)
    }

    @Test(
        "what nobody can be sure of is no time",
        arguments: [
            "", "soon", "03/04/2026 09:00", "21.11.2026", "2026-13-01", "2026-02-30 10:00", "2026-11-21 25:00", "nan",
            "0x10",
            "2026-11-21 오후 13:00", "1e999", "-", "2026-11-21 09:00 and then", "20269921090500",
        ])
    func none(text: String) { #expect(ReadingTime.moment(text, offsetSeconds: 0) == nil) }

    @Test(
        "a wrong clock is told from a late reading and from a live one",
        arguments: [
            (0.0, ClockRule.Verdict.live), (300, .live), (301, .skewed), (3600, .skewed), (315_360_000, .skewed),
            (-120, .live), (-121, .backfill), (-86_400, .backfill), (-2_592_000, .backfill), (-2_592_001, .skewed),
        ])
    func clock(ahead: Double, verdict: ClockRule.Verdict) {
        let now = Timestamp(microseconds: 1_800_000_000_000_000)
        #expect(ClockRule().judge(now.advanced(bySeconds: ahead), arrived: now) == verdict)
    }
}
