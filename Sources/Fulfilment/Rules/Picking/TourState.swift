/// What is known of a part of a tour, left of a cut through the hall: whether an odd or an even number of ways meet at the back
/// and at the front end of the last aisle, and whether they hang together (Ratliff and Rosenthal 1983, "equivalence classes").
enum TourState: Int, CaseIterable {
    /// Odd at both ends, in one piece.
    case oddOdd
    /// Even at the back, none at the front.
    case evenNone
    /// None at the back, even at the front.
    case noneEven
    /// Even at both ends, in one piece.
    case evenEven
    /// Even at both ends, in two pieces that are still to be joined.
    case evenEvenApart
    /// Nothing begun yet.
    case nothing
    /// All that there is to visit has been visited.
    case done

    /// The state after an aisle is walked in this way; nil where no tour can come of it.
    func after(_ walk: AisleWalk) -> TourState? {
        switch (self, walk) {
        case (.done, .none): .done
        case (.done, _): nil
        case (_, .none): self
        case (.nothing, .through), (.evenNone, .through), (.noneEven, .through): .oddOdd
        case (.evenEven, .through), (.evenEvenApart, .through): .oddOdd
        case (.oddOdd, .through): .evenEven
        case (.nothing, .fromBack), (.evenNone, .fromBack): .evenNone
        case (.nothing, .fromFront), (.noneEven, .fromFront): .noneEven
        case (.noneEven, .fromBack), (.evenNone, .fromFront): .evenEvenApart
        case (.nothing, .fromBoth), (.evenNone, .fromBoth), (.noneEven, .fromBoth): .evenEvenApart
        case (.oddOdd, .twice): .oddOdd
        case (_, .twice): .evenEven
        case (.oddOdd, _), (.evenEven, _), (.evenEvenApart, _): self
        }
    }

    /// The state after the way to the next aisle; nil where no tour can come of it.
    func after(_ crossing: Crossing) -> TourState? {
        switch (self, crossing) {
        case (.nothing, .none): .nothing
        case (.done, .none), (.evenNone, .none), (.noneEven, .none), (.evenEven, .none): .done
        case (.oddOdd, .once): .oddOdd
        case (.evenNone, .back), (.evenEven, .back): .evenNone
        case (.noneEven, .front), (.evenEven, .front): .noneEven
        case (.evenEven, .both): .evenEven
        case (.evenEvenApart, .both): .evenEvenApart
        default: nil
        }
    }

    /// Whether this may be how a tour ends at the last aisle.
    var isWhole: Bool { self != .oddOdd && self != .evenEvenApart }
}

/// How an aisle is walked.
enum AisleWalk: Int, CaseIterable {
    /// Once from end to end.
    case through
    /// In and out at the back.
    case fromBack
    /// In and out at the front.
    case fromFront
    /// In and out at both ends, leaving out the widest gap.
    case fromBoth
    /// From end to end and back.
    case twice
    /// Not at all.
    case none
}

/// How the cross aisles between two aisles are walked.
enum Crossing: Int, CaseIterable {
    /// The back one once and the front one once.
    case once
    /// The back one there and back.
    case back
    /// The front one there and back.
    case front
    /// Both of them there and back.
    case both
    /// None.
    case none

    /// How often it goes from one aisle to the next, at the back and at the front.
    var ways: (back: Int, front: Int) {
        switch self {
        case .once: (1, 1)
        case .back: (2, 0)
        case .front: (0, 2)
        case .both: (2, 2)
        case .none: (0, 0)
        }
    }
}
