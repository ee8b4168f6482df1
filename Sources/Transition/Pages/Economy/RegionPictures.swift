import District
import Foundation
import Record
import Web

/// Pictures of a region, as numbers for SVG; each has its table beside it, and none speaks by colour alone.
struct RegionPictures {
    let visit: Visit

    private static let (width, height) = (960.0, 420.0)
    /// As many industries as the table behind the scatter names.
    private static let rows = 60

    /// What the region lives of: boxes as large as shares, with name and share in the larger ones.
    func treemap(_ matrix: EconomyMatrix, _ region: Int) -> JSON {
        var parts = matrix.industries.indices.compactMap { industry in
            matrix[region, industry].flatMap { $0 > 0 ? (name: matrix.industries[industry], value: $0) : nil }
        }
        parts.sort { ($1.value, $0.name) < ($0.value, $1.name) }
        let all = parts.reduce(0) { $0 + $1.value }
        guard all > 0 else { return .null }
        var shown = Array(parts.prefix(40))
        let rest = parts.dropFirst(40).reduce(0) { $0 + $1.value }
        if rest > 0 { shown.append((visit.word("treemap_rest"), rest)) }
        let rows = shown
        shown.sort { ($1.value, $0.name) < ($0.value, $1.name) }
        let boxes = Treemap.boxes(shown.map(\.value), width: Self.width, height: Self.height)
        return [
            "box": .string("0 0 \(Int(Self.width)) \(Int(Self.height))"),
            "boxes": .array(
                zip(boxes, shown).map { box, part in
                    let share = EconomyView.percent(part.value / all)
                    var members: [String: JSON] = [
                        "x": EconomyView.at(box.x), "y": EconomyView.at(box.y), "w": EconomyView.at(box.width),
                        "h": EconomyView.at(box.height), "name": .string("\(part.name) \(share)"),
                    ]
                    // As much of the name as fits: a Korean letter is as wide as it is high.
                    let room = Int(box.width / 13)
                    if box.height > 36, room >= 4 {
                        members["label"] = .string(
                            part.name.count > room ? "\(part.name.prefix(room - 1))…" : part.name)
                        members["label_x"] = EconomyView.at(box.x + 6)
                        members["label_y"] = EconomyView.at(box.y + 18)
                        members["share_y"] = EconomyView.at(box.y + 34)
                        members["share"] = .string(share)
                    }
                    return .object(members)
                }),
            "rows": .array(
                rows.map {
                    [
                        "name": .string($0.name), "value": .string(EconomyView.count($0.value)),
                        "share": .string(EconomyView.percent($0.value / all)),
                    ]
                }),
            "summary": .string(
                visit.word("treemap_summary").replacing("{industries}", with: "\(parts.count)").replacing(
                    "{largest}", with: parts[0].name)),
        ]
    }

    /// How near and how complex each industry is: what the region has as squares, what it lacks as circles, what may
    /// come next as triangles.
    func scatter(_ snapshot: Snapshot, _ region: Int, openings: Set<String>) -> JSON {
        guard let complexity = snapshot.complexity else { return .null }
        let specialisation = snapshot.specialisation
        let density = snapshot.density
        let points = (0..<specialisation.industries).compactMap { industry -> (Int, Double, Double)? in
            let pci = complexity.industries[industry]
            guard specialisation.known[region, industry], let near = density[region, industry], !pci.isNaN else {
                return nil
            }
            return (industry, near, pci)
        }
        guard let most = points.map(\.1).max(), let low = points.map(\.2).min(), let high = points.map(\.2).max(),
            most > 0, high > low
        else { return .null }
        let (left, bottom, wide, tall) = (56.0, 370.0, Self.width - 76, 340.0)
        func x(_ near: Double) -> Double { left + near / most * wide }
        func y(_ pci: Double) -> Double { bottom - (pci - low) / (high - low) * tall }
        let names = specialisation.matrix.industries
        func kind(_ industry: Int) -> String {
            if openings.contains(names[industry]) { return "opening" }
            return specialisation.present[region, industry] ? "has" : "lacks"
        }
        let order = points.sorted {
            (kind($0.0) == "opening" ? 0 : 1, -$0.1, $0.0) < (kind($1.0) == "opening" ? 0 : 1, -$1.1, $1.0)
        }
        return [
            "box": .string("0 0 \(Int(Self.width)) \(Int(Self.height))"), "bottom": EconomyView.at(bottom),
            "left": EconomyView.at(left), "right": EconomyView.at(left + wide), "top": EconomyView.at(bottom - tall),
            "most": .string(EconomyView.number(most)), "low": .string(EconomyView.number(low)),
            "high": .string(EconomyView.number(high)),
            "points": .array(
                points.map { industry, near, pci in
                    let (x, y) = (x(near), y(pci))
                    var members: [String: JSON] = ["x": EconomyView.at(x), "y": EconomyView.at(y)]
                    members["name"] = .string(
                        "\(names[industry]): \(EconomyView.number(near)), \(EconomyView.number(pci, isSigned: true))")
                    switch kind(industry) {
                    case "has":
                        members["has"] = ["x": EconomyView.at(x - 5), "y": EconomyView.at(y - 5)]
                    case "opening":
                        members["opening"] = .string(
                            "\(Int(x)),\(Int(y - 8)) \(Int(x - 7)),\(Int(y + 6)) \(Int(x + 7)),\(Int(y + 6))")
                    default: members["lacks"] = true
                    }
                    return .object(members)
                }),
            "shown": .string(
                visit.word("scatter_shown").replacing("{points}", with: Show.count(points.count))
                    .replacing("{rows}", with: Show.count(min(Self.rows, points.count)))),
            "rows": .array(
                order.prefix(Self.rows).map { industry, near, pci in
                    [
                        "name": .string(names[industry]), "density": .string(EconomyView.number(near)),
                        "pci": .string(EconomyView.number(pci, isSigned: true)),
                        "kind": .string(visit.word("scatter_\(kind(industry))")),
                    ]
                }),
        ]
    }

