/// A firm's own scale: how many steps of likelihood and severity it tells apart, and where the bands begin.
struct RiskScale: Sendable, Hashable {
    /// Steps of likelihood, from 1.
    let likelihoods: Int
    /// Steps of severity, from 1; the last one is death.
    let severities: Int
    /// How a pair is banded.
    let banding: Banding

    /// How a pair of likelihood and severity is banded.
    enum Banding: Sendable, Hashable {
        /// By their product: from which score on it is medium, high and severe.
        case product(medium: Int, high: Int, severe: Int)
        /// By the level alone, one band up where it could kill.
        case level
    }

    /// Five steps of likelihood by four of severity; scores from 9 on are not acceptable.
    static let fiveByFour = RiskScale(
        likelihoods: 5, severities: 4, banding: .product(medium: 4, high: 9, severe: 15))

    /// Three levels, and whether someone could die: for the methods that do not multiply.
    static let threeLevels = RiskScale(likelihoods: 3, severities: 2, banding: .level)

    /// A firm's own scale; nil where its numbers contradict each other.
    init?(likelihoods: Int, severities: Int, medium: Int, high: Int, severe: Int) {
        guard (2...6).contains(likelihoods), (2...6).contains(severities), 1 < medium, medium < high, high < severe,
            severe <= likelihoods * severities
        else { return nil }
        self.init(
            likelihoods: likelihoods, severities: severities,
            banding: .product(medium: medium, high: high, severe: severe))
    }

    private init(likelihoods: Int, severities: Int, banding: Banding) {
        self.likelihoods = likelihoods
        self.severities = severities
        self.banding = banding
    }

    /// Whether both lie on the scale.
    func holds(_ risk: Risk) -> Bool {
        (1...likelihoods).contains(risk.likelihood) && (1...severities).contains(risk.severity)
    }

    /// The band of a pair, by its numbers alone.
    func band(_ risk: Risk) -> RiskBand {
        switch banding {
        case .product(let medium, let high, let severe):
            let score = risk.likelihood * risk.severity
            return score >= severe ? .severe : score >= high ? .high : score >= medium ? .medium : .low
        case .level:
            let isLethal = risk.severity == severities
            return switch risk.likelihood {
            case ...1: .low
            case 2: isLethal ? .high : .medium
            default: isLethal ? .severe : .high
            }
        }
    }
}

/// How likely and how bad, in steps of a scale.
struct Risk: Sendable, Hashable {
    var likelihood: Int
    var severity: Int
}
