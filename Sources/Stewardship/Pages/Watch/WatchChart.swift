import District
import Record
import Web

/// Pictures of shares, as numbers for SVG; whoever cannot see them reads the table.
struct WatchChart {
    let visit: Visit

    /// Width and height of a day's bar and of the picture, in units of the picture.
    private static let (step, bar, height) = (Int64(20), Int64(14), Int64(100))

    /// A bar a day: below what was kept, above it, hatched, what was not.
    func json(_ days: [KoreanDay: WatchTable.Counts], until today: KoreanDay, days many: Int64) -> JSON {
        let most = max(days.values.map(\.seen).max() ?? 0, 1)
        var (bars, rows): ([JSON], [JSON]) = ([], [])
        for index in 0..<many {
            let day = today - (many - 1 - index)
            let counts = days[day] ?? [:]
            let (all, kept) = (counts.seen * Self.height / most, counts.times(.kept) * Self.height / most)
            if counts.seen > 0 {
                bars.append([
                    "x": .decimal(index * Self.step), "width": .decimal(Self.bar), "kept": .decimal(kept),
                    "kept_y": .decimal(Self.height - kept), "rest": .decimal(all - kept),
                    "rest_y": .decimal(Self.height - all),
                ])
                rows.insert(
                    [
                        "day": .string(day.description), "seen": .string(Show.count(counts.seen)),
                        "kept": .string(Show.count(counts.times(.kept))),
                        "rest": .string(Show.count(counts.seen - counts.times(.kept))),
                        "share": .string(Share.percent(counts.times(.kept), of: counts.seen)),
                    ], at: 0)
            }
        }
        return [
            "bars": .array(bars), "rows": .array(rows), "box": .string("0 0 \(many * Self.step) \(Self.height)"),
            "summary": .string(
                visit.word("watch_chart_summary").replacing("{days}", with: "\(rows.count)")
                    .replacing("{most}", with: Show.count(most))),
            "from": .string((today - (many - 1)).description), "to": .string(today.description),
        ]
    }

    /// An interval between 0 and 1 as a whisker with a dot, in a picture 200 wide.
    static func whisker(_ interval: Interval, _ share: Double) -> JSON {
        func at(_ value: Double) -> JSON { .decimal(Int64((6 + value * 188).rounded())) }
        return ["low": at(interval.low), "high": at(interval.high), "dot": at(share)]
    }
}