    /// Why it changed: three bars from a middle line, and the industries that did most.
    func shift(_ change: ShiftShare, _ region: Int, _ industries: [String]) -> JSON {
        let part = change.regions[region]
        guard part.before > 0 || part.after > 0 else { return .null }
        let parts = [
            ("shift_whole", part.whole), ("shift_mix", part.mix), ("shift_own", part.own), ("shift_all", part.change),
        ]
        let most = max(parts.map { abs($0.1) }.max() ?? 1, 1e-9)
        let middle = 560.0
        let bars = parts.enumerated().map { index, entry -> JSON in
            let (length, top) = (abs(entry.1) / most * 300, 14 + Double(index) * 44)
            let isLoss = entry.1 < 0
            var members: [String: JSON] = [
                "label": .string(visit.word(entry.0)), "value": .string(EconomyView.count(entry.1, isSigned: true)),
                "x": EconomyView.at(isLoss ? middle - length : middle), "y": EconomyView.at(top),
                "w": EconomyView.at(max(length, 1)), "label_y": EconomyView.at(top + 20),
                "value_x": EconomyView.at(isLoss ? middle - length - 8 : middle + length + 8),
                "anchor": .string(isLoss ? "end" : "start"),
            ]
            if isLoss { members["loss"] = true }
            return .object(members)
        }
        let cells = industries.indices.compactMap { industry in change.part(region, industry).map { (industry, $0) } }
            .sorted { (-abs($0.1.own), $0.0) < (-abs($1.1.own), $1.0) }
        let resilience = Resilience(of: region, in: change)
        func signed(_ value: Double) -> JSON { .string(EconomyView.count(value, isSigned: true)) }
        return [
            "bars": .array(bars), "middle": EconomyView.at(middle), "box": "0 0 960 190",
            "before": .string(EconomyView.count(part.before)), "after": .string(EconomyView.count(part.after)),
            "known": .string(EconomyView.percent(part.knownShare)),
            "sensitivity": .string(EconomyView.number(resilience.sensitivity)),
            "resistance": .string(EconomyView.number(resilience.resistance, isSigned: true)),
            "rows": .array(
                cells.prefix(10).map { industry, cell in
                    [
                        "name": .string(industries[industry]), "change": signed(cell.change),
                        "whole": signed(cell.whole), "mix": signed(cell.mix), "own": signed(cell.own),
                    ]
                }),
        ]
    }

    /// Its way through the years: rank by ECI, and diversity.
    func path(_ years: [(Int, YearStanding)], _ region: Int) -> JSON {
        guard years.count > 1 else { return .null }
        let points = years.map { year, standing in
            (
                year: year, rank: standing.ranks[region], of: standing.ranked, eci: standing.eci[region],
                diversity: standing.diversity[region]
            )
        }
        let (left, wide, top, tall) = (60.0, Self.width - 120, 40.0, 180.0)
        let most = Double(max(points.map(\.of).max() ?? 2, 2))
        func x(_ index: Int) -> Double { left + wide * Double(index) / Double(points.count - 1) }
        func y(_ rank: Int) -> Double { top + tall * Double(rank - 1) / (most - 1) }
        let drawn = points.enumerated().compactMap { index, point in point.rank.map { (x(index), y($0), point) } }
        return [
            "box": "0 0 960 270", "axis_y": EconomyView.at(top + tall + 34),
            "line": .string(drawn.map { "\(Int($0.0)),\(Int($0.1))" }.joined(separator: " ")),
            "points": .array(
                drawn.map { x, y, point in
                    [
                        "x": EconomyView.at(x), "y": EconomyView.at(y), "year": .string("\(point.year)"),
                        "label": .string("\(point.rank ?? 0)"), "label_y": EconomyView.at(y - 12),
                    ]
                }),
            "rows": .array(
                points.map { point in
                    [
                        "year": .string("\(point.year)"),
                        "rank": .string(point.rank.map { "\($0) / \(point.of)" } ?? "–"),
                        "eci": .string(EconomyView.number(point.eci, isSigned: true)),
                        "diversity": .string("\(point.diversity)"),
                    ]
                }),
        ]
    }
}
