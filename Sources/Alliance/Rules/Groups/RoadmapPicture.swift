import Record

/// Where everything stands in the picture of a roadmap: layers as lanes from top to bottom, time from left to right, each
/// milestone with a row of its own where its words would run into another's.
struct RoadmapPicture: Sendable, Hashable {
    /// A milestone in the picture.
    struct Mark: Sendable, Hashable {
        let id: String
        /// Its number, by which the table behind the picture names it.
        let number: Int
        let x: Double, y: Double
        /// Where its words begin, or end where they stand before it.
        let labelX: Double
        let isBefore: Bool
        let label: String
        /// Up to where it is late; nil where it is not.
        let lateTo: Double?
    }

    /// A layer.
    struct Lane: Sendable, Hashable {
        let layer: RoadmapLayer
        let y: Double, height: Double
    }

    /// What one milestone needs of another, as a line.
    struct Link: Sendable, Hashable {
        let x1: Double, y1: Double, x2: Double, y2: Double
    }

    /// A mark on the axis of time.
    struct Tick: Sendable, Hashable {
        let x: Double
        let label: String
    }

    static let width = 1000.0
    static let left = 110.0
    static let right = 20.0
    private static let row = 30.0
    private static let axis = 34.0

    let marks: [Mark], lanes: [Lane], links: [Link], ticks: [Tick]
    let today: Double
    let height: Double

    /// Lays a roadmap out; milestones are numbered in the order given.
    init(_ milestones: [Milestone], on day: KoreanDay, _ language: Language) {
        let days = milestones.map(\.due.number) + [day.number]
        let (first, last) = (days.min() ?? day.number, days.max() ?? day.number)
        let pad = max(14, (last - first) / 20)
        let (from, to) = (first - pad, last + pad)
        func x(_ number: Int64) -> Double {
            Self.left + (Self.width - Self.left - Self.right) * Double(number - from) / Double(max(1, to - from))
        }
        var (marks, lanes, top): ([Mark], [Lane], Double) = ([], [], Self.axis)
        for layer in RoadmapLayer.allCases {
            var rows: [Double] = []
            let own = milestones.enumerated().filter { $0.element.layer == layer }
            for (index, milestone) in own {
                let label = Self.shortened("\(index + 1) \(milestone.title[language])")
                let (at, long) = (x(milestone.due.number), Self.length(label))
                let late = milestone.isLate(on: day) ? x(day.number) : nil
                let end = max(at, late ?? at)
                let isBefore = end + 14 + long > Self.width
                let (begin, finish) = isBefore ? (at - 14 - long, end + 12) : (at - 12, end + 14 + long)
                let place = rows.firstIndex { $0 < begin } ?? rows.count
                if place == rows.count { rows.append(finish) } else { rows[place] = finish }
                marks.append(
                    Mark(
                        id: milestone.id, number: index + 1, x: at, y: top + 8 + Self.row * (Double(place) + 0.5),
                        labelX: isBefore ? at - 12 : end + 14, isBefore: isBefore, label: label, lateTo: late))
            }
            let height = Self.row * Double(max(1, rows.count)) + 16
            lanes.append(Lane(layer: layer, y: top, height: height))
            top += height
        }
        let places = Dictionary(marks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        links = milestones.flatMap { milestone in
            milestone.needs.compactMap { need in
                guard let from = places[need], let to = places[milestone.id] else { return nil }
                return Link(x1: from.x, y1: from.y, x2: to.x, y2: to.y)
            }
        }
        (self.marks, self.lanes, height, today) = (marks, lanes, top + 8, x(day.number))
        ticks = Self.ticks(from: from, to: to).map { Tick(x: x($0.number), label: $0.month) }
    }

    /// First days of months, at most nine of them.
    private static func ticks(from: Int64, to: Int64) -> [KoreanDay] {
        let months = max(1, (to - from) / 30)
        let steps: [Int64] = [1, 2, 3, 6, 12, 24, 60]
        let step = steps.first { months / $0 <= 8 } ?? 120
        var (day, ticks) = (KoreanDay(number: from).firstOfMonth, [KoreanDay]())
        while day.number <= to, ticks.count < 12 {
            if day.number >= from { ticks.append(day) }
            day = day.adding(months: step)
        }
        return ticks
    }

    /// A label that leaves room for others.
    static func shortened(_ text: String, to longest: Double = longest) -> String {
        guard length(text) > longest else { return text }
        var kept = ""
        for sign in text where length(kept) <= longest - 24 { kept.append(sign) }
        return kept + "…"
    }

    /// How long a label may be.
    static let longest = 230.0

    /// About how long a text of 14 pixels is: Korean signs are twice as wide as Latin ones.
    static func length(_ text: String) -> Double {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 14 : 7.8) }
    }
}
