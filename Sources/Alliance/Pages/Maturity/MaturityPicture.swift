import District
import Record
import Web

/// What moved, dimension by dimension: an open ring for before, a filled dot for now, and the numbers beside them, so that
/// nothing hangs on colour; the same stands in a table below.
struct MaturityPicture {
    let items: MaturityItems

    private static let (left, gap, top, row) = (30.0, 60.0, 34.0, 52.0)
    /// How far a line ends from the middle of a ring or dot.
    private static let margin = 10.0

    func json(_ page: MaturityPage, _ visit: Visit) -> JSON {
        let before = Dictionary((page.before?.1 ?? []).map { ($0.dimension, $0.level) }, uniquingKeysWith: { $1 })
        let bottom = Self.top + Double(items.dimensions.count) * Self.row + 6
        var members: [String: JSON] = [
            "box": .string("0 0 340 \(Int(bottom))"), "height": Self.at(bottom),
            "levels": .array((1...5).map { ["x": Self.x($0), "label": .string("\($0)")] }),
            "axis_end": Self.x(5), "left": Self.x(1),
            "lines": .array(
                items.dimensions.enumerated().map { place, dimension in
                    line(
                        dimension, place, page.lines.first { $0.dimension == dimension.id }?.level,
                        before[dimension.id] ?? nil, visit)
                }),
            "rows": .array(
                items.dimensions.map { dimension in
                    row(
                        dimension, page.lines.first { $0.dimension == dimension.id }, before[dimension.id] ?? nil,
                        hasBefore: page.before != nil, visit)
                }),
        ]
        if let before = page.before?.0.submitted { members["before"] = .string(KoreanDay(before).description) }
        return .object(members)
    }

    private static func at(_ value: Double) -> JSON { .string("\(Int(value))") }
    private static func middle(_ level: Int) -> Double { left + Double(level - 1) * gap }
    private static func x(_ level: Int) -> JSON { at(middle(level)) }

    private func line(_ dimension: MaturityItems.Dimension, _ place: Int, _ now: Int?, _ was: Int?, _ visit: Visit)
        -> JSON
    {
        let y = Self.top + Double(place) * Self.row + 26
        var entry: [String: JSON] = [
            "name": .string(dimension.words[visit.language]), "name_y": Self.at(y - 14), "y": Self.at(y),
            "text_y": Self.at(y + 5),
        ]
        if let now {
            entry["now"] = ["x": Self.x(now), "label": .string("\(now)")]
        } else {
            entry["none"] = .string(visit.word("maturity_unknown"))
        }
        if let was, was != now {
            entry["was"] = ["x": Self.x(was)]
            if let now {
                let side = now > was ? Self.margin : -Self.margin
                entry["way"] = ["from": Self.at(Self.middle(was) + side), "to": Self.at(Self.middle(now) - side)]
            }
        }
        return .object(entry)
    }

    private func row(
        _ dimension: MaturityItems.Dimension, _ line: MaturityLine?, _ was: Int?, hasBefore: Bool, _ visit: Visit
    ) -> JSON {
        let view = MaturityView(items: items)
        let moved: String =
            if let was, let now = line?.level {
                now == was ? visit.word("maturity_same") : now > was ? "+\(now - was)" : "−\(was - now)"
            } else { "–" }
        let (verified, count) = (line?.verifiedItems ?? 0, line?.items ?? 0)
        return [
            "name": .string(dimension.words[visit.language]), "level": .string(view.level(line?.level, visit)),
            "verified": .string(
                verified == 0
                    ? visit.word("maturity_not_yet") : "\(view.level(line?.verified, visit)) (\(verified)/\(count))"),
            "unknown": .string("\(count - (line?.known ?? 0)) / \(count)"),
            "was": .string(hasBefore ? view.level(was, visit) : "–"), "moved": .string(moved),
        ]
    }
}
