import District
import Record
import Web

/// The industry space as a picture that needs no colour: size says how many regions have an industry, a filled square
/// what the chosen region has, an open circle what it lacks, a dashed one what is unknown.
struct SpaceView {
    let visit: Visit

    /// Places and ways, worked out once for all visitors.
    struct Picture: Sendable {
        let places: [(x: Double, y: Double)]
        let links: [IndustrySpace.Link]
    }

    private static let (width, height, edge) = (960.0, 640.0, 30.0)
    /// As many industries as carry their number in the picture.
    private static let named = 30

    func json(_ snapshot: Snapshot, _ picture: Picture, _ region: Int?) -> JSON {
        let specialisation = snapshot.specialisation
        let names = specialisation.matrix.industries
        func x(_ industry: Int) -> Double { Self.edge + picture.places[industry].x * (Self.width - 2 * Self.edge) }
        func y(_ industry: Int) -> Double { Self.edge + picture.places[industry].y * (Self.height - 2 * Self.edge) }
        let most = Double(max(specialisation.ubiquity.max() ?? 1, 1))
        let order = names.indices.sorted { (-specialisation.ubiquity[$0], $0) < (-specialisation.ubiquity[$1], $1) }
        let number = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0 + 1) })
        let nodes = names.indices.map { industry -> JSON in
            let radius = 4 + 8 * (Double(specialisation.ubiquity[industry]) / most).squareRoot()
            var members: [String: JSON] = [
                "x": EconomyView.at(x(industry)), "y": EconomyView.at(y(industry)), "r": EconomyView.at(radius),
                "name": .string(names[industry]), "left": EconomyView.at(x(industry) - radius),
                "top": EconomyView.at(y(industry) - radius), "side": EconomyView.at(radius * 2),
            ]
            if let place = number[industry], place <= Self.named {
                members["label"] = .string("\(place)")
                members["label_y"] = EconomyView.at(y(industry) - radius - 3)
            }
            switch state(specialisation, region, industry) {
            case "has": members["has"] = true
            case "unknown": members["unknown"] = true
            default: break
            }
            return .object(members)
        }
        let near = Dictionary(grouping: picture.links.flatMap { [($0.one, $0), ($0.other, $0)] }, by: \.0)
        let rows = order.map { industry -> JSON in
            let neighbours = (near[industry] ?? []).map(\.1).sorted { $0.proximity > $1.proximity }.prefix(3)
            return [
                "number": .string("\(number[industry] ?? 0)"), "name": .string(names[industry]),
                "ubiquity": .string("\(specialisation.ubiquity[industry])"),
                "pci": .string(EconomyView.number(snapshot.complexity?.industries[industry], isSigned: true)),
                "state": .string(
                    region == nil ? "–" : visit.word("space_\(state(specialisation, region, industry))")),
                "near": .string(
                    neighbours.map { link in
                        let other = link.one == industry ? link.other : link.one
                        return "\(names[other]) \(EconomyView.number(link.proximity))"
                    }.joined(separator: ", ")),
            ]
        }
        return [
            "box": .string("0 0 \(Int(Self.width)) \(Int(Self.height))"), "nodes": .array(nodes),
            "links": .array(
                picture.links.map { link in
                    [
                        "x1": EconomyView.at(x(link.one)), "y1": EconomyView.at(y(link.one)),
                        "x2": EconomyView.at(x(link.other)), "y2": EconomyView.at(y(link.other)),
                        "w": EconomyView.at(0.5 + 2.5 * link.proximity),
                    ]
                }), "rows": .array(rows),
            "summary": .string(
                visit.word("space_summary").replacing("{industries}", with: "\(names.count)")
                    .replacing("{links}", with: "\(picture.links.count)")),
        ]
    }

    private func state(_ specialisation: Specialisation, _ region: Int?, _ industry: Int) -> String {
        guard let region else { return "lacks" }
        guard specialisation.known[region, industry] else { return "unknown" }
        return specialisation.present[region, industry] ? "has" : "lacks"
    }
}
