import Series

/// What a parser made of an input.
struct Parsed: Sendable, Hashable {
    var samples: [Sample] = []
    /// What was not taken; the first ``listed`` of it, so that an input of nothing but faults fills no memory.
    var rejections: [Rejection] = []
    /// Rejections beyond those listed.
    private(set) var unlisted = 0

    /// The most rejections that are listed.
    static let listed = 100_000

    /// How far a parser has come.
    struct Mark {
        fileprivate let samples: Int, rejections: Int, unlisted: Int
    }

    /// How far the parser has come.
    var mark: Mark { Mark(samples: samples.count, rejections: rejections.count, unlisted: unlisted) }

    /// Takes back what came after a mark.
    mutating func goBack(to mark: Mark) {
        samples.removeLast(samples.count - mark.samples)
        rejections.removeLast(rejections.count - mark.rejections)
        unlisted = mark.unlisted
    }

    /// Notes what is not taken.
    mutating func reject(_ rejection: Rejection) {
        if rejections.count < Self.listed { rejections.append(rejection) } else { unlisted += 1 }
    }
}
