import Record
import Series

/// What a parser made of an input.
struct Parsed: Sendable, Hashable {
    private(set) var samples: [Sample] = []
    /// On which line each sample stood: whoever refuses one later must be able to say where it was.
    private(set) var lines: [Int32] = []
    /// What was not taken; the first ``listed`` of it, so that an input of nothing but faults fills no memory.
    var rejections: [Rejection] = []
    /// Rejections beyond those listed.
    private(set) var unlisted = 0

    /// The most rejections that are listed.
    static let listed = 100_000

    /// Readings that stood one on a line, and what was not taken.
    init(samples: [Sample] = [], rejections: [Rejection] = []) {
        self.samples = samples
        self.rejections = rejections
        lines = samples.indices.map { Int32(clamping: $0 + 1) }
    }

    /// How far a parser has come.
    struct Mark {
        fileprivate let samples: Int, rejections: Int, unlisted: Int
    }

    /// How far the parser has come.
    var mark: Mark { Mark(samples: samples.count, rejections: rejections.count, unlisted: unlisted) }

    /// Takes back what came after a mark.
    mutating func goBack(to mark: Mark) {
        samples.removeLast(samples.count - mark.samples)
        lines.removeLast(lines.count - mark.samples)
        rejections.removeLast(rejections.count - mark.rejections)
        unlisted = mark.unlisted
    }

    /// Takes a reading that stood on a line.
    mutating func take(_ sample: Sample, line: Int) {
        samples.append(sample)
        lines.append(Int32(clamping: line))
    }

    /// Says when the samples from an index on were observed: in some formats the time comes last.
    mutating func date(from first: Int, _ moment: Timestamp) {
        for index in first..<samples.count { samples[index].reading.time = moment }
    }

    /// Takes what was made of one message of several, whose number stands for its line.
    mutating func join(_ other: Parsed, line: Int) {
        for sample in other.samples { take(sample, line: line) }
        for rejection in other.rejections { reject(rejection) }
        unlisted += other.unlisted
    }

    /// Notes what is not taken.
    mutating func reject(_ rejection: Rejection) {
        if rejections.count < Self.listed { rejections.append(rejection) } else { unlisted += 1 }
    }
}
