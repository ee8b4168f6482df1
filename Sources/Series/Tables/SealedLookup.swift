import Record
import Store

/// Looks up what sealed chunks hold at given times, window by window.
struct SealedLookup: Sendable {
    /// How many readings of windows are kept between appends.
    static let mostWindowReadings = 1_000_000

    private let wanted: [SeriesTime]
    private let classes: [Int: Int64]
    private let windows: [Int: SealedWindow]

    /// - Parameters:
    ///   - wanted: series and times, in any order.
    ///   - classes: the span classes of each of those series.
    ///   - windows: what earlier lookups left of them.
    init(_ wanted: [SeriesTime], classes: [Int: Int64], windows: [Int: SealedWindow]) {
        // In order of time, so that a window serves all it covers.
        self.wanted = wanted.sorted { ($0.series, $0.time) < ($1.series, $1.time) }
        self.classes = classes
        self.windows = windows
    }

    /// The readings found, and the last window of each series.
    func run(_ reader: any Reader) throws -> (readings: [SeriesTime: Reading], windows: [Int: SealedWindow]) {
        var windows = windows
        var readings: [SeriesTime: Reading] = [:]
        for one in wanted {
            var window = windows[one.series]
            if window?.covers(one.time) != true {
                window = try SealedWindow(one.series, classes: classes[one.series] ?? 0, at: one.time, in: reader)
                windows[one.series] = window
            }
            if let found = window?.readings.reading(at: one.time) { readings[one] = found }
        }
        return (readings, windows)
    }
}
