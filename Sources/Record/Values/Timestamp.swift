#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A moment, in whole microseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Microseconds since the Unix epoch.
    public var microseconds: Int64

    /// A moment given in microseconds since the Unix epoch.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// A moment given in (possibly fractional) seconds since the Unix epoch; nil beyond the year ±200,000.
    public init?(seconds: Double) {
        guard seconds.isFinite, abs(seconds) < 6e12 else { return nil }
        self.microseconds = Int64((seconds * 1e6).rounded())
    }

    /// What the system clock says now.
    public static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    /// Seconds since the Unix epoch.
    public var seconds: Double { Double(microseconds) / 1e6 }

    /// Whole milliseconds since the Unix epoch, rounded down.
    public var milliseconds: Int64 { microseconds.flooredQuotient(1000) }

    /// The earlier one first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }

    /// The moment so many seconds later (earlier where negative).
    public func advanced(bySeconds seconds: Double) -> Timestamp {
        Timestamp(microseconds: microseconds + Int64((seconds * 1e6).rounded()))
    }

    /// Seconds from an earlier moment to this one.
    public func seconds(since earlier: Timestamp) -> Double { Double(microseconds - earlier.microseconds) / 1e6 }
}

/// Where time comes from; tests hand in a clock of their own.
public typealias TimeSource = @Sendable () -> Timestamp

extension Int64 {
    /// Division that rounds towards minus infinity.
    func flooredQuotient(_ divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
