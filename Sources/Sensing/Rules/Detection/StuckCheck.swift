#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Notices that a sensor repeats one number for longer than it ever would by itself.
struct StuckCheck: Sendable, Hashable {
    private var last = 0.0
    private var run = 0
    private var longest = 0
    private var repeats = 0.0
    private var readings = 0.0
    private var isAccepted = false

    /// Takes in a value; whether the sensor is stuck. A run that is out does not teach how long runs may be.
    mutating func observe(_ value: Double) -> Bool {
        if readings > 0, value == last {
            run += 1
        } else {
            if run < limit {
                longest = max(longest, run)
                repeats += Double(run)
                readings += Double(run)
            }
            run = 0
            isAccepted = false
            readings += 1
            last = value
        }
        if readings > 20_000 {
            readings /= 2
            repeats /= 2
        }
        return run >= limit && !isAccepted
    }

    /// Lets the present run be, until the value changes.
    mutating func accept() { isAccepted = true }

    /// Repeats that a sensor of this kind shows once in a thousand million runs, and thrice the longest it showed.
    private var limit: Int {
        guard readings > 100 else { return .max }
        let rate = (repeats + 1) / (readings + 2)
        guard rate < 0.95 else { return .max }
        return max(20, 3 * longest, Int(log(1e-9) / log(rate)))
    }

    /// Carries the state out or in.
    mutating func exchange(with archive: inout StateArchive) {
        archive.exchange(&last)
        archive.exchange(&run)
        archive.exchange(&longest)
        archive.exchange(&repeats)
        archive.exchange(&readings)
        archive.exchange(&isAccepted)
    }
}
