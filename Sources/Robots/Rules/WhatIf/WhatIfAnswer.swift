import District
import Foundation
import Record

/// A mean over simulated days, and where the true one lies in nine of ten cases.
struct WhatIfMean: Sendable, Hashable {
    let mean: Double
    let low: Double, high: Double
    /// How many days it was made of.
    let days: Int

    /// The confidence of what-if intervals.
    static let confidence = 0.9

    /// The mean with Student's interval; nil of fewer than three days.
    init?(_ values: [Double]) {
        guard values.count >= 3 else { return nil }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
        let reach = Self.student(values.count - 1) * spread / count.squareRoot()
        self.init(mean: mean, low: mean - reach, high: mean + reach, days: values.count)
    }

    init(mean: Double, low: Double, high: Double, days: Int) {
        (self.mean, self.low, self.high, self.days) = (mean, low, high, days)
    }

    /// The same, where nothing can be outside a range.
    func clamped(to range: ClosedRange<Double>) -> WhatIfMean {
        WhatIfMean(
            mean: mean, low: max(range.lowerBound, low), high: min(range.upperBound, high), days: days)
    }

    /// Two-sided quantile of Student's distribution, by the incomplete beta function (Abramowitz and Stegun 26.7.1).
    static func student(_ freedom: Int) -> Double {
        let (tail, f) = ((1 - confidence) / 2, Double(freedom))
        return Distribution.inverse(of: 1 - tail, between: 0, and: 1000) { t in
            1 - Distribution.beta(f / 2, 0.5, f / (f + t * t)) / 2
        }
    }
}

/// What came of a question: every day of today's fleet and of the other, drawn from the same seeds.
struct WhatIfAnswer: Sendable, Hashable {
    var today: [WhatIfDay]
    var other: [WhatIfDay]
    /// By which numbers the days were simulated.
    var edition: String

    /// A line of the answer.
    struct Line: Sendable, Hashable {
        let measure: WhatIfMeasure
        let today: WhatIfMean?, other: WhatIfMean?
        /// The other minus today, day by day of the same seed.
        let difference: WhatIfMean?

        /// Whether more can be said than chance: the difference's interval leaves 0 out.
        var isClear: Bool { difference.map { $0.low > 0 || $0.high < 0 } ?? false }
    }

    /// All measures, in order.
    var lines: [Line] {
        WhatIfMeasure.allCases.map { measure in
            let range = measure.isShare ? 0...1 : 0...Double.greatestFiniteMagnitude
            func mean(_ days: [WhatIfDay]) -> WhatIfMean? {
                WhatIfMean(days.compactMap { $0.values[measure] })?.clamped(to: range)
            }
            let pairs = zip(today, other).compactMap { one, two in
                one.values[measure].flatMap { before in two.values[measure].map { $0 - before } }
            }
            return Line(
                measure: measure, today: mean(today), other: mean(other), difference: WhatIfMean(pairs))
        }
    }

    /// As it is kept: the same question gives the same bytes.
    var json: JSON {
        ["today": .array(today.map(\.json)), "other": .array(other.map(\.json)), "edition": .string(edition)]
    }

    init(today: [WhatIfDay], other: [WhatIfDay], edition: String) {
        self.today = today
        self.other = other
        self.edition = edition
    }

    init?(_ json: JSON) {
        guard let today = json["today"]?.elements, let other = json["other"]?.elements else { return nil }
        self.init(
            today: today.map { WhatIfDay($0) }, other: other.map { WhatIfDay($0) },
            edition: json["edition"]?.text ?? "")
    }
}

extension WhatIfDay {
    var json: JSON {
        var members: [String: JSON] = [
            "asked": .number(Double(asked)), "open": .number(Double(open)), "failed": .number(Double(failed)),
        ]
        // To the thousandth: so much less would be said than is known of any of them.
        for (measure, value) in values { members[measure.rawValue] = .number((value * 1000).rounded() / 1000) }
        return .object(members)
    }

