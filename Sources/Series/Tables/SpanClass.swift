import Record

/// Sorts chunks by how long a time they span, so that an index finds those that overlap a range: within a class, a
/// chunk that reaches into the range cannot begin long before it. Each class spans sixteen times the one below.
struct SpanClass: Sendable, Hashable {
    /// 0 … 16.
    let number: Int

    /// The class of a chunk.
    init(from: Timestamp, to: Timestamp) {
        let span = UInt64(bitPattern: to.microseconds &- from.microseconds)
        number = (64 - span.leadingZeroBitCount) / 4
    }

    private init(number: Int) { self.number = number }

    /// The classes whose bits are set, the shortest first.
    static func all(in bits: Int64) -> [SpanClass] {
        (0...16).filter { bits >> Int64($0) & 1 == 1 }.map { SpanClass(number: $0) }
    }

    /// The class as a bit.
    var bit: Int64 { 1 << Int64(number) }

    /// The earliest moment at which a chunk of the class can begin that reaches a time.
    func earliestStart(reaching time: Timestamp) -> Timestamp {
        guard number < 16 else { return Timestamp(microseconds: .min) }
        let longest = Int64(truncatingIfNeeded: (UInt64(1) << UInt64(4 * number + 3)) - 1)
        let (start, overflow) = time.microseconds.subtractingReportingOverflow(longest)
        return Timestamp(microseconds: overflow ? .min : start)
    }
}