    init(_ json: JSON) {
        asked = Int(json["asked"]?.integer ?? 0)
        open = Int(json["open"]?.integer ?? 0)
        failed = Int(json["failed"]?.integer ?? 0)
        for measure in WhatIfMeasure.allCases { values[measure] = json[measure.rawValue]?.double }
    }
}

/// A question with all it needs: asked of nothing but its own values, so that it may run anywhere.
struct WhatIf: Sendable {
    let question: WhatIfQuestion
    let demand: WhatIfDemand
    let settings: WhatIfSettings
    private let site: CompiledSite
    /// The site without the ways into what would be closed.
    private let other: CompiledSite

    /// - Throws: ``Refusal`` where the question cannot be simulated.
    init(
        _ question: WhatIfQuestion, at site: CompiledSite, _ demand: WhatIfDemand, _ settings: WhatIfSettings
    ) throws(Refusal) {
        self.question = question
        self.demand = demand
        self.settings = settings
        self.site = site
        let closed = question.closed.map { site.area($0)?.nodes ?? Set([site.number($0)].compactMap(\.self)) } ?? []
        other = closed.isEmpty ? site : site.without(closed)
        let places = min(WhatIfWorld.places(of: site).count, WhatIfWorld.places(of: other).count)
        try question.check(site, places: places, settings)
        guard !demand.samples.isEmpty else {
            throw WhatIfQuestion.fault(
                "site", "stations", Words("이 현장에는 미션을 보낼 곳이 없습니다.", "This site has nowhere to send a mission to."))
        }
    }

    /// How many days are simulated in all.
    var days: Int { settings.seeds * 2 }

    /// Simulates all days, one after the other.
    /// - Parameter goesOn: asked often, with how many days are done; false gives it up.
    /// - Returns: nil where it was given up.
    func run(_ goesOn: (Int) -> Bool) -> WhatIfAnswer? {
        var answer = WhatIfAnswer(today: [], other: [], edition: settings.edition)
        for number in 0..<settings.seeds {
            let seed = question.seed &* 1_000_003 &+ UInt64(number)
            let done = 2 * number
            var today = world(seed, isOther: false)
            guard let before = today.day({ goesOn(done) }) else { return nil }
            var changed = world(seed, isOther: true)
            guard let after = changed.day({ goesOn(done + 1) }) else { return nil }
            answer.today.append(before)
            answer.other.append(after)
        }
        return answer
    }

    /// A day of today's fleet or of the other, from a seed.
    func world(_ seed: UInt64, isOther: Bool) -> WhatIfWorld {
        let highest = question.rate * max(1, question.demand)
        let day = demand.day(
            seed, rate: isOther ? question.rate * question.demand : question.rate, highest: highest,
            seconds: settings.warm + settings.counted)
        return WhatIfWorld(
            isOther ? other : site, robots: question.robots + (isOther ? question.more : 0),
            speed: isOther ? question.speed ?? settings.speed : settings.speed, arrivals: day, seed: seed, settings)
    }
}

extension CompiledSite {
    /// The same site with no way into these nodes, and nobody waiting at them.
    func without(_ closed: Set<Int32>) -> CompiledSite {
        var (next, cost): ([[Int32]], [[Float]]) = ([], [])
        for from in roadmap.next.indices {
            let kept = roadmap.next[from].indices.filter { !closed.contains(roadmap.next[from][$0]) }
            next.append(kept.map { roadmap.next[from][$0] })
            if !roadmap.cost.isEmpty { cost.append(kept.map { roadmap.cost[from][$0] }) }
        }
        let open = Roadmap(
            names: roadmap.names, next: next, cost: cost, conflicts: roadmap.conflicts,
            refuges: roadmap.refuges.subtracting(closed))
        return CompiledSite(
            plan: plan, roadmap: open, spots: spots, numbers: numbers, passages: passages, areas: areas,
            cabins: cabins)
    }
}
